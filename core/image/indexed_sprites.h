// Several sprites of one character as numbers into one palette, so that a picture can be told from its colours.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// The most colours of such a palette, the transparent one among them: a number fits a byte.
inline constexpr std::size_t kMostIndexedColours = 255;

struct IndexedSprites {
  std::vector<Rgba> palette;                      ///< transparent black first, then by value; each once
  std::vector<std::vector<std::uint8_t>> pixels;  ///< of each sprite, rows top to bottom: places in the palette
};

/// Fully transparent pixels are one colour, the first. Where there are more than kMostIndexedColours, colours are
/// reduced over all sprites together (core/image/quantise.h), alpha kept; where that still leaves too many, pixels
/// become opaque (alpha 128 and more) or empty as well.
IndexedSprites indexed(std::span<const Sprite> sprites);

}  // namespace loom
