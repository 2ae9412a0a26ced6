#include "ui/widgets/thumbnail_painter.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kFrame = 3;  // px around the sprite, where the selection's frame lies
constexpr qreal kExcludedFade = 0.25;
constexpr QRgb kExcludedColour = 0xffe0674c;

int devicePixels(int zoom, qreal ratio) {
  return std::max(1, static_cast<int>(std::lround(zoom * ratio)));
}

}  // namespace

int ThumbnailPainter::cellFor(int side, int zoom, qreal ratio) {
  return static_cast<int>(std::ceil(side * devicePixels(zoom, ratio) / ratio)) + 2 * kFrame;
}

void ThumbnailPainter::setGeometry(int cell, int zoom, qreal ratio) {
  m_zoom = zoom;
  m_ratio = ratio;
  m_ground = QPixmap(QSize(cell, cell) * ratio);
  m_ground.setDevicePixelRatio(ratio);
  QPainter painter(&m_ground);
  paintCheckerboard(painter, QRect(0, 0, cell, cell));
}

QRectF ThumbnailPainter::pictureRect(const QRect& cell, QSize size) const {
  const QRect inner = cell.adjusted(kFrame, kFrame, -kFrame, -kFrame);
  const QSizeF shown = QSizeF(size) * devicePixels(m_zoom, m_ratio) / m_ratio;
  if (shown.width() > inner.width() + 0.5 || shown.height() > inner.height() + 0.5) {
    return pixelPerfectRect(size, inner);
  }
  const auto snapped = [this](qreal value) { return std::round(value * m_ratio) / m_ratio; };
  return {snapped(inner.x() + (inner.width() - shown.width()) / 2),
          snapped(inner.y() + (inner.height() - shown.height()) / 2), shown.width(), shown.height()};
}

void ThumbnailPainter::paint(QPainter& painter, const QRect& cell, const QImage* picture, QSize size,
                             const CellState& state) const {
  painter.drawPixmap(cell.topLeft(), m_ground);
  if (picture) {
    painter.setOpacity(state.excluded ? kExcludedFade : 1.0);
    painter.drawImage(pictureRect(cell, size), *picture);
    painter.setOpacity(1.0);
  } else if (state.unreadable) {
    painter.setPen(QColor(kExcludedColour));
    painter.drawText(cell, Qt::AlignCenter, QStringLiteral("?"));
  }
  if (state.excluded) paintExcludedMark(painter, cell);
  paintFrame(painter, cell, state);
}

void ThumbnailPainter::paintExcludedMark(QPainter& painter, const QRect& cell) const {
  const int side = std::clamp(cell.width() / 5, 9, 18);
  const QRectF mark(cell.right() - side - 2.5, cell.top() + 3.5, side, side);
  painter.setRenderHint(QPainter::Antialiasing, true);
  painter.setBrush(QColor(0, 0, 0, 150));
  painter.setPen(QPen(QColor(kExcludedColour), 2));
  painter.drawEllipse(mark);
  const qreal inset = side * 0.15;
  painter.drawLine(mark.bottomLeft() + QPointF(inset, -inset), mark.topRight() + QPointF(-inset, inset));
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void ThumbnailPainter::paintFrame(QPainter& painter, const QRect& cell, const CellState& state) const {
  const QColor accent = m_palette.color(QPalette::Highlight);
  const auto outline = [&](const QColor& colour, int width) {
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), width), colour);
    painter.fillRect(QRect(cell.left(), cell.bottom() + 1 - width, cell.width(), width), colour);
    painter.fillRect(QRect(cell.left(), cell.top(), width, cell.height()), colour);
    painter.fillRect(QRect(cell.right() + 1 - width, cell.top(), width, cell.height()), colour);
  };
  if (state.selected) {
    QColor veil = accent;
    veil.setAlpha(30);
    painter.fillRect(cell, veil);
    outline(accent, 2);
  } else if (state.hovered) {
    QColor faint = m_palette.color(QPalette::Text);
    faint.setAlpha(110);
    outline(faint, 1);
  }
  if (state.current) {
    painter.setPen(QPen(m_palette.color(QPalette::Text), 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(0, 0, -1, -1));
  }
}

}  // namespace loom
