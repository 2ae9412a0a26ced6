// Finds a model's own directions, in pieces short enough to fit between two requests.
#pragma once

#include <optional>
#include <vector>

#include "core/latent/directions.h"
#include "core/latent/latent_effect.h"

namespace loom {

/// First how each dimension changes the picture (LatentEffect), then the directions that follow (principalDirections),
/// then how much each of them changes: some hundred pictures for each of the two. A run's newer weights may take over
/// in the middle, as with LatentEffect.
class DirectionFinder {
 public:
  static constexpr int kMost = 24;  ///< directions that are looked for

  explicit DirectionFinder(const Model& model, int count = kMost);

  bool finished() const { return m_effect.finished() && m_begun && m_next >= m_total; }
  /// One piece: at most five sprites, or a step of the search.
  void advance(SpriteGenerator& generator);
  int done() const { return m_effect.done() + m_next; }
  int total() const;  ///< pieces; may fall where a model has fewer directions

  /// The dimensions by effect, from effectFinished() on.
  std::vector<int> dimensionsByEffect() const { return m_effect.order(); }
  bool effectFinished() const { return m_effect.finished(); }
  /// By effect, most first, once finished: named "Direction 1" and so on in that order.
  std::vector<Direction> directions() const;

 private:
  void search();

  LatentEffect m_effect;
  int m_count;
  std::optional<DirectionSearch> m_search;
  bool m_begun = false;  ///< to measure what the search has found
  std::vector<Direction> m_directions;
  int m_next = 0;  ///< piece of the measurement of their effect
  int m_total = 0;
};

/// The effect of any direction: the same measurement in one go, some ten pictures. Throws Error when it does not fit
/// the model.
double effectOf(SpriteGenerator& generator, const Latent& direction);

}  // namespace loom
