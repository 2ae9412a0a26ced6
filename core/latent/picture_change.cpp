#include "core/latent/picture_change.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace loom {

double pictureChange(const Sprite& a, const Sprite& b) {
  const std::size_t pixels = std::min(a.pixels().size(), b.pixels().size());
  if (pixels == 0) return 0;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    sum += std::abs(p.r * p.a - q.r * q.a) + std::abs(p.g * p.a - q.g * q.a) + std::abs(p.b * p.a - q.b * q.a) +
           255 * std::abs(p.a - q.a);
  }
  constexpr double kMost = 4.0 * 255 * 255;
  return static_cast<double>(sum) / kMost / static_cast<double>(pixels);
}

std::vector<float> pooledPicture(const Sprite& sprite) {
  constexpr auto kSide = static_cast<std::size_t>(kPooledSide);
  std::vector<float> pooled(static_cast<std::size_t>(kPooledValues));
  std::array<float, kSide * kSide> counts{};
  const auto width = static_cast<std::size_t>(sprite.width()), height = static_cast<std::size_t>(sprite.height());
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const Rgba& pixel = sprite.pixels()[y * width + x];
      const std::size_t cell = y * kSide / height * kSide + x * kSide / width;
      const float alpha = static_cast<float>(pixel.a) / 255;
      float* values = &pooled[4 * cell];
      values[0] += alpha * static_cast<float>(pixel.r) / 255;
      values[1] += alpha * static_cast<float>(pixel.g) / 255;
      values[2] += alpha * static_cast<float>(pixel.b) / 255;
      values[3] += alpha;
      ++counts[cell];
    }
  }
  for (std::size_t i = 0; i < pooled.size(); ++i) pooled[i] /= std::max(1.F, counts[i / 4]);
  return pooled;
}

}  // namespace loom
