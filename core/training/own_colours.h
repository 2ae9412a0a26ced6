// What stands behind the transparent pixels of one sprite where its own colours do.
#pragma once

#include <vector>

#include "core/image/sprite.h"
#include "core/training/pixels.h"

namespace loom {

/// With another fill than kColour, without alpha: a colour for every pixel, rows top to bottom, or one for the whole of
/// it. `otherwise` for a sprite without any colour of its own.
std::vector<Rgba> ownColours(const Sprite& sprite, Fill fill, Rgba otherwise);

}  // namespace loom
