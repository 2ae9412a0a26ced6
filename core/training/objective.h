// The one number that says how good a model is: what search and the best checkpoint go by.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/training/batch.h"
#include "core/training/recipe.h"
#include "core/training/sliced_wasserstein.h"

namespace loom {

/// Lower is better. A recipe that has a loss of its own there is measured by that; a GAN, whose losses say nothing of
/// its pictures, by the sliced Wasserstein distance between sprites made of fixed latents and real ones of the same
/// views. Measured twice on the same weights it gives the same number.
class Objective {
 public:
  /// `sprites` (or characters) should not be trained on; it must outlive this. `views` are the model's indices of the
  /// sprites' views, negative for those to leave out; one at least is not. `latent` is 0 for a recipe without latents.
  Objective(const BatchStore& sprites, std::vector<std::int64_t> views, std::int64_t latent, std::uint64_t seed);

  double measure(Recipe& recipe);

 private:
  Batch batch(std::size_t first, std::size_t count) const;
  std::optional<double> loss(Recipe& recipe) const;
  double distance(Recipe& recipe);

  const BatchStore& m_sprites;
  std::vector<std::int64_t> m_views;
  std::vector<std::int64_t> m_chosen;  ///< spread over all
  std::uint64_t m_seed;
  at::Tensor m_latents;                           ///< one for each chosen sprite
  std::unique_ptr<SlicedWasserstein> m_distance;  ///< made when it is first asked for
};

}  // namespace loom
