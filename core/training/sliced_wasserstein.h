// How far made sprites are from real ones, by how their details are distributed (Karras 2018, section 5).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace loom {

/// The sliced Wasserstein distance between two sets of pictures on each level of a Laplacian pyramid: 7 x 7 patches at
/// random places are projected on random directions, and the sorted projections of the two sets compared. Fine levels
/// see outlines and dithering, coarse ones poses and how varied the set is. It differs from the paper in that levels
/// are halved by means of 2 x 2 pixels, which keep to the pixel grid; that both sets are scaled by the real one's mean
/// and deviation, so that a shift of all colours counts; and in its size, chosen to take a part of a second.
class SlicedWasserstein {
 public:
  /// Of distances to `real`, N x C x S x S in [-1, 1], S at least 7. `seed` draws places and directions.
  SlicedWasserstein(const at::Tensor& real, std::uint64_t seed);

  struct AtScale {
    std::int64_t side = 0;  ///< of the level's pictures, in pixels
    double distance = 0;
  };
  /// Of each level, the finest first, 0 for the same set; `pictures` as many and as large as the real ones, on the same
  /// device.
  std::vector<AtScale> distancesTo(const at::Tensor& pictures) const;
  /// The mean over levels.
  double distanceTo(const at::Tensor& pictures) const;

 private:
  struct Level {
    at::Tensor rows, columns;    ///< of each patch's corner
    at::Tensor mean, deviation;  ///< by channel
    at::Tensor directions;       ///< values of a patch x directions, each of length 1
    at::Tensor sorted;           ///< the real ones: patches x directions
  };
  at::Tensor project(const at::Tensor& detail, const Level& level) const;

  std::int64_t m_count;
  std::vector<Level> m_levels;
};

}  // namespace loom
