#include "core/training/code_prior.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/nets/state.h"

namespace loom {
namespace {

constexpr const char* kMean = "prior.mean";
constexpr const char* kFactor = "prior.factor";
constexpr double kShrinkage = .1;
constexpr double kLeastVariance = 1e-6;  // a number of the code that never changes leaves the matrix singular

}  // namespace

CodePrior CodePrior::of(const at::Tensor& codes) {
  return of(codes, at::zeros_like(codes));
}

CodePrior CodePrior::of(const at::Tensor& means, const at::Tensor& variances) {
  const torch::NoGradGuard noGrad;
  const at::Tensor all = means.to(at::kCPU, at::kDouble);
  const at::Tensor mean = all.mean(0);
  const at::Tensor apart = all - mean;
  const at::Tensor covariance = apart.t().mm(apart) / static_cast<double>(std::max<std::int64_t>(1, all.size(0) - 1));
  const at::Tensor variance = covariance.diagonal() + kLeastVariance;
  const at::Tensor within = variances.to(at::kCPU, at::kDouble).mean(0);
  const at::Tensor shrunk = covariance * (1 - kShrinkage) + at::diag(variance * kShrinkage + within);
  CodePrior prior;
  prior.m_mean = mean.to(means.device(), at::kFloat);
  prior.m_factor = at::linalg_cholesky(shrunk).to(means.device(), at::kFloat);
  return prior;
}

at::Tensor CodePrior::codes(const at::Tensor& latents) const {
  return isThere() ? at::addmm(m_mean, latents, m_factor.t()) : latents;
}

at::Tensor CodePrior::latents(const at::Tensor& codes) const {
  if (!isThere()) return codes;
  return at::linalg_solve_triangular(m_factor.t(), codes - m_mean, /*upper=*/true, /*left=*/false);
}

void CodePrior::save(TensorFile& file) const {
  if (!isThere()) return;
  file.tensors[kMean] = toRaw(m_mean);
  file.tensors[kFactor] = toRaw(m_factor);
}

std::int64_t CodePrior::latentIn(const TensorFile& file) {
  const auto mean = file.tensors.find(kMean);
  return mean == file.tensors.end() || mean->second.shape.size() != 1 ? 0 : mean->second.shape.front();
}

CodePrior CodePrior::load(const TensorFile& file, std::int64_t latent, at::Device device) {
  const auto mean = file.tensors.find(kMean), factor = file.tensors.find(kFactor);
  CodePrior prior;
  if (mean == file.tensors.end() || factor == file.tensors.end()) return prior;
  prior.m_mean = toTensor(mean->second).to(device, at::kFloat);
  prior.m_factor = toTensor(factor->second).to(device, at::kFloat);
  if (prior.m_mean.sizes() != at::IntArrayRef({latent}) ||
      prior.m_factor.sizes() != at::IntArrayRef({latent, latent})) {
    throw Error("the distribution of the codes does not fit a latent of " + std::to_string(latent) + " numbers",
                "the weights come from a run with another latent size");
  }
  return prior;
}

}  // namespace loom
