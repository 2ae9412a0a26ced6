// A large view of one sprite: whole zooms, nearest-neighbour, on a checkerboard or a colour of one's choice.
#pragma once

#include <QColor>
#include <QImage>
#include <QPoint>
#include <optional>

#include "core/image/sprite.h"
#include "ui/widgets/pixel_view.h"

namespace loom {

/// Usable alone. A sprite larger than the canvas is shrunk to fit.
class SpriteCanvas : public PixelView {
  Q_OBJECT
 public:
  static constexpr int kMaxZoom = 64;
  static constexpr int kGridFromZoom = 8;  ///< below, lines would hide the pixels

  explicit SpriteCanvas(QWidget* parent = nullptr);

  /// Repaints only the pixels that differ. A sprite of another size is fitted anew when the last one was.
  void setSprite(const Sprite& sprite);
  void clear();
  const QImage& image() const { return m_image; }

  /// A picture of the sprite's size that is laid over it, under the pixel grid; a null one takes it away.
  void setOverlay(const QImage& overlay);
  const QImage& overlay() const { return m_overlay; }
  /// Nothing: the checkerboard.
  void setBackground(std::optional<QColor> colour);
  void setPixelGrid(bool shown);
  bool pixelGrid() const { return m_grid; }

  /// The sprite's pixel under a widget position; nothing outside the sprite.
  std::optional<QPoint> pixelAt(QPointF position) const;
  /// Where a sprite's pixel is shown, in widget coordinates.
  QRectF pixelArea(QPoint pixel) const;

  QSize sizeHint() const override { return {384, 384}; }
  QSize minimumSizeHint() const override { return {96, 96}; }

 Q_SIGNALS:
  void hovered(QPoint pixel, QColor colour);  ///< straight alpha
  void hoverEnded();

 protected:
  QSize pictureSize() const override { return m_image.size(); }
  void pointAt(std::optional<QPointF> position) override;
  void paintEvent(QPaintEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  QRect changedArea(const QImage& newer) const;
  void updatePixels(QRect pixels);  ///< asks for a repaint of these sprite pixels
  void hover(std::optional<QPoint> pixel);
  void paintGrid(QPainter& painter, const QRectF& exposed) const;

  QImage m_image;
  QImage m_overlay;
  std::optional<QColor> m_background;
  std::optional<QPoint> m_hovered;
  bool m_grid = true;
};

}  // namespace loom
