// Finds the latent of a sprite for a model without an encoder: by descending the difference of the picture drawn.
//
// The way of Zhu et al. 2016 ("Generative Visual Manipulation on the Natural Image Manifold") and of StyleGAN2's
// projector (Karras et al. 2020): Adam on the latent alone, the weights frozen. Several starts run side by side, and
// the worse half is given up after each round.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"
#include "core/training/model.h"

namespace loom {

struct InversionOptions {
  ReconstructOptions shown = {};  ///< the noise on what the model is shown, and how its answer is drawn
  std::optional<int> view = {};   ///< the sprite's, an index into model().views; nothing: the best one is found
  int steps = 300;
  int starts = 8;                 ///< the best of 64 random latents a view
  std::uint64_t seed = 0;         ///< of those random latents
  std::vector<Latent> from = {};  ///< latents that are tried beside the random ones
  double rate = .1;               ///< Adam's, falling to a twentieth of it along half a cosine
  double coarseWeight = 2;        ///< of the same difference on the picture reduced to 8 x 8, which leads where shapes
                                  ///< do not overlap yet
  double priorWeight = 1e-3;      ///< of the latent's mean square: keeps it among those the model was trained on
};

class SpriteInverter {
 public:
  /// Builds the network, with `threads` intra-op threads for every later call on this thread. Throws Error when weights
  /// and recipe do not fit each other.
  explicit SpriteInverter(std::shared_ptr<const Model> model, int threads = 1);
  ~SpriteInverter();
  SpriteInverter(SpriteInverter&&) noexcept;
  SpriteInverter& operator=(SpriteInverter&&) noexcept;

  const Model& model() const;

  /// What has been found so far, now and then.
  using Watcher = std::function<void(const Sprite& sprite, int step)>;
  /// The same options, and as many threads, find the same latent. Reports `before` + the steps done to the monitor,
  /// whose stage the caller has begun. Throws Error for options that make no sense or a sprite without pixels,
  /// Cancelled.
  Reconstruction find(const Sprite& sprite, const InversionOptions& options, JobMonitor& monitor,
                      const Watcher& watcher = {}, std::int64_t before = 0);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
