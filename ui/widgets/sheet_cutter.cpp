#include "ui/widgets/sheet_cutter.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::array kZooms{-8, -6, -4, -3, -2, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
constexpr double kGripPx = 5;  // widget pixels around an edge that take hold of it
constexpr int kSmallestCell = 2;

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
  m_selection.clear();
  update();
}

void SheetCutter::selectAll() {
  for (std::size_t i = 0; i < m_cells.size(); ++i) m_selection.insert(i);
  update();
}

void SheetCutter::removeSelected() {
  if (m_selection.empty()) return;
  std::vector<SheetCell> kept;
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    if (!m_selection.contains(i)) kept.push_back(m_cells[i]);
  }
  setCells(std::move(kept));
  Q_EMIT cellsEdited();
}

QRectF SheetCutter::cellArea(std::size_t cell) const {
  return toWidget(toRect(m_cells[cell].area));
}

std::optional<std::size_t> SheetCutter::cellAt(QPointF position) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < m_cells.size(); ++i) {
    const bool under = cellArea(i).adjusted(-kGripPx, -kGripPx, kGripPx, kGripPx).contains(position);
    // Of overlapping cells the selected one, else the smallest, is meant.
    if (!under) continue;
    if (m_selection.contains(i)) return i;
    const auto size = [this](std::size_t cell) { return m_cells[cell].area.width * m_cells[cell].area.height; };
    const bool inside = cellArea(i).contains(position);
    if (!found || (inside && size(i) < size(*found)) || (inside && !cellArea(*found).contains(position))) found = i;
  }
  return found;
}

SheetCutter::Grip SheetCutter::gripAt(std::size_t cell, QPointF position) const {
  if (!m_selection.contains(cell)) return Grip::kMove;
  const QRectF area = cellArea(cell);
  if (std::abs(position.x() - area.left()) <= kGripPx) return Grip::kLeft;
  if (std::abs(position.x() - area.right()) <= kGripPx) return Grip::kRight;
  if (std::abs(position.y() - area.top()) <= kGripPx) return Grip::kTop;
  if (std::abs(position.y() - area.bottom()) <= kGripPx) return Grip::kBottom;
  return Grip::kMove;
}

void SheetCutter::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_sheet.isNull()) return PixelView::mousePressEvent(event);
  m_pressed = toPicture(event->position());
  m_before = m_cells;
  m_moved = false;
  const auto cell = cellAt(event->position());
  const bool more = (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
  if (!cell) {
    if (!more) m_selection.clear();
    m_grip = Grip::kNone;
  } else {
    m_gripped = *cell;
    m_grip = gripAt(*cell, event->position());
    if (more && m_selection.contains(*cell)) {
      m_selection.erase(*cell);
    } else {
      if (!more && !m_selection.contains(*cell)) m_selection.clear();
      m_selection.insert(*cell);
    }
  }
  update();
}

void SheetCutter::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressed) return PixelView::mouseMoveEvent(event);
  drag(event->position());
}

void SheetCutter::drag(QPointF position) {
  const QPointF now = toPicture(position);
  const QPointF way = now - *m_pressed;
  const int dx = static_cast<int>(std::lround(way.x()));
  const int dy = static_cast<int>(std::lround(way.y()));
  if (!m_moved && dx == 0 && dy == 0) return;
  m_moved = true;
  m_cells = m_before;
  if (m_grip == Grip::kNone) {
    const QRect drawn = QRectF(*m_pressed, now).normalized().toAlignedRect() & m_sheet.rect();
    if (drawn.width() >= kSmallestCell && drawn.height() >= kSmallestCell) {
      const PixelRect area{drawn.x(), drawn.y(), drawn.width(), drawn.height()};
      m_cells.push_back({area, rowFor(area), 0});
      m_selection = {m_cells.size() - 1};
    }
  } else if (m_grip == Grip::kMove) {
    for (const std::size_t cell : m_selection) {
      PixelRect& area = m_cells[cell].area;
      area.x = std::clamp(area.x + dx, 0, m_sheet.width() - area.width);
      area.y = std::clamp(area.y + dy, 0, m_sheet.height() - area.height);
    }
  } else {
    PixelRect area = m_cells[m_gripped].area;
    const int right = area.x + area.width;
    const int bottom = area.y + area.height;
    if (m_grip == Grip::kLeft) {
      area.x = std::clamp(area.x + dx, 0, right - kSmallestCell);
      area.width = right - area.x;
    } else if (m_grip == Grip::kRight) {
      area.width = std::max(kSmallestCell, area.width + dx);
    } else if (m_grip == Grip::kTop) {
      area.y = std::clamp(area.y + dy, 0, bottom - kSmallestCell);
      area.height = bottom - area.y;
    } else {
      area.height = std::max(kSmallestCell, area.height + dy);
    }
    m_cells[m_gripped].area = clipped(area);
  }
  update();
}

void SheetCutter::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_pressed) return PixelView::mouseReleaseEvent(event);
  m_pressed.reset();
  m_grip = Grip::kNone;
  if (m_moved && m_cells != m_before) Q_EMIT cellsEdited();
  m_moved = false;
  m_before.clear();
  pointAt(event->position());
}

PixelRect SheetCutter::clipped(const PixelRect& area) const {
  const QRect inside = QRect(area.x, area.y, area.width, area.height) & m_sheet.rect();
  return {inside.x(), inside.y(), inside.width(), inside.height()};
}

int SheetCutter::rowFor(const PixelRect& area) const {
  const int middle = area.y + area.height / 2;
  int lowest = -1;
  for (const SheetCell& cell : m_before) {
    if (middle >= cell.area.y && middle < cell.area.y + cell.area.height) return cell.row;
    if (cell.area.y <= middle) lowest = std::max(lowest, cell.row);
  }
  return lowest + 1;
}

void SheetCutter::shiftSelected(int dx, int dy, bool resize) {
  if (m_selection.empty()) return;
  for (const std::size_t cell : m_selection) {
    PixelRect& area = m_cells[cell].area;
    if (resize) {
      area.width = std::clamp(area.width + dx, kSmallestCell, m_sheet.width() - area.x);
      area.height = std::clamp(area.height + dy, kSmallestCell, m_sheet.height() - area.y);
    } else {
      area.x = std::clamp(area.x + dx, 0, m_sheet.width() - area.width);
      area.y = std::clamp(area.y + dy, 0, m_sheet.height() - area.height);
    }
  }
  update();
  Q_EMIT cellsEdited();
}

void SheetCutter::keyPressEvent(QKeyEvent* event) {
  const bool resize = (event->modifiers() & Qt::ShiftModifier) != 0;
  switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return removeSelected();
    case Qt::Key_Left:
      return shiftSelected(-1, 0, resize);
    case Qt::Key_Right:
      return shiftSelected(1, 0, resize);
    case Qt::Key_Up:
      return shiftSelected(0, -1, resize);
    case Qt::Key_Down:
      return shiftSelected(0, 1, resize);
    default:
      break;
  }
  if (event->matches(QKeySequence::SelectAll)) return selectAll();
  PixelView::keyPressEvent(event);
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
