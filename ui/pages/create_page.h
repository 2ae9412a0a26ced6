#pragma once

#include <QWidget>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class CreatePage : public QWidget {
  Q_OBJECT
 public:
  explicit CreatePage(Session& session, QWidget* parent = nullptr);
  ~CreatePage() override;

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
