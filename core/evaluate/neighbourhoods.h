// Fidelity and variety apart: whether made sprites lie among real ones, and whether real ones are all reached.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace loom {

/// By the balls around every sprite that reach to its k-th nearest neighbour in its own set.
struct Neighbourhoods {
  double precision = 0;  ///< share of the made sprites within some real one's ball (Kynkaanniemi 2019)
  double recall = 0;     ///< share of the real sprites within some made one's ball (Kynkaanniemi 2019)
  /// In how many real balls a made sprite lies, over k: 1 for the same kind, above where made ones crowd in the middle;
  /// a single outlier counts little (Naeem 2020, as is the next).
  double density = 0;
  double coverage = 0;  ///< share of the real sprites with a made one in their ball
};

/// `real` N x D, `made` M x D. k is 5, or what the smaller set allows. Throws Error for sets of less than two.
Neighbourhoods neighbourhoods(const at::Tensor& real, const at::Tensor& made, std::int64_t k = 5);

/// Half the width of the 95 % interval of each, by drawing whole characters of both sets anew, the balls as they are
/// (core/evaluate/group_interval.h). The groups hold the character of each row; `seed` draws.
Neighbourhoods neighbourhoodIntervals(const at::Tensor& real, std::span<const int> realGroups, const at::Tensor& made,
                                      std::span<const int> madeGroups, std::uint64_t seed, std::int64_t k = 5);

}  // namespace loom
