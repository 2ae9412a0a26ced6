#include "core/evaluate/view_classifier.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::int64_t kSide = 16;  // pixels a side that it looks at
constexpr double kRidge = 1;        // added to each variance times the number of sprites

}  // namespace

ViewClassifier::ViewClassifier(const at::Tensor& pictures, const std::vector<std::string>& views) : m_views(views) {
  std::ranges::sort(m_views);
  m_views.erase(std::ranges::unique(m_views).begin(), m_views.end());
  if (m_views.size() < 2) throw Error("there are no views to tell apart");
  const torch::NoGradGuard noGrad;
  at::Tensor wanted = at::zeros({pictures.size(0), std::ssize(m_views)}, at::kDouble);
  for (std::size_t i = 0; i < views.size(); ++i) {
    wanted[static_cast<std::int64_t>(i)][std::ranges::lower_bound(m_views, views[i]) - m_views.begin()] = 1;
  }
  const at::Tensor all = facts(pictures);
  m_mean = all.mean(0, /*keepdim=*/true);
  m_level = wanted.mean(0, /*keepdim=*/true);
  const at::Tensor apart = all - m_mean;
  const at::Tensor ridge = at::eye(all.size(1), at::kDouble) * kRidge;
  m_weights = at::linalg_solve(apart.t().mm(apart) + ridge, apart.t().mm(wanted - m_level));
}

/// N x facts, float64.
at::Tensor ViewClassifier::facts(const at::Tensor& pictures) const {
  const at::Tensor lightness = pictures.narrow(1, 0, 3).mean(1, /*keepdim=*/true);
  const at::Tensor seen = at::cat({lightness, pictures.narrow(1, 3, 1)}, 1);
  return at::adaptive_avg_pool2d(seen, {kSide, kSide}).flatten(1).to(at::kDouble);
}

std::vector<double> ViewClassifier::right(const at::Tensor& pictures, const std::vector<std::string>& views) const {
  const torch::NoGradGuard noGrad;
  const at::Tensor taken = at::addmm(m_level, facts(pictures) - m_mean, m_weights).argmax(1);
  std::vector<double> all;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto view = taken[static_cast<std::int64_t>(i)].item<std::int64_t>();
    all.push_back(m_views[static_cast<std::size_t>(view)] == views[i] ? 1 : 0);
  }
  return all;
}

}  // namespace loom
