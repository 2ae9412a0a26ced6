#include "ui/widgets/thumbnail_strip.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {
constexpr int kGap = 6;
constexpr int kFrame = 2;
}  // namespace

ThumbnailStrip::ThumbnailStrip(int cell, QWidget* parent) : QWidget(parent), m_cell(cell) {
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ThumbnailStrip::setPictures(std::vector<QImage> pictures, std::vector<QString> captions) {
  const bool otherShape = pictures.size() != m_pictures.size() || captions.empty() != m_captions.empty();
  m_pictures = std::move(pictures);
  m_captions = std::move(captions);
  m_captions.resize(m_captions.empty() ? 0 : m_pictures.size());
  m_current = std::min(m_current, count() - 1);
  if (otherShape) updateGeometry();
  update();
}

void ThumbnailStrip::updatePictures(std::vector<QImage> pictures) {
  if (pictures.size() != m_pictures.size()) return setPictures(std::move(pictures), m_captions);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (pictures[i] == m_pictures[i]) continue;
    m_pictures[i] = std::move(pictures[i]);
    update(cellArea(static_cast<int>(i)));
  }
}

int ThumbnailStrip::captionHeight() const {
  return m_captions.empty() ? 0 : fontMetrics().height() + 2;
}

QRect ThumbnailStrip::cellArea(int index) const {
  return {kFrame + index * (m_cell + kGap), kFrame, m_cell, m_cell};
}

QSize ThumbnailStrip::sizeHint() const {
  return {std::max(1, count()) * (m_cell + kGap) + 2 * kFrame, m_cell + 2 * kFrame + captionHeight()};
}

QSize ThumbnailStrip::minimumSizeHint() const {
  return {std::min(2, std::max(1, count())) * m_cell, sizeHint().height()};
}

void ThumbnailStrip::setCell(int cell) {
  if (cell == m_cell) return;
  m_cell = cell;
  updateGeometry();
  update();
}

void ThumbnailStrip::setCurrent(int index) {
  if (index == m_current) return;
  m_current = index;
  update();
}

void ThumbnailStrip::choose(int index) {
  if (index < 0 || index >= count()) return;
  setCurrent(index);
  Q_EMIT chosen(index);
}

void ThumbnailStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  for (int i = 0; i < count(); ++i) {
    if (cellArea(i).adjusted(0, 0, 0, captionHeight()).contains(event->position().toPoint())) {
      m_pressed = event->position().toPoint();
      return choose(i);
    }
  }
}

void ThumbnailStrip::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressed || !event->buttons().testFlag(Qt::LeftButton)) return;
  if ((event->position().toPoint() - *m_pressed).manhattanLength() < QApplication::startDragDistance()) return;
  m_pressed.reset();
  Q_EMIT dragged(m_current);
}

void ThumbnailStrip::mouseReleaseEvent(QMouseEvent* /*event*/) {
  m_pressed.reset();
}

void ThumbnailStrip::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Right) {
    choose(std::min(m_current + 1, count() - 1));
  } else if (event->key() == Qt::Key_Left) {
    choose(std::max(m_current - 1, 0));
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    choose(m_current);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void ThumbnailStrip::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  for (int i = 0; i < count(); ++i) {
    const QRect cell = cellArea(i);
    if (!event->rect().intersects(cell.adjusted(-kFrame, -kFrame, kFrame, kFrame + captionHeight()))) continue;
    const QImage& image = picture(i);
    painter.save();
    painter.setClipRect(cell);
    paintCheckerboard(painter, cell);
    if (!image.isNull()) {
      const QRect target = pixelPerfectRect(image.size(), cell);
      painter.setRenderHint(QPainter::SmoothPixmapTransform, target.width() < image.width());
      painter.drawImage(target, image);
    }
    painter.restore();
    const bool chosen = i == m_current;
    if (chosen) {
      painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Link : QPalette::Highlight), kFrame));
      painter.drawRect(cell.adjusted(-1, -1, 1, 1));
    }
    if (!m_captions.empty()) {
      painter.setPen(palette().color(chosen ? QPalette::Text : QPalette::PlaceholderText));
      painter.drawText(QRect(cell.left(), cell.bottom() + 3, cell.width(), captionHeight()), Qt::AlignCenter,
                       m_captions[static_cast<std::size_t>(i)]);
    }
  }
}

void ThumbnailStrip::focusInEvent(QFocusEvent* /*event*/) {
  update();
}
void ThumbnailStrip::focusOutEvent(QFocusEvent* /*event*/) {
  update();
}

}  // namespace loom
