// A pixel picture that is zoomed and moved by hand: what the sprite canvas and the sheet preview share.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QWidget>
#include <optional>
#include <span>

namespace loom {

/// The wheel zooms at the pointer, dragging pans, a double click (or 0) fits; + and - zoom.
///
/// Zooms count device pixels for one of the picture's, so that all of those are of the same size on every screen:
/// z > 0 is z device pixels for one; z < 0 one device pixel for -z; 0 shrinks the picture to just fit.
class PixelView : public QWidget {
  Q_OBJECT
 public:
  int zoom() const { return m_zoom; }
  bool fitted() const { return m_fitted; }
  void fit();
  /// Keeps what lies under `anchor` (widget coordinates) where it is.
  void setZoom(int zoom, QPointF anchor);
  void setZoom(int zoom) { setZoom(zoom, QRectF(rect()).center()); }
  void zoomIn(QPointF anchor);
  void zoomOut(QPointF anchor);
  void zoomIn() { zoomIn(QRectF(rect()).center()); }
  void zoomOut() { zoomOut(QRectF(rect()).center()); }
  /// Takes over zoom and position of another view (side by side), without viewChanged().
  void followView(const PixelView& other);

 Q_SIGNALS:
  void viewChanged();  ///< zoom or position

 protected:
  /// `zooms` ascending, without 0; the view fits at the largest that leaves `margin` device pixels on each side. Where
  /// even the first is too large the picture is shrunk to just fit if `shrinks`, else shown at that.
  struct Zooms {
    std::span<const int> steps;
    bool shrinks = false;
    int margin = 0;
  };
  PixelView(Zooms zooms, QWidget* parent);

  virtual QSize pictureSize() const = 0;
  /// The pointer is here (widget coordinates); nothing: it left.
  virtual void pointAt(std::optional<QPointF> position) = 0;

  /// To be called when the picture's size has changed.
  void pictureResized();
  double scale() const;                            ///< widget pixels one of the picture's takes
  QPointF toPicture(QPointF position) const;       ///< widget coordinates to the picture's
  QRectF toWidget(const QRectF& area) const;       ///< the picture's coordinates to the widget's
  QRectF pictureArea() const;                      ///< widget coordinates
  QRect pixelsUnder(const QRectF& exposed) const;  ///< whole pixels of the picture that cover `exposed`

  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  double deviceScale(int zoom) const;
  void keepInSight();
  void changed();

  Zooms m_zooms;
  std::optional<QPointF> m_dragFrom;
  QPointF m_origin;  ///< the picture's corner, in device pixels from the widget's
  int m_zoom = 1;
  int m_wheel = 0;  ///< eighths of a degree not yet spent: touch pads send small portions
  bool m_fitted = true;
};

}  // namespace loom
