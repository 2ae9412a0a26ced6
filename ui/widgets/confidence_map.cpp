#include "ui/widgets/confidence_map.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace loom {
namespace {

constexpr int kOpacity = 205;  ///< of 255: the drawing can still be told
constexpr int kBarWidth = 220;
constexpr int kBarHeight = 12;

/// Cividis from its bright end to its dark one, at equal distances.
constexpr std::array<QRgb, 9> kRamp = {0xfffee838, 0xffe1cc55, 0xffbcaf6f, 0xff9b9476, 0xff7d7c78,
                                       0xff61646f, 0xff434e6c, 0xff123570, 0xff00224e};

int between(int from, int to, float part) {
  return static_cast<int>(std::lround(static_cast<float>(from) + static_cast<float>(to - from) * part));
}

}  // namespace

QColor confidenceColour(float confidence) {
  const float place = std::clamp(confidence, 0.F, 1.F) * static_cast<float>(kRamp.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(place), kRamp.size() - 2);
  const float part = place - static_cast<float>(low);
  const QRgb from = kRamp[low], to = kRamp[low + 1];
  return {between(qRed(from), qRed(to), part), between(qGreen(from), qGreen(to), part),
          between(qBlue(from), qBlue(to), part)};
}

QImage confidenceMap(const std::vector<float>& confidence, const QSize& size) {
  QImage map(size, QImage::Format_ARGB32);
  for (int y = 0; y < size.height(); ++y) {
    auto* row = reinterpret_cast<QRgb*>(map.scanLine(y));
    for (int x = 0; x < size.width(); ++x) {
      const auto index =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width()) + static_cast<std::size_t>(x);
      const QColor colour = confidenceColour(index < confidence.size() ? confidence[index] : 1);
      row[x] = qRgba(colour.red(), colour.green(), colour.blue(), kOpacity);
    }
  }
  return map;
}

ConfidenceLegend::ConfidenceLegend(QWidget* parent) : QWidget(parent) {
  setObjectName("confidenceLegend");
  setAccessibleName(tr("Confidence scale"));
  setAccessibleDescription(tr("Yellow: the model guesses the pixel's colour. Blue: it is sure of it."));
  setToolTip(accessibleDescription());
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ConfidenceLegend::sizeHint() const {
  return {kBarWidth + fontMetrics().horizontalAdvance("100 %"), kBarHeight + fontMetrics().height() + 4};
}

void ConfidenceLegend::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const int left = fontMetrics().horizontalAdvance("0 %") / 2 + 2;
  for (int x = 0; x < kBarWidth; ++x) {
    painter.setPen(confidenceColour(static_cast<float>(x) / (kBarWidth - 1)));
    painter.drawLine(left + x, 0, left + x, kBarHeight - 1);
  }
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawRect(left, 0, kBarWidth - 1, kBarHeight - 1);
  painter.setPen(palette().color(QPalette::Text));
  for (const int percent : {0, 25, 50, 75, 100}) {
    const int at = left + percent * (kBarWidth - 1) / 100;
    painter.drawText(QRect(at - 30, kBarHeight + 2, 60, fontMetrics().height()), Qt::AlignHCenter | Qt::AlignTop,
                     tr("%1 %").arg(percent));
  }
}

}  // namespace loom
