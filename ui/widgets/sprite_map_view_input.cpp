// Mouse and keyboard of the map.
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/widgets/sprite_map_view.h"

namespace loom {
namespace {

constexpr double kClosest = 400;  // largest zoom
constexpr double kReach = 14;     // widget pixels around a point that mean it

}  // namespace

std::optional<std::size_t> SpriteMapView::nearest(QPointF position) const {
  std::optional<std::size_t> best;
  double least = kReach * kReach;
  for (std::size_t i = 0; i < m_points.size(); ++i) {
    if (m_index[i] < 0) continue;
    const QPointF away = toWidget(m_points[i]) - position;
    const double distance = QPointF::dotProduct(away, away);
    if (distance > least) continue;
    least = distance;
    best = i;
  }
  return best;
}

void SpriteMapView::mousePressEvent(QMouseEvent* event) {
  m_pressed = m_dragged = event->position();
  m_panning = event->button() != Qt::LeftButton;
}

void SpriteMapView::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressed) return;
  if (m_panning) {
    m_centre -= (event->position() - *m_dragged) / unit();
    m_stale = true;
  }
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
    for (std::size_t i = 0; i < m_points.size(); ++i) {
      if (m_index[i] >= 0 && area.contains(toWidget(m_points[i]))) ids.push_back(m_points[i].sprite);
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
  redraw();
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
      return redraw();
    case Qt::Key_Right:
      m_centre.rx() += move;
      return redraw();
    case Qt::Key_Up:
      m_centre.ry() -= move;
      return redraw();
    case Qt::Key_Down:
      m_centre.ry() += move;
      return redraw();
    default:
      QWidget::keyPressEvent(event);
  }
}

bool SpriteMapView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto point = nearest(help->pos())) {
    const SpriteInfo& info = m_model.table().sprites[static_cast<std::size_t>(m_index[*point])];
    QToolTip::showText(help->globalPos(),
                       tr("%1, %2").arg(QString::fromStdString(info.character), viewTitle(info.view)), this);
  } else {
    QToolTip::hideText();
  }
  return true;
}

}  // namespace loom
