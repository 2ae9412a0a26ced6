// The first page: recent projects, new, open, and something to try at once.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class StartPage : public QWidget {
  Q_OBJECT
 public:
  explicit StartPage(Session& session, QWidget* parent = nullptr);
  ~StartPage() override;

 Q_SIGNALS:
  void newRequested();
  void openRequested();
  void openRecentRequested(const QString& folder);
  void tryRequested();  ///< a new project with starter characters

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void reload();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
