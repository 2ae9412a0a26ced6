#include "core/latent/random_walk.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr int kSize = 96;

double distance(const Latent& a, const Latent& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::pow(static_cast<double>(a[i] - b[i]), 2);
  return std::sqrt(sum);
}

TEST(RandomWalk, BeginsWhereItIsAndGoesOnInSmallSteps) {
  const Latent origin = sampleLatent(1, 0, kSize);
  RandomWalk walk(origin, .5, {}, RandomStream(3));
  EXPECT_EQ(walk.advance(0), origin);
  Latent before = origin;
  double longest = 0;
  for (int i = 0; i < 400; ++i) {
    const Latent next = walk.advance(.02);
    longest = std::max(longest, distance(before, next));
    before = next;
  }
  EXPECT_GT(distance(origin, before), 5) << "eight legs away";
  EXPECT_LT(longest, 1) << "two typical characters are 14 apart: nothing jumps, nor from leg to leg";
}

TEST(RandomWalk, StaysAmongTypicalLatentsAndKeepsWhatIsLocked) {
  const Latent origin = sampleLatent(1, 0, kSize);
  LatentLocks locks(kSize);
  locks[4] = true;
  RandomWalk walk(origin, 1, locks, RandomStream(4));
  for (int i = 0; i < 200; ++i) {
    const Latent next = walk.advance(.13);
    EXPECT_EQ(next[4], origin[4]);
    EXPECT_NEAR(distance(next, Latent(kSize)), std::sqrt(kSize), .35 * std::sqrt(kSize));
  }
  EXPECT_THROW(RandomWalk(origin, 1, LatentLocks(3), RandomStream(1)), Error);
}

TEST(RandomWalk, GoesTheSameWayFromTheSameStream) {
  const Latent origin = sampleLatent(1, 0, kSize);
  RandomWalk one(origin, .3, {}, RandomStream(9)), other(origin, .3, {}, RandomStream(9));
  EXPECT_EQ(one.advance(2.5), other.advance(2.5)) << "also over several legs at once";
}

}  // namespace
}  // namespace loom
