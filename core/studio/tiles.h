// Sprites side by side in one picture.
#pragma once

#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// Row by row in cells of cell x cell pixels with 1 px between them, standing at the bottom of each; an empty sprite
/// leaves its cell free.
Sprite tiled(const std::vector<Sprite>& sprites, int columns, int cell);

}  // namespace loom
