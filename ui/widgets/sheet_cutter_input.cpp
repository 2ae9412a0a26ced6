// What mouse and keys do to the cells of a sheet.
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/models/cell_order.h"
#include "ui/widgets/sheet_cutter.h"

namespace loom {
namespace {

constexpr int kSmallestCell = 2;

}  // namespace

SheetCutter::Grip SheetCutter::gripAt(std::size_t cell, QPointF position) const {
  if (!m_selection.contains(cell)) return Grip::kMove;
  const QRectF area = cellArea(cell);
  if (std::abs(position.x() - area.left()) <= kGrip) return Grip::kLeft;
  if (std::abs(position.x() - area.right()) <= kGrip) return Grip::kRight;
  if (std::abs(position.y() - area.top()) <= kGrip) return Grip::kTop;
  if (std::abs(position.y() - area.bottom()) <= kGrip) return Grip::kBottom;
  return Grip::kMove;
}

void SheetCutter::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_sheet.isNull()) return PixelView::mousePressEvent(event);
  m_pressed = toPicture(event->position());
  m_before = m_cells;
  m_moved = false;
  std::set<std::size_t> selected = m_selection;
  const auto cell = cellAt(event->position());
  const bool more = (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
  if (!cell) {
    if (!more) selected.clear();
    m_grip = Grip::kNone;
  } else {
    m_gripped = *cell;
    m_grip = gripAt(*cell, event->position());
    if (more && selected.contains(*cell)) {
      selected.erase(*cell);
    } else {
      if (!more && !selected.contains(*cell)) selected.clear();
      selected.insert(*cell);
    }
  }
  select(std::move(selected));
}

void SheetCutter::mouseDoubleClickEvent(QMouseEvent* event) {
  mousePressEvent(event);  // two quick clicks on cells are just that
}

void SheetCutter::mouseMoveEvent(QMouseEvent* event) {
  if (m_pressed) return drag(event->position());
  PixelView::mouseMoveEvent(event);
  if (event->buttons() == Qt::NoButton) showCursor(event->position());
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
    m_selection.clear();
    if (drawn.width() >= kSmallestCell && drawn.height() >= kSmallestCell) {
      m_cells.push_back({{drawn.x(), drawn.y(), drawn.width(), drawn.height()}, 0, 0});
      m_selection = {m_cells.size() - 1};
    }
  } else if (m_grip == Grip::kMove) {
    for (const std::size_t cell : m_selection) {
      PixelRect& area = m_cells[cell].area;
      area.x = std::clamp(area.x + dx, 0, m_sheet.width() - area.width);
      area.y = std::clamp(area.y + dy, 0, m_sheet.height() - area.height);
    }
  } else {
    resizeGripped(dx, dy);
  }
  update();
}

void SheetCutter::resizeGripped(int dx, int dy) {
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

void SheetCutter::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_pressed) return PixelView::mouseReleaseEvent(event);
  m_pressed.reset();
  const Grip grip = std::exchange(m_grip, Grip::kNone);
  const bool changed = std::exchange(m_moved, false) && m_cells != m_before;
  m_before.clear();
  if (changed) {
    settleCells(m_cells, m_selection, grip == Grip::kNone);
    update();
    Q_EMIT selectionChanged();
    Q_EMIT cellsEdited(grip == Grip::kNone   ? CellEdit::kDraw
                       : grip == Grip::kMove ? CellEdit::kMove
                                             : CellEdit::kResize);
  }
  pointAt(event->position());
  showCursor(event->position());
}

PixelRect SheetCutter::clipped(const PixelRect& area) const {
  const QRect inside = QRect(area.x, area.y, area.width, area.height) & m_sheet.rect();
  return {inside.x(), inside.y(), inside.width(), inside.height()};
}

void SheetCutter::showCursor(QPointF position) {
  const auto cell = cellAt(position);
  const Grip grip = cell ? gripAt(*cell, position) : Grip::kNone;
  if (grip == Grip::kNone) return setCursor(Qt::CrossCursor);
  if (grip == Grip::kMove) return setCursor(m_selection.contains(*cell) ? Qt::SizeAllCursor : Qt::ArrowCursor);
  setCursor(grip == Grip::kLeft || grip == Grip::kRight ? Qt::SizeHorCursor : Qt::SizeVerCursor);
}

void SheetCutter::shiftSelected(int dx, int dy, bool resize) {
  if (m_selection.empty()) return;
  const std::vector<SheetCell> before = m_cells;
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
  if (m_cells == before) return;
  settleCells(m_cells, m_selection, false);
  update();
  Q_EMIT cellsEdited(CellEdit::kNudge);
}

void SheetCutter::addBeside() {
  if (m_sheet.isNull()) return;
  constexpr int kUsual = 64;
  const int side = std::min({kUsual, m_sheet.width(), m_sheet.height()});
  PixelRect area{(m_sheet.width() - side) / 2, (m_sheet.height() - side) / 2, side, side};
  if (!m_cells.empty()) {
    area = m_cells[m_selection.empty() ? m_cells.size() - 1 : *m_selection.rbegin()].area;
    area.x = std::min(area.x + area.width, m_sheet.width() - area.width);
  }
  m_cells.push_back({area, 0, 0});
  m_selection = {m_cells.size() - 1};
  settleCells(m_cells, m_selection, true);
  select(m_selection);
  Q_EMIT cellsEdited(CellEdit::kDraw);
}

void SheetCutter::selectNext(int step) {
  if (m_cells.empty()) return;
  const int count = static_cast<int>(m_cells.size());
  const int from = !m_selection.empty() ? static_cast<int>(*m_selection.rbegin()) : step > 0 ? -1 : 0;
  select({static_cast<std::size_t>((from + step + count) % count)});
}

void SheetCutter::keyPressEvent(QKeyEvent* event) {
  const bool resize = (event->modifiers() & Qt::ShiftModifier) != 0;
  switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return removeSelected();
    case Qt::Key_Escape:
      if (!m_pressed) break;
      m_pressed.reset();
      m_cells = std::exchange(m_before, {});
      m_grip = Grip::kNone;
      return select({});
    case Qt::Key_Insert:
      return addBeside();
    case Qt::Key_PageDown:
      return selectNext(1);
    case Qt::Key_PageUp:
      return selectNext(-1);
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

}  // namespace loom
