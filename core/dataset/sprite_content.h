// A sprite reduced to what it shows: trimmed, brought back to one pixel a dot, its colours numbered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

struct SpriteContent {
  int canvasWidth = 0;  ///< pixels, of the sprite
  int canvasHeight = 0;
  int x = 0;  ///< where the content lies on it, pixels
  int y = 0;
  int scale = 1;  ///< the sprite is this many times as large as the content below, every dot a block
  int width = 0;  ///< dots; 0 when nothing is to be seen
  int height = 0;
  int filled = 0;                        ///< dots with alpha > 0
  std::vector<std::uint32_t> dots = {};  ///< rows top to bottom; 0 transparent, else 1 + index into colours
  std::vector<Rgba> colours = {};        ///< in the order they first appear; alpha > 0
  std::uint32_t at(int column, int row) const {
    return dots[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)];
  }
  bool empty() const { return dots.empty(); }
};

SpriteContent contentOf(const Sprite& sprite);
/// Left and right swapped, colours numbered anew.
SpriteContent mirrored(const SpriteContent& content);
/// The same for sprites that differ at most in place on the canvas, whole enlargement, mirroring, and an exchange of
/// colours one for one: XXH3 of size and dots, the smaller one of both directions.
std::uint64_t structureHash(const SpriteContent& content);

}  // namespace loom
