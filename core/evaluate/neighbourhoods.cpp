#include "core/evaluate/neighbourhoods.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"

namespace loom {
namespace {

/// Rows of `first` x rows of `second`.
at::Tensor distances(const at::Tensor& first, const at::Tensor& second) {
  constexpr std::int64_t kWithoutProducts = 2;  // these would not find a row at distance 0 from itself
  return at::cdist(first, second, 2, kWithoutProducts);
}

/// Of each row the distance to its k-th nearest other.
at::Tensor radii(const at::Tensor& rows, std::int64_t k) {
  return std::get<0>(at::kthvalue(distances(rows, rows), k + 1, 1));  // the nearest is the row itself
}

double share(const at::Tensor& which) {
  return which.to(at::kDouble).mean().item<double>();
}

}  // namespace

Neighbourhoods neighbourhoods(const at::Tensor& real, const at::Tensor& made, std::int64_t k) {
  if (std::min(real.size(0), made.size(0)) < 2) throw Error("neighbours cannot be told among less than two sprites");
  const torch::NoGradGuard noGrad;
  k = std::min({k, real.size(0) - 1, made.size(0) - 1});
  const at::Tensor distance = distances(real, made);
  const at::Tensor inReal = distance.le(radii(real, k).unsqueeze(1));
  const at::Tensor inMade = distance.le(radii(made, k).unsqueeze(0));
  return {.precision = share(inReal.any(0)),
          .recall = share(inMade.any(1)),
          .density = inReal.sum(0).to(at::kDouble).mean().item<double>() / static_cast<double>(k),
          .coverage = share(inReal.any(1))};
}

}  // namespace loom
