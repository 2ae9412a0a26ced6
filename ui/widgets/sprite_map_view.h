// The set as a map: every sprite a point, alike ones close together; zoomed in, the sprites themselves.
#pragma once

#include <QImage>
#include <QPointF>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/models/sprite_model.h"
#include "ui/widgets/thumbnail_loader.h"

namespace loom {

/// A click selects a sprite, dragging selects all in a rectangle, the wheel zooms, the right or middle button pans, a
/// double click shows the whole map. What the model filters out is not on the map. Keys: arrows move, + - and 0 zoom.
class SpriteMapView : public QWidget {
  Q_OBJECT
 public:
  /// Both must outlive the view.
  SpriteMapView(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent = nullptr);

  void setPoints(std::vector<MapPoint> points);
  bool empty() const { return m_points.empty(); }
  /// Marks these.
  void setSelected(const std::vector<SpriteId>& ids);
  void fit();
  /// Said in a corner; empty: nothing.
  void setNote(const QString& text);
  /// Where a sprite's point is shown, in widget coordinates; nothing when it is not on the map.
  std::optional<QPointF> positionOf(SpriteId id) const;

 Q_SIGNALS:
  void selectionRequested(const std::vector<loom::SpriteId>& ids);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QPointF toWidget(const MapPoint& point) const;
  std::optional<std::size_t> nearest(QPointF position) const;
  double unit() const;  ///< widget pixels that the whole map takes at this zoom
  void zoomBy(double factor, QPointF anchor);
  void followModel();
  void redraw();  ///< the points have moved, or look different
  void drawPoints();
  void paintSprites(QPainter& painter);
  void paintWords(QPainter& painter);

  SpriteModel& m_model;
  ThumbnailLoader& m_loader;
  std::vector<MapPoint> m_points;
  std::vector<int> m_index;             ///< point -> index in the model's table; -1: gone, or filtered out
  std::vector<char> m_marked;           ///< by point
  std::vector<std::size_t> m_pictured;  ///< points in sight that are drawn as their sprites; none while there are many
  QImage m_drawn;                       ///< the points, so that a rubber band need not draw 100,000 of them
  bool m_stale = true;                  ///< m_drawn is
  QString m_note;
  double m_zoom = 1;
  QPointF m_centre{.5, .5};  ///< what lies in the middle, in the map's coordinates
  std::optional<QPointF> m_pressed, m_dragged;
  bool m_panning = false;
};

}  // namespace loom
