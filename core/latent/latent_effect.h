// Measures how much each latent dimension changes the picture, in pieces short enough to fit between two requests.
#pragma once

#include <cstdint>
#include <vector>

#include "core/latent/sprite_generator.h"

namespace loom {

/// How pictures change with the latent: the slope of each of their values along each dimension, side by side for all
/// the latents at which it was taken.
struct LatentSlopes {
  int latent = 0;   ///< rows
  int columns = 0;  ///< values of the pictures (pooledPicture), those of one latent after those of another
  std::vector<float> values = {};  ///< latent x columns, a change of one unit of the dimension
};

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
  /// Taken over the whole width of the move, since a generator that chooses colours has no slope at a point. Zeros
  /// where nothing was measured yet.
  const LatentSlopes& slopes() const { return m_slopes; }
  /// How many pieces have been done, and how many there are.
  int done() const { return m_next; }
  int total() const { return m_total; }

 private:
  void keepSlope(int dimension, int round, const Sprite& low, const Sprite& high);

  int m_latentSize;
  int m_views;
  int m_next = 0;  ///< piece
  int m_total;
  Latent m_origin;  ///< the seeded latent of the current round
  std::vector<double> m_effect;
  LatentSlopes m_slopes;
};

}  // namespace loom
