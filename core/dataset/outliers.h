// Finds the sprites that do not belong: unlike all others of their view, or with a fault that plain counting shows.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/dataset/pixel_source.h"

namespace loom {

struct Outlier {
  SpriteId sprite = 0;
  double score = 0;          ///< 0: like the others; from kSuspicious on worth a look
  double distance = 0;       ///< to its 8 nearest of its view, as a multiple of the median sprite's
  std::string reasons = {};  ///< for people: "unlike the others; the background is still there"
  static constexpr double kSuspicious = 1;
};

/// A line for each sprite, the oddest first. The score adds up how far a sprite is from its nearest neighbours of the
/// same view (Ramaswamy, Rastogi and Shim 2000, "Efficient Algorithms for Mining Outliers from Large Data Sets") by
/// SpriteFeatures::look(), and what its pixels show: nothing or next to nothing, a filled rectangle (a background), a
/// size or number of colours unlike the others, soft edges or touched borders where others have none, blocks of pixels
/// (it was enlarged).
std::vector<Outlier> findOutliers(std::span<const SpriteInfo> sprites, const PixelSource& pixels, JobMonitor& monitor);

}  // namespace loom
