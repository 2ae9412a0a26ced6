// A view of a character that is drawn on, with the mouse or with keys.
#pragma once

#include <optional>
#include <vector>

#include "core/studio/pixel_region.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {

/// The left button draws, the right one asks about a pixel, the middle one moves the picture. Arrow keys go from pixel
/// to pixel, Space draws there, Return asks. While it is not for drawing it is a SpriteCanvas.
class ViewCanvas : public SpriteCanvas {
  Q_OBJECT
 public:
  explicit ViewCanvas(QWidget* parent = nullptr);

  void setDrawing(bool drawing);  ///< true at first
  bool isForDrawing() const { return m_isForDrawing; }

  /// Pixels that bear a mark: those somebody decided.
  void setMarks(std::vector<PixelPlace> marks);
  const std::vector<PixelPlace>& marks() const { return m_marks; }

 Q_SIGNALS:
  void strokeBegan(QPoint pixel, Qt::KeyboardModifiers modifiers);
  void strokeWent(const std::vector<loom::PixelPlace>& pixels);  ///< over these, in order, after where it was
  void strokeEnded();
  void asked(QPoint pixel);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  bool moveByKey(int key);
  void goOn(QPointF position);

  std::vector<PixelPlace> m_marks;
  std::optional<QPoint> m_pointed;  ///< the pixel under the pointer, or that the arrow keys went to
  std::optional<QPoint> m_stroke;   ///< where the stroke is; nothing: outside of the picture
  bool m_drawing = false;           ///< a stroke is under way
  bool m_isForDrawing = true;
};

}  // namespace loom
