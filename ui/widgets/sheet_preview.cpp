#include "ui/widgets/sheet_preview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr double kSmallestOutlined = 6;  ///< widget pixels; outlines of smaller cells would hide them
constexpr int kMargin = 16;              ///< of the sheet that always stays in sight

/// The next zoom: …, -3, -2, 1, 2, 3, …
int nextZoom(int zoom, int direction) {
  int next = zoom + direction;
  if (next == 0 || next == -1) next = direction > 0 ? 1 : -2;
  return std::clamp(next, SheetPreview::kMinZoom, SheetPreview::kMaxZoom);
}

QRectF toRect(const PixelRect& rect) {
  return QRectF(rect.x, rect.y, rect.width, rect.height);
}

}  // namespace

SheetPreview::SheetPreview(QWidget* parent) : QWidget(parent) {
  setObjectName("sheetPreview");
  setAccessibleName(tr("Preview of the sheet"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setCursor(Qt::OpenHandCursor);
}

void SheetPreview::setSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture) {
  const bool sameSize = picture.size() == m_picture.size();
  m_sheet = std::move(sheet);
  m_picture = picture;
  hover({});
  if (m_fitted) {
    fit();
  } else if (!sameSize) {
    keepInSight();
  }
  update();
}

void SheetPreview::clear() {
  m_sheet.reset();
  m_picture = {};
  hover({});
  update();
}

QString SheetPreview::zoomText() const {
  return m_zoom > 0 ? tr("%1×").arg(m_zoom) : tr("1:%1").arg(-m_zoom);
}

double SheetPreview::scaleOf(int zoom) const {
  return (zoom > 0 ? zoom : -1.0 / zoom) / devicePixelRatioF();
}

QRectF SheetPreview::sheetArea() const {
  return {m_origin, QSizeF(m_picture.size()) * scale()};
}

void SheetPreview::fit() {
  m_fitted = true;
  if (m_picture.isNull()) return;
  int zoom = kMaxZoom;
  const auto tooLarge = [&] {
    const QSizeF size = QSizeF(m_picture.size()) * scaleOf(zoom);
    return size.width() > width() - 2 * kMargin || size.height() > height() - 2 * kMargin;
  };
  while (zoom > kMinZoom && tooLarge()) zoom = nextZoom(zoom, -1);
  m_zoom = zoom;
  const QSizeF size = QSizeF(m_picture.size()) * scale();
  m_origin = QPointF(std::round((width() - size.width()) / 2), std::round((height() - size.height()) / 2));
  Q_EMIT zoomChanged(m_zoom);
  update();
}

void SheetPreview::step(int direction, QPointF anchor) {
  setZoom(nextZoom(m_zoom, direction), anchor);
}

void SheetPreview::setZoom(int zoom, QPointF anchor) {
  if (zoom == m_zoom || m_picture.isNull()) return;
  const QPointF onSheet = (anchor - m_origin) / scale();
  m_zoom = zoom;
  m_fitted = false;
  const QPointF origin = anchor - onSheet * scale();
  m_origin = QPointF(std::round(origin.x()), std::round(origin.y()));
  keepInSight();
  Q_EMIT zoomChanged(m_zoom);
  update();
}

void SheetPreview::keepInSight() {
  const QRectF area = sheetArea();
  m_origin.setX(std::clamp(m_origin.x(), kMargin - area.width(), static_cast<double>(width() - kMargin)));
  m_origin.setY(std::clamp(m_origin.y(), kMargin - area.height(), static_cast<double>(height() - kMargin)));
}

void SheetPreview::setOutlines(bool shown) {
  m_outlines = shown;
  update();
}

std::optional<std::size_t> SheetPreview::frameAt(QPointF position) const {
  if (!m_sheet) return {};
  const QPointF onSheet = (position - m_origin) / scale();
  for (std::size_t i = 0; i < m_sheet->frames.size(); ++i) {
    const PixelRect& frame = m_sheet->frames[i].frame;
    const bool inside = onSheet.x() >= frame.x && onSheet.x() < frame.x + frame.width && onSheet.y() >= frame.y &&
                        onSheet.y() < frame.y + frame.height;
    if (inside) return i;
  }
  return {};
}

QRectF SheetPreview::frameArea(std::size_t frame) const {
  const QRectF rect = toRect(m_sheet->frames.at(frame).frame);
  return {m_origin + rect.topLeft() * scale(), rect.size() * scale()};
}

QString SheetPreview::frameText(std::size_t frame) const {
  const SheetFrame& info = m_sheet->frames.at(frame);
  QString text = tr("%1: %2 × %3 px at %4, %5")
                     .arg(QString::fromStdString(info.name))
                     .arg(info.frame.width)
                     .arg(info.frame.height)
                     .arg(info.frame.x)
                     .arg(info.frame.y);
  if (info.trimmed) text += tr(", trimmed from %1 × %2 px").arg(info.sourceWidth).arg(info.sourceHeight);
  return text;
}

void SheetPreview::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), palette().color(QPalette::AlternateBase));
  if (m_picture.isNull()) return;
  const QRectF area = sheetArea();
  const QRectF exposed = area.intersected(event->rect());
  if (exposed.isEmpty()) return;
  painter.save();
  painter.setClipRect(area);
  paintCheckerboard(painter, exposed.toAlignedRect());
  painter.restore();
  // Only the part in sight is drawn: at a high zoom the whole sheet would be many times the screen.
  const QRectF wanted((exposed.topLeft() - m_origin) / scale(), exposed.size() / scale());
  const QRect source = wanted.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(m_picture.rect());
  const QRectF target(m_origin + QPointF(source.topLeft()) * scale(), QSizeF(source.size()) * scale());
  painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom < 0);
  painter.drawImage(target, m_picture, QRectF(source));
  if (m_outlines) paintOutlines(painter, event->rect());
}

void SheetPreview::paintOutlines(QPainter& painter, const QRectF& exposed) const {
  if (!m_sheet) return;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setBrush(Qt::NoBrush);
  QColor line = palette().color(QPalette::Link);
  line.setAlpha(110);
  painter.setPen(QPen(line, 0));
  for (std::size_t i = 0; i < m_sheet->frames.size(); ++i) {
    const QRectF area = frameArea(i);
    const bool visible = area.width() >= kSmallestOutlined && area.height() >= kSmallestOutlined;
    if (visible && area.intersects(exposed)) painter.drawRect(area.adjusted(0, 0, -1, -1));
  }
  if (!m_hovered) return;
  painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
  painter.drawRect(frameArea(*m_hovered));
}

void SheetPreview::hover(std::optional<std::size_t> frame) {
  if (frame == m_hovered) return;
  m_hovered = frame;
  Q_EMIT hovered(frame ? frameText(*frame) : QString());
  update();
}

void SheetPreview::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (m_fitted) {
    fit();
  } else {
    keepInSight();
  }
}

void SheetPreview::wheelEvent(QWheelEvent* event) {
  constexpr int kNotch = 120;
  m_wheel += event->angleDelta().y();
  for (; m_wheel >= kNotch; m_wheel -= kNotch) step(+1, event->position());
  for (; m_wheel <= -kNotch; m_wheel += kNotch) step(-1, event->position());
  event->accept();
}

void SheetPreview::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  m_dragFrom = event->position() - m_origin;
  setCursor(Qt::ClosedHandCursor);
}

void SheetPreview::mouseMoveEvent(QMouseEvent* event) {
  if (!m_dragFrom) {
    hover(frameAt(event->position()));
    setToolTip(m_hovered ? frameText(*m_hovered) : QString());
    return;
  }
  const QPointF origin = event->position() - *m_dragFrom;
  if (origin == m_origin) return;
  m_origin = origin;
  m_fitted = false;
  keepInSight();
  update();
}

void SheetPreview::mouseReleaseEvent(QMouseEvent* /*event*/) {
  m_dragFrom.reset();
  setCursor(Qt::OpenHandCursor);
}

void SheetPreview::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  m_dragFrom.reset();
  fit();
}

void SheetPreview::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomIn();
      break;
    case Qt::Key_Minus:
      zoomOut();
      break;
    case Qt::Key_0:
      fit();
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

void SheetPreview::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  hover({});
}

}  // namespace loom
