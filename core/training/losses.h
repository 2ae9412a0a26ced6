// The losses that networks learn from, and the shares that say how well they do.
//
// A score is N numbers, or N x h x w where the critic judges by place.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <functional>

namespace loom {

struct LabelRange {
  double low = 0;
  double high = 1;
};

/// N labels, uniform in the range (Salimans 2016's soft labels, with noise), drawn on the CPU by `random`.
at::Tensor noisyLabels(std::int64_t count, const LabelRange& range, at::Generator& random, at::Device device);

/// Mean of softplus(x) - label * x: binary cross-entropy of scores as logits against N labels. Labels beyond 0 and 1
/// are allowed. `weights` like the scores, or undefined for none.
at::Tensor binaryLoss(const at::Tensor& scores, const at::Tensor& labels, const at::Tensor& weights = {});
/// Mean of the scores, weighted likewise: what Wasserstein losses are made of (Arjovsky 2017).
at::Tensor meanScore(const at::Tensor& scores, const at::Tensor& weights = {});

/// What each score of `scores` counts: alpha + (1 - alpha) * background, with `alpha` (N x 1 x S x S in [0, 1])
/// averaged over the place that the score judges. That equals weighing each pixel by its own alpha with the map brought
/// to the pixels' resolution by repetition, for a fraction of the work.
at::Tensor foregroundWeights(const at::Tensor& alpha, const at::Tensor& scores, double background);
/// Mean of (1 - alpha) * what is drawn there: pictures N x C x S x S, brought to 0..1, where 0 is empty.
at::Tensor suppressionLoss(const at::Tensor& pictures, const at::Tensor& alpha);

/// Mean over N of (|gradient of the score| - 1) squared, at points between real and fake pictures whose places `random`
/// (on the pictures' device) draws; the norm is over all values of a picture (Gulrajani 2017, WGAN-GP). It carries a
/// graph, so that the critic learns from it: the gradient is differentiated once more. `score` is the critic.
at::Tensor gradientPenalty(const std::function<at::Tensor(const at::Tensor& pictures)>& score, const at::Tensor& real,
                           const at::Tensor& fake, at::Generator& random);

/// Mean cross-entropy of N x views logits against N indices.
at::Tensor viewLoss(const at::Tensor& logits, const at::Tensor& views);
/// 1 / (d(pictures) / d(latents) + 1e-5), where d is the mean absolute difference between the first half of the rows
/// and the second: small when different latents give different pictures (Mao 2019, mode seeking GANs). Pictures N x C x
/// H x W, latents N x latent, N >= 2; an odd last row is left out.
at::Tensor modeSeekingLoss(const at::Tensor& pictures, const at::Tensor& latents);
/// The share of rows whose largest logit is the right one.
at::Tensor viewAccuracy(const at::Tensor& logits, const at::Tensor& views);

/// Mean squared error of pictures in [-1, 1], on the scale 0..1.
at::Tensor reconstructionLoss(const at::Tensor& made, const at::Tensor& wanted);
/// Mean over N of KL(N(mean, exp(logVariance)) || N(0, 1)), summed over the latent, in nats (Kingma and Welling 2014).
at::Tensor priorDivergence(const at::Tensor& mean, const at::Tensor& logVariance);
/// Share of the pixels whose channels are all within 8 / 255 of the wanted ones; pictures in [-1, 1].
at::Tensor pixelAccuracy(const at::Tensor& made, const at::Tensor& wanted);
/// Share of the pixels whose strongest channel is the wanted one's (the accuracy that Keras reports of pictures).
at::Tensor channelAccuracy(const at::Tensor& made, const at::Tensor& wanted);

}  // namespace loom
