#include "core/nets/dropout_mask.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <mutex>

namespace loom {
namespace {

constexpr std::int64_t kLanes = 4;    // decisions of 16 bits in a number
constexpr double kSteps = 1U << 16U;  // that a decision's probability is rounded to

/// The `index`-th number after `seed`.
std::uint64_t splitMix(std::uint64_t seed, std::int64_t index) {
  std::uint64_t x = seed + static_cast<std::uint64_t>(index) * 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

template <class Word>
Word decision(std::uint64_t bits, std::int64_t lane, std::uint64_t kept, Word one) {
  return ((bits >> static_cast<std::uint64_t>(16 * lane)) & 0xffffU) < kept ? one : Word{};
}

/// `one` and zeros, as raw words, over `count` places.
template <class Word>
void fill(Word* target, std::int64_t count, std::uint64_t kept, Word one, std::uint64_t seed) {
  constexpr std::int64_t kGrain = 1 << 13;
  at::parallel_for(0, (count + kLanes - 1) / kLanes, kGrain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t group = begin; group < end; ++group) {
      const std::uint64_t bits = splitMix(seed, group);
      Word* const at = target + group * kLanes;
      if (count - group * kLanes >= kLanes) {
        at[0] = decision(bits, 0, kept, one);
        at[1] = decision(bits, 1, kept, one);
        at[2] = decision(bits, 2, kept, one);
        at[3] = decision(bits, 3, kept, one);
      } else {
        for (std::int64_t lane = 0; group * kLanes + lane < count; ++lane) at[lane] = decision(bits, lane, kept, one);
      }
    }
  });
}

std::uint64_t drawnFrom(at::Generator& random) {
  const std::lock_guard lock(random.mutex());
  return at::check_generator<at::CPUGeneratorImpl>(random)->random64();
}

}  // namespace

at::Tensor dropoutMask(const at::Tensor& like, double probability, at::Generator& random) {
  const torch::NoGradGuard noGrad;
  at::Tensor mask = at::empty_like(like);
  const bool half = mask.scalar_type() == at::kBFloat16;
  if (!mask.is_cpu() || !(half || mask.scalar_type() == at::kFloat) || !mask.is_non_overlapping_and_dense()) {
    return mask.bernoulli_(1 - probability, random).mul_(1 / (1 - probability));
  }
  const double kept = std::clamp(std::round((1 - probability) * kSteps), 1.0, kSteps - 1);
  const auto scale = static_cast<float>(kSteps / kept);
  const auto limit = static_cast<std::uint64_t>(kept);
  if (half) {
    fill(static_cast<std::uint16_t*>(mask.mutable_data_ptr()), mask.numel(), limit, c10::BFloat16(scale).x,
         drawnFrom(random));
  } else {
    fill(static_cast<std::uint32_t*>(mask.mutable_data_ptr()), mask.numel(), limit, std::bit_cast<std::uint32_t>(scale),
         drawnFrom(random));
  }
  return mask;
}

}  // namespace loom
