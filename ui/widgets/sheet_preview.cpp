#include "ui/widgets/sheet_preview.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <array>
#include <cmath>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr double kSmallestOutlined = 6;  ///< widget pixels; outlines of smaller cells would hide them
constexpr int kMargin = 16;              ///< around a sheet that is fitted
constexpr double kApart = 1.125;         ///< frames of an engine: an eighth of their size between them
constexpr int kCacheKib = 64 << 10;
constexpr std::array kZooms = {-32, -24, -16, -12, -8, -6, -4, -3, -2, 1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32};

QRectF toRect(const PixelRect& rect) {
  return QRectF(rect.x, rect.y, rect.width, rect.height);
}

}  // namespace

SheetPreview::SheetPreview(QWidget* parent) : PixelView({.steps = kZooms, .margin = kMargin}, parent) {
  setObjectName("sheetPreview");
  setAccessibleName(tr("Preview of the sheet"));
  m_drawn.setMaxCost(kCacheKib);
}

void SheetPreview::setSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture) {
  const bool first = m_picture.isNull();
  m_sheet = std::move(sheet);
  m_picture = picture;
  m_texture.reset();
  m_drawn.clear();
  hover({});
  pictureResized();
  if (first) showFilter();
}

void SheetPreview::clear() {
  m_sheet.reset();
  m_picture = {};
  m_texture.reset();
  m_drawn.clear();
  hover({});
  update();
}

void SheetPreview::setEngineLook(std::optional<EngineLook> look) {
  if (look == m_engine) return;
  const QSize before = pictureSize();
  m_engine = look;
  m_drawn.clear();
  hover({});
  update();
  if (pictureSize() == before) return;
  fit();
  showFilter();
}

/// Shrunk to fit, nothing would be seen of it.
void SheetPreview::showFilter() {
  if (m_engine && zoom() < 1) setZoom(1);
}

double SheetPreview::spread() const {
  return m_engine ? m_engine->scale * kApart : 1;
}

QSize SheetPreview::pictureSize() const {
  if (!m_engine) return m_picture.size();
  const auto shown = [this](int length) { return static_cast<int>(std::ceil(length * spread())); };
  return {shown(m_picture.width()), shown(m_picture.height())};
}

QRectF SheetPreview::shownFrame(std::size_t frame) const {
  const QRectF area = toRect(m_sheet->frames.at(frame).frame);
  if (!m_engine) return area;
  return {QPointF((area.topLeft() * spread()).toPoint()), area.size() * m_engine->scale};
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
    const QRectF frame = shownFrame(i);
    const bool inside = onSheet.x() >= frame.left() && onSheet.x() < frame.right() && onSheet.y() >= frame.top() &&
                        onSheet.y() < frame.bottom();
    if (inside) return i;
  }
  return {};
}

QRectF SheetPreview::frameArea(std::size_t frame) const {
  return toWidget(shownFrame(frame));
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
  if (m_engine && m_sheet) {
    paintEngine(painter, exposed);
  } else {
    paintSheet(painter, exposed);
  }
  if (m_outlines) paintOutlines(painter, event->rect());
}

void SheetPreview::paintSheet(QPainter& painter, const QRectF& exposed) const {
  // Only the part in sight is drawn: at a high zoom the whole sheet would be many times the screen.
  const QRect source = pixelsUnder(exposed).adjusted(-1, -1, 1, 1).intersected(m_picture.rect());
  painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 0);
  painter.drawImage(toWidget(source), m_picture, QRectF(source));
}

void SheetPreview::paintEngine(QPainter& painter, const QRectF& exposed) {
  const bool small = zoom() < 0;  // many frames, and their edges are too fine to be seen
  painter.setRenderHint(QPainter::SmoothPixmapTransform, small);
  for (std::size_t i = 0; i < m_sheet->frames.size(); ++i) {
    if (!frameArea(i).intersects(exposed)) continue;
    if (small) {
      painter.drawImage(frameArea(i), m_picture, toRect(m_sheet->frames[i].frame));
      continue;
    }
    const QImage& drawn = engineFrame(i);
    painter.drawImage(toWidget({shownFrame(i).topLeft(), QSizeF(drawn.size())}), drawn);
  }
}

const QImage& SheetPreview::engineFrame(std::size_t frame) {
  if (const QImage* known = m_drawn.object(frame)) return *known;
  if (!m_texture) m_texture.emplace(m_picture);
  const PixelRect& area = m_sheet->frames[frame].frame;
  const QRect part(area.x, area.y, area.width, area.height);
  auto drawn = std::make_unique<QImage>(m_texture->drawn(part, m_engine->scale, m_engine->filter));
  const qsizetype cost = std::min<qsizetype>(1 + drawn->sizeInBytes() / 1024, kCacheKib);
  const QImage* kept = drawn.get();
  m_drawn.insert(frame, drawn.release(), cost);
  return *kept;
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

void SheetPreview::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && event->modifiers() == Qt::ShiftModifier && m_sheet) {
    m_pulledFrom = event->position();
    return;
  }
  PixelView::mousePressEvent(event);
}

void SheetPreview::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pulledFrom) return PixelView::mouseMoveEvent(event);
  if ((event->position() - *m_pulledFrom).manhattanLength() < QApplication::startDragDistance()) return;
  m_pulledFrom.reset();
  Q_EMIT dragWanted();
}

void SheetPreview::mouseReleaseEvent(QMouseEvent* event) {
  m_pulledFrom.reset();
  PixelView::mouseReleaseEvent(event);
}

void SheetPreview::pointAt(std::optional<QPointF> position) {
  hover(position ? frameAt(*position) : std::nullopt);
  setToolTip(m_hovered ? frameText(*m_hovered) : QString());
}

}  // namespace loom
