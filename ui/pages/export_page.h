// Characters to a sprite sheet: what goes on it, how it is laid out, a live preview, and the files.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

class ExportPage : public QWidget {
  Q_OBJECT
 public:
  explicit ExportPage(Session& session, QWidget* parent = nullptr);
  ~ExportPage() override;

  /// What is selected on the dataset page: the source "Selected sprites".
  void setSelection(std::vector<SpriteId> selection);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
