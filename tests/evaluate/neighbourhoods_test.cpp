#include "core/evaluate/neighbourhoods.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

double distance(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).norm().item<double>();
}

/// To the k-th nearest other row.
double radius(const at::Tensor& rows, std::int64_t row, std::int64_t k) {
  std::vector<double> all;
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    if (i != row) all.push_back(distance(rows[row], rows[i]));
  }
  std::ranges::sort(all);
  return all[static_cast<std::size_t>(k - 1)];
}

/// As the papers say it, one sprite after the other.
Neighbourhoods oneByOne(const at::Tensor& real, const at::Tensor& made, std::int64_t k) {
  const std::int64_t reals = real.size(0), mades = made.size(0);
  Neighbourhoods all;
  for (std::int64_t j = 0; j < mades; ++j) {
    int balls = 0;
    for (std::int64_t i = 0; i < reals; ++i) balls += distance(real[i], made[j]) <= radius(real, i, k) ? 1 : 0;
    all.precision += balls > 0 ? 1 : 0;
    all.density += balls;
  }
  for (std::int64_t i = 0; i < reals; ++i) {
    int near = 0, within = 0;
    for (std::int64_t j = 0; j < mades; ++j) {
      near += distance(real[i], made[j]) <= radius(real, i, k) ? 1 : 0;
      within += distance(real[i], made[j]) <= radius(made, j, k) ? 1 : 0;
    }
    all.coverage += near > 0 ? 1 : 0;
    all.recall += within > 0 ? 1 : 0;
  }
  all.precision /= static_cast<double>(mades);
  all.density /= static_cast<double>(mades * k);
  all.coverage /= static_cast<double>(reals);
  all.recall /= static_cast<double>(reals);
  return all;
}

TEST(Neighbourhoods, AreWhatCountingOneByOneGives) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    at::Generator random = at::detail::createCPUGenerator(seed);
    const at::Tensor real = at::randn({30, 3}, random), made = at::randn({22, 3}, random) * .8 + .5;
    const Neighbourhoods found = neighbourhoods(real, made, 3), wanted = oneByOne(real, made, 3);
    EXPECT_NEAR(found.precision, wanted.precision, 1e-9) << seed;
    EXPECT_NEAR(found.recall, wanted.recall, 1e-9) << seed;
    EXPECT_NEAR(found.density, wanted.density, 1e-9) << seed;
    EXPECT_NEAR(found.coverage, wanted.coverage, 1e-9) << seed;
  }
}

TEST(Neighbourhoods, OfASetAndItselfAreFull) {
  at::Generator random = at::detail::createCPUGenerator(2);
  const at::Tensor set = at::randn({40, 4}, random);
  const Neighbourhoods full = neighbourhoods(set, set, 5);
  EXPECT_EQ(full.precision, 1);
  EXPECT_EQ(full.recall, 1);
  EXPECT_EQ(full.coverage, 1);
  EXPECT_NEAR(full.density, 6. / 5, 1e-9) << "every ball holds its own sprite and five others";
}

TEST(Neighbourhoods, TellRepetitionFromStrangeness) {
  at::Generator random = at::detail::createCPUGenerator(3);
  const at::Tensor real = at::randn({60, 4}, random);
  const Neighbourhoods one = neighbourhoods(real, real.narrow(0, 7, 1) + at::randn({60, 4}, random) * .001);
  EXPECT_EQ(one.precision, 1);
  EXPECT_LT(one.recall, .1);
  EXPECT_LT(one.coverage, .3);
  const Neighbourhoods far = neighbourhoods(real, real + 100);
  EXPECT_EQ(far.precision + far.recall + far.density + far.coverage, 0);
}

TEST(Neighbourhoods, MakeDoWithFewSpritesButNotWithOne) {
  const at::Tensor three = at::arange(3, at::kFloat).unsqueeze(1);
  EXPECT_EQ(neighbourhoods(three, three).recall, 1);
  EXPECT_THROW(neighbourhoods(three, three.narrow(0, 0, 1)), Error);
}

}  // namespace
}  // namespace loom
