// Turns standard normal numbers into the codes of an autoencoder that was not trained to have them standard normal.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "core/base/tensor_file.h"

namespace loom {

/// A normal distribution over codes: code = mean + factor * latent.
class CodePrior {
 public:
  CodePrior() = default;  ///< codes are the latents themselves
  /// The distribution of `codes` (N x latent, N >= 2). Correlations found in few codes are unreliable, so they are
  /// shrunk towards none (Ledoit and Wolf 2004, with a fixed share).
  static CodePrior of(const at::Tensor& codes);  ///< on the codes' device
  /// The same of codes that are themselves normal distributions: `means` and `variances` are N x latent. What they
  /// spread over together is wider than their means are.
  static CodePrior of(const at::Tensor& means, const at::Tensor& variances);

  bool isThere() const { return m_mean.defined(); }
  /// N x latent to N x latent, on one device.
  at::Tensor codes(const at::Tensor& latents) const;
  /// The other way, by substitution in the triangular factor.
  at::Tensor latents(const at::Tensor& codes) const;

  /// "prior.mean" (latent) and "prior.factor" (latent x latent, lower triangular); nothing where there is none.
  void save(TensorFile& file) const;
  /// None where the file has none. Throws Error where the two do not fit `latent`.
  static CodePrior load(const TensorFile& file, std::int64_t latent, at::Device device);
  /// How long the codes of the file's distribution are; 0 where it has none.
  static std::int64_t latentIn(const TensorFile& file);

 private:
  at::Tensor m_mean;
  at::Tensor m_factor;
};

}  // namespace loom
