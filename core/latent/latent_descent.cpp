#include "core/latent/latent_descent.h"

#include <torch/torch.h>

#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr double kBeta1 = .9, kBeta2 = .999, kEpsilon = 1e-8;
constexpr double kLastRate = .05;  // of the first

}  // namespace

void LatentDescent::step(const at::Tensor& gradient, int number, double rate) {
  momentum.mul_(kBeta1).add_(gradient, 1 - kBeta1);
  squares.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
  const at::Tensor scale = (squares / (1 - std::pow(kBeta2, number))).sqrt_().add_(kEpsilon);
  latents = latents.detach().addcdiv(momentum, scale, -rate / (1 - std::pow(kBeta1, number)));
}

double fallingRate(double first, double done) {
  return first * (kLastRate + (1 - kLastRate) * (1 + std::cos(done * std::numbers::pi)) / 2);
}

}  // namespace loom
