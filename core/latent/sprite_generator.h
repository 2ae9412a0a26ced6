// Latents to sprites, on the calling thread.
//
// Latents are standard normal numbers for every kind of model, also for an autoencoder (core/training/code_prior.h).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/image/sprite.h"
#include "core/training/model.h"

namespace loom {

using Latent = std::vector<float>;

struct GenerateOptions {
  double truncation = 1;   ///< 0..1.5, scales every latent towards the mean: lower is more typical, higher more varied
  bool crispAlpha = true;  ///< alpha under one half becomes 0, the rest 255
};

class SpriteGenerator {
 public:
  /// Builds the network and loads the weights, with `threads` intra-op threads for every later call on this thread.
  /// Throws Error when weights and recipe do not fit each other.
  explicit SpriteGenerator(std::shared_ptr<const Model> model, int threads = 1);
  ~SpriteGenerator();
  SpriteGenerator(SpriteGenerator&&) noexcept;
  SpriteGenerator& operator=(SpriteGenerator&&) noexcept;

  const Model& model() const;

  /// One sprite a pair: latents[i] seen from views[i] (an index into model().views). A latent has latentSize() numbers,
  /// or that many for each of latentLayers(), one after the other. All sprites
  /// are model().side() squared, trimmed to model().content where the model was trained on sprites that are no squares;
  /// models of 1 and 3 channels give opaque sprites, those of 2 and 4 un-premultiplied alpha.
  std::vector<Sprite> generate(std::span<const Latent> latents, std::span<const int> views,
                               const GenerateOptions& options = {});

  /// Latent dimensions by how much of the picture they change, most first.
  std::vector<int> dimensionsByEffect();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// What a latent decides at each of the places where the model takes it in, such as {"drawing", "colours"}; one word
/// where it does so once.
std::vector<std::string> latentLayers(const Model& model);

/// Latent number `index` of a seed: N(0, 1) values, the same on every machine.
Latent sampleLatent(std::uint64_t seed, std::uint64_t index, int size);

}  // namespace loom
