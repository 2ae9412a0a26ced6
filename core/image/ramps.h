// Ramps: the colours of a character that are light and dark of one thing, such as the cloth of a cloak. Recolouring by
// ramps changes a palette and moves no pixel.
#pragma once

#include <cstddef>
#include <optional>
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

/// The ramp in the other's hues: a colour keeps its lightness, and takes hue and chroma from where it lies along the
/// other ramp. An empty one changes nothing.
std::vector<ColourChange> inHuesOf(const Ramp& other, const Ramp& ramp);

/// Every pixel that has a `from` gets its `to`, all at once (a swap is no chain).
Sprite recoloured(const Sprite& sprite, std::span<const ColourChange> changes);

/// Which ramp of a character, by its hue, so that it is found again when the character has changed a little.
struct RampName {
  bool grey = false;
  float hue = 0;  ///< degrees, of the mean of its colours
  friend bool operator==(const RampName&, const RampName&) = default;
};
RampName nameOf(const Ramp& ramp);
/// The ramp of that name, or the one whose hue is nearest to it within 40 degrees; nothing where there is none.
std::optional<std::size_t> findRamp(std::span<const Ramp> ramps, const RampName& name);

/// What an artist does to a ramp: it first takes the hues of another, then is moved.
struct RampEdit {
  RampName ramp;
  std::optional<RampName> like = {};
  RampShift shift = {};
  friend bool operator==(const RampEdit&, const RampEdit&) = default;
};
/// What the edits make of the colours of all ramps they name. An edit whose ramp is not there changes nothing.
std::vector<ColourChange> changesOf(std::span<const Ramp> ramps, std::span<const RampEdit> edits);
/// The pictures of one character with its ramps edited, all by the colours that they have now.
std::vector<Sprite> recoloured(std::span<const Sprite> sprites, std::span<const RampEdit> edits);

}  // namespace loom
