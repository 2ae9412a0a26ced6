// A small sprite that can be clicked: one of a character's views.
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace loom {

class SpriteTile : public QAbstractButton {
  Q_OBJECT
 public:
  explicit SpriteTile(QWidget* parent = nullptr);

  void setPicture(const QImage& picture);
  void setDimmed(bool dimmed);  ///< excluded from training
  const QImage& picture() const { return m_picture; }

  QSize sizeHint() const override { return {56, 56 + fontMetrics().height() + 2}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage m_picture;
  bool m_dimmed = false;
};

}  // namespace loom
