// Measures how much each latent dimension changes the picture, in pieces short enough to fit between two requests.
#pragma once

#include <cstdint>
#include <vector>

#include "core/latent/sprite_generator.h"

namespace loom {

/// Moves one dimension at a time by 1.5 to either side of a few seeded latents and sums what changes in the
/// premultiplied picture. A run's newer weights may take over in the middle: the order of dimensions belongs to the
/// run.
class LatentEffect {
 public:
  explicit LatentEffect(const Model& model);

  bool finished() const { return m_next >= m_total; }
  /// One piece: at most five sprites. `generator` must have the latent size and views of the model this began with.
  void advance(SpriteGenerator& generator);
  /// The dimensions measured so far, most effect first, then the others; equal ones by number.
  std::vector<int> order() const;

 private:
  int m_latentSize;
  int m_views;
  int m_next = 0;  ///< piece
  int m_total;
  Latent m_origin;  ///< the seeded latent of the current round
  std::vector<double> m_effect;
};

}  // namespace loom
