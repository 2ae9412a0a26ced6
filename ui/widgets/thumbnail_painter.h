// Paints one cell of the thumbnail grid: ground, sprite at a whole zoom, marks for what is selected or excluded.
#pragma once

#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QRect>
#include <QSize>

namespace loom {

struct CellState {
  bool selected = false;
  bool current = false;  ///< has the keyboard's attention
  bool hovered = false;
  bool excluded = false;
  bool unreadable = false;
};

class ThumbnailPainter {
 public:
  /// `cell`: logical px; `zoom`: logical px a sprite's pixel; `ratio`: device px a logical px. On a screen with a
  /// broken ratio the zoom is rounded to whole device px, so that all pixels of a sprite stay equally large.
  void setGeometry(int cell, int zoom, qreal ratio);
  void setPalette(const QPalette& palette) { m_palette = palette; }

  /// The side of a cell that holds a sprite of `side` px at this zoom, with room for the frame.
  static int cellFor(int side, int zoom, qreal ratio);

  /// `size`: the sprite's own size in px (the picture may have been made smaller). A null picture: not here yet.
  void paint(QPainter& painter, const QRect& cell, const QImage* picture, QSize size, const CellState& state) const;

 private:
  QRectF pictureRect(const QRect& cell, QSize size) const;
  void paintExcludedMark(QPainter& painter, const QRect& cell) const;
  void paintFrame(QPainter& painter, const QRect& cell, const CellState& state) const;

  QPalette m_palette;
  QPixmap m_ground;
  int m_zoom = 1;
  qreal m_ratio = 1;
};

}  // namespace loom
