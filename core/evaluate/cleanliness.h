// Whether sprites are clean pixel art: few colours, crisp edges, no stray pixels, views that agree.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/evaluate/sprite_set.h"

namespace loom {

/// Levels of a channel by which two colours may differ and still look the same; what training calls an exact pixel.
inline constexpr int kSameColour = 8;

/// Different colours a sprite, on average, told apart exactly.
double coloursPerSprite(std::span<const Sprite> sprites);
/// Share of the visible pixels that are neither opaque nor empty, each within kSameColour levels. This and the next two
/// are of all sprites' pixels together, 0 where there are none.
double partialAlphaShare(std::span<const Sprite> sprites);
/// Share of the opaque pixels (alpha .5 and more) that none of the four beside them resembles in colour: dots a hand
/// would clean away.
double orphanShare(std::span<const Sprite> sprites);

/// Which colours lie within kSameColour levels a channel of one that is in use.
class ColoursInUse {
 public:
  /// Those of the opaque pixels.
  explicit ColoursInUse(std::span<const Sprite> sprites);
  bool contains(const Rgba& colour) const;

 private:
  static constexpr int kCell = kSameColour + 1;  // a neighbour lies in the same cell or one beside it
  static constexpr int kCells = 256 / kCell + 1;
  static std::size_t cellOf(int r, int g, int b);
  std::vector<std::vector<Rgba>> m_cells;
};
/// Share of the opaque pixels whose colour is not in use elsewhere.
double offPaletteShare(std::span<const Sprite> sprites, const ColoursInUse& inUse);

/// Opposite views of a character (back and front, left and right, …) have mirrored outlines: the area that both
/// outlines cover over that which one does, at the best shift of up to 3 pixels, averaged over all such pairs of a set.
/// Nothing where there is no pair.
std::optional<double> silhouetteOverlap(const SpriteSet& set);
/// Share of the pixels of left views that are those of the mirrored right one, likewise.
std::optional<double> mirrorConsistency(const SpriteSet& set);

}  // namespace loom
