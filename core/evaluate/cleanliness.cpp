#include "core/evaluate/cleanliness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "core/dataset/likeness.h"
#include "core/image/edit.h"
#include "core/image/palette.h"

namespace loom {
namespace {

constexpr int kMostShift = 3;
constexpr Rgba kOpaque{255, 255, 255, 255};

using ViewPair = std::pair<const char*, const char*>;
constexpr std::array<ViewPair, 4> kOpposite = {
    {{"back", "front"}, {"left", "right"}, {"back-left", "front-right"}, {"back-right", "front-left"}}};
constexpr std::array<ViewPair, 3> kMirrored = {
    {{"left", "right"}, {"back-left", "back-right"}, {"front-left", "front-right"}}};

bool isOpaque(const Rgba& pixel) {
  return pixel.a >= 128;
}

bool looksAlike(const Rgba& a, const Rgba& b) {
  return std::abs(a.r - b.r) <= kSameColour && std::abs(a.g - b.g) <= kSameColour && std::abs(a.b - b.b) <= kSameColour;
}

/// Share of the pixels that count for which `says` holds.
double shareOf(std::span<const Sprite> sprites, const std::function<bool(const Rgba&)>& counts,
               const std::function<bool(const Sprite&, int, int)>& says) {
  std::int64_t counted = 0, true_ = 0;
  for (const Sprite& sprite : sprites) {
    for (int y = 0; y < sprite.height(); ++y) {
      for (int x = 0; x < sprite.width(); ++x) {
        if (!counts(sprite.at(x, y))) continue;
        ++counted;
        if (says(sprite, x, y)) ++true_;
      }
    }
  }
  return counted > 0 ? static_cast<double>(true_) / static_cast<double>(counted) : 0;
}

bool isOrphan(const Sprite& sprite, int x, int y) {
  constexpr std::array<std::pair<int, int>, 4> kBeside = {{{0, -1}, {-1, 0}, {1, 0}, {0, 1}}};
  return std::ranges::none_of(kBeside, [&](const auto& step) {
    const int u = x + step.first, v = y + step.second;
    return sprite.contains(u, v) && isOpaque(sprite.at(u, v)) && looksAlike(sprite.at(u, v), sprite.at(x, y));
  });
}

Sprite silhouette(Sprite sprite) {
  for (Rgba& pixel : sprite.pixels()) pixel = isOpaque(pixel) ? kOpaque : Rgba{};
  return sprite;
}

bool isBlank(const Sprite& sprite) {
  return std::ranges::none_of(sprite.pixels(), isOpaque);
}

/// The mean over the pairs of views of each character of 1 - leastDifference(first, mirrored second).
template <std::size_t count>
std::optional<double> agreement(const SpriteSet& set, const std::array<ViewPair, count>& pairs) {
  std::map<std::pair<int, std::string>, const Sprite*> byView;
  for (std::size_t i = 0; i < set.size(); ++i) {
    byView.try_emplace({set.characters[i], set.views[i]}, &set.sprites[i]);
  }
  double sum = 0;
  int found = 0;
  for (const auto& [key, first] : byView) {
    for (const auto& [one, other] : pairs) {
      const auto second = key.second == one ? byView.find({key.first, other}) : byView.end();
      if (second == byView.end() || (isBlank(*first) && isBlank(*second->second))) continue;
      sum += 1 - leastDifference(*first, mirrored(*second->second), kMostShift);
      ++found;
    }
  }
  if (found == 0) return {};
  return sum / found;
}

}  // namespace

double coloursPerSprite(std::span<const Sprite> sprites) {
  double sum = 0;
  for (const Sprite& sprite : sprites) sum += countColours(sprite);
  return sprites.empty() ? 0 : sum / static_cast<double>(sprites.size());
}

double partialAlphaShare(std::span<const Sprite> sprites) {
  return shareOf(
      sprites, [](const Rgba& pixel) { return pixel.a > kSameColour; },
      [](const Sprite& sprite, int x, int y) { return sprite.at(x, y).a < 255 - kSameColour; });
}

double orphanShare(std::span<const Sprite> sprites) {
  return shareOf(sprites, isOpaque, isOrphan);
}

std::size_t ColoursInUse::cellOf(int r, int g, int b) {
  return static_cast<std::size_t>((r * kCells + g) * kCells + b);
}

ColoursInUse::ColoursInUse(std::span<const Sprite> sprites) : m_cells(cellOf(kCells - 1, kCells - 1, kCells - 1) + 1) {
  for (const Sprite& sprite : sprites) {
    for (const Rgba& colour : paletteOf(sprite).colours) {
      if (!isOpaque(colour)) continue;
      const Rgba opaque{colour.r, colour.g, colour.b, 255};
      std::vector<Rgba>& cell = m_cells[cellOf(colour.r / kCell, colour.g / kCell, colour.b / kCell)];
      if (std::ranges::find(cell, opaque) == cell.end()) cell.push_back(opaque);
    }
  }
}

bool ColoursInUse::contains(const Rgba& colour) const {
  const auto around = [](int value) {
    return std::pair(std::max(0, value / kCell - 1), std::min(kCells - 1, value / kCell + 1));
  };
  const auto [r0, r1] = around(colour.r);
  const auto [g0, g1] = around(colour.g);
  const auto [b0, b1] = around(colour.b);
  for (int r = r0; r <= r1; ++r) {
    for (int g = g0; g <= g1; ++g) {
      for (int b = b0; b <= b1; ++b) {
        const std::vector<Rgba>& cell = m_cells[cellOf(r, g, b)];
        if (std::ranges::any_of(cell, [&colour](const Rgba& other) { return looksAlike(colour, other); })) return true;
      }
    }
  }
  return false;
}

double offPaletteShare(std::span<const Sprite> sprites, const ColoursInUse& inUse) {
  return shareOf(sprites, isOpaque,
                 [&inUse](const Sprite& sprite, int x, int y) { return !inUse.contains(sprite.at(x, y)); });
}

std::optional<double> silhouetteOverlap(const SpriteSet& set) {
  SpriteSet outlines = set;
  for (Sprite& sprite : outlines.sprites) sprite = silhouette(std::move(sprite));
  return agreement(outlines, kOpposite);
}

std::optional<double> mirrorConsistency(const SpriteSet& set) {
  return agreement(set, kMirrored);
}

}  // namespace loom
