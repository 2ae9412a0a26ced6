#include "ui/widgets/sprite_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::array kZooms = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, SpriteCanvas::kMaxZoom};
constexpr int kMarginInSight = 24;  ///< device pixels of the sprite that panning always leaves visible
constexpr int kOutlineFromZoom = 4;
constexpr int kWheelNotch = 120;

}  // namespace

SpriteCanvas::SpriteCanvas(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setAccessibleName(tr("Sprite canvas"));
  setToolTip(tr("Wheel: zoom · drag: move · double click or 0: fit"));
}

void SpriteCanvas::setSprite(const Sprite& sprite) {
  QImage newer = toImage(sprite);
  if (newer.size() != m_image.size()) {
    m_image = std::move(newer);
    m_hovered.reset();
    if (m_fitted) fit();
    keepInSight();
    update();
    return;
  }
  const QRect changed = changedArea(newer);
  if (changed.isEmpty()) return;
  m_image = std::move(newer);
  updatePixels(changed);
  if (m_hovered && changed.contains(*m_hovered)) Q_EMIT hovered(*m_hovered, m_image.pixelColor(*m_hovered));
}

void SpriteCanvas::clear() {
  m_image = {};
  hover({});
  update();
}

void SpriteCanvas::setBackground(std::optional<QColor> colour) {
  if (m_background == colour) return;
  m_background = colour;
  update();
}

void SpriteCanvas::setPixelGrid(bool shown) {
  if (m_grid == shown) return;
  m_grid = shown;
  update();
}

QRect SpriteCanvas::changedArea(const QImage& newer) const {
  QRect changed;
  for (int y = 0; y < newer.height(); ++y) {
    const auto* before = reinterpret_cast<const std::uint32_t*>(m_image.constScanLine(y));
    const auto* after = reinterpret_cast<const std::uint32_t*>(newer.constScanLine(y));
    const auto* end = after + newer.width();
    const auto first = std::mismatch(after, end, before).first;
    if (first == end) continue;
    int last = newer.width() - 1;
    while (before[last] == after[last]) --last;
    changed |= QRect(QPoint(static_cast<int>(first - after), y), QPoint(last, y));
  }
  return changed;
}

double SpriteCanvas::scale() const {
  if (m_zoom > 0) return m_zoom;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  return std::min(room.width() / m_image.width(), room.height() / m_image.height());
}

QRectF SpriteCanvas::spriteArea() const {
  const double ratio = devicePixelRatioF();
  return {m_origin / ratio, QSizeF(m_image.size()) * (scale() / ratio)};
}

QRectF SpriteCanvas::pixelArea(QPoint pixel) const {
  const double side = scale() / devicePixelRatioF();
  return {m_origin / devicePixelRatioF() + QPointF(pixel) * side, QSizeF(side, side)};
}

std::optional<QPoint> SpriteCanvas::pixelAt(QPointF position) const {
  if (m_image.isNull()) return {};
  const QPointF inside = (position * devicePixelRatioF() - m_origin) / scale();
  const QPoint pixel(static_cast<int>(std::floor(inside.x())), static_cast<int>(std::floor(inside.y())));
  if (!m_image.rect().contains(pixel)) return {};
  return pixel;
}

void SpriteCanvas::updatePixels(QRect pixels) {
  const QRectF area = pixelArea(pixels.topLeft()) | pixelArea(pixels.bottomRight());
  update(area.toAlignedRect().adjusted(-1, -1, 1, 1));
}

void SpriteCanvas::fit() {
  m_fitted = true;
  if (m_image.isNull()) return;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  const double most = std::min(room.width() / m_image.width(), room.height() / m_image.height());
  m_zoom = std::clamp(static_cast<int>(most), 0, kMaxZoom);
  const QSizeF shown = QSizeF(m_image.size()) * scale();
  m_origin = QPointF(std::floor((room.width() - shown.width()) / 2), std::floor((room.height() - shown.height()) / 2));
  update();
  Q_EMIT viewChanged();
}

void SpriteCanvas::setZoom(int zoom, QPointF anchor) {
  const int wanted = std::clamp(zoom, 1, kMaxZoom);
  if (m_image.isNull() || wanted == m_zoom) return;
  const QPointF held = anchor * devicePixelRatioF();
  const QPointF inside = (held - m_origin) / scale();
  m_zoom = wanted;
  m_fitted = false;
  const QPointF origin = held - inside * scale();
  m_origin = QPointF(std::round(origin.x()), std::round(origin.y()));
  keepInSight();
  update();
  Q_EMIT viewChanged();
}

void SpriteCanvas::zoomIn(QPointF anchor) {
  const auto next = std::upper_bound(kZooms.begin(), kZooms.end(), m_zoom);
  if (next != kZooms.end()) setZoom(*next, anchor);
}

void SpriteCanvas::zoomOut(QPointF anchor) {
  const auto next = std::lower_bound(kZooms.begin(), kZooms.end(), m_zoom);
  if (next != kZooms.begin()) setZoom(*std::prev(next), anchor);
}

void SpriteCanvas::followView(const SpriteCanvas& other) {
  if (m_zoom == other.m_zoom && m_origin == other.m_origin && m_fitted == other.m_fitted) return;
  const QSignalBlocker quiet(this);  // two canvases may follow each other
  m_fitted = other.m_fitted;
  if (m_fitted) {
    fit();
    return;
  }
  m_zoom = other.m_zoom;
  m_origin = other.m_origin;
  keepInSight();
  update();
}

void SpriteCanvas::keepInSight() {
  if (m_image.isNull()) return;
  const QSizeF room = QSizeF(size()) * devicePixelRatioF();
  const QSizeF shown = QSizeF(m_image.size()) * scale();
  const auto bounded = [](double origin, double length, double available) {
    const double margin = std::min<double>(kMarginInSight, length);
    return std::clamp(origin, margin - length, std::max(margin - length, available - margin));
  };
  m_origin =
      QPointF(bounded(m_origin.x(), shown.width(), room.width()), bounded(m_origin.y(), shown.height(), room.height()));
}

void SpriteCanvas::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
  if (!m_image.isNull()) {
    const QRectF area = spriteArea();
    const QRectF exposed = area & QRectF(event->rect());
    const QRect ground = area.toAlignedRect() & event->rect();
    if (m_background) {
      painter.fillRect(exposed, *m_background);
    } else {
      painter.save();
      painter.setClipRect(exposed);
      paintCheckerboard(painter, ground);
      painter.restore();
    }
    // Whole pixels are drawn, so that a part painted alone matches one painted with the rest.
    const double side = area.width() / m_image.width();
    const QRect pixels =
        QRectF((exposed.topLeft() - area.topLeft()) / side, exposed.size() / side).toAlignedRect() & m_image.rect();
    if (!pixels.isEmpty()) {
      painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom == 0);
      painter.drawImage(pixelArea(pixels.topLeft()) | pixelArea(pixels.bottomRight()), m_image, pixels);
    }
    if (m_grid && m_zoom >= kGridFromZoom) paintGrid(painter, exposed);
    if (m_hovered && m_zoom >= kOutlineFromZoom) {
      painter.setPen(QPen(Qt::black, 0));
      painter.drawRect(pixelArea(*m_hovered).adjusted(0, 0, -1, -1));
      painter.setPen(QPen(Qt::white, 0));
      painter.drawRect(pixelArea(*m_hovered).adjusted(-1, -1, 0, 0));
    }
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Link), 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

void SpriteCanvas::paintGrid(QPainter& painter, const QRectF& exposed) const {
  const QRectF area = spriteArea();
  const double side = area.width() / m_image.width();
  painter.setPen(QPen(QColor(128, 128, 128, 70), 0));
  const int firstX = std::max(1, static_cast<int>((exposed.left() - area.left()) / side));
  for (int x = firstX; x < m_image.width() && area.left() + x * side <= exposed.right(); ++x) {
    const double at = area.left() + x * side;
    painter.drawLine(QPointF(at, exposed.top()), QPointF(at, exposed.bottom()));
  }
  const int firstY = std::max(1, static_cast<int>((exposed.top() - area.top()) / side));
  for (int y = firstY; y < m_image.height() && area.top() + y * side <= exposed.bottom(); ++y) {
    const double at = area.top() + y * side;
    painter.drawLine(QPointF(exposed.left(), at), QPointF(exposed.right(), at));
  }
}

void SpriteCanvas::hover(std::optional<QPoint> pixel) {
  if (pixel == m_hovered) return;
  if (m_hovered) updatePixels(QRect(*m_hovered, QSize(1, 1)));
  m_hovered = pixel;
  if (m_hovered) {
    updatePixels(QRect(*m_hovered, QSize(1, 1)));
    Q_EMIT hovered(*m_hovered, m_image.pixelColor(*m_hovered));
  } else {
    Q_EMIT hoverEnded();
  }
}

void SpriteCanvas::resizeEvent(QResizeEvent* /*event*/) {
  if (m_fitted) fit();
  keepInSight();
}

void SpriteCanvas::wheelEvent(QWheelEvent* event) {
  m_wheel += event->angleDelta().y();
  for (; m_wheel >= kWheelNotch; m_wheel -= kWheelNotch) zoomIn(event->position());
  for (; m_wheel <= -kWheelNotch; m_wheel += kWheelNotch) zoomOut(event->position());
  hover(pixelAt(event->position()));
  event->accept();
}

void SpriteCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  m_dragFrom = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void SpriteCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!m_dragFrom) {
    hover(pixelAt(event->position()));
    return;
  }
  const QPointF moved = (event->position() - *m_dragFrom) * devicePixelRatioF();
  m_dragFrom = event->position();
  if (moved.isNull() || m_image.isNull() || m_zoom == 0) return;
  m_origin += QPointF(std::round(moved.x()), std::round(moved.y()));
  m_fitted = false;
  keepInSight();
  update();
  Q_EMIT viewChanged();
}

void SpriteCanvas::mouseReleaseEvent(QMouseEvent* event) {
  m_dragFrom.reset();
  unsetCursor();
  hover(pixelAt(event->position()));
}

void SpriteCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) fit();
}

void SpriteCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomIn(rect().center());
      break;
    case Qt::Key_Minus:
      zoomOut(rect().center());
      break;
    case Qt::Key_0:
      fit();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

void SpriteCanvas::leaveEvent(QEvent* /*event*/) {
  hover({});
}
void SpriteCanvas::focusInEvent(QFocusEvent* /*event*/) {
  update();
}
void SpriteCanvas::focusOutEvent(QFocusEvent* /*event*/) {
  update();
}

}  // namespace loom
