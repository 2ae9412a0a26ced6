// A row of small pictures to choose from: the views of a character, the last states of an edit.
#pragma once

#include <QImage>
#include <QPoint>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace loom {

/// Pictures at whole zooms on the checkerboard; click, or arrow keys and Return, chooses. Usable alone.
class ThumbnailStrip : public QWidget {
  Q_OBJECT
 public:
  /// `cell` is the side of the room for one picture, in px.
  explicit ThumbnailStrip(int cell, QWidget* parent = nullptr);

  /// With captions (one a picture, or none) the cells are taller.
  void setPictures(std::vector<QImage> pictures, std::vector<QString> captions = {});
  /// Replaces the pictures alone; repaints those that differ.
  void updatePictures(std::vector<QImage> pictures);
  int count() const { return static_cast<int>(m_pictures.size()); }
  const QImage& picture(int index) const { return m_pictures[static_cast<std::size_t>(index)]; }
  QRect cellArea(int index) const;

  void setCell(int cell);
  void setCurrent(int index);  ///< -1: none; does not emit chosen()
  int current() const { return m_current; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void chosen(int index);
  void dragged(int index);  ///< pulled away with the left button

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void choose(int index);
  int captionHeight() const;

  std::vector<QImage> m_pictures;
  std::vector<QString> m_captions;
  int m_cell;
  int m_current = -1;
  std::optional<QPoint> m_pressed;  ///< where, while nothing has been pulled away
};

}  // namespace loom
