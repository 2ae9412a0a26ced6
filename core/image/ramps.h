// Ramps: the colours of a character that are light and dark of one thing, such as the cloth of a cloak. Recolouring by
// ramps changes a palette and moves no pixel.
#pragma once

#include <span>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// Colours of one hue, or greys, from dark to light; each of them opaque or not, none fully transparent.
using Ramp = std::vector<Rgba>;

/// The ramps of what the sprites wear, those with most pixels first. Colours belong together when their hues lie within
/// a sixth of a circle; those too grey to have a hue are one ramp. Complete-linkage clustering of hues, so that no ramp
/// creeps around the circle.
std::vector<Ramp> rampsOf(std::span<const Sprite> sprites);

/// One colour for another, alpha and all.
struct ColourChange {
  Rgba from, to;
  friend bool operator==(const ColourChange&, const ColourChange&) = default;
};

struct RampShift {
  float hue = 0;        ///< degrees, counter-clockwise in OKLab: red, yellow, green, blue
  float chroma = 1;     ///< times as colourful; 0 makes grey
  float lightness = 0;  ///< added, on 0..1
  friend bool operator==(const RampShift&, const RampShift&) = default;
};
/// The ramp's colours moved in OKLab, clipped to what sRGB can show. Two colours may become one.
std::vector<ColourChange> shifted(const Ramp& ramp, const RampShift& shift);

/// Each ramp in the other's hues: a colour keeps its lightness, relative to its ramp's, and takes hue and chroma from
/// where it lies along the other ramp. An empty ramp changes nothing.
std::vector<ColourChange> swapped(const Ramp& one, const Ramp& other);

/// Every pixel that has a `from` gets its `to`, all at once (a swap is no chain).
Sprite recoloured(const Sprite& sprite, std::span<const ColourChange> changes);

}  // namespace loom
