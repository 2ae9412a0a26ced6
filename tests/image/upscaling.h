// Upscales as other programs make them: what the pixel grid's tests and its benchmark undo again.
#pragma once

#include "core/base/random_stream.h"
#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

enum class Resampling { kNearest, kBilinear, kBicubic, kLanczos };

/// `sprite` resampled to width x height pixels as Pillow does it: centres at half pixels, colours weighted by alpha,
/// Catmull-Rom's spline (a = -0.5) for bicubic, three lobes for Lanczos.
Sprite upscaled(const Sprite& sprite, int width, int height, Resampling resampling);
/// The same by a scale: the size is rounded.
Sprite upscaled(const Sprite& sprite, double scale, Resampling resampling);

/// To the nearest pixel, looked up at the corners of pixels as OpenCV does it.
Sprite upscaledFromCorners(const Sprite& sprite, double scale);
/// As Qt scales smoothly.
Sprite upscaledByQt(const Sprite& sprite, double scale);

/// What is left of a picture after a JPEG file (4:2:0; opaque), or a lossy WebP file.
Sprite throughJpeg(const Sprite& picture, int quality);
Sprite throughWebP(const Sprite& picture, int quality);
/// Up to `strength` added to or taken from every channel of every pixel that is not transparent.
Sprite withNoise(const Sprite& picture, int strength, RandomStream& random);
/// At most `colours` (2 to 256) colours, as pngquant chooses them: a PNG with a palette.
Sprite quantised(const Sprite& picture, int colours, bool dithered);

}  // namespace loom
