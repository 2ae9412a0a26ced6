#include "ui/widgets/sprite_map_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr double kMargin = 24;             // widget pixels around the whole map
constexpr std::size_t kMostSprites = 600;  // drawn as pictures; more would be a blur
constexpr int kSpriteSide = 40;
constexpr std::size_t kManyMarks = 50;
constexpr std::size_t kManyPoints = 20000;  // smaller squares, so that they do not run into one
constexpr std::size_t kMostNamedViews = 8;  // as many as there are colours
constexpr int kWordsMargin = 10;

/// Colours that stay apart on dark and light ground.
QColor viewColour(int view) {
  constexpr int kHues[] = {210, 130, 40, 330, 270, 180, 20, 90};
  return QColor::fromHsv(kHues[view % static_cast<int>(std::size(kHues))], 150, 235);
}

}  // namespace

SpriteMapView::SpriteMapView(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent)
    : QWidget(parent), m_model(model), m_loader(loader) {
  setObjectName("spriteMap");
  setAccessibleName(tr("Map of the sprites"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(200, 160);
  connect(&loader, &ThumbnailLoader::arrived, this, [this] { update(); });
  connect(&model, &SpriteModel::modelReset, this, &SpriteMapView::followModel);
}

/// Both are by id: one walk through the two finds every point's sprite.
void SpriteMapView::followModel() {
  const SpriteTable& table = m_model.table();
  m_index.assign(m_points.size(), -1);
  std::size_t at = 0;
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    while (at < table.ids.size() && table.ids[at] < m_points[i].sprite) ++at;
    const bool there = at < table.ids.size() && table.ids[at] == m_points[i].sprite;
    if (there && m_model.arrangement().rowOf[at] >= 0) m_index[i] = static_cast<int>(at);
  }
  redraw();
}

void SpriteMapView::redraw() {
  m_stale = true;
  update();
}

void SpriteMapView::setNote(const QString& text) {
  m_note = text;
  update();
}

void SpriteMapView::setPoints(std::vector<MapPoint> points) {
  m_points = std::move(points);
  std::ranges::sort(m_points, {}, &MapPoint::sprite);
  m_marked.assign(m_points.size(), 0);
  followModel();
  fit();
}

void SpriteMapView::setSelected(const std::vector<SpriteId>& ids) {
  std::vector<SpriteId> sorted = ids;
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    m_marked[i] = std::ranges::binary_search(sorted, m_points[i].sprite) ? 1 : 0;
  }
  redraw();
}

void SpriteMapView::fit() {
  m_zoom = 1;
  m_centre = {.5, .5};
  redraw();
}

double SpriteMapView::unit() const {
  return std::max(40.0, std::min(width(), height()) - 2 * kMargin) * m_zoom;
}

QPointF SpriteMapView::toWidget(const MapPoint& point) const {
  return QRectF(rect()).center() + (QPointF(point.x, point.y) - m_centre) * unit();
}

std::optional<QPointF> SpriteMapView::positionOf(SpriteId id) const {
  const auto found = std::ranges::lower_bound(m_points, id, {}, &MapPoint::sprite);
  if (found == m_points.end() || found->sprite != id) return {};
  return toWidget(*found);
}

void SpriteMapView::paintEvent(QPaintEvent* /*event*/) {
  if (m_stale || m_drawn.devicePixelRatio() != devicePixelRatioF()) drawPoints();
  QPainter painter(this);
  painter.drawImage(0, 0, m_drawn);
  paintSprites(painter);
  if (m_pressed && m_dragged && !m_panning) {
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(QRectF(*m_pressed, *m_dragged).normalized());
  }
  paintWords(painter);
  if (hasFocus()) {
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

/// Squares straight into the picture: a painter would take 30 ms for 100,000.
void SpriteMapView::drawPoints() {
  m_stale = false;
  const double ratio = devicePixelRatioF();
  m_drawn = QImage((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
  m_drawn.fill(palette().color(QPalette::Base));
  m_drawn.setDevicePixelRatio(ratio);
  m_pictured.clear();
  const SpriteTable& table = m_model.table();
  std::vector<QRgb> colours;
  for (std::size_t view = 0; view < table.views.size(); ++view) {
    colours.push_back(viewColour(static_cast<int>(view)).rgb());
  }
  const double scale = unit() * ratio;
  const QPointF origin = (QRectF(rect()).center() - m_centre * unit()) * ratio;
  const int side = qRound((m_points.size() > kManyPoints ? 3 : 4) * ratio);
  const int width = m_drawn.width(), height = m_drawn.height();
  auto* const pixels = reinterpret_cast<QRgb*>(m_drawn.bits());
  const auto square = [=](const MapPoint& point, int size, QRgb colour) {
    const int left = static_cast<int>(origin.x() + point.x * scale) - size / 2;
    const int top = static_cast<int>(origin.y() + point.y * scale) - size / 2;
    const int first = std::max(left, 0), last = std::min(left + size, width);
    for (int y = std::max(top, 0); y < std::min(top + size, height); ++y) {
      QRgb* const line = pixels + static_cast<std::ptrdiff_t>(y) * width;
      for (int x = first; x < last; ++x) line[x] = colour;
    }
  };
  const QRectF seen = QRectF(rect()).adjusted(-kSpriteSide, -kSpriteSide, kSpriteSide, kSpriteSide);
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    if (m_index[i] < 0) continue;
    if (m_pictured.size() <= kMostSprites && seen.contains(toWidget(m_points[i]))) m_pictured.push_back(i);
    if (m_marked[i] != 0) marked.push_back(i);
    square(m_points[i], side, colours[static_cast<std::size_t>(table.viewOf[static_cast<std::size_t>(m_index[i])])]);
  }
  // The highlight may be a view's colour: it has a rim.
  const QRgb rim = palette().color(QPalette::Text).rgb(), highlight = palette().color(QPalette::Highlight).rgb();
  const int mark = marked.size() > kManyMarks ? side : qRound(8 * ratio);
  for (const std::size_t i : marked) square(m_points[i], mark + qRound(4 * ratio), rim);
  for (const std::size_t i : marked) square(m_points[i], mark, highlight);
  if (m_pictured.size() > kMostSprites) m_pictured.clear();
}

void SpriteMapView::paintSprites(QPainter& painter) {
  const SpriteTable& table = m_model.table();
  std::vector<ThumbnailKey> missing;
  for (const std::size_t i : m_pictured) {
    const SpriteInfo& info = table.sprites[static_cast<std::size_t>(m_index[i])];
    const QPointF at = toWidget(m_points[i]);
    const QRect cell(QPoint(qRound(at.x()) - kSpriteSide / 2, qRound(at.y()) - kSpriteSide / 2),
                     QSize(kSpriteSide, kSpriteSide));
    const QImage* picture = m_loader.find(info.hash);
    if (picture == nullptr) {
      if (!m_loader.isUnreadable(info.hash)) missing.push_back({info.id, info.hash});
      continue;
    }
    QSize size = picture->size();
    if (size.width() > kSpriteSide || size.height() > kSpriteSide) {
      size.scale(kSpriteSide, kSpriteSide, Qt::KeepAspectRatio);
    }
    const QRect target = pixelPerfectRect(size, cell);
    painter.drawImage(target, *picture);
    if (m_marked[i] == 0) continue;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(target.adjusted(-2, -2, 2, 2));
  }
  if (!missing.empty()) m_loader.requestFirst(std::move(missing));
}

/// Which colour is which view, and the note.
void SpriteMapView::paintWords(QPainter& painter) {
  const std::vector<std::string>& views = m_model.table().views;
  const int line = fontMetrics().height() + 2;
  const int shown = m_points.empty() ? 0 : static_cast<int>(std::min<std::size_t>(views.size(), kMostNamedViews));
  for (int view = 0; view < shown; ++view) {
    const int y = height() - kWordsMargin - line * (shown - view);
    painter.fillRect(kWordsMargin, y + line / 2 - 4, 8, 8, viewColour(view));
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(kWordsMargin + 14, y + fontMetrics().ascent(), viewTitle(views[static_cast<std::size_t>(view)]));
  }
  if (m_note.isEmpty()) return;
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(rect().adjusted(kWordsMargin, kWordsMargin, -kWordsMargin, -kWordsMargin),
                   Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, m_note);
}

void SpriteMapView::resizeEvent(QResizeEvent* /*event*/) {
  m_stale = true;
}

void SpriteMapView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) redraw();
}

}  // namespace loom
