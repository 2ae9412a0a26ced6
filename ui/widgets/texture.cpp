#include "ui/widgets/texture.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr int kWhole = 256;  ///< weights of a mixture

/// What a destination pixel takes from one axis of a level.
struct Tap {
  int first = 0, second = 0;
  int weight = 0;  ///< of the second, 0..kWhole
};

QRgb mixed(QRgb first, QRgb second, int weight) {
  constexpr quint32 kEven = 0x00ff00ff;
  const auto of = [weight](quint32 a, quint32 b) {
    return a * static_cast<quint32>(kWhole - weight) + b * static_cast<quint32>(weight);
  };
  const quint32 even = of(first & kEven, second & kEven) >> 8 & kEven;
  const quint32 odd = of(first >> 8 & kEven, second >> 8 & kEven) & ~kEven;
  return even | odd;
}

/// `count` destination pixels from `begin` (pixels of the picture) on; the level has `length` of the picture's `whole`.
std::vector<Tap> taps(int count, int begin, double scale, int length, int whole, bool nearest) {
  std::vector<Tap> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double place = (begin + (i + 0.5) / scale) * length / whole;  // in the level
    Tap& tap = all[static_cast<std::size_t>(i)];
    const double from = nearest ? std::floor(place) : std::floor(place - 0.5);
    tap.first = std::clamp(static_cast<int>(from), 0, length - 1);
    if (nearest) {
      tap.second = tap.first;
      continue;
    }
    tap.second = std::clamp(static_cast<int>(from) + 1, 0, length - 1);
    tap.weight = static_cast<int>(std::lround((place - 0.5 - from) * kWhole));
  }
  return all;
}

QImage sampled(const QImage& level, const QSize& whole, const QRect& part, const QSize& size, double scale,
               bool nearest) {
  const auto across = taps(size.width(), part.x(), scale, level.width(), whole.width(), nearest);
  const auto down = taps(size.height(), part.y(), scale, level.height(), whole.height(), nearest);
  QImage result(size, QImage::Format_ARGB32_Premultiplied);
  for (int y = 0; y < size.height(); ++y) {
    const Tap& row = down[static_cast<std::size_t>(y)];
    const auto* upper = reinterpret_cast<const QRgb*>(level.constScanLine(row.first));
    const auto* lower = reinterpret_cast<const QRgb*>(level.constScanLine(row.second));
    auto* out = reinterpret_cast<QRgb*>(result.scanLine(y));
    for (int x = 0; x < size.width(); ++x) {
      const Tap& column = across[static_cast<std::size_t>(x)];
      const QRgb top = mixed(upper[column.first], upper[column.second], column.weight);
      const QRgb bottom = mixed(lower[column.first], lower[column.second], column.weight);
      out[x] = mixed(top, bottom, row.weight);
    }
  }
  return result;
}

void mixInto(QImage& first, const QImage& second, int weight) {
  for (int y = 0; y < first.height(); ++y) {
    auto* into = reinterpret_cast<QRgb*>(first.scanLine(y));
    const auto* from = reinterpret_cast<const QRgb*>(second.constScanLine(y));
    for (int x = 0; x < first.width(); ++x) into[x] = mixed(into[x], from[x], weight);
  }
}

/// Each pixel the mean of four; of a single row or column of two.
QImage halved(const QImage& level) {
  QImage half((level.size() / 2).expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
  for (int y = 0; y < half.height(); ++y) {
    const auto* upper = reinterpret_cast<const QRgb*>(level.constScanLine(2 * y));
    const auto* lower = reinterpret_cast<const QRgb*>(level.constScanLine(std::min(2 * y + 1, level.height() - 1)));
    auto* out = reinterpret_cast<QRgb*>(half.scanLine(y));
    for (int x = 0; x < half.width(); ++x) {
      const int right = std::min(2 * x + 1, level.width() - 1);
      out[x] = mixed(mixed(upper[2 * x], upper[right], kWhole / 2), mixed(lower[2 * x], lower[right], kWhole / 2),
                     kWhole / 2);
    }
  }
  return half;
}

/// Destination pixels whose middle lies outside of the part are none of the quad's.
void clearOutside(QImage& picture, const QSizeF& drawn) {
  constexpr double kMiddle = 0.5;
  if (picture.width() - kMiddle >= drawn.width()) {
    for (int y = 0; y < picture.height(); ++y) picture.setPixel(picture.width() - 1, y, 0);
  }
  if (picture.height() - kMiddle >= drawn.height()) {
    for (int x = 0; x < picture.width(); ++x) picture.setPixel(x, picture.height() - 1, 0);
  }
}

}  // namespace

Texture::Texture(const QImage& picture) : m_levels{picture.convertToFormat(QImage::Format_ARGB32_Premultiplied)} {}

const QImage& Texture::level(int number) const {
  while (static_cast<std::size_t>(number) >= m_levels.size()) {
    m_levels.push_back(halved(m_levels.back()));
  }
  return m_levels[static_cast<std::size_t>(number)];
}

QImage Texture::drawn(const QRect& part, double scale, TextureFilter filter) const {
  const QSizeF exact = QSizeF(part.size()) * scale;
  const QSize size =
      QSize(static_cast<int>(std::ceil(exact.width())), static_cast<int>(std::ceil(exact.height()))).expandedTo({1, 1});
  const QSize whole = level(0).size();
  const double depth = filter == TextureFilter::kMipmaps ? std::max(0.0, -std::log2(scale)) : 0;
  const int upper = static_cast<int>(depth);
  QImage result = sampled(level(upper), whole, part, size, scale, filter == TextureFilter::kNearest);
  if (const int weight = static_cast<int>(std::lround((depth - upper) * kWhole)); weight > 0) {
    mixInto(result, sampled(level(upper + 1), whole, part, size, scale, false), weight);
  }
  clearOutside(result, exact);
  return result;
}

}  // namespace loom
