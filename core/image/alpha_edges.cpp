#include "core/image/alpha_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/image/rim_reader.h"

namespace loom {
namespace {

constexpr double kNothing = 0.06;  ///< a part below this is background

Rgba withoutMatte(Rgba pixel, const Blend& blend, RimEdges edges) {
  // A pixel that is partly transparent says its part with its alpha; only its colour was wrong.
  const double part = pixel.a < 255 ? pixel.a / 255.0 : blend.part;
  if (blend.figure.a == 0 || (pixel.a == 255 && part < kNothing)) return {};
  Rgba result = blend.figure;
  if (edges == RimEdges::kHard) {
    if (part < 0.5) return {};
    result.a = 255;
  } else {
    result.a = static_cast<std::uint8_t>(std::lround(part * 255));
  }
  return result;
}

}  // namespace

Sprite hardenedAlpha(const Sprite& sprite, int threshold) {
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a == 255 || (pixel.a == 0 && pixel == Rgba{})) continue;
    if (pixel.a >= threshold) {
      pixel.a = 255;
    } else {
      pixel = {};
    }
  }
  return result;
}

Sprite withColoursFromInside(const Sprite& sprite) {
  Sprite result = sprite;
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const int alpha = sprite.at(x, y).a;
      if (alpha == 0 || alpha == 255) continue;
      std::array<double, 3> sum{};
      int count = 0;
      for (int v = std::max(0, y - 1); v <= std::min(sprite.height() - 1, y + 1); ++v) {
        for (int u = std::max(0, x - 1); u <= std::min(sprite.width() - 1, x + 1); ++u) {
          if (sprite.at(u, v).a != 255) continue;
          const Rgba& colour = sprite.at(u, v);
          sum = {sum[0] + colour.r, sum[1] + colour.g, sum[2] + colour.b};
          ++count;
        }
      }
      if (count == 0) continue;
      const auto mean = [&sum, count](std::size_t i) { return static_cast<std::uint8_t>(std::lround(sum[i] / count)); };
      result.at(x, y) = {mean(0), mean(1), mean(2), static_cast<std::uint8_t>(alpha)};
    }
  }
  return result;
}

Unmatted unmatted(const Sprite& sprite, const MatteAt& matte, int width, RimEdges edges, double tolerance) {
  const RimReader rim(sprite, width, tolerance);
  Unmatted result{sprite};
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      if (!rim.isRim(x, y)) continue;
      result.rim += rim.isOutermost(x, y) ? 1 : 0;
      const Blend blend = rim.read(x, y, matte(x, y));
      if (!blend.found) continue;
      ++result.blends;
      result.sprite.at(x, y) = withoutMatte(sprite.at(x, y), blend, edges);
    }
  }
  return result;
}

}  // namespace loom
