// Masks of dropout, made on all cores: a generator that draws number by number takes longer than the convolutions do.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

namespace loom {

/// In shape, type and memory as `like`: 0 with `probability` (above 0, below 1; on the CPU in steps of 1/65536), and
/// elsewhere the number that keeps the mean. On the CPU one number is drawn from `random`, from which all others follow
/// (SplitMix64, Steele 2014), so the same state gives the same mask with any number of threads.
at::Tensor dropoutMask(const at::Tensor& like, double probability, at::Generator& random);

}  // namespace loom
