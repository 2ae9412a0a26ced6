#include "core/evaluate/view_classifier.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::int64_t kSide = 16;  // pixels a side that it looks at
constexpr double kRidge = 1;        // added to each variance times the number of sprites

/// N x facts, float64.
at::Tensor factsOf(const at::Tensor& pictures) {
  const at::Tensor lightness = pictures.narrow(1, 0, 3).mean(1, /*keepdim=*/true);
  const at::Tensor seen = at::cat({lightness, pictures.narrow(1, 3, 1)}, 1);
  return at::adaptive_avg_pool2d(seen, {kSide, kSide}).flatten(1).to(at::kDouble);
}

}  // namespace

ViewClassifier::ViewClassifier(const at::Tensor& pictures, const std::vector<std::string>& views) : m_views(views) {
  std::ranges::sort(m_views);
  m_views.erase(std::ranges::unique(m_views).begin(), m_views.end());
  if (m_views.size() < 2) throw Error("there are no views to tell apart");
  const torch::NoGradGuard noGrad;
  const at::Tensor wanted = at::one_hot(placesOf(views), std::ssize(m_views)).to(at::kDouble);
  const at::Tensor all = factsOf(pictures);
  m_mean = all.mean(0, /*keepdim=*/true);
  m_level = wanted.mean(0, /*keepdim=*/true);
  const at::Tensor apart = all - m_mean;
  const at::Tensor ridge = at::eye(all.size(1), at::kDouble) * kRidge;
  m_weights = at::linalg_solve(apart.t().mm(apart) + ridge, apart.t().mm(wanted - m_level));
}

/// Among those it knows: N whole numbers, -1 for one that it does not.
at::Tensor ViewClassifier::placesOf(const std::vector<std::string>& views) const {
  std::vector<std::int64_t> places;
  for (const std::string& view : views) {
    const auto found = std::ranges::find(m_views, view);
    places.push_back(found == m_views.end() ? -1 : found - m_views.begin());
  }
  return at::tensor(places);
}

std::vector<double> ViewClassifier::right(const at::Tensor& pictures, const std::vector<std::string>& views) const {
  const torch::NoGradGuard noGrad;
  const at::Tensor taken = at::addmm(m_level, factsOf(pictures) - m_mean, m_weights).argmax(1);
  const at::Tensor right = taken.eq(placesOf(views)).to(at::kDouble);
  const auto* first = right.const_data_ptr<double>();
  return {first, first + right.numel()};
}

}  // namespace loom
