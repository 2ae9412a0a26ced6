#include "core/training/gradients.h"

#include <torch/torch.h>

namespace loom {

void setTrainable(torch::nn::Module& module, bool trainable) {
  for (at::Tensor& parameter : module.parameters()) parameter.requires_grad_(trainable);
}

void clipGradients(const torch::nn::Module& module, double longest) {
  constexpr double kTiny = 1e-6;
  if (longest <= 0) return;
  const torch::NoGradGuard noGrad;
  std::vector<at::Tensor> gradients;
  for (const at::Tensor& parameter : module.parameters()) {
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  }
  if (gradients.empty()) return;
  const at::Tensor length = at::stack(at::_foreach_norm(gradients)).norm();
  at::_foreach_mul_(gradients, (longest / (length + kTiny)).clamp_max(1));
}

void clipWeights(const torch::nn::Module& module, double bound) {
  if (bound <= 0) return;
  const torch::NoGradGuard noGrad;
  const std::vector<at::Tensor> weights = module.parameters();
  at::_foreach_clamp_min_(weights, -bound);
  at::_foreach_clamp_max_(weights, bound);
}

}  // namespace loom
