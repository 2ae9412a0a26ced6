// Between latents, which are standard normal numbers everywhere, and the codes that a network was trained on.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/training/model.h"

namespace loom {

/// code = mean + factor * latent where the model's weights have "prior.mean" (latent) and "prior.factor" (latent x
/// latent, lower triangular); the latents themselves where they have not. The codes of a plain autoencoder are not
/// normal: a Gaussian laid over them makes it a generator (Ghosh et al. 2020, "From Variational to Deterministic
/// Autoencoders").
class LatentPrior {
 public:
  /// Throws Error when the prior does not fit the model's latent size, or holds something that is no number.
  explicit LatentPrior(const Model& model);

  /// `latents` N x latent -> codes N x latent. Differentiable.
  at::Tensor codes(const at::Tensor& latents) const;
  /// The other way, by forward substitution.
  at::Tensor latents(const at::Tensor& codes) const;

 private:
  at::Tensor m_mean;    ///< undefined without a prior
  at::Tensor m_factor;  ///< lower triangular, no zero on its diagonal
};

}  // namespace loom
