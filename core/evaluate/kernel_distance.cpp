#include "core/evaluate/kernel_distance.h"

#include <torch/torch.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/evaluate/group_interval.h"

namespace loom {
namespace {

constexpr std::size_t kLeastGroups = 4;
constexpr std::uint64_t kFirstStream = 1, kSecondStream = 2;  // random streams of a seed

at::Tensor kernel(const at::Tensor& first, const at::Tensor& second) {
  return (first.mm(second.t()) / first.size(1) + 1).pow(3);
}

/// rows x groups: 1 where a row is of a group.
at::Tensor membership(const Groups& groups) {
  at::Tensor rows =
      at::zeros({static_cast<std::int64_t>(groups.rows()), static_cast<std::int64_t>(groups.count())}, at::kDouble);
  auto* value = rows.mutable_data_ptr<double>();
  for (std::size_t row = 0; row < groups.rows(); ++row) value[row * groups.count() + groups.ofRow(row)] = 1;
  return rows;
}

/// (1 + kDraws) x groups: how often each is there; once each in the first row.
at::Tensor weights(const Groups& groups, RandomStream random) {
  if (groups.count() < kLeastGroups) {
    throw Error("there are too few characters to measure by", "four are needed at least, some dozens say more");
  }
  at::Tensor all = at::ones({1 + kDraws, static_cast<std::int64_t>(groups.count())}, at::kDouble);
  auto* value = all.mutable_data_ptr<double>() + groups.count();
  for (int draw = 0; draw < kDraws; ++draw) {
    for (const int times : groups.drawn(random)) *value++ = times;
  }
  return all;
}

/// A set with its characters drawn anew; sums are those over the rows of a character.
struct Drawn {
  at::Tensor members, times;

  /// For each draw: the mean of the kernel over all pairs of rows of different characters. A character that is drawn
  /// twice makes no pair with itself, as little as one that is there once.
  at::Tensor meanWithin(const at::Tensor& kernels) const {
    const auto ofPairs = [this](const at::Tensor& pairs) {
      return ((times.mm(pairs) * times).sum(1) - times.square().mv(pairs.diag()));
    };
    const at::Tensor size = members.sum(0);
    return ofPairs(members.t().mm(kernels).mm(members)) / ofPairs(at::outer(size, size)).clamp_min(1);
  }
};

Drawn drawnFrom(std::span<const int> names, RandomStream random) {
  const Groups groups(names);
  return {membership(groups), weights(groups, std::move(random))};
}

}  // namespace

KernelDistance kernelDistance(const at::Tensor& first, std::span<const int> firstGroups, const at::Tensor& second,
                              std::span<const int> secondGroups, std::uint64_t seed) {
  const torch::NoGradGuard noGrad;
  const at::Tensor a = first.to(at::kDouble), b = second.to(at::kDouble);
  const Drawn ofA = drawnFrom(firstGroups, RandomStream(seed, kFirstStream));
  const Drawn ofB = drawnFrom(secondGroups, RandomStream(seed, kSecondStream));
  const at::Tensor withinA = kernel(a, a), withinB = kernel(b, b), across = kernel(a, b);
  const at::Tensor sums = ofA.members.t().mm(across).mm(ofB.members);
  const at::Tensor counts = ofA.times.mv(ofA.members.sum(0)) * ofB.times.mv(ofB.members.sum(0));
  const at::Tensor between = (ofA.times.mm(sums) * ofB.times).sum(1) / counts;
  const at::Tensor distances = (ofA.meanWithin(withinA) + ofB.meanWithin(withinB) - 2 * between).contiguous();
  const std::span ofDraws(distances.const_data_ptr<double>(), static_cast<std::size_t>(distances.size(0)));
  const auto groups = static_cast<std::size_t>(std::min(ofA.times.size(1), ofB.times.size(1)));
  return {.value = ofDraws.front(),
          .confidence = halfWidth(ofDraws.subspan(1), groups),
          .biased = (withinA.mean() + withinB.mean() - 2 * across.mean()).item<double>()};
}

}  // namespace loom
