// Latents to pictures as tensors: a model's generator behind its prior, with weights that never change.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/nets/network.h"
#include "core/training/code_prior.h"
#include "core/training/model.h"

namespace loom {

class Decoder {
 public:
  /// Throws Error when weights and recipe do not fit each other.
  explicit Decoder(const Model& model);

  const CodePrior& prior() const { return m_prior; }
  /// `latents` N x latent, or N x (places x latent) for a network with several (core/nets/latent_layers.h), `views` N
  /// indices -> N x channels x size x size in [-1, 1]. Differentiable with respect to the latents.
  at::Tensor pictures(const at::Tensor& latents, const at::Tensor& views);

 private:
  std::int64_t m_latent;
  CodePrior m_prior;
  bool m_codesAreShares;  ///< of 0..1, beyond which the network has seen nothing
  std::shared_ptr<GeneratorNetwork> m_network;
  at::Generator m_unused;  ///< nothing is drawn in evaluation mode
};

}  // namespace loom
