// Colours for the pixels that have none: a sprite's own, spread into its transparent surroundings.
#pragma once

#include "core/image/sprite.h"

namespace loom {

/// The mean colour of the visible pixels, weighted by alpha; opaque. Fully transparent for a transparent sprite.
Rgba meanColour(const Sprite& sprite);

/// An opaque picture of the sprite's colours blurred (three box blurs of `radius`, 1..128, weighted by alpha, which
/// come close to a Gaussian; Wells 1986); where nothing is near, the radius is doubled until something is. Empty stays
/// empty.
Sprite blurredColours(const Sprite& sprite, int radius);

}  // namespace loom
