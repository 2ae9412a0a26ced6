// The grid's selection: mouse and keys.
#include <QAccessible>
#include <QCursor>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>

#include "ui/widgets/thumbnail_grid.h"

namespace loom {

void ThumbnailGrid::changedSelection() {
  viewport()->update();
  describeCurrent();
  Q_EMIT selectionChanged();
}

void ThumbnailGrid::setCurrent(int row) {
  updateRow(m_current);
  m_current = row;
  m_currentId = row >= 0 ? m_model.sprite(row).id : 0;
  updateRow(row);
}

void ThumbnailGrid::describeCurrent() {
  if (m_current < 0) return;
  const QString text = tr("%1; %2 selected")
                           .arg(m_model.data(m_model.index(m_current), Qt::DisplayRole).toString(),
                                locale().toString(m_selection.count()));
  setAccessibleDescription(text);
  QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&changed);
}

void ThumbnailGrid::selectAll() {
  if (m_model.rowCount() == 0) return;
  m_selection.setRange(0, m_model.rowCount() - 1, true);
  changedSelection();
}

void ThumbnailGrid::clearSelection() {
  if (m_selection.count() == 0) return;
  m_selection.clear();
  changedSelection();
}

void ThumbnailGrid::selectOnly(int row) {
  m_selection.clear();
  m_selection.set(row, true);
  setCurrent(row);
  m_rangeStart = row;
  ensureVisible(row);
  changedSelection();
}

void ThumbnailGrid::select(const std::vector<int>& rows) {
  if (rows.empty()) return clearSelection();
  m_selection.clear();
  m_selection.setRows(rows, true);
  setCurrent(rows.front());
  m_rangeStart = rows.front();
  ensureVisible(rows.front());
  changedSelection();
}

void ThumbnailGrid::press(int row, Qt::KeyboardModifiers modifiers) {
  const bool extend = modifiers & Qt::ShiftModifier;
  const bool keep = modifiers & Qt::ControlModifier;
  if (extend) {
    if (!keep) m_selection.clear();
    m_selection.setRange(m_rangeStart >= 0 ? m_rangeStart : row, row, true);
  } else if (keep) {
    m_selection.set(row, !m_selection.contains(row));
  } else {
    m_selection.clear();
    m_selection.set(row, true);
  }
  if (!extend || m_rangeStart < 0) m_rangeStart = row;
  setCurrent(row);
  changedSelection();
}

void ThumbnailGrid::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const QPoint point = toContent(event->position().toPoint());
  const bool keep = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
  if (const int row = m_layout.rowAt(point); row >= 0) {
    press(row, event->modifiers());
    m_band = RubberBand{point, point, keep ? m_selection.snapshot() : std::vector<char>{}};
    return;
  }
  if (!keep) m_selection.clear();
  if (const int section = m_layout.sectionAt(point); section >= 0) {
    const SpriteSection& group = m_model.arrangement().sections[static_cast<std::size_t>(section)];
    m_selection.setRange(group.first, group.first + group.count - 1, true);
    m_rangeStart = group.first;
    setCurrent(group.first);
  }
  m_band = RubberBand{point, point, keep ? m_selection.snapshot() : std::vector<char>{}};
  changedSelection();
}

void ThumbnailGrid::dragBand(QPoint viewportPoint) {
  if (!m_band) return;
  const int beyond = viewportPoint.y() < 0 ? viewportPoint.y() : std::max(0, viewportPoint.y() - viewport()->height());
  if (beyond != 0) verticalScrollBar()->setValue(scrollTop() + std::clamp(beyond, -60, 60));
  if (beyond != 0 && !m_bandScroll.isActive()) m_bandScroll.start();
  if (beyond == 0) m_bandScroll.stop();

  m_band->end = toContent({std::clamp(viewportPoint.x(), 0, viewport()->width() - 1),
                           std::clamp(viewportPoint.y(), 0, viewport()->height() - 1)});
  m_selection.clear();
  if (!m_band->before.empty()) m_selection.restore(m_band->before);
  const std::vector<int> rows = m_layout.rowsIn(QRect(m_band->start, m_band->end).normalized());
  m_selection.setRows(rows, true);
  changedSelection();
}

void ThumbnailGrid::mouseMoveEvent(QMouseEvent* event) {
  const QPoint point = event->position().toPoint();
  if (!m_band) {
    setHovered(m_layout.rowAt(toContent(point)));
    return;
  }
  // A hand that trembles while it clicks draws no band.
  if (!m_band->moved && (toContent(point) - m_band->start).manhattanLength() < 6) return;
  m_band->moved = true;
  dragBand(point);
}

void ThumbnailGrid::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  m_bandScroll.stop();
  m_band.reset();
  viewport()->update();
}

void ThumbnailGrid::contextMenuEvent(QContextMenuEvent* event) {
  // The menu is about what is under the pointer: select it, unless it already is.
  if (event->reason() == QContextMenuEvent::Mouse) {
    const int row = m_layout.rowAt(toContent(event->pos()));
    if (row >= 0 && !m_selection.contains(row)) selectOnly(row);
  }
  event->ignore();
}

void ThumbnailGrid::wheelEvent(QWheelEvent* event) {
  if (!(event->modifiers() & Qt::ControlModifier)) {
    QAbstractScrollArea::wheelEvent(event);
    return;
  }
  if (const int turn = event->angleDelta().y(); turn != 0) setZoom(m_zoom + (turn > 0 ? 1 : -1));
  event->accept();
}

int ThumbnailGrid::rowForKey(int key) const {
  const int last = m_model.rowCount() - 1;
  const int row = std::clamp(m_current, 0, last);
  const QPoint centre = m_layout.cell(row).center();
  switch (key) {
    case Qt::Key_Left:
      return std::max(0, row - 1);
    case Qt::Key_Right:
      return std::min(last, row + 1);
    case Qt::Key_Up:
      return m_layout.rowAbove(row);
    case Qt::Key_Down:
      return m_layout.rowBelow(row);
    case Qt::Key_Home:
      return 0;
    case Qt::Key_End:
      return last;
    case Qt::Key_PageUp:
      return m_layout.nearestRow({centre.x(), std::max(0, centre.y() - viewport()->height())});
    case Qt::Key_PageDown:
      return m_layout.nearestRow({centre.x(), centre.y() + viewport()->height()});
    default:
      return -1;
  }
}

void ThumbnailGrid::moveCurrent(int row, Qt::KeyboardModifiers modifiers) {
  if (modifiers & Qt::ShiftModifier) {
    press(row, Qt::ShiftModifier);
  } else if (modifiers & Qt::ControlModifier) {
    setCurrent(row);
    describeCurrent();
  } else {
    press(row, Qt::NoModifier);
  }
  ensureVisible(row);
}

void ThumbnailGrid::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::SelectAll)) return selectAll();
  if (m_model.rowCount() > 0) {
    if (event->key() == Qt::Key_Space && m_current >= 0) {
      return press(m_current, event->modifiers() | Qt::ControlModifier);
    }
    const bool first = m_current < 0 && event->key() != Qt::Key_End;
    if (const int row = rowForKey(event->key()); row >= 0) return moveCurrent(first ? 0 : row, event->modifiers());
  }
  if (event->key() == Qt::Key_Escape && m_selection.count() > 0) return clearSelection();
  event->ignore();  // what the page does with X, Del and the rest is its own business
}

}  // namespace loom
