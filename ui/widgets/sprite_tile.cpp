#include "ui/widgets/sprite_tile.h"

#include <QPainter>

#include "ui/widgets/sprite_image.h"

namespace loom {

SpriteTile::SpriteTile(QWidget* parent) : QAbstractButton(parent) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAttribute(Qt::WA_Hover);
}

void SpriteTile::setPicture(const QImage& picture) {
  m_picture = picture;
  update();
}

void SpriteTile::setDimmed(bool dimmed) {
  m_dimmed = dimmed;
  update();
}

void SpriteTile::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const int textHeight = fontMetrics().height() + 2;
  const QRect ground = rect().adjusted(1, 1, -1, -textHeight - 1);
  paintCheckerboard(painter, ground);
  if (!m_picture.isNull()) {
    painter.setOpacity(m_dimmed ? 0.3 : 1.0);
    painter.drawImage(pixelPerfectRect(m_picture.size(), ground.adjusted(1, 1, -1, -1)), m_picture);
    painter.setOpacity(1.0);
  }
  QColor frame = palette().color(isChecked() || hasFocus() ? QPalette::Highlight : QPalette::Text);
  if (!isChecked() && !hasFocus()) frame.setAlpha(underMouse() ? 120 : 0);
  painter.setPen(QPen(frame, isChecked() ? 2 : 1));
  painter.drawRect(ground.adjusted(0, 0, -1, -1));
  painter.setPen(palette().color(isChecked() ? QPalette::Text : QPalette::PlaceholderText));
  const QRect caption(0, height() - textHeight, width(), textHeight);
  painter.drawText(caption, Qt::AlignCenter, fontMetrics().elidedText(text(), Qt::ElideRight, width()));
}

}  // namespace loom
