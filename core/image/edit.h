// Small lossless operations on sprites that many parts need: crop, paste, whole-number scaling, counting, fitting.
#pragma once

#include <string>

#include "core/image/sprite.h"

namespace loom {

struct PixelRect {
  int x = 0, y = 0, width = 0, height = 0;
  friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

/// The part of `sprite` under `area`; what lies outside is transparent.
Sprite cropped(const Sprite& sprite, const PixelRect& area);
/// Copies (does not blend) `source` into `target` with its corner at x, y; what falls outside is dropped.
void paste(Sprite& target, const Sprite& source, int x, int y);
/// Every pixel as a `factor` x `factor` block.
Sprite enlarged(const Sprite& sprite, int factor);
/// Blended over an opaque colour.
Sprite flattened(const Sprite& sprite, Rgba background);
/// Left and right swapped.
Sprite mirrored(const Sprite& sprite);
/// The smallest rectangle that holds every pixel with alpha > 0; empty (0 x 0) for a transparent sprite.
PixelRect opaqueBounds(const Sprite& sprite);
/// How many colours the pixels with alpha > 0 have.
int countColours(const Sprite& sprite);
/// True when some pixel is neither fully transparent nor fully opaque.
bool hasPartialAlpha(const Sprite& sprite);
/// True when some pixel is not fully opaque.
bool hasTransparency(const Sprite& sprite);

struct Fitted {
  Sprite sprite;
  std::string how;  ///< "unchanged", "padded", "enlarged x2 and padded", "reduced x3 and padded", "resampled (nearest)"
  PixelRect area = {};  ///< where the whole sprite, its transparent margins included, lies on the square
};
/// `sprite` on a transparent side x side square: padded when it is smaller (standing on the same bottom margin,
/// centred), scaled by a whole number where that fits, nearest neighbour otherwise.
Fitted fittedTo(const Sprite& sprite, int side);

/// #rrggbb, opaque. Throws Error for anything else.
Rgba parseColour(const std::string& text);

}  // namespace loom
