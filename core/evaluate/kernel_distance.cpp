#include "core/evaluate/kernel_distance.h"

#include <torch/torch.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/random_stream.h"

namespace loom {
namespace {

constexpr int kHalves = 100;
constexpr double kWidth95 = 1.96;  // deviations to each side
constexpr std::size_t kLeastGroups = 4;
constexpr std::uint64_t kFirstStream = 1, kSecondStream = 2;  // random streams of a seed

at::Tensor kernel(const at::Tensor& first, const at::Tensor& second) {
  return (first.mm(second.t()) / first.size(1) + 1).pow(3);
}

/// kHalves x N: 1 for the rows that a half holds.
at::Tensor halves(std::span<const int> groups, RandomStream random) {
  std::vector<int> names(groups.begin(), groups.end());
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  if (names.size() < kLeastGroups) {
    throw Error("there are too few characters to measure by", "four are needed at least, some dozens say more");
  }
  at::Tensor rows = at::zeros({kHalves, static_cast<std::int64_t>(groups.size())}, at::kDouble);
  auto* value = rows.mutable_data_ptr<double>();
  for (int half = 0; half < kHalves; ++half) {
    for (std::size_t i = names.size() - 1; i > 0; --i) {
      std::swap(names[i], names[random.below(static_cast<std::uint32_t>(i + 1))]);
    }
    const auto middle = names.begin() + static_cast<std::ptrdiff_t>(names.size() / 2);
    for (const int group : groups) *value++ = std::find(names.begin(), middle, group) != middle ? 1 : 0;
  }
  return rows;
}

/// For each half: the mean of the kernel over all pairs of different rows.
at::Tensor meanWithin(const at::Tensor& kernels, const at::Tensor& rows) {
  const at::Tensor count = rows.sum(1);
  const at::Tensor all = (rows.mm(kernels) * rows).sum(1), same = rows.mv(kernels.diag());
  return (all - same) / (count * (count - 1));
}

}  // namespace

KernelDistance kernelDistance(const at::Tensor& first, std::span<const int> firstGroups, const at::Tensor& second,
                              std::span<const int> secondGroups, std::uint64_t seed) {
  const torch::NoGradGuard noGrad;
  const at::Tensor a = first.to(at::kDouble), b = second.to(at::kDouble);
  const at::Tensor ofA = halves(firstGroups, RandomStream(seed, kFirstStream));
  const at::Tensor ofB = halves(secondGroups, RandomStream(seed, kSecondStream));
  const at::Tensor between = (ofA.mm(kernel(a, b)) * ofB).sum(1) / (ofA.sum(1) * ofB.sum(1));
  const at::Tensor distances = meanWithin(kernel(a, a), ofA) + meanWithin(kernel(b, b), ofB) - 2 * between;
  return {.value = distances.mean().item<double>(), .confidence = kWidth95 * distances.std().item<double>()};
}

}  // namespace loom
