// A sheet with the cells that will be cut from it, which can be added, moved, resized and taken away by hand.
#pragma once

#include <QImage>
#include <optional>
#include <set>
#include <vector>

#include "core/studio/studio.h"
#include "ui/widgets/pixel_view.h"

namespace loom {

/// What was done to the cells.
enum class CellEdit { kDraw, kMove, kResize, kRemove, kNudge };

/// Usable alone. Dragging on the sheet draws a new cell; a click selects one (Ctrl: one more), dragging it moves it,
/// dragging its edge resizes it; Del takes the selected ones away, arrow keys move them by a pixel (Shift: resize),
/// Ins adds one beside the selected, Page Up and Page Down go from one to the next. The middle button pans, the wheel
/// zooms.
class SheetCutter : public PixelView {
  Q_OBJECT
 public:
  explicit SheetCutter(QWidget* parent = nullptr);

  void setSheet(const QImage& sheet);
  QSize sheetSize() const { return m_sheet.size(); }
  /// Shows these cells; nothing is selected.
  void setCells(std::vector<SheetCell> cells);
  const std::vector<SheetCell>& cells() const { return m_cells; }
  const std::set<std::size_t>& selection() const { return m_selection; }
  void selectAll();
  void removeSelected();

  /// Where a cell is shown, in widget coordinates.
  QRectF cellArea(std::size_t cell) const;

  QSize sizeHint() const override { return {640, 520}; }
  QSize minimumSizeHint() const override { return {240, 200}; }

 Q_SIGNALS:
  void cellsEdited(loom::CellEdit edit);  ///< by hand, once a gesture or key
  void selectionChanged();
  void hovered(const QString& text);

 protected:
  QSize pictureSize() const override { return m_sheet.size(); }
  void pointAt(std::optional<QPointF> position) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  static constexpr double kGrip = 5;  ///< widget pixels around an edge that take hold of it
  enum class Grip { kNone, kMove, kLeft, kRight, kTop, kBottom };
  std::optional<std::size_t> cellAt(QPointF position) const;
  Grip gripAt(std::size_t cell, QPointF position) const;
  void drag(QPointF position);
  void resizeGripped(int dx, int dy);
  void shiftSelected(int dx, int dy, bool resize);
  void addBeside();
  void selectNext(int step);
  void select(std::set<std::size_t> cells);
  void showCursor(QPointF position);
  PixelRect clipped(const PixelRect& area) const;

  QImage m_sheet;
  std::vector<SheetCell> m_cells;
  std::set<std::size_t> m_selection;

  std::optional<QPointF> m_pressed;  ///< sheet coordinates
  Grip m_grip = Grip::kNone;
  std::size_t m_gripped = 0;
  std::vector<SheetCell> m_before;  ///< the cells when the drag began
  bool m_moved = false;
};

}  // namespace loom
