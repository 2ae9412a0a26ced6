#include "core/latent/latent_prior.h"

#include <torch/torch.h>

#include "core/base/error.h"
#include "core/nets/state.h"

namespace loom {
namespace {

constexpr double kLeastSpread = 1e-4;  // of the widest dimension: one that never moved in training still has a way back

at::Tensor priorPart(const Model& model, const char* name, at::IntArrayRef shape) {
  const auto found = model.weights.tensors.find(name);
  if (found == model.weights.tensors.end()) {
    throw Error(std::string("the weights lack '") + name + "'", "the file is damaged: take another one");
  }
  at::Tensor part = toTensor(found->second).to(at::kFloat);
  if (part.sizes() != shape || !part.isfinite().all().item<bool>()) {
    throw Error(std::string("'") + name + "' does not fit the model's latent size",
                "the file is damaged: take another one");
  }
  return part;
}

}  // namespace

LatentPrior::LatentPrior(const Model& model) {
  if (!model.weights.tensors.contains("prior.mean")) return;
  const std::int64_t size = model.latentSize();
  m_mean = priorPart(model, "prior.mean", {size});
  m_factor = priorPart(model, "prior.factor", {size, size}).tril();
  at::Tensor diagonal = m_factor.diagonal();
  const double widest = diagonal.abs().max().item<double>();
  diagonal.clamp_min_(widest > 0 ? widest * kLeastSpread : kLeastSpread);
}

at::Tensor LatentPrior::codes(const at::Tensor& latents) const {
  return m_mean.defined() ? at::addmm(m_mean, latents, m_factor.t()) : latents;
}

at::Tensor LatentPrior::latents(const at::Tensor& codes) const {
  if (!m_mean.defined()) return codes;
  return at::linalg_solve_triangular(m_factor.t(), codes - m_mean, /*upper=*/true, /*left=*/false);
}

}  // namespace loom
