#include "core/latent/learned_directions.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"

namespace loom {
namespace {

/// N x latent, in double.
at::Tensor rowsOf(std::span<const Latent> latents, std::size_t size) {
  at::Tensor rows =
      at::empty({static_cast<std::int64_t>(latents.size()), static_cast<std::int64_t>(size)}, at::kDouble);
  double* value = rows.mutable_data_ptr<double>();
  for (const Latent& latent : latents) {
    if (latent.size() != size) {
      throw Error(
          "the examples' latents have " + std::to_string(size) + " and " + std::to_string(latent.size()) + " numbers",
          "choose characters of one model");
    }
    value = std::ranges::copy(latent, value).out;
  }
  return rows;
}

/// Sums of products within a group.
at::Tensor scatter(const at::Tensor& rows) {
  const at::Tensor apart = rows - rows.mean(0);
  return apart.t().mm(apart);
}

}  // namespace

Latent directionBetween(std::span<const Latent> with, std::span<const Latent> without) {
  if (with.empty() || without.empty()) {
    throw Error("a direction cannot be learned from one group alone",
                "choose examples that have it and some that have not");
  }
  const c10::InferenceMode inference;
  const std::size_t size = with.front().size();
  const at::Tensor has = rowsOf(with, size), lacks = rowsOf(without, size);
  const auto examples = static_cast<double>(with.size() + without.size());
  const at::Tensor within = (scatter(has) + scatter(lacks)) / std::max(1.0, examples - 2);
  const double shrinkage = static_cast<double>(size) / (static_cast<double>(size) + examples);
  const at::Tensor shrunk =
      within * (1 - shrinkage) + at::eye(static_cast<std::int64_t>(size), at::kDouble) * shrinkage;
  const at::Tensor apart = has.mean(0) - lacks.mean(0);
  at::Tensor direction = at::linalg_solve(shrunk, apart);
  const double length = direction.norm().item<double>();
  constexpr double kNoDifference = 1e-9;
  if (!(length > kNoDifference)) {
    throw Error("the two groups are the same to the model", "choose groups that differ in what you are after");
  }
  direction = (direction / length).to(at::kFloat).contiguous();
  const float* values = direction.const_data_ptr<float>();
  return {values, values + direction.numel()};
}

}  // namespace loom
