#include "core/evaluate/neighbourhoods.h"

#include <torch/torch.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/evaluate/group_interval.h"

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

/// real x made: whether a sprite lies within a ball of the other set.
struct Balls {
  at::Tensor inReal, inMade;
  std::int64_t k;
};

Balls ballsOf(const at::Tensor& real, const at::Tensor& made, std::int64_t k) {
  if (std::min(real.size(0), made.size(0)) < 2) throw Error("neighbours cannot be told among less than two sprites");
  k = std::min({k, real.size(0) - 1, made.size(0) - 1});
  const at::Tensor distance = distances(real, made);
  return {distance.le(radii(real, k).unsqueeze(1)), distance.le(radii(made, k).unsqueeze(0)), k};
}

double share(const at::Tensor& which) {
  return which.to(at::kDouble).mean().item<double>();
}

/// kDraws x rows: how often each row is there when whole groups are drawn.
at::Tensor timesOf(const Groups& groups, RandomStream random) {
  at::Tensor times = at::empty({kDraws, static_cast<std::int64_t>(groups.rows())});
  float* value = times.mutable_data_ptr<float>();
  for (int draw = 0; draw < kDraws; ++draw) {
    const std::vector<int> ofGroup = groups.drawn(random);
    for (std::size_t row = 0; row < groups.rows(); ++row) *value++ = static_cast<float>(ofGroup[groups.ofRow(row)]);
  }
  return times;
}

/// For each draw the mean of `values` (draws x rows) over the rows that are there.
double halfWidthOf(const at::Tensor& values, const at::Tensor& times, std::size_t groups) {
  const at::Tensor means = ((values * times).sum(1) / times.sum(1)).to(at::kDouble).contiguous();
  return halfWidth({means.const_data_ptr<double>(), static_cast<std::size_t>(means.size(0))}, groups);
}

}  // namespace

Neighbourhoods neighbourhoods(const at::Tensor& real, const at::Tensor& made, std::int64_t k) {
  const torch::NoGradGuard noGrad;
  const Balls balls = ballsOf(real, made, k);
  return {.precision = share(balls.inReal.any(0)),
          .recall = share(balls.inMade.any(1)),
          .density = balls.inReal.sum(0).to(at::kDouble).mean().item<double>() / static_cast<double>(balls.k),
          .coverage = share(balls.inReal.any(1))};
}

Neighbourhoods neighbourhoodIntervals(const at::Tensor& real, std::span<const int> realGroups, const at::Tensor& made,
                                      std::span<const int> madeGroups, std::uint64_t seed, std::int64_t k) {
  constexpr std::uint64_t kRealStream = 1, kMadeStream = 2;
  const torch::NoGradGuard noGrad;
  const Balls balls = ballsOf(real, made, k);
  const Groups ofReal(realGroups), ofMade(madeGroups);
  const at::Tensor timesReal = timesOf(ofReal, RandomStream(seed, kRealStream));
  const at::Tensor timesMade = timesOf(ofMade, RandomStream(seed, kMadeStream));
  const at::Tensor inReal = balls.inReal.to(at::kFloat), inMade = balls.inMade.to(at::kFloat);
  const std::size_t groups = std::min(ofReal.count(), ofMade.count());
  const at::Tensor ballsAround = timesReal.mm(inReal);  // draws x made
  const auto any = [](const at::Tensor& counts) { return counts.gt(0).to(at::kFloat); };
  return {.precision = halfWidthOf(any(ballsAround), timesMade, groups),
          .recall = halfWidthOf(any(timesMade.mm(inMade.t())), timesReal, groups),
          .density = halfWidthOf(ballsAround / static_cast<double>(balls.k), timesMade, groups),
          .coverage = halfWidthOf(any(timesMade.mm(inReal.t())), timesReal, groups)};
}

}  // namespace loom
