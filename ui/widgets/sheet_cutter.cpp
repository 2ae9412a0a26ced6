#include "ui/widgets/sheet_cutter.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <array>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::array kZooms{-8, -6, -4, -3, -2, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
QRectF toRect(const PixelRect& area) {
  return QRectF(area.x, area.y, area.width, area.height);
}

/// Rows are told apart by their colour.
QColor rowColour(int row) {
  constexpr int kStep = 67;
  return QColor::fromHsv((200 + row * kStep) % 360, 190, 255);
}

}  // namespace

SheetCutter::SheetCutter(QWidget* parent) : PixelView({kZooms, true, 8}, parent) {
  setObjectName("sheetCutter");
  setAccessibleName(tr("The sheet and its cells"));
  setToolTip(
      tr("Drag to draw a cell. Click selects one (Ctrl: more), drag moves it, its edges resize it.\n"
         "Del removes, Ins adds, arrows move by a pixel (Shift: resize), Page Up/Down go on to the next.\n"
         "The wheel zooms, the middle button pans, 0 shows the whole sheet."));
  setMouseTracking(true);
}

void SheetCutter::setSheet(const QImage& sheet) {
  m_sheet = sheet;
  m_cells.clear();
  m_selection.clear();
  pictureResized();
  fit();
}

void SheetCutter::setCells(std::vector<SheetCell> cells) {
  m_cells = std::move(cells);
  select({});
}

void SheetCutter::select(std::set<std::size_t> cells) {
  m_selection = std::move(cells);
  update();
  Q_EMIT selectionChanged();
}

void SheetCutter::selectAll() {
  std::set<std::size_t> all;
  for (std::size_t i = 0; i < m_cells.size(); ++i) all.insert(all.end(), i);
  select(std::move(all));
}

void SheetCutter::removeSelected() {
  if (m_selection.empty()) return;
  std::vector<SheetCell> kept;
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    if (!m_selection.contains(i)) kept.push_back(m_cells[i]);
  }
  setCells(std::move(kept));
  Q_EMIT cellsEdited(CellEdit::kRemove);
}

QRectF SheetCutter::cellArea(std::size_t cell) const {
  return toWidget(toRect(m_cells[cell].area));
}

std::optional<std::size_t> SheetCutter::cellAt(QPointF position) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    const bool under = cellArea(i).adjusted(-kGrip, -kGrip, kGrip, kGrip).contains(position);
    // Of overlapping cells the selected one, else the smallest, is meant.
    if (!under) continue;
    if (m_selection.contains(i)) return i;
    const auto size = [this](std::size_t cell) { return m_cells[cell].area.width * m_cells[cell].area.height; };
    const bool inside = cellArea(i).contains(position);
    if (!found || (inside && size(i) < size(*found)) || (inside && !cellArea(*found).contains(position))) found = i;
  }
  return found;
}

void SheetCutter::pointAt(std::optional<QPointF> position) {
  const auto cell = position ? cellAt(*position) : std::nullopt;
  if (!cell) return Q_EMIT hovered({});
  const SheetCell& under = m_cells[*cell];
  Q_EMIT hovered(tr("Row %1, column %2: %3 × %4 px at %5, %6")
                     .arg(under.row + 1)
                     .arg(under.column + 1)
                     .arg(under.area.width)
                     .arg(under.area.height)
                     .arg(under.area.x)
                     .arg(under.area.y));
}

void SheetCutter::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::Base));
  if (m_sheet.isNull()) return;
  const QRectF exposed = pictureArea() & QRectF(event->rect());
  paintCheckerboard(painter, exposed.toAlignedRect());
  const QRect pixels = pixelsUnder(exposed);
  painter.drawImage(toWidget(pixels), m_sheet, pixels);
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    const QRectF area = cellArea(i);
    if (!area.intersects(exposed)) continue;
    const bool selected = m_selection.contains(i);
    const QColor colour = rowColour(m_cells[i].row);
    if (selected) painter.fillRect(area, QColor(colour.red(), colour.green(), colour.blue(), 60));
    painter.setPen(QPen(selected ? QColor(Qt::white) : colour, selected ? 2 : 1));
    painter.drawRect(area.adjusted(0, 0, -1, -1));
  }
}

}  // namespace loom
