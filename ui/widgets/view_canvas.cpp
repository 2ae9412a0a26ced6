#include "ui/widgets/view_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace loom {
namespace {

constexpr int kMarksFromZoom = 3;

/// The pixels of a straight line without its first one.
std::vector<PixelPlace> line(QPoint from, QPoint to) {
  const QPoint way = to - from;
  const int steps = std::max(std::abs(way.x()), std::abs(way.y()));
  std::vector<PixelPlace> places;
  for (int i = 1; i <= steps; ++i) {
    const double part = static_cast<double>(i) / steps;
    places.push_back({from.x() + static_cast<int>(std::lround(way.x() * part)),
                      from.y() + static_cast<int>(std::lround(way.y() * part))});
  }
  return places;
}

}  // namespace

ViewCanvas::ViewCanvas(QWidget* parent) : SpriteCanvas(parent) {
  setCursor(Qt::CrossCursor);
  setToolTip({});  // the tools say what a press does
  connect(this, &SpriteCanvas::hovered, this, [this](QPoint pixel) { m_pointed = pixel; });
  connect(this, &SpriteCanvas::hoverEnded, this, [this] { m_pointed.reset(); });
}

void ViewCanvas::setDrawing(bool drawing) {
  m_isForDrawing = drawing;
  if (!drawing && std::exchange(m_drawing, false)) Q_EMIT strokeEnded();
  setCursor(drawing ? Qt::CrossCursor : Qt::ArrowCursor);
  update();
}

void ViewCanvas::setMarks(std::vector<PixelPlace> marks) {
  if (m_marks == marks) return;
  m_marks = std::move(marks);
  update();
}

void ViewCanvas::paintEvent(QPaintEvent* event) {
  SpriteCanvas::paintEvent(event);
  if (zoom() < kMarksFromZoom || !m_isForDrawing) return;
  QPainter painter(this);
  for (const PixelPlace& place : m_marks) {
    // A corner in black and white is seen on every colour.
    const QRectF area = pixelArea({place.x, place.y});
    const double side = std::max(1.0, area.width() / 4);
    painter.fillRect(QRectF(area.left(), area.top(), side + 1, side + 1), Qt::black);
    painter.fillRect(QRectF(area.left(), area.top(), side, side), Qt::white);
  }
}

void ViewCanvas::mousePressEvent(QMouseEvent* event) {
  if (!m_isForDrawing) return SpriteCanvas::mousePressEvent(event);
  const std::optional<QPoint> pixel = pixelAt(event->position());
  if (event->button() == Qt::MiddleButton) {
    SpriteCanvas::mousePressEvent(event);
  } else if (event->button() == Qt::RightButton && pixel) {
    Q_EMIT asked(*pixel);
  } else if (event->button() == Qt::LeftButton && pixel) {
    m_drawing = true;
    m_stroke = pixel;
    Q_EMIT strokeBegan(*pixel, event->modifiers());
  }
}

void ViewCanvas::mouseMoveEvent(QMouseEvent* event) {
  m_drawing ? goOn(event->position()) : SpriteCanvas::mouseMoveEvent(event);
}

void ViewCanvas::goOn(QPointF position) {
  pointAt(position);
  const std::optional<QPoint> pixel = pixelAt(position);
  const std::optional<QPoint> before = std::exchange(m_stroke, pixel);
  if (!pixel || pixel == before) return;
  Q_EMIT strokeWent(before ? line(*before, *pixel) : std::vector<PixelPlace>{{pixel->x(), pixel->y()}});
}

void ViewCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (!m_isForDrawing) return SpriteCanvas::mouseReleaseEvent(event);
  if (event->button() == Qt::MiddleButton) {
    SpriteCanvas::mouseReleaseEvent(event);
    setCursor(Qt::CrossCursor);
  } else if (event->button() == Qt::LeftButton && std::exchange(m_drawing, false)) {
    Q_EMIT strokeEnded();
  }
}

void ViewCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (!m_isForDrawing) return SpriteCanvas::mouseDoubleClickEvent(event);
  mousePressEvent(event);  // two quick dabs of a pencil
}

bool ViewCanvas::moveByKey(int key) {
  const QPoint step = key == Qt::Key_Left    ? QPoint(-1, 0)
                      : key == Qt::Key_Right ? QPoint(1, 0)
                      : key == Qt::Key_Up    ? QPoint(0, -1)
                      : key == Qt::Key_Down  ? QPoint(0, 1)
                                             : QPoint();
  if (step.isNull() || image().isNull()) return false;
  const QPoint wanted = m_pointed ? *m_pointed + step : image().rect().center();
  const QPoint inside(std::clamp(wanted.x(), 0, image().width() - 1), std::clamp(wanted.y(), 0, image().height() - 1));
  pointAt(pixelArea(inside).center());
  return true;
}

void ViewCanvas::keyPressEvent(QKeyEvent* event) {
  if (!m_isForDrawing) return SpriteCanvas::keyPressEvent(event);
  if (moveByKey(event->key())) return;
  if (event->key() == Qt::Key_Space && m_pointed) {
    Q_EMIT strokeBegan(*m_pointed, Qt::NoModifier);
    Q_EMIT strokeEnded();
  } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_pointed) {
    Q_EMIT asked(*m_pointed);
  } else {
    SpriteCanvas::keyPressEvent(event);
  }
}

}  // namespace loom
