#include "core/training/sliced_wasserstein.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include "core/base/error.h"

namespace loom {
namespace {

using at::indexing::None;
using at::indexing::Slice;

constexpr std::int64_t kPatch = 7;
constexpr std::int64_t kPatchesAPicture = 64;
constexpr std::int64_t kDirections = 128;
constexpr std::int64_t kSmallest = 16;  // the side of the coarsest level, or the next above it

/// The details of each level, from the finest; the last is what is left of the picture.
std::vector<at::Tensor> pyramid(const at::Tensor& pictures) {
  std::vector<at::Tensor> levels;
  at::Tensor rest = pictures.to(at::kFloat);
  while (rest.size(2) >= 2 * kSmallest && rest.size(2) % 2 == 0) {
    at::Tensor coarser = at::avg_pool2d(rest, 2);
    levels.push_back(rest - coarser.repeat_interleave(2, 2).repeat_interleave(2, 3));
    rest = std::move(coarser);
  }
  levels.push_back(std::move(rest));
  return levels;
}

at::Tensor places(std::int64_t count, std::int64_t side, at::Generator& random, at::Device device) {
  return at::randint(side - kPatch + 1, {count, kPatchesAPicture}, random, at::kLong).to(device);
}

}  // namespace

SlicedWasserstein::SlicedWasserstein(const at::Tensor& real, std::uint64_t seed) : m_count(real.size(0)) {
  constexpr double kLeastDeviation = 1e-3;  // a channel that never changes
  if (real.size(2) < kPatch) throw Error("sprites under 7 pixels cannot be compared patch by patch");
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(seed);
  for (const at::Tensor& detail : pyramid(real)) {
    Level level;
    level.rows = places(m_count, detail.size(2), random, detail.device());
    level.columns = places(m_count, detail.size(3), random, detail.device());
    level.mean = detail.mean({0, 2, 3}, true);
    level.deviation =
        detail.std(at::IntArrayRef{0, 2, 3}, /*unbiased=*/false, /*keepdim=*/true).clamp_min(kLeastDeviation);
    const at::Tensor directions = at::randn({detail.size(1) * kPatch * kPatch, kDirections}, random);
    level.directions = (directions / directions.norm(2, 0, true)).to(detail.device());
    level.sorted = project(detail, level);
    m_levels.push_back(std::move(level));
  }
}

at::Tensor SlicedWasserstein::project(const at::Tensor& detail, const Level& level) const {
  const at::Tensor scaled = (detail - level.mean) / level.deviation;
  const at::Tensor windows = scaled.unfold(2, kPatch, 1).unfold(3, kPatch, 1);  // a view: N x C x y x x x 7 x 7
  const at::Tensor which = at::arange(m_count, level.rows.options()).index({Slice(), None}).expand_as(level.rows);
  const at::Tensor patches = windows.index({which.flatten(), Slice(), level.rows.flatten(), level.columns.flatten()});
  return std::get<0>(patches.flatten(1).mm(level.directions).t().contiguous().sort(1));
}

std::vector<SlicedWasserstein::AtScale> SlicedWasserstein::distancesTo(const at::Tensor& pictures) const {
  const torch::NoGradGuard noGrad;
  const std::vector<at::Tensor> details = pyramid(pictures);
  std::vector<AtScale> distances;
  for (std::size_t index = 0; index < m_levels.size(); ++index) {
    const at::Tensor between = (project(details[index], m_levels[index]) - m_levels[index].sorted).abs().mean();
    distances.push_back({.side = details[index].size(2), .distance = between.item<double>()});
  }
  return distances;
}

double SlicedWasserstein::distanceTo(const at::Tensor& pictures) const {
  double sum = 0;
  for (const AtScale& level : distancesTo(pictures)) sum += level.distance;
  return sum / static_cast<double>(m_levels.size());
}

}  // namespace loom
