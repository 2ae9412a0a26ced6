// Pictures in rows and columns that are a map of what lies between them: to choose one of, or to drag a point about in.
#pragma once

#include <QImage>
#include <QPointF>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace loom {

/// As wide as it may be, square; pictures that are awaited are empty cells. Usable alone.
///
/// With a point: click, drag or arrow keys (with Shift in small steps) move it. Without: click, or arrow keys and
/// Return, choose a picture. Either way the menu, + and - ask for more like a picture or less like it.
class PictureMap : public QWidget {
  Q_OBJECT
 public:
  explicit PictureMap(QWidget* parent = nullptr);

  /// So many empty cells each way; the point stays.
  void setCells(int side);
  int side() const { return m_side; }
  void setPicture(int index, const QImage& picture);
  const QImage& picture(int index) const { return m_pictures[static_cast<std::size_t>(index)]; }
  /// -1..1 each way, 0 in the middle, y downwards; nothing: pictures are chosen. Emits nothing.
  void setPoint(const std::optional<QPointF>& point);
  const std::optional<QPointF>& point() const { return m_point; }
  int current() const { return m_current; }
  QRectF cellArea(int index) const;

  QSize sizeHint() const override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override { return width; }

 Q_SIGNALS:
  void pointMoved(QPointF point);
  void dragChanged(bool held);  ///< what lies between is one gesture
  void chosen(int index);
  void liked(int index);
  void disliked(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  QRectF square() const;
  int indexAt(QPointF position) const;
  int lookedAt() const;  ///< the picture that the keys mean
  void moveTo(QPointF point);
  bool step(int right, int down, bool small);
  void paintPoint(QPainter& painter) const;

  int m_side = 0;
  std::vector<QImage> m_pictures;
  QRect m_box;  ///< of a picture: what of it is drawn in any of them
  std::optional<QPointF> m_point;
  int m_current = -1;
  bool m_held = false;
};

}  // namespace loom
