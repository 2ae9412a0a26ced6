// The turnaround page: one view of a character is given, a model draws the others, and both are worked over by hand.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class TurnaroundPage : public QWidget {
  Q_OBJECT
 public:
  explicit TurnaroundPage(Session& session, QWidget* parent = nullptr);
  ~TurnaroundPage() override;

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
