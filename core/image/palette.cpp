#include "core/image/palette.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/image/edit.h"

namespace loom {
namespace {

std::uint32_t packed(Rgba colour) {
  return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
}

}  // namespace

Palette paletteOf(const Sprite& sprite) {
  std::unordered_map<std::uint32_t, std::size_t> counts;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a > 0) ++counts[packed(pixel)];
  }
  std::vector<std::pair<std::uint32_t, std::size_t>> ordered(counts.begin(), counts.end());
  std::ranges::sort(ordered, [](const auto& left, const auto& right) {
    return left.second != right.second ? left.second > right.second : left.first < right.first;
  });
  Palette palette;
  for (const auto& [key, count] : ordered) {
    palette.colours.push_back({static_cast<std::uint8_t>(key >> 24), static_cast<std::uint8_t>(key >> 16),
                               static_cast<std::uint8_t>(key >> 8), static_cast<std::uint8_t>(key)});
  }
  return palette;
}

NearestColour::NearestColour(const std::vector<Rgba>& palette) : m_cache(kRemembered) {
  for (const Rgba& colour : palette) {
    if (colour.a == 0) continue;
    m_colours.push_back(colour);
    m_labs.push_back(toOkLab(colour));
  }
  if (m_colours.empty()) throw Error("the palette has no colour", "choose a palette with at least one opaque colour");
}

Rgba NearestColour::operator()(Rgba colour) {
  const std::uint8_t alpha = std::exchange(colour.a, 255);  // a key is never 0 then
  const std::uint32_t key = packed(colour);
  constexpr std::uint32_t kScatter = 2654435761U;  // Knuth's multiplicative hash: neighbours in colour land apart
  Remembered& remembered = m_cache[(key >> 8) * kScatter >> 20];
  static_assert(kRemembered == 1U << (32 - 20));
  if (remembered.key != key) {
    const OkLab lab = toOkLab(colour);
    std::size_t best = 0;
    float least = std::numeric_limits<float>::max();
    for (std::size_t i = 0; i < m_labs.size(); ++i) {
      // The colour itself, should another round to the same place.
      const float far = m_colours[i] == colour ? -1.0f : squaredDistance(lab, m_labs[i]);
      if (far >= least) continue;
      least = far;
      best = i;
    }
    remembered = {key, m_colours[best]};
  }
  Rgba nearest = remembered.colour;
  nearest.a = alpha;
  return nearest;
}

Sprite lockedTo(const Sprite& sprite, const std::vector<Rgba>& palette) {
  NearestColour nearest(palette);
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a > 0) pixel = nearest(pixel);
  }
  return result;
}

std::string colourText(Rgba colour) {
  std::array<char, 10> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "#%02x%02x%02x%02x", colour.r, colour.g, colour.b, colour.a);
  return {text.data(), static_cast<std::size_t>(colour.a == 255 ? length - 2 : length)};
}

Rgba colourFromText(const std::string& text) {
  constexpr std::size_t kOpaque = 7;
  constexpr std::size_t kWithAlpha = 9;
  if (text.size() != kWithAlpha) return parseColour(text);
  Rgba colour = parseColour(text.substr(0, kOpaque));
  colour.a = parseColour("#0000" + text.substr(kOpaque)).b;
  return colour;
}

}  // namespace loom
