// Sprites to latents through a model's own encoder, and back.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"

namespace loom {

/// Whether the model has an encoder of single sprites: an autoencoder, variational or not.
bool hasEncoder(const Model& model);

class SpriteEncoder {
 public:
  /// Builds encoder and generator, with `threads` intra-op threads for every later call on this thread. Throws Error
  /// when the model has no encoder, or when weights and recipe do not fit each other.
  explicit SpriteEncoder(std::shared_ptr<const Model> model, int threads = 1);
  ~SpriteEncoder();
  SpriteEncoder(SpriteEncoder&&) noexcept;
  SpriteEncoder& operator=(SpriteEncoder&&) noexcept;

  const Model& model() const;

  /// The latent of each sprite, of any size: of a variational encoder the mean. SpriteGenerator turns it back into the
  /// picture.
  std::vector<Latent> encode(std::span<const Sprite> sprites);
  /// There and back again. `views` holds an index into model().views for each sprite.
  std::vector<Reconstruction> reconstruct(std::span<const Sprite> sprites, std::span<const int> views,
                                          const ReconstructOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
