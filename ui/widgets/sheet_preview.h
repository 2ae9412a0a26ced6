// A sprite sheet to look at: whole zooms, checkerboard, cell outlines, and what each frame is.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/characters.h"

namespace loom {

/// The wheel zooms at the pointer, dragging pans, a double click (or 0) fits; + and - zoom. Usable alone.
class SheetPreview : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMaxZoom = 32;
  static constexpr int kMinZoom = -32;

  explicit SheetPreview(QWidget* parent = nullptr);

  /// Shows `picture` (of sheet->image); zoom and place stay when the size does, and when they were chosen by hand.
  void setSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture);
  void clear();
  const QImage& picture() const { return m_picture; }

  /// z > 0: z screen pixels a sheet pixel; z < -1: one screen pixel for -z sheet pixels.
  int zoom() const { return m_zoom; }
  QString zoomText() const;  ///< "3×", "1:2"
  bool fitted() const { return m_fitted; }
  void fit();
  void zoomIn() { step(+1, rect().center()); }
  void zoomOut() { step(-1, rect().center()); }

  void setOutlines(bool shown);
  bool outlines() const { return m_outlines; }

  /// The frame under a widget position, as an index into the sheet's frames.
  std::optional<std::size_t> frameAt(QPointF position) const;
  /// Where a frame is shown, in widget coordinates.
  QRectF frameArea(std::size_t frame) const;
  /// "knight/front: 64 × 64 px at 128, 0".
  QString frameText(std::size_t frame) const;

  QSize sizeHint() const override { return {560, 480}; }
  QSize minimumSizeHint() const override { return {160, 120}; }

 Q_SIGNALS:
  void hovered(const QString& text);  ///< frameText, or nothing
  void zoomChanged(int zoom);

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

 private:
  double scale() const { return scaleOf(m_zoom); }  ///< widget pixels a sheet pixel takes
  double scaleOf(int zoom) const;
  QRectF sheetArea() const;
  void step(int direction, QPointF anchor);
  void setZoom(int zoom, QPointF anchor);
  void keepInSight();
  void hover(std::optional<std::size_t> frame);
  void paintOutlines(QPainter& painter, const QRectF& exposed) const;

  std::shared_ptr<const Sheet> m_sheet;
  QImage m_picture;
  QPointF m_origin;  ///< the sheet's corner in widget coordinates
  std::optional<QPointF> m_dragFrom;
  std::optional<std::size_t> m_hovered;
  int m_zoom = 1;
  int m_wheel = 0;  ///< eighths of a degree not yet spent: touch pads send small portions
  bool m_fitted = true;
  bool m_outlines = true;
};

}  // namespace loom
