#include "core/image/colour_fill.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace loom {
namespace {

/// Red, green and blue times alpha, and alpha.
using Weighted = std::array<double, 4>;

Weighted weighted(Rgba pixel) {
  const double alpha = pixel.a;
  return {pixel.r * alpha, pixel.g * alpha, pixel.b * alpha, alpha};
}

Rgba unweighted(const Weighted& sum) {
  const auto channel = [&sum](std::size_t i) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(sum[i] / sum[3]), 0L, 255L));
  };
  return {channel(0), channel(1), channel(2), 255};
}

/// Sums over `radius` places to either side, along one line of `count` pixels that are `stride` apart.
void boxSum(std::vector<Weighted>& pixels, std::size_t first, std::size_t stride, int count, int radius,
            std::vector<Weighted>& line) {
  // Differences of running sums, so that any radius costs the same.
  line.assign(static_cast<std::size_t>(count) + 1, {});
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    for (std::size_t c = 0; c < 4; ++c) line[at + 1][c] = line[at][c] + pixels[first + at * stride][c];
  }
  for (int i = 0; i < count; ++i) {
    const auto low = static_cast<std::size_t>(std::max(0, i - radius));
    const auto high = static_cast<std::size_t>(std::min(count, i + radius + 1));
    Weighted& pixel = pixels[first + static_cast<std::size_t>(i) * stride];
    for (std::size_t c = 0; c < 4; ++c) pixel[c] = (line[high][c] - line[low][c]) / (2 * radius + 1);
  }
}

std::vector<Weighted> blurred(const Sprite& sprite, int radius) {
  const auto width = static_cast<std::size_t>(sprite.width());
  std::vector<Weighted> pixels;
  pixels.reserve(sprite.pixels().size());
  for (const Rgba& pixel : sprite.pixels()) pixels.push_back(weighted(pixel));
  std::vector<Weighted> line;
  constexpr int kPasses = 3;
  for (int pass = 0; pass < kPasses; ++pass) {
    for (int y = 0; y < sprite.height(); ++y) {
      boxSum(pixels, static_cast<std::size_t>(y) * width, 1, sprite.width(), radius, line);
    }
    for (int x = 0; x < sprite.width(); ++x) {
      boxSum(pixels, static_cast<std::size_t>(x), width, sprite.height(), radius, line);
    }
  }
  return pixels;
}

}  // namespace

Rgba meanColour(const Sprite& sprite) {
  Weighted sum{};
  for (const Rgba& pixel : sprite.pixels()) {
    const Weighted one = weighted(pixel);
    for (std::size_t c = 0; c < 4; ++c) sum[c] += one[c];
  }
  return sum[3] > 0 ? unweighted(sum) : Rgba{};
}

Sprite blurredColours(const Sprite& sprite, int radius) {
  constexpr double kSomething = 1e-6;  // of alpha 255: less may be rounding error of the running sums
  Sprite result(sprite.width(), sprite.height());
  if (meanColour(sprite).a == 0) return result;
  bool missing = true;
  for (int reach = std::max(radius, 1); missing; reach *= 2) {
    missing = false;
    const std::vector<Weighted> sums = blurred(sprite, reach);
    for (std::size_t i = 0; i < sums.size(); ++i) {
      Rgba& pixel = result.pixels()[i];
      if (pixel.a == 255) continue;
      if (sums[i][3] > kSomething) {
        pixel = unweighted(sums[i]);
      } else {
        missing = true;
      }
    }
    if (reach > 2 * std::max(sprite.width(), sprite.height())) break;
  }
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a == 0) pixel = meanColour(sprite);
  }
  return result;
}

}  // namespace loom
