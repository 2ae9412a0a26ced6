// The rim of a sprite: partial alpha made hard, and what an earlier background left in it taken out.
#pragma once

#include <functional>
#include <optional>

#include "core/image/sprite.h"

namespace loom {

/// Alpha 255 from `threshold` (1..255) on, fully transparent below.
Sprite hardenedAlpha(const Sprite& sprite, int threshold);
/// Partly transparent pixels take the colours of the opaque ones next to them, as far as there are any; alpha stays.
Sprite withColoursFromInside(const Sprite& sprite);

/// What a rim pixel that is part figure and part background becomes.
enum class RimEdges {
  kHard,  ///< the figure's colour, opaque, where the figure has the larger part; transparent otherwise
  kSoft,  ///< the figure's colour, its part as alpha
};

/// The background that lay behind a pixel before it was removed.
using MatteAt = std::function<Rgba(int x, int y)>;

struct Unmatted {
  Sprite sprite;
  int blends = 0;  ///< rim pixels that were taken for a blend of figure and background
  int rim = 0;     ///< pixels next to a transparent one
};
/// Inverts C = part F + (1 - part) M in the `width` outermost pixels (1..4), with F taken from the pixels inside. A
/// colour that the inside has too is the figure's own and stays, as does what no blend explains within `tolerance`
/// (Euclidean, 8-bit sRGB).
Unmatted unmatted(const Sprite& sprite, const MatteAt& matte, int width, RimEdges edges, double tolerance = 12);

/// The colour that the rim was blended with, where enough of it speaks for one: white, black, a key colour, or one that
/// only the rim has.
std::optional<Rgba> guessedMatte(const Sprite& sprite, int width);

}  // namespace loom
