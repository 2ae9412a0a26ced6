#include "ui/widgets/sprite_canvas.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::array kZooms = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, SpriteCanvas::kMaxZoom};
constexpr int kOutlineFromZoom = 4;

}  // namespace

SpriteCanvas::SpriteCanvas(QWidget* parent) : PixelView({.steps = kZooms, .shrinks = true}, parent) {
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
    pictureResized();
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

void SpriteCanvas::setOverlay(const QImage& overlay) {
  if (m_overlay == overlay) return;
  m_overlay = overlay;
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

QRectF SpriteCanvas::pixelArea(QPoint pixel) const {
  return toWidget(QRectF(pixel, QSizeF(1, 1)));
}

std::optional<QPoint> SpriteCanvas::pixelAt(QPointF position) const {
  if (m_image.isNull()) return {};
  const QPointF inside = toPicture(position);
  const QPoint pixel(static_cast<int>(std::floor(inside.x())), static_cast<int>(std::floor(inside.y())));
  if (!m_image.rect().contains(pixel)) return {};
  return pixel;
}

void SpriteCanvas::updatePixels(QRect pixels) {
  update(toWidget(pixels).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void SpriteCanvas::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
  if (!m_image.isNull()) {
    const QRectF area = pictureArea();
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
    const QRect pixels = pixelsUnder(exposed);
    if (!pixels.isEmpty()) {
      painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() == 0);
      painter.drawImage(toWidget(pixels), m_image, pixels);
      if (m_overlay.size() == m_image.size()) painter.drawImage(toWidget(pixels), m_overlay, pixels);
    }
    if (m_grid && zoom() >= kGridFromZoom) paintGrid(painter, exposed);
    if (m_hovered && zoom() >= kOutlineFromZoom) {
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
  const QRectF area = pictureArea();
  const double side = scale();
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

void SpriteCanvas::pointAt(std::optional<QPointF> position) {
  hover(position ? pixelAt(*position) : std::nullopt);
}

void SpriteCanvas::focusInEvent(QFocusEvent* /*event*/) {
  update();
}
void SpriteCanvas::focusOutEvent(QFocusEvent* /*event*/) {
  update();
}

}  // namespace loom
