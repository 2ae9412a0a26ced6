// Finds the latent of a whole character from the views that there are of it, for a model with palettes (preset hero).
//
// The encoder's answer is where the search begins; then Adam on the latent alone makes the seen pixels likelier under
// the decoder's own mixture (core/nets/palette_mixture.h), whose width falls as it did in training. A picture drawn in
// the likeliest colours has no slope to descend, which is why SpriteInverter cannot do this.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/image/sprite.h"
#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"

namespace loom {

struct CharacterInversionOptions {
  int steps = 120;            ///< 0: what the encoder says
  double rate = .05;          ///< Adam's, falling to a twentieth of it along half a cosine
  double priorWeight = 1e-2;  ///< of half the latent's square, in nats: 1 is the most probable latent; less is nearer
};

struct FoundCharacter {
  Latent latent = {};
  std::vector<Sprite> sprites = {};  ///< all views as the model draws them
  double l1 = 0;                     ///< of the seen views, on the scale [-1, 1], colours multiplied by alpha
  double accuracy = 0;               ///< share of their pixels within 8/255 in every channel
};

class CharacterInverter {
 public:
  /// With `threads` intra-op threads for every later call on this thread. Throws Error when the model has no encoder of
  /// whole characters, or weights and recipe do not fit each other.
  explicit CharacterInverter(std::shared_ptr<const Model> model, int threads = 1);
  ~CharacterInverter();

  /// All views found so far, now and then.
  using Watcher = std::function<void(const std::vector<Sprite>& sprites, int step)>;
  /// `views` are sprites of any size, one a view of the model, empty where it is not known. Reports the steps done to
  /// the monitor. Throws Error for another number of views or a character without any, Cancelled.
  FoundCharacter find(std::span<const Sprite> views, const CharacterInversionOptions& options, JobMonitor& monitor,
                      const Watcher& watcher = {});
  /// A sprite as the only view that is known: what the encoder alone makes of it. `noise` is that of the seed and this
  /// number. Throws Error for a sprite without pixels.
  Reconstruction reconstruct(const Sprite& sprite, int view, const ReconstructOptions& options, std::uint64_t number);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
