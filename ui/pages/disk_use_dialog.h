// What the project takes on the disk, run by run, with a clean-up of old checkpoints.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class DiskUseDialog : public QDialog {
  Q_OBJECT
 public:
  explicit DiskUseDialog(Session& session, QWidget* parent = nullptr);
  ~DiskUseDialog() override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
