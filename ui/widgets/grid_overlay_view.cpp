#include "ui/widgets/grid_overlay_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <array>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr std::array kZooms{-16, -12, -8, -6, -4, -3, -2, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
constexpr double kClosest = 3;  // widget pixels between lines; closer ones would hide the picture

}  // namespace

GridOverlayView::GridOverlayView(QWidget* parent) : PixelView({kZooms, true, 4}, parent) {
  setObjectName("gridOverlay");
  setAccessibleName(tr("The picture and its true pixels"));
}

void GridOverlayView::setPicture(const QImage& picture) {
  m_picture = picture;
  pictureResized();
}

void GridOverlayView::setLines(std::vector<int> columns, std::vector<int> rows) {
  m_columns = std::move(columns);
  m_rows = std::move(rows);
  update();
}

void GridOverlayView::setShown(bool shown) {
  m_shown = shown;
  update();
}

void GridOverlayView::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::Base));
  if (m_picture.isNull()) return;
  const QRectF exposed = pictureArea() & QRectF(event->rect());
  paintCheckerboard(painter, exposed.toAlignedRect());
  const QRect pixels = pixelsUnder(exposed);
  painter.drawImage(toWidget(pixels), m_picture, pixels);
  const auto spaced = [this](const std::vector<int>& lines) {
    return lines.size() > 1 && (lines[1] - lines[0]) * scale() >= kClosest;
  };
  if (!m_shown || !spaced(m_columns) || !spaced(m_rows)) return;
  // The closer the lines, the fainter, so that the picture stays seen.
  constexpr int kFaintest = 70, kStrongest = 200, kPerPixel = 14;
  const double apart = std::min(m_columns[1] - m_columns[0], m_rows[1] - m_rows[0]) * scale();
  painter.setPen(QPen(QColor(255, 0, 120, std::clamp(static_cast<int>(apart * kPerPixel), kFaintest, kStrongest)), 0));
  const QRectF whole = pictureArea();
  for (const int column : m_columns) {
    const double x = toWidget(QRectF(column, 0, 0, 0)).x();
    painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()));
  }
  for (const int row : m_rows) {
    const double y = toWidget(QRectF(0, row, 0, 0)).y();
    painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y));
  }
}

}  // namespace loom
