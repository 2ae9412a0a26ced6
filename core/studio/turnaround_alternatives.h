// What else a pixel that a turnaround is not sure of, and those like it around it, could be.
#pragma once

#include <vector>

#include "core/latent/turnaround.h"
#include "core/studio/pixel_region.h"

namespace loom {

/// Below this confidence a pixel counts as uncertain.
inline constexpr float kSureOfPixel = .75F;

/// The pixel at x, y with the uncertain ones of its colour that it is joined to. Empty when it lies outside.
std::vector<PixelPlace> uncertainRegion(const TurnedView& turned, int x, int y);

/// One colour that the region of a pixel could have.
struct Alternative {
  LikelyColour colour;        ///< with how likely it is at the pixel asked about
  std::vector<SetPixel> set;  ///< the region in that colour
};
/// The likeliest colours of the pixel at x, y, likeliest first, each over its uncertainRegion. Empty when it lies
/// outside.
std::vector<Alternative> alternatives(const TurnedView& turned, int x, int y);

}  // namespace loom
