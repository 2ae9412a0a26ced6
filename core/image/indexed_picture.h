// A picture as numbers into a palette in which no colour is lost, and such a PNG.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

struct IndexedPicture {
  int width = 0;
  std::vector<Rgba> palette;         ///< at most 256 colours, by value; a fully transparent one comes first
  std::vector<std::uint8_t> pixels;  ///< places in the palette, rows top to bottom
};

/// No colour is changed, but that fully transparent pixels become transparent black. That is in the palette unless all
/// places are taken and no pixel is transparent. Nothing where the sprite has more than 256 colours, the transparent
/// one among them.
std::optional<IndexedPicture> exactlyIndexed(const Sprite& sprite);

/// A PNG with a palette, alpha and all. Throws Error.
std::vector<std::byte> encodePng(const IndexedPicture& picture);

}  // namespace loom
