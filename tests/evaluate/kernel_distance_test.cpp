#include "core/evaluate/kernel_distance.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace loom {
namespace {

at::Tensor gaussian(std::int64_t count, std::uint64_t seed, double shift = 0) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  return at::randn({count, 8}, random) + shift;
}

/// Every row a character of its own.
std::vector<int> apart(std::int64_t count) {
  std::vector<int> groups(static_cast<std::size_t>(count));
  std::iota(groups.begin(), groups.end(), 0);
  return groups;
}

KernelDistance between(const at::Tensor& a, const at::Tensor& b, std::uint64_t seed = 3) {
  return kernelDistance(a, apart(a.size(0)), b, apart(b.size(0)), seed);
}

/// The estimator over all rows, term by term: without the pairs of a row with itself it is the unbiased one.
double termByTerm(const at::Tensor& a, const at::Tensor& b, bool unbiased = true) {
  const auto kernel = [](const at::Tensor& x, const at::Tensor& y) {
    return std::pow(x.dot(y).item<double>() / static_cast<double>(x.size(0)) + 1, 3);
  };
  const auto mean = [&](const at::Tensor& x, const at::Tensor& y, bool same) {
    double sum = 0;
    for (std::int64_t i = 0; i < x.size(0); ++i) {
      for (std::int64_t j = 0; j < y.size(0); ++j) sum += same && i == j ? 0 : kernel(x[i], y[j]);
    }
    return sum / static_cast<double>(x.size(0) * (y.size(0) - (same ? 1 : 0)));
  };
  return mean(a, a, unbiased) + mean(b, b, unbiased) - 2 * mean(a, b, false);
}

TEST(KernelDistance, IsTheUnbiasedEstimate) {
  const at::Tensor a = gaussian(24, 1), b = gaussian(20, 2, .6);
  const KernelDistance distance = between(a, b);
  EXPECT_GT(distance.value, 0);
  EXPECT_NEAR(distance.value, termByTerm(a, b), 1e-4 * distance.value);
}

TEST(KernelDistance, TheBiasedEstimateIsAboveNoneForTwoSetsOfOneKind) {
  const at::Tensor a = gaussian(24, 1), b = gaussian(20, 2);
  const KernelDistance distance = between(a, b);
  EXPECT_NEAR(distance.biased, termByTerm(a, b, /*unbiased=*/false), 1e-4 * distance.biased);
  EXPECT_GT(distance.biased, distance.value);
  EXPECT_GT(between(a, b + .6).biased, 2 * distance.biased);
  EXPECT_NEAR(between(a, a).biased, 0, 1e-9);
}

/// `characters` of `views` rows each: what a character is, and a little that changes from view to view.
at::Tensor inViews(std::int64_t characters, std::int64_t views, std::uint64_t seed) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  const at::Tensor own = at::randn({characters, 1, 8}, random).expand({characters, views, 8});
  return (own + .3 * at::randn({characters, views, 8}, random)).reshape({-1, 8});
}

TEST(KernelDistance, OfADozenCharactersInFourViewsIsUnbiasedAndItsIntervalHoldsWhatItSays) {
  constexpr int kTrials = 60, kCharacters = 12, kViews = 4;
  std::vector<int> characters;
  for (int row = 0; row < kCharacters * kViews; ++row) characters.push_back(row / kViews);
  double sum = 0, width = 0;
  int covered = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto seed = static_cast<std::uint64_t>(2 * trial + 1);
    const KernelDistance distance = kernelDistance(inViews(kCharacters, kViews, seed), characters,
                                                   inViews(kCharacters, kViews, seed + 1), characters, seed);
    sum += distance.value;
    width += distance.confidence;
    covered += std::abs(distance.value) <= distance.confidence ? 1 : 0;
  }
  EXPECT_LT(std::abs(sum), .2 * width) << "pairs within a character would add to it";
  EXPECT_GE(covered, 54) << "nine of ten at least";
}

TEST(KernelDistance, IsNothingOnAverageForSetsOfOneKindAndNegativeAboutHalfOfTheTime) {
  constexpr int kTrials = 40;
  double sum = 0, width = 0;
  int negative = 0, covered = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto seed = static_cast<std::uint64_t>(2 * trial + 10);
    const KernelDistance distance = between(gaussian(60, seed), gaussian(60, seed + 1));
    sum += distance.value;
    width += distance.confidence;
    negative += distance.value < 0 ? 1 : 0;
    covered += std::abs(distance.value) <= distance.confidence ? 1 : 0;
  }
  EXPECT_LT(std::abs(sum), .35 * width) << "the mean is nothing beside the interval";
  EXPECT_GT(negative, kTrials / 4);
  EXPECT_LT(negative, 7 * kTrials / 8);
  EXPECT_GE(covered, 9 * kTrials / 10) << "the interval holds what it says";
}

TEST(KernelDistance, GrowsWithAShiftAndLeavesItsInterval) {
  double before = 0;
  for (const double shift : {.5, .8, 1.2}) {
    const KernelDistance distance = between(gaussian(80, 4), gaussian(80, 5, shift));
    EXPECT_GT(distance.value, before) << shift;
    EXPECT_GT(distance.value, distance.confidence) << shift;
    before = distance.value;
  }
  const at::Tensor same = gaussian(80, 4);
  EXPECT_LT(between(same, same).value, .01) << "a set against itself";
  EXPECT_EQ(between(same, gaussian(80, 5), 9).value, between(same, gaussian(80, 5), 9).value);
}

TEST(KernelDistance, DoesNotTakeViewsOfACharacterForIndependentSprites) {
  const at::Tensor a = gaussian(30, 6).repeat({4, 1}), b = gaussian(30, 7, .5).repeat({4, 1});
  std::vector<int> characters;
  for (int row = 0; row < 120; ++row) characters.push_back(row % 30);
  const double grouped = kernelDistance(a, characters, b, characters, 3).confidence;
  EXPECT_GT(grouped, 1.4 * between(a, b).confidence);
}

TEST(KernelDistance, RefusesTooFewCharacters) {
  const at::Tensor a = gaussian(8, 1);
  EXPECT_THROW(kernelDistance(a, std::vector<int>{0, 0, 0, 1, 1, 1, 2, 2}, a, apart(8), 1), Error);
}

}  // namespace
}  // namespace loom
