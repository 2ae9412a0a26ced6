#include "ui/widgets/sprite_map_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr double kMargin = 24;          // widget pixels around the whole map
constexpr double kClosest = 400;        // largest zoom
constexpr double kReach = 14;           // widget pixels around a point that mean it
constexpr std::size_t kMostSprites = 600;  // drawn as pictures; more would be a blur
constexpr int kSpriteSide = 40;

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
  connect(&model, &SpriteModel::modelReset, this, [this] { update(); });
}

void SpriteMapView::setPoints(std::vector<MapPoint> points) {
  m_points = std::move(points);
  m_marked.assign(m_points.size(), 0);
  fit();
}

void SpriteMapView::setSelected(const std::vector<SpriteId>& ids) {
  std::vector<SpriteId> sorted = ids;
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    m_marked[i] = std::ranges::binary_search(sorted, m_points[i].sprite) ? 1 : 0;
  }
  update();
}

void SpriteMapView::fit() {
  m_zoom = 1;
  m_centre = {.5, .5};
  update();
}

double SpriteMapView::unit() const {
  return std::max(40.0, std::min(width(), height()) - 2 * kMargin) * m_zoom;
}

QPointF SpriteMapView::toWidget(const MapPoint& point) const {
  return QRectF(rect()).center() + (QPointF(point.x, point.y) - m_centre) * unit();
}

std::optional<QPointF> SpriteMapView::positionOf(SpriteId id) const {
  const auto found = std::ranges::find(m_points, id, &MapPoint::sprite);
  if (found == m_points.end()) return {};
  return toWidget(*found);
}

std::optional<std::size_t> SpriteMapView::nearest(QPointF position) const {
  std::optional<std::size_t> best;
  double least = kReach * kReach;
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    const QPointF away = toWidget(m_points[i]) - position;
    const double distance = QPointF::dotProduct(away, away);
    if (distance > least || m_model.table().indexOf(m_points[i].sprite) < 0) continue;
    least = distance;
    best = i;
  }
  return best;
}

void SpriteMapView::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::Base));
  const SpriteTable& table = m_model.table();
  const QRectF seen = QRectF(rect()).adjusted(-kSpriteSide, -kSpriteSide, kSpriteSide, kSpriteSide);
  std::vector<std::size_t> visible;
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    if (table.indexOf(m_points[i].sprite) >= 0 && seen.contains(toWidget(m_points[i]))) visible.push_back(i);
  }
  const bool pictures = visible.size() <= kMostSprites;
  for (const std::size_t i : visible) {
    if (pictures && m_marked[i] == 0) continue;
    const auto index = static_cast<std::size_t>(table.indexOf(m_points[i].sprite));
    const QPointF at = toWidget(m_points[i]);
    const double radius = m_marked[i] != 0 ? 5 : 2.5;
    painter.fillRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius),
                     m_marked[i] != 0 ? palette().color(QPalette::Highlight) : viewColour(table.viewOf[index]));
  }
  if (pictures) paintSprites(painter, visible);
  if (m_pressed && m_dragged && !m_panning) {
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(QRectF(*m_pressed, *m_dragged).normalized());
  }
}

void SpriteMapView::paintSprites(QPainter& painter, const std::vector<std::size_t>& visible) {
  const SpriteTable& table = m_model.table();
  std::vector<ThumbnailKey> missing;
  for (const std::size_t i : visible) {
    const SpriteInfo& info = table.sprites[static_cast<std::size_t>(table.indexOf(m_points[i].sprite))];
    const QPointF at = toWidget(m_points[i]);
    const QRect cell(QPoint(qRound(at.x()) - kSpriteSide / 2, qRound(at.y()) - kSpriteSide / 2),
                     QSize(kSpriteSide, kSpriteSide));
    const QImage* picture = m_loader.find(info.hash);
    if (picture == nullptr) {
      missing.push_back({info.id, info.hash});
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

void SpriteMapView::mousePressEvent(QMouseEvent* event) {
  m_pressed = m_dragged = event->position();
  m_panning = event->button() != Qt::LeftButton;
}

void SpriteMapView::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressed) return;
  if (m_panning) m_centre -= (event->position() - *m_dragged) / unit();
  m_dragged = event->position();
  update();
}

void SpriteMapView::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_pressed) return;
  const QRectF area = QRectF(*m_pressed, event->position()).normalized();
  const bool clicked = area.width() + area.height() < 6;
  m_pressed.reset();
  update();
  if (m_panning) return;
  std::vector<SpriteId> ids;
  if (clicked) {
    if (const auto point = nearest(event->position())) ids.push_back(m_points[*point].sprite);
  } else {
    for (const MapPoint& point : m_points) {
      if (area.contains(toWidget(point)) && m_model.table().indexOf(point.sprite) >= 0) ids.push_back(point.sprite);
    }
  }
  setSelected(ids);
  Q_EMIT selectionRequested(ids);
}

void SpriteMapView::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  fit();
}

void SpriteMapView::wheelEvent(QWheelEvent* event) {
  zoomBy(std::pow(1.0015, event->angleDelta().y()), event->position());
  event->accept();
}

void SpriteMapView::zoomBy(double factor, QPointF anchor) {
  const QPointF held = m_centre + (anchor - QRectF(rect()).center()) / unit();
  m_zoom = std::clamp(m_zoom * factor, 1.0, kClosest);
  m_centre = held - (anchor - QRectF(rect()).center()) / unit();
  update();
}

void SpriteMapView::keyPressEvent(QKeyEvent* event) {
  constexpr double kStep = 1.25;
  const double move = 40 / unit();
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomBy(kStep, QRectF(rect()).center());
    case Qt::Key_Minus:
      return zoomBy(1 / kStep, QRectF(rect()).center());
    case Qt::Key_0:
      return fit();
    case Qt::Key_Left:
      m_centre.rx() -= move;
      return update();
    case Qt::Key_Right:
      m_centre.rx() += move;
      return update();
    case Qt::Key_Up:
      m_centre.ry() -= move;
      return update();
    case Qt::Key_Down:
      m_centre.ry() += move;
      return update();
    default:
      QWidget::keyPressEvent(event);
  }
}

bool SpriteMapView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto point = nearest(help->pos())) {
    const int index = m_model.table().indexOf(m_points[*point].sprite);
    const SpriteInfo& info = m_model.table().sprites[static_cast<std::size_t>(index)];
    QToolTip::showText(help->globalPos(),
                       tr("%1, %2").arg(QString::fromStdString(info.character), viewTitle(info.view)), this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace loom
