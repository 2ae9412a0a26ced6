// A large view of one sprite: whole zooms, nearest-neighbour, on a checkerboard or a colour of one's choice.
#pragma once

#include <QColor>
#include <QImage>
#include <QPoint>
#include <QWidget>
#include <optional>

#include "core/image/sprite.h"

namespace loom {

/// Wheel zooms at the pointer, dragging pans, a double click (or 0) fits; + and - zoom. Usable alone.
/// Zooms count device pixels for a sprite's pixel, so that every sprite pixel has the same size on every screen.
class SpriteCanvas : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMaxZoom = 64;
  static constexpr int kGridFromZoom = 8;  ///< below, lines would hide the pixels

  explicit SpriteCanvas(QWidget* parent = nullptr);

  /// Repaints only the pixels that differ. A sprite of another size is fitted anew when the last one was.
  void setSprite(const Sprite& sprite);
  void clear();
  const QImage& image() const { return m_image; }

  /// Nothing: the checkerboard.
  void setBackground(std::optional<QColor> colour);
  void setPixelGrid(bool shown);
  bool pixelGrid() const { return m_grid; }

  int zoom() const { return m_zoom; }  ///< 1..kMaxZoom; 0 while a sprite larger than the canvas is shrunk to fit
  bool fitted() const { return m_fitted; }
  void fit();
  /// Keeps the sprite's pixel under `anchor` (widget coordinates) where it is.
  void setZoom(int zoom, QPointF anchor);
  void setZoom(int zoom) { setZoom(zoom, rect().center()); }
  void zoomIn(QPointF anchor);
  void zoomOut(QPointF anchor);
  /// Takes over zoom and position of another canvas (side by side views), without viewChanged().
  void followView(const SpriteCanvas& other);

  /// The sprite's pixel under a widget position; nothing outside the sprite.
  std::optional<QPoint> pixelAt(QPointF position) const;
  /// Where a sprite's pixel is shown, in widget coordinates.
  QRectF pixelArea(QPoint pixel) const;

  QSize sizeHint() const override { return {384, 384}; }
  QSize minimumSizeHint() const override { return {96, 96}; }

 Q_SIGNALS:
  void hovered(QPoint pixel, QColor colour);  ///< straight alpha
  void hoverEnded();
  void viewChanged();  ///< zoom or position

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  double scale() const;       ///< device pixels a sprite pixel takes
  QRectF spriteArea() const;  ///< widget coordinates
  QRect changedArea(const QImage& newer) const;
  void updatePixels(QRect pixels);  ///< asks for a repaint of these sprite pixels
  void hover(std::optional<QPoint> pixel);
  void keepInSight();
  void paintGrid(QPainter& painter, const QRectF& exposed) const;

  QImage m_image;
  std::optional<QColor> m_background;
  std::optional<QPoint> m_hovered;
  std::optional<QPointF> m_dragFrom;
  QPointF m_origin;  ///< the sprite's corner, in device pixels from the widget's
  int m_zoom = 1;
  int m_wheel = 0;  ///< eighths of a degree not yet spent: touch pads send small portions
  bool m_grid = true;
  bool m_fitted = true;
};

}  // namespace loom
