// Single pixels that lie over a picture: what somebody decided by hand.
#pragma once

#include <map>
#include <utility>

#include "core/base/json.h"
#include "core/image/sprite.h"

namespace loom {

/// By y, then x. A pixel of alpha 0 takes away what is under it.
using PixelLayer = std::map<std::pair<int, int>, Rgba>;

/// The pixels drawn over a sprite; those outside of it are left out.
Sprite withLayer(const Sprite& sprite, const PixelLayer& layer);

/// A list of [x, y, "#rrggbb" or "#rrggbbaa"].
Json toJson(const PixelLayer& layer);
/// Throws Error or Json::exception for what toJson did not write.
PixelLayer pixelLayerFrom(const Json& json);

}  // namespace loom
