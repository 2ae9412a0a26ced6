// Latents that descend a loss, and how fast: what both ways of looking for one share.
#pragma once

#include <ATen/core/Tensor.h>

namespace loom {

/// N latents on their way, with the memory of each that Adam has (Kingma and Ba 2015); both memories begin at 0.
struct LatentDescent {
  at::Tensor latents;  ///< N x latent
  at::Tensor momentum;
  at::Tensor squares;

  /// Against the gradient (N x latent); `number` counts the steps from 1.
  void step(const at::Tensor& gradient, int number, double rate);
};

/// From `first` along half a cosine to a twentieth of it; `done` is the share of the way, 0..1.
double fallingRate(double first, double done);

}  // namespace loom
