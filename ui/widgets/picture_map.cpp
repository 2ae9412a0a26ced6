#include "ui/widgets/picture_map.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kSmallest = 160, kUsual = 280;  // px a side
constexpr double kPoint = 6;                  // px, its radius
constexpr double kStep = .125, kSmallStep = .02;

}  // namespace

PictureMap::PictureMap(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setMinimumSize(kSmallest, kSmallest);
}

void PictureMap::setCells(int side) {
  m_side = side;
  m_pictures.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), QImage());
  m_box = {};
  m_current = -1;
  update();
}

void PictureMap::setPicture(int index, const QImage& picture) {
  if (index < 0 || std::cmp_greater_equal(index, m_pictures.size())) return;
  m_pictures[static_cast<std::size_t>(index)] = picture;
  const QRect drawn = drawnBox(picture);
  if (m_box.contains(drawn)) return update(cellArea(index).toAlignedRect());
  m_box |= drawn;
  update();
}

void PictureMap::setPoint(const std::optional<QPointF>& point) {
  if (m_point == point) return;
  m_point = point;
  update();
}

QSize PictureMap::sizeHint() const {
  return {kUsual, kUsual};
}

QRectF PictureMap::square() const {
  const double length = std::min(width(), height());
  return {(width() - length) / 2, (height() - length) / 2, length, length};
}

QRectF PictureMap::cellArea(int index) const {
  const QRectF all = square();
  const double cell = all.width() / std::max(1, m_side);
  return {all.left() + index % m_side * cell, all.top() + index / m_side * cell, cell, cell};
}

int PictureMap::indexAt(QPointF position) const {
  for (int index = 0; index < m_side * m_side; ++index) {
    if (cellArea(index).contains(position)) return index;
  }
  return -1;
}

int PictureMap::lookedAt() const {
  if (!m_point) return m_current;
  const auto cell = [this](double at) { return std::clamp(static_cast<int>((at + 1) / 2 * m_side), 0, m_side - 1); };
  return m_side == 0 ? -1 : cell(m_point->y()) * m_side + cell(m_point->x());
}

void PictureMap::moveTo(QPointF point) {
  const QPointF inside(std::clamp(point.x(), -1.0, 1.0), std::clamp(point.y(), -1.0, 1.0));
  if (m_point == inside) return;
  m_point = inside;
  update();
  Q_EMIT pointMoved(inside);
}

void PictureMap::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_side == 0) return;
  if (m_point) {
    m_held = true;
    Q_EMIT dragChanged(true);
    return mouseMoveEvent(event);
  }
  if (const int index = indexAt(event->position()); index >= 0 && !picture(index).isNull()) {
    m_current = index;
    update();
    Q_EMIT chosen(index);
  }
}

void PictureMap::mouseMoveEvent(QMouseEvent* event) {
  if (!m_held) return;
  const QRectF all = square();
  const QPointF from = (event->position() - all.center()) / (all.width() / 2);
  moveTo(from);
}

void PictureMap::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_held) return;
  m_held = false;
  Q_EMIT dragChanged(false);
}

void PictureMap::contextMenuEvent(QContextMenuEvent* event) {
  const int index = event->reason() == QContextMenuEvent::Keyboard ? lookedAt() : indexAt(event->pos());
  if (index < 0 || picture(index).isNull()) return;
  auto* menu = new QMenu(this);
  menu->setObjectName("mapMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("More like this (+)"), this, [this, index] { Q_EMIT liked(index); });
  menu->addAction(tr("Less like this (−)"), this, [this, index] { Q_EMIT disliked(index); });
  menu->popup(event->globalPos());
}

bool PictureMap::step(int right, int down, bool small) {
  if (m_side == 0) return false;
  if (m_point) {
    const double length = small ? kSmallStep : kStep;
    moveTo(*m_point + QPointF(right * length, down * length));
    return true;
  }
  const int at = std::max(0, m_current);
  const int column = std::clamp(at % m_side + (m_current < 0 ? 0 : right), 0, m_side - 1);
  const int row = std::clamp(at / m_side + (m_current < 0 ? 0 : down), 0, m_side - 1);
  m_current = row * m_side + column;
  update();
  return true;
}

void PictureMap::keyPressEvent(QKeyEvent* event) {
  const bool small = event->modifiers().testFlag(Qt::ShiftModifier);
  const int index = lookedAt();
  const bool there = index >= 0 && !picture(index).isNull();
  switch (event->key()) {
    case Qt::Key_Left:
      return void(step(-1, 0, small));
    case Qt::Key_Right:
      return void(step(1, 0, small));
    case Qt::Key_Up:
      return void(step(0, -1, small));
    case Qt::Key_Down:
      return void(step(0, 1, small));
    case Qt::Key_Plus:
      if (there) Q_EMIT liked(index);
      return;
    case Qt::Key_Minus:
      if (there) Q_EMIT disliked(index);
      return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (there && !m_point) Q_EMIT chosen(index);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void PictureMap::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paintCheckerboard(painter, square().toAlignedRect());
  for (int index = 0; index < m_side * m_side; ++index) {
    const QImage& image = picture(index);
    if (image.isNull()) continue;
    const QRect target = pixelPerfectRect(m_box.size(), cellArea(index).toRect());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, target.width() < m_box.width());
    painter.drawImage(target, image, m_box);
  }
  if (m_current >= 0 && !m_point) {
    painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Link : QPalette::Highlight), 2));
    painter.drawRect(cellArea(m_current).adjusted(1, 1, -1, -1));
  }
  if (m_point && m_side > 0) paintPoint(painter);
}

void PictureMap::paintPoint(QPainter& painter) const {
  const QRectF all = square();
  const QPointF middle = all.center() + *m_point * (all.width() / 2);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::Window), 4));
  painter.drawEllipse(middle, kPoint, kPoint);
  painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Link : QPalette::Highlight), 2));
  painter.drawEllipse(middle, kPoint, kPoint);
}

void PictureMap::focusInEvent(QFocusEvent* /*event*/) {
  update();
}
void PictureMap::focusOutEvent(QFocusEvent* /*event*/) {
  update();
}

}  // namespace loom
