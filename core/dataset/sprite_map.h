// A map of the set: every sprite a point in the plane, sprites that look alike close together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/dataset/sprite_features.h"

namespace loom {

struct MapPoint {
  SpriteId sprite = 0;
  float x = 0;  ///< 0..1 from the left
  float y = 0;  ///< 0..1 from the top
  friend bool operator==(const MapPoint&, const MapPoint&) = default;
};

/// A point for each sprite, in their order. UMAP (McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold
/// Approximation and Projection for Dimension Reduction") of the 20 principal axes of SpriteFeatures::look(), begun
/// from the first two. The same sprites and seed give the same map, whatever the number of cores.
/// Measured on 2 cores: a second for 3,000 sprites, under a minute for 100,000 (beside reading them).
std::vector<MapPoint> mapOfSprites(std::span<const SpriteInfo> sprites, const PixelSource& pixels, std::uint64_t seed,
                                   JobMonitor& monitor);

/// The same for any table: two columns, not yet scaled to 0..1.
FeatureTable neighbourLayout(const FeatureTable& table, std::uint64_t seed, JobMonitor& monitor);

/// How far the `k` nearest of every point of `layout` are also near in `table`: 1 when all are, .5 for a random layout
/// (Venna and Kaski 2001, "Neighborhood preservation in nonlinear projection methods"). Takes rows^2 steps.
double trustworthiness(const FeatureTable& table, const FeatureTable& layout, std::size_t k);

}  // namespace loom
