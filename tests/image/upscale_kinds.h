// The kinds of upscales that the pixel grid is measured by, each made from a sprite and a random stream.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/image/pixel_grid.h"
#include "tests/image/upscaling.h"

namespace loom {

/// An upscale with what is to come out of it.
struct Upscale {
  Sprite picture;
  double scaleX = 1, scaleY = 1;
  Sprite original;  ///< at native size, on the same ground; of a crop the cells at least half of which are there
};

struct UpscaleKind {
  std::string name;
  bool lossless;  ///< the original is to come back to the pixel
  double target;  ///< least share of right ones, 0..1, that the tests ask for
  std::function<Upscale(const Sprite&, RandomStream&)> make;
};
const std::vector<UpscaleKind>& upscaleKinds();

/// What was made of an upscale.
struct Outcome {
  PixelGrid grid;
  bool right = false;  ///< scale within 1 % (whole ones exactly), native size exactly, and pixels where lossless
  bool scaleRight = false;
  double colourError = 0;   ///< mean of the channels' differences where sizes agree, 0..255
  double milliseconds = 0;  ///< of processor time, to find the grid
};
Outcome tryUpscale(const UpscaleKind& kind, const Upscale& upscale);

}  // namespace loom
