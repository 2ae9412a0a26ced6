// OKLab: a colour space in which equal distances look about equally far apart (Ottosson 2020, "A perceptual color space
// for image processing").
#pragma once

#include "core/image/sprite.h"

namespace loom {

struct OkLab {
  float L = 0;  ///< lightness, 0 black to 1 white
  float a = 0;  ///< green to red; within -.24 to .28 for sRGB
  float b = 0;  ///< blue to yellow; within -.32 to .20 for sRGB
};

/// Of the colour alone; alpha counts for nothing.
OkLab toOkLab(Rgba colour);
/// The nearest 8-bit sRGB colour, channels clipped where `lab` lies outside; opaque.
Rgba fromOkLab(const OkLab& lab);

/// How colourful, whatever the hue: 0 for grey, at most about .32.
float chroma(const OkLab& lab);

inline float squaredDistance(const OkLab& left, const OkLab& right) {
  const float dL = left.L - right.L;
  const float da = left.a - right.a;
  const float db = left.b - right.b;
  return dL * dL + da * da + db * db;
}
/// Euclidean; .02 is about what an eye tells apart, 1 lies between black and white.
float distance(const OkLab& left, const OkLab& right);

}  // namespace loom
