// How two pictures of a character differ, as the eye weighs it: transparent pixels have no colour.
#pragma once

#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// The mean absolute difference of their premultiplied channels: 0 alike, 1 all there is. Both are of one size.
double pictureChange(const Sprite& a, const Sprite& b);

/// The premultiplied picture on kPooledSide x kPooledSide cells, each the mean of its pixels: red, green, blue and
/// alpha of 0..1, cell by cell. A shift by one pixel changes little of it, so it can be compared linearly.
std::vector<float> pooledPicture(const Sprite& sprite);
inline constexpr int kPooledSide = 16;
inline constexpr int kPooledValues = 4 * kPooledSide * kPooledSide;

}  // namespace loom
