#include "ui/widgets/sheet_preview.h"

#include <QPaintEvent>
#include <QPainter>
#include <array>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr double kSmallestOutlined = 6;  ///< widget pixels; outlines of smaller cells would hide them
constexpr int kMargin = 16;              ///< around a sheet that is fitted
constexpr std::array kZooms = {-32, -24, -16, -12, -8, -6, -4, -3, -2, 1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32};

QRectF toRect(const PixelRect& rect) {
  return QRectF(rect.x, rect.y, rect.width, rect.height);
}

}  // namespace

SheetPreview::SheetPreview(QWidget* parent) : PixelView({.steps = kZooms, .margin = kMargin}, parent) {
  setObjectName("sheetPreview");
  setAccessibleName(tr("Preview of the sheet"));
}

void SheetPreview::setSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture) {
  m_sheet = std::move(sheet);
  m_picture = picture;
  hover({});
  pictureResized();
}

void SheetPreview::clear() {
  m_sheet.reset();
  m_picture = {};
  hover({});
  update();
}

QString SheetPreview::zoomText() const {
  return zoom() > 0 ? tr("%1×").arg(zoom()) : tr("1:%1").arg(-zoom());
}

void SheetPreview::setOutlines(bool shown) {
  m_outlines = shown;
  update();
}

std::optional<std::size_t> SheetPreview::frameAt(QPointF position) const {
  if (!m_sheet) return {};
  const QPointF onSheet = toPicture(position);
  for (std::size_t i = 0; i < m_sheet->frames.size(); ++i) {
    const PixelRect& frame = m_sheet->frames[i].frame;
    const bool inside = onSheet.x() >= frame.x && onSheet.x() < frame.x + frame.width && onSheet.y() >= frame.y &&
                        onSheet.y() < frame.y + frame.height;
    if (inside) return i;
  }
  return {};
}

QRectF SheetPreview::frameArea(std::size_t frame) const {
  return toWidget(toRect(m_sheet->frames.at(frame).frame));
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
  const QRectF area = pictureArea();
  const QRectF exposed = area.intersected(event->rect());
  if (exposed.isEmpty()) return;
  painter.save();
  painter.setClipRect(area);
  paintCheckerboard(painter, exposed.toAlignedRect());
  painter.restore();
  // Only the part in sight is drawn: at a high zoom the whole sheet would be many times the screen.
  const QRect source = pixelsUnder(exposed).adjusted(-1, -1, 1, 1).intersected(m_picture.rect());
  painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 0);
  painter.drawImage(toWidget(source), m_picture, QRectF(source));
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

void SheetPreview::pointAt(std::optional<QPointF> position) {
  hover(position ? frameAt(*position) : std::nullopt);
  setToolTip(m_hovered ? frameText(*m_hovered) : QString());
}

}  // namespace loom
