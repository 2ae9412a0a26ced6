// The menu of what goes with training: search, disk use, staying awake, notices; and what does the latter two.
#pragma once

#include <QObject>
#include <memory>

#include "ui/bridge/end_notices.h"
#include "ui/bridge/sleep_guard.h"

class QMainWindow;
class QMenu;

namespace loom {

class TrainingMenu : public QObject {
  Q_OBJECT
 public:
  /// Adds itself to the menu bar of `window`. `session` must outlive it.
  TrainingMenu(Session& session, QMainWindow& window);
  ~TrainingMenu() override;

  QString sleepText() const;  ///< what is done about sleep now, for a tooltip

 Q_SIGNALS:
  void searchRequested();
  void sleepChanged();

 private:
  void showDiskUse();
  Session& m_session;
  QMainWindow& m_window;
  SleepGuard m_sleep;
  EndNotices m_notices;
};

}  // namespace loom
