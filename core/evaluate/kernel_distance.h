// KID: how far two sets of features are apart, without the bias that small sets have, and how sure that is.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace loom {

struct KernelDistance {
  double value = 0;
  double confidence = 0;  ///< half the width of the 95 % interval
  double biased = 0;      ///< the discrepancy of these very sprites: above 0 for two sets of one kind as well
};

/// The squared maximum mean discrepancy of `first` (N x D) and `second` (M x D) under the kernel (x.y / D + 1)^3, by
/// the unbiased estimator, which is 0 on average for two sets of one kind and then negative half of the time (Binkowski
/// 2018, "Demystifying MMD GANs"). `groups` hold the character of each row. The views of one are no independent
/// witnesses: pairs within a character are left out of the means within a set, which they would make too large, and the
/// interval comes from drawing whole characters of both sets anew (core/evaluate/group_interval.h). `seed` draws them.
/// The biased estimator takes all pairs, those of a row with itself too, and so is the squared distance of the two
/// sets' means: small sets of one kind are apart by it, as by a Wasserstein distance, and its multiples have a meaning.
/// Throws Error for sets of fewer than four characters.
KernelDistance kernelDistance(const at::Tensor& first, std::span<const int> firstGroups, const at::Tensor& second,
                              std::span<const int> secondGroups, std::uint64_t seed);

}  // namespace loom
