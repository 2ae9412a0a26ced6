#include "ui/widgets/thumbnail_grid.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <unordered_set>
#include <utility>

namespace loom {
namespace {

constexpr int kPlainHeading = 24;

}  // namespace

ThumbnailGrid::ThumbnailGrid(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent)
    : QAbstractScrollArea(parent), m_model(model), m_loader(loader), m_selection(model) {
  setObjectName("thumbnailGrid");
  setAccessibleName(tr("Sprites"));
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  viewport()->setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  viewport()->setObjectName("thumbnailViewport");
  m_painter.setPalette(palette());

  m_requestTimer.setSingleShot(true);
  connect(&m_requestTimer, &QTimer::timeout, this, &ThumbnailGrid::requestThumbnails);
  m_bandScroll.setInterval(16);
  connect(&m_bandScroll, &QTimer::timeout, this, [this] { dragBand(viewport()->mapFromGlobal(QCursor::pos())); });
  connect(&m_loader, &ThumbnailLoader::arrived, this, &ThumbnailGrid::showArrived);
  connect(&m_model, &SpriteModel::modelAboutToBeReset, this, [this] { m_anchor = anchorAt(0); });
  connect(&m_model, &SpriteModel::modelReset, this, &ThumbnailGrid::followModel);
  connect(&m_model, &SpriteModel::dataChanged, viewport(), [this] { viewport()->update(); });
  m_selection.followReset();
  relayout();
}

// Layout and scrolling

int ThumbnailGrid::scrollTop() const {
  return verticalScrollBar()->value();
}

QRect ThumbnailGrid::cellInViewport(int row) const {
  return m_layout.cell(row).translated(0, -scrollTop());
}

std::optional<ThumbnailGrid::Anchor> ThumbnailGrid::anchorAt(int viewportY) const {
  const int row = m_layout.nearestRow({0, scrollTop() + viewportY});
  if (row < 0 || row >= m_model.rowCount()) return {};
  return Anchor{m_model.sprite(row).id, cellInViewport(row).top()};
}

void ThumbnailGrid::restore(const std::optional<Anchor>& anchor) {
  const int row = anchor ? m_model.rowOf(anchor->id) : -1;
  if (row >= 0) verticalScrollBar()->setValue(m_layout.cell(row).top() - anchor->offset);
}

void ThumbnailGrid::followModel() {
  m_band.reset();
  m_bandScroll.stop();
  m_hovered = -1;
  const int selectedBefore = m_selection.count();
  m_selection.followReset();
  updateZoomFromSprites();
  relayout();

  const int oldRow = m_current;
  m_current = m_currentId != 0 ? m_model.rowOf(m_currentId) : -1;
  if (m_model.resetByQuery()) {
    verticalScrollBar()->setValue(0);
    if (m_current >= 0) ensureVisible(m_current);
  } else {
    restore(m_anchor);
    // What takes a deleted sprite's place is next, as in a list of files.
    if (m_current < 0 && oldRow >= 0) m_current = std::min(oldRow, m_model.rowCount() - 1);
  }
  m_rangeStart = m_current;
  m_currentId = m_current >= 0 ? m_model.sprite(m_current).id : 0;
  viewport()->update();
  if (selectedBefore != m_selection.count() || selectedBefore > 0) Q_EMIT selectionChanged();
}

void ThumbnailGrid::updateZoomFromSprites() {
  if (m_model.table().sprites.empty()) return;
  const int zoom = std::clamp(m_comfortableCell / m_model.table().usualSide, 1, kLargestZoom);
  if (zoom == m_zoom) return;
  m_zoom = zoom;
  Q_EMIT zoomChanged(zoom);
}

void ThumbnailGrid::relayout() {
  const SectionKind kind = m_model.arrangement().kind;
  const qreal ratio = devicePixelRatioF();
  GridMetrics metrics;
  metrics.width = viewport()->width();
  metrics.cell = ThumbnailPainter::cellFor(m_model.table().usualSide, m_zoom, ratio);
  const auto& findings = m_model.query().findings;
  metrics.flow = kind == SectionKind::kCharacter || kind == SectionKind::kTwins ||
                 (kind == SectionKind::kFindings && findings && findings->compact);
  metrics.heading = kind == SectionKind::kPlain ? 0 : std::max(kPlainHeading - 4, fontMetrics().height() + 4);
  m_layout.rebuild(m_model.arrangement().sections, metrics);
  m_painter.setGeometry(metrics.cell, m_zoom, ratio);
  verticalScrollBar()->setRange(0, std::max(0, m_layout.height() - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(std::max(20, m_layout.pitch() / 3));
  m_requestTimer.start();
}

void ThumbnailGrid::setZoom(int zoom) {
  zoom = std::clamp(zoom, 1, kLargestZoom);
  if (zoom == m_zoom) return;
  const bool currentSeen = m_current >= 0 && viewport()->rect().intersects(cellInViewport(m_current));
  const QPoint under = viewport()->mapFromGlobal(QCursor::pos());
  const bool pointed = viewport()->rect().contains(under) && underMouse();
  std::optional<Anchor> anchor = anchorAt(pointed ? under.y() : 0);
  if (currentSeen && !pointed) anchor = Anchor{m_currentId, cellInViewport(m_current).top()};
  m_zoom = zoom;
  m_comfortableCell = zoom * m_model.table().usualSide;
  relayout();
  restore(anchor);
  viewport()->update();
  Q_EMIT zoomChanged(zoom);
}

void ThumbnailGrid::resizeEvent(QResizeEvent* event) {
  const std::optional<Anchor> anchor = anchorAt(0);
  relayout();
  if (event->oldSize().width() != event->size().width() && scrollTop() > 0) restore(anchor);
}

void ThumbnailGrid::scrollContentsBy(int /*dx*/, int dy) {
  // What stays visible is moved, not painted again; a rubber band lies over it and would be moved along.
  if (m_band)
    viewport()->update();
  else
    viewport()->scroll(0, dy);
  setHovered(-1);
  m_requestTimer.start();
}

void ThumbnailGrid::ensureVisible(int row) {
  if (row < 0 || row >= m_model.rowCount()) return;
  const QRect cell = m_layout.cell(row);
  const int above = m_layout.metrics().heading + m_layout.metrics().gap;
  if (cell.top() - above < scrollTop()) {
    verticalScrollBar()->setValue(cell.top() - above);
  } else if (cell.bottom() >= scrollTop() + viewport()->height()) {
    verticalScrollBar()->setValue(cell.bottom() + m_layout.metrics().margin - viewport()->height());
  }
}

// Thumbnails

void ThumbnailGrid::requestThumbnails() {
  const int top = scrollTop(), height = viewport()->height();
  std::vector<ThumbnailKey> keys;
  const auto ask = [&](int from, int to) {
    for (const GridLayout::Block& block : m_layout.blocksBetween(from, to)) {
      const auto [first, last] = m_layout.rowsBetween(block, from, to);
      for (int row = first; row < last; ++row) keys.push_back({m_model.sprite(row).id, m_model.sprite(row).hash});
    }
  };
  ask(top, top + height);
  ask(top + height, top + 2 * height);
  ask(std::max(0, top - height), top);
  m_loader.request(std::move(keys));
}

std::vector<int> ThumbnailGrid::visibleRows() const {
  std::vector<int> rows;
  const int top = scrollTop(), bottom = top + viewport()->height();
  for (const GridLayout::Block& block : m_layout.blocksBetween(top, bottom)) {
    const auto [first, last] = m_layout.rowsBetween(block, top, bottom);
    for (int row = first; row < last; ++row) rows.push_back(row);
  }
  return rows;
}

void ThumbnailGrid::showArrived(const std::vector<std::uint64_t>& hashes) {
  const std::unordered_set<std::uint64_t> arrived(hashes.begin(), hashes.end());
  for (const int row : visibleRows()) {
    if (arrived.contains(m_model.sprite(row).hash)) updateRow(row);
  }
}

// Painting

CellState ThumbnailGrid::cellState(int row) const {
  CellState state;
  state.selected = m_selection.contains(row);
  state.current = row == m_current && hasFocus();
  state.hovered = row == m_hovered;
  state.excluded = m_model.excludedAt(m_model.indexAt(row));
  state.unreadable = m_loader.isUnreadable(m_model.sprite(row).hash);
  return state;
}

void ThumbnailGrid::paintHeading(QPainter& painter, const GridLayout::Block& block) const {
  const bool flowing = m_layout.metrics().flow;
  QString title = m_model.sectionTitle(block.section);
  if (!flowing) title = tr("%1   %2").arg(title, locale().toString(block.count));
  QColor colour = palette().color(QPalette::Text);
  if (flowing) colour.setAlpha(170);
  painter.setPen(colour);
  const QRect area = block.heading.adjusted(1, 0, 0, -3);
  painter.drawText(area, Qt::AlignLeft | Qt::AlignBottom,
                   painter.fontMetrics().elidedText(title, Qt::ElideMiddle, area.width()));
}

void ThumbnailGrid::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  painter.fillRect(event->rect(), palette().color(QPalette::Base));
  if (m_model.rowCount() == 0) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No sprite matches the filter."));
  }
  painter.translate(0, -scrollTop());
  const QRect exposed = event->rect().translated(0, scrollTop());
  for (const GridLayout::Block& block : m_layout.blocksBetween(exposed.top(), exposed.bottom() + 1)) {
    if (block.heading.intersects(exposed)) paintHeading(painter, block);
    const auto [first, last] = m_layout.rowsBetween(block, exposed.top(), exposed.bottom() + 1);
    for (int row = first; row < last; ++row) {
      const QRect cell = m_layout.cell(row);
      if (!event->region().intersects(cell.translated(0, -scrollTop()))) continue;
      const SpriteInfo& info = m_model.sprite(row);
      m_painter.paint(painter, cell, m_loader.find(info.hash), {info.width, info.height}, cellState(row));
    }
  }
  if (m_band && m_band->moved) {
    const QRect band = QRect(m_band->start, m_band->end).normalized();
    QColor accent = palette().color(QPalette::Highlight);
    painter.setPen(accent);
    accent.setAlpha(40);
    painter.setBrush(accent);
    painter.drawRect(band);
  }
}

void ThumbnailGrid::updateRow(int row) {
  if (row >= 0 && row < m_model.rowCount()) viewport()->update(cellInViewport(row));
}

void ThumbnailGrid::setHovered(int row) {
  if (row == m_hovered) return;
  updateRow(std::exchange(m_hovered, row));
  updateRow(row);
}

bool ThumbnailGrid::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave) setHovered(-1);
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = m_layout.rowAt(toContent(help->pos()));
    if (row < 0)
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), m_model.data(m_model.index(row), Qt::ToolTipRole).toString(), viewport(),
                         cellInViewport(row));
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void ThumbnailGrid::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) m_painter.setPalette(palette());
  if (event->type() == QEvent::FontChange) relayout();
  QAbstractScrollArea::changeEvent(event);
}

void ThumbnailGrid::focusInEvent(QFocusEvent* event) {
  if (m_current < 0 && event->reason() != Qt::MouseFocusReason && m_model.rowCount() > 0) {
    setCurrent(std::max(0, m_layout.nearestRow({0, scrollTop()})));
  }
  updateRow(m_current);
}

void ThumbnailGrid::focusOutEvent(QFocusEvent* /*event*/) {
  updateRow(m_current);
}

}  // namespace loom
