// The true pixel grid of a sprite's original: what was found, laid over the picture, and changed by hand.
#pragma once

#include <QDialog>
#include <memory>

#include "ui/bridge/session.h"

class QDoubleSpinBox;
class QGridLayout;
class QVBoxLayout;

namespace loom {

class PixelGridDialog : public QDialog {
  Q_OBJECT
 public:
  /// For `ids` (one or more), of which the first is shown; accepted, the grid is applied to all of them as one undo
  /// step.
  PixelGridDialog(Session& session, std::vector<SpriteId> ids, QWidget* parent = nullptr);
  ~PixelGridDialog() override;

 protected:
  void accept() override;

 private:
  void build();
  QVBoxLayout* buildSide();
  QDoubleSpinBox* buildField(QGridLayout* form, int row, const QString& title, const QString& name, double least);
  void load();
  void find();
  void setGrid(const PixelGrid& grid, const QString& text);
  void gridEdited();
  void askResult();
  PixelGrid grid() const;
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
