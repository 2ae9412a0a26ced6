#include "ui/widgets/palette_swatches.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kSide = 16;
constexpr int kPitch = kSide + 2;

int perRow(int width) {
  return std::max(1, width / kPitch);
}

}  // namespace

QString colourName(QRgb colour) {
  return QColor::fromRgba(colour).name(qAlpha(colour) == 255 ? QColor::HexRgb : QColor::HexArgb);
}

PaletteSwatches::PaletteSwatches(QWidget* parent, Click click) : QWidget(parent), m_click(click) {
  setObjectName("paletteSwatches");
  setAccessibleName(tr("Palette"));
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  if (m_click == Click::kChooses) setFocusPolicy(Qt::StrongFocus);
}

void PaletteSwatches::setCurrent(QRgb colour) {
  if (m_current == colour) return;
  m_current = colour;
  update();
}

int PaletteSwatches::currentIndex() const {
  const auto found = std::ranges::find(m_colours, m_current, &std::pair<QRgb, int>::first);
  return m_click == Click::kChooses && found != m_colours.end() ? static_cast<int>(found - m_colours.begin()) : -1;
}

void PaletteSwatches::setColours(std::vector<std::pair<QRgb, int>> colours) {
  if (colours.size() > kMost) colours.resize(kMost);
  m_colours = std::move(colours);
  QStringList names;
  for (const auto& [colour, pixels] : m_colours) names.append(colourName(colour));
  setAccessibleDescription(names.join(' '));
  updateGeometry();
  update();
}

int PaletteSwatches::heightForWidth(int width) const {
  const int rows = (count() + perRow(width) - 1) / perRow(width);
  return std::max(1, rows) * kPitch;
}

QSize PaletteSwatches::sizeHint() const {
  return {12 * kPitch, heightForWidth(std::max(width(), 12 * kPitch))};
}

QRect PaletteSwatches::swatch(int index) const {
  const int columns = perRow(width());
  return {index % columns * kPitch, index / columns * kPitch, kSide, kSide};
}

int PaletteSwatches::indexAt(QPoint point) const {
  for (int i = 0; i < count(); ++i) {
    if (swatch(i).contains(point)) return i;
  }
  return -1;
}

void PaletteSwatches::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  for (int i = 0; i < count(); ++i) {
    const QRgb colour = m_colours[static_cast<std::size_t>(i)].first;
    if (qAlpha(colour) < 255) paintCheckerboard(painter, swatch(i), 4);
    painter.fillRect(swatch(i), QColor::fromRgba(colour));
    painter.setPen(QColor(0, 0, 0, 90));
    painter.drawRect(swatch(i).adjusted(0, 0, -1, -1));
  }
  if (const int current = currentIndex(); current >= 0) {
    painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Link : QPalette::Text), 2));
    painter.drawRect(swatch(current).adjusted(1, 1, -1, -1));
  }
}

void PaletteSwatches::mousePressEvent(QMouseEvent* event) {
  const int index = indexAt(event->position().toPoint());
  if (index < 0) return;
  if (m_click == Click::kChooses) {
    setCurrent(colourAt(index));
    Q_EMIT chosen(m_current);
    return;
  }
  const QString name = colourName(colourAt(index));
  QGuiApplication::clipboard()->setText(name);
  Q_EMIT copied(name);
}

void PaletteSwatches::mouseDoubleClickEvent(QMouseEvent* event) {
  const int index = indexAt(event->position().toPoint());
  if (index >= 0 && m_click == Click::kChooses) Q_EMIT changeRequested(colourAt(index));
}

void PaletteSwatches::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  const int current = currentIndex();
  if (m_click == Click::kChooses && step != 0 && count() > 0) {
    setCurrent(colourAt(std::clamp(current + step, 0, count() - 1)));
    Q_EMIT chosen(m_current);
  } else if (current >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    Q_EMIT changeRequested(m_current);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void PaletteSwatches::focusInEvent(QFocusEvent* /*event*/) {
  update();
}
void PaletteSwatches::focusOutEvent(QFocusEvent* /*event*/) {
  update();
}

bool PaletteSwatches::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int index = indexAt(help->pos());
  if (index < 0) {
    QToolTip::hideText();
  } else {
    const auto& [colour, pixels] = m_colours[static_cast<std::size_t>(index)];
    QToolTip::showText(help->globalPos(),
                       (m_click == Click::kCopies
                            ? tr("%1, %2 px (click copies it)")
                            : tr("%1, %2 px (click draws with it, a double click or Return changes it everywhere)"))
                           .arg(colourName(colour), QLocale().toString(pixels)),
                       this, swatch(index));
  }
  return true;
}

}  // namespace loom
