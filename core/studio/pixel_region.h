// Pixels that hang together: what a bucket fills, and what is looked at again as one.
#pragma once

#include <functional>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

struct PixelPlace {
  int x = 0, y = 0;
  friend bool operator==(const PixelPlace&, const PixelPlace&) = default;
};

/// The pixel at x, y and all that are joined to it by sides, have its colour and, where `among` is given, are among
/// those: rows top to bottom. The pixel itself always belongs to it. Fully transparent pixels are of one colour. Empty
/// when x, y lies outside.
std::vector<PixelPlace> colourRegion(const Sprite& sprite, int x, int y,
                                     const std::function<bool(int x, int y)>& among = {});

}  // namespace loom
