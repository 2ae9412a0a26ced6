#include "ui/widgets/palette_swatches.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
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

PaletteSwatches::PaletteSwatches(QWidget* parent) : QWidget(parent) {
  setObjectName("paletteSwatches");
  setAccessibleName(tr("Palette"));
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
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
}

void PaletteSwatches::mousePressEvent(QMouseEvent* event) {
  const int index = indexAt(event->position().toPoint());
  if (index < 0) return;
  const QString name = colourName(m_colours[static_cast<std::size_t>(index)].first);
  QGuiApplication::clipboard()->setText(name);
  Q_EMIT copied(name);
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
                       tr("%1, %2 px (click copies it)").arg(colourName(colour), QLocale().toString(pixels)), this,
                       swatch(index));
  }
  return true;
}

}  // namespace loom
