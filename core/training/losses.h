// The losses of adversarial training.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace loom {

struct LabelRange {
  double low = 0;
  double high = 1;
};

/// N labels, uniform in the range (Salimans 2016's soft labels, with noise), drawn on the CPU by `random`.
at::Tensor noisyLabels(std::int64_t count, const LabelRange& range, at::Generator& random, at::Device device);

/// Mean over N of softplus(x) - label * x: binary cross-entropy of logits. Labels beyond 0 and 1 are allowed.
at::Tensor binaryLoss(const at::Tensor& logits, const at::Tensor& labels);

/// Mean cross-entropy of N x views logits against N indices.
at::Tensor viewLoss(const at::Tensor& logits, const at::Tensor& views);
/// 1 / (d(pictures) / d(latents) + 1e-5), where d is the mean absolute difference between the first half of the rows
/// and the second: small when different latents give different pictures (Mao 2019, mode seeking GANs). Pictures N x C x
/// H x W, latents N x latent, N >= 2; an odd last row is left out.
at::Tensor modeSeekingLoss(const at::Tensor& pictures, const at::Tensor& latents);
/// The share of rows whose largest logit is the right one.
at::Tensor viewAccuracy(const at::Tensor& logits, const at::Tensor& views);

}  // namespace loom
