// Sprites brought to a size: by padding and whole numbers where that suffices, by resampling where it does not.
#pragma once

#include <string>

#include "core/image/edit.h"

namespace loom {

/// `sprite` at another size, every new pixel the mean of the area it covers, weighted by alpha. Throws Error for a size
/// below 1 or an empty sprite.
Sprite resampledArea(const Sprite& sprite, int width, int height);
/// The same, every new pixel the old one under its middle.
Sprite resampledNearest(const Sprite& sprite, int width, int height);

enum class FitMode { kAuto, kPad, kWhole, kNearest, kArea };
/// "auto", "pad", "whole", "nearest", "area". Throws Error for another name.
FitMode fitModeNamed(const std::string& name);

/// `sprite` on a transparent side x side square, standing on its bottom edge, centred. kAuto pads, drops transparent
/// surroundings, scales by a whole number, and else resamples: nearest for at most 256 colours, area beyond. kPad and
/// kWhole leave a sprite alone that they cannot fit, and say so. Throws Error for an empty sprite.
Fitted fittedTo(const Sprite& sprite, int side, FitMode mode);

}  // namespace loom
