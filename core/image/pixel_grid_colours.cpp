// What makes recovered colours pixel art again: few of them, and hard silhouettes.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/image/pixel_grid_parts.h"

namespace loom::grid {
namespace {

constexpr std::size_t kBins = 32 * 32 * 32;

std::size_t binOf(const Rgba& pixel) {
  return static_cast<std::size_t>(pixel.r >> 3) << 10 | static_cast<std::size_t>(pixel.g >> 3) << 5 |
         static_cast<std::size_t>(pixel.b >> 3);
}

struct Bin {
  std::int64_t count = 0, r = 0, g = 0, b = 0;
  std::array<double, 3> mean() const {
    const auto n = static_cast<double>(count);
    return {static_cast<double>(r) / n, static_cast<double>(g) / n, static_cast<double>(b) / n};
  }
  void add(const Bin& other) {
    count += other.count;
    r += other.r;
    g += other.g;
    b += other.b;
  }
};

/// In brightness and two differences to it, which count for less: JPEG keeps them at half the size.
double distance(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  constexpr double kOfDifferences = 0.6;
  const double red = a[0] - b[0];
  const double blue = a[2] - b[2];
  const double bright = 0.299 * red + 0.587 * (a[1] - b[1]) + 0.114 * blue;
  const double differences = (red - bright) * (red - bright) * 0.51 + (blue - bright) * (blue - bright) * 0.32;
  return std::sqrt(3 * bright * bright + kOfDifferences * 3 * differences);
}

/// Rare colours are mostly what a lossy file made at an edge, and have to be farther from the next to be held for real.
double leniency(std::int64_t count) {
  if (count <= 2) return 2;
  return count <= 5 ? 1.5 : 1;
}

}  // namespace

void mergeNearColours(Sprite& sprite, double tolerance) {
  std::vector<Bin> bins(kBins);
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a != 0) bins[binOf(pixel)].add({1, pixel.r, pixel.g, pixel.b});
  }
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < kBins; ++i) {
    if (bins[i].count > 0) used.push_back(i);
  }
  std::ranges::stable_sort(used, [&bins](std::size_t a, std::size_t b) { return bins[a].count > bins[b].count; });
  std::vector<Bin> colours;
  std::vector<std::size_t> colourOf(kBins, 0);
  for (const std::size_t bin : used) {  // the commonest first
    const std::array<double, 3> mean = bins[bin].mean();
    std::size_t nearest = colours.size();
    double least = tolerance * leniency(bins[bin].count);
    for (std::size_t i = 0; i < colours.size(); ++i) {
      const double far = distance(colours[i].mean(), mean);
      if (far < least) {
        least = far;
        nearest = i;
      }
    }
    if (nearest == colours.size()) colours.emplace_back();
    colours[nearest].add(bins[bin]);
    colourOf[bin] = nearest;
  }
  for (Rgba& pixel : sprite.pixels()) {
    if (pixel.a == 0) continue;
    const std::array<double, 3> mean = colours[colourOf[binOf(pixel)]].mean();
    const auto rounded = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
    pixel = {rounded(mean[0]), rounded(mean[1]), rounded(mean[2]), pixel.a};
  }
}

void hardenAlpha(Sprite& sprite) {
  constexpr int kNear = 20;
  constexpr int kSpread = 8;
  std::array<int, 256> counts{};
  for (const Rgba& pixel : sprite.pixels()) ++counts[pixel.a];
  int between = 0;
  int commonest = kNear;
  for (int alpha = kNear; alpha <= 255 - kNear; ++alpha) {
    between += counts[static_cast<std::size_t>(alpha)];
    if (counts[static_cast<std::size_t>(alpha)] > counts[static_cast<std::size_t>(commonest)]) commonest = alpha;
  }
  const auto nearCommonest = [commonest](int alpha) { return std::abs(alpha - commonest) <= kSpread; };
  int alike = 0;
  for (int alpha = kNear; alpha <= 255 - kNear; ++alpha) {
    if (nearCommonest(alpha)) alike += counts[static_cast<std::size_t>(alpha)];
  }
  const bool meant = alike >= 4 && 2 * alike > between;
  for (Rgba& pixel : sprite.pixels()) {
    const bool partly = pixel.a >= kNear && pixel.a <= 255 - kNear;
    if (partly && meant && nearCommonest(pixel.a)) {
      pixel.a = static_cast<std::uint8_t>(commonest);
    } else {
      pixel.a = pixel.a >= 128 ? 255 : 0;
    }
    if (pixel.a == 0) pixel = {};
  }
}

}  // namespace loom::grid
