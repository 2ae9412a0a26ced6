// Finds the training sprites that others come closest to, and so tells what a model has copied.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"

namespace loom {

/// The two training sprites nearest to a sprite. A difference is the mean of |a - b| over the four channels, colours
/// multiplied by alpha, summed over all pixels and divided by the number of those that the sprite asked about shows:
/// 0 the same, 1 as if every pixel of it were opposite. Of shifts by up to 2 pixels the best counts.
struct NearestTwo {
  std::size_t nearest = 0;  ///< indices into the training sprites
  std::size_t second = 0;
  double difference = 0;  ///< to the nearest
  double secondDifference = 0;

  static constexpr double kCopyDifference = 8. / 255;  ///< what an eye passes over
  bool isCopy() const { return difference <= kCopyDifference; }
  /// Small where the nearest is far nearer than any other, which says that it was copied and not met by chance; 1 where
  /// it is not.
  double ratio() const { return secondDifference > 0 ? difference / secondDifference : 1; }
};

class NearestSprites {
 public:
  /// `training`, which must outlive this, are of one size, `side` or less. Byte twins among them count as one, so that
  /// the second nearest is another sprite. Throws Error when there are fewer than two different ones, Cancelled.
  NearestSprites(std::span<const Sprite> training, int side, JobMonitor& monitor);

  /// For sprites of the same size. The pixels of the 12 training sprites that look most alike at a quarter of the
  /// size are compared. Throws Cancelled.
  std::vector<NearestTwo> find(std::span<const Sprite> sprites, JobMonitor& monitor) const;

 private:
  at::Tensor reduced(std::span<const Sprite> sprites) const;

  std::span<const Sprite> m_training;
  int m_side;
  std::vector<std::size_t> m_different;  ///< the first of each twins
  at::Tensor m_reduced;                  ///< of those: N x values at a quarter of the size
};

/// How often a sprite of `made` is nearer to the training sprites than one of `heldOut` is, ties counting half: .5 for
/// a model that does not copy, 1 for one that only copies (the data-copying test of Meehan 2020, without its cells).
double nearerThanHeldOut(std::span<const NearestTwo> made, std::span<const NearestTwo> heldOut);

}  // namespace loom
