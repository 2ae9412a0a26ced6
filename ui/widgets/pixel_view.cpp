#include "ui/widgets/pixel_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <ranges>

namespace loom {
namespace {

constexpr int kMarginInSight = 24;  ///< device pixels of the picture that panning always leaves visible
constexpr int kWheelNotch = 120;

}  // namespace

PixelView::PixelView(Zooms zooms, QWidget* parent) : QWidget(parent), m_zooms(zooms) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
}

double PixelView::deviceScale(int zoom) const {
  if (zoom != 0) return zoom > 0 ? zoom : -1.0 / zoom;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  return std::min(room.width() / pictureSize().width(), room.height() / pictureSize().height());
}

double PixelView::scale() const {
  return deviceScale(m_zoom) / devicePixelRatioF();
}

QPointF PixelView::toPicture(QPointF position) const {
  return (position * devicePixelRatioF() - m_origin) / deviceScale(m_zoom);
}

QRectF PixelView::toWidget(const QRectF& area) const {
  return {m_origin / devicePixelRatioF() + area.topLeft() * scale(), area.size() * scale()};
}

QRectF PixelView::pictureArea() const {
  return toWidget({{}, QSizeF(pictureSize())});
}

QRect PixelView::pixelsUnder(const QRectF& exposed) const {
  return QRectF(toPicture(exposed.topLeft()), exposed.size() / scale()).toAlignedRect() & QRect({}, pictureSize());
}

void PixelView::fit() {
  m_fitted = true;
  if (pictureSize().isEmpty()) return;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  const double most = std::min((room.width() - 2 * m_zooms.margin) / pictureSize().width(),
                               (room.height() - 2 * m_zooms.margin) / pictureSize().height());
  if (most >= 1) {
    m_zoom = std::min(static_cast<int>(most), m_zooms.steps.back());  // any whole zoom, not the steps alone
  } else {
    const auto below =
        std::ranges::find_if(m_zooms.steps | std::views::reverse, [&](int zoom) { return deviceScale(zoom) <= most; });
    m_zoom = below.base() != m_zooms.steps.begin() ? *below : m_zooms.shrinks ? 0 : m_zooms.steps.front();
  }
  const QSizeF shown = QSizeF(pictureSize()) * deviceScale(m_zoom);
  m_origin = QPointF(std::floor((room.width() - shown.width()) / 2), std::floor((room.height() - shown.height()) / 2));
  changed();
}

void PixelView::setZoom(int zoom, QPointF anchor) {
  const int wanted = std::clamp(zoom, m_zooms.steps.front(), m_zooms.steps.back());
  if (pictureSize().isEmpty() || wanted == m_zoom) return;
  const QPointF held = toPicture(anchor);
  m_zoom = wanted;
  m_fitted = false;
  const QPointF origin = anchor * devicePixelRatioF() - held * deviceScale(m_zoom);
  m_origin = QPointF(std::round(origin.x()), std::round(origin.y()));
  keepInSight();
  changed();
}

void PixelView::zoomIn(QPointF anchor) {
  const auto next = std::ranges::upper_bound(m_zooms.steps, m_zoom);
  if (next != m_zooms.steps.end()) setZoom(*next, anchor);
}

void PixelView::zoomOut(QPointF anchor) {
  const auto next = std::ranges::lower_bound(m_zooms.steps, m_zoom);
  if (next != m_zooms.steps.begin()) setZoom(*std::prev(next), anchor);
}

void PixelView::followView(const PixelView& other) {
  if (m_zoom == other.m_zoom && m_origin == other.m_origin && m_fitted == other.m_fitted) return;
  const QSignalBlocker quiet(this);  // two views may follow each other
  if (other.m_fitted) return fit();
  m_fitted = false;
  m_zoom = other.m_zoom;
  m_origin = other.m_origin;
  keepInSight();
  update();
}

void PixelView::keepInSight() {
  if (pictureSize().isEmpty()) return;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  const QSizeF shown = QSizeF(pictureSize()) * deviceScale(m_zoom);
  const auto bounded = [](double origin, double length, double available) {
    const double margin = std::min<double>(kMarginInSight, length);
    return std::clamp(origin, margin - length, std::max(margin - length, available - margin));
  };
  m_origin =
      QPointF(bounded(m_origin.x(), shown.width(), room.width()), bounded(m_origin.y(), shown.height(), room.height()));
}

void PixelView::changed() {
  update();
  Q_EMIT viewChanged();
}

void PixelView::pictureResized() {
  if (m_fitted) fit();
  keepInSight();
  update();
}

void PixelView::resizeEvent(QResizeEvent* /*event*/) {
  pictureResized();
}

void PixelView::wheelEvent(QWheelEvent* event) {
  m_wheel += event->angleDelta().y();
  for (; m_wheel >= kWheelNotch; m_wheel -= kWheelNotch) zoomIn(event->position());
  for (; m_wheel <= -kWheelNotch; m_wheel += kWheelNotch) zoomOut(event->position());
  pointAt(event->position());
  event->accept();
}

void PixelView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  m_dragFrom = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void PixelView::mouseMoveEvent(QMouseEvent* event) {
  if (!m_dragFrom) return pointAt(event->position());
  const QPointF moved = (event->position() - *m_dragFrom) * devicePixelRatioF();
  m_dragFrom = event->position();
  if (moved.isNull() || pictureSize().isEmpty() || m_zoom == 0) return;
  m_origin += QPointF(std::round(moved.x()), std::round(moved.y()));
  m_fitted = false;
  keepInSight();
  changed();
}

void PixelView::mouseReleaseEvent(QMouseEvent* event) {
  m_dragFrom.reset();
  unsetCursor();
  pointAt(event->position());
}

void PixelView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) fit();
}

void PixelView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomIn();
      break;
    case Qt::Key_Minus:
      zoomOut();
      break;
    case Qt::Key_0:
      fit();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

void PixelView::leaveEvent(QEvent* /*event*/) {
  pointAt({});
}

}  // namespace loom
