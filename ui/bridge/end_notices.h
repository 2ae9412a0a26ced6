// Tells the desktop when something long has ended, or goes wrong, while the user looks elsewhere.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "ui/bridge/desktop_notice.h"
#include "ui/bridge/session.h"

namespace loom {

class EndNotices : public QObject {
  Q_OBJECT
 public:
  /// `looking` says whether the user looks at the window now: nothing is shown then. `session` must outlive it.
  EndNotices(Session& session, std::unique_ptr<NoticeBoard> board, std::function<bool()> looking,
             QObject* parent = nullptr);
  ~EndNotices() override;

  bool isOn() const;  ///< the user's wish, remembered; on at first
  void setOn(bool on);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
