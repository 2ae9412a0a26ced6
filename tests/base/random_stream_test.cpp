#include "core/base/random_stream.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

// The first numbers that the demonstration program of pcg-random.org prints for this seed and stream.
TEST(RandomStream, GivesTheNumbersOfThePcgReference) {
  RandomStream stream(42, 54);
  for (const std::uint32_t expected : {0xa15c02b7U, 0x7b47f409U, 0xba1d3330U, 0x83d2f293U, 0xbfa4784bU, 0xcbed606eU}) {
    EXPECT_EQ(stream.next(), expected);
  }
}

TEST(RandomStream, SameSeedGivesTheSameNumbersAndAnotherStreamOthers) {
  RandomStream one(7, 1);
  RandomStream same(7, 1);
  RandomStream otherStream(7, 2);
  RandomStream otherSeed(8, 1);
  int equalToStream = 0;
  int equalToSeed = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t value = one.next();
    EXPECT_EQ(value, same.next());
    equalToStream += value == otherStream.next() ? 1 : 0;
    equalToSeed += value == otherSeed.next() ? 1 : 0;
  }
  EXPECT_LT(equalToStream, 3);
  EXPECT_LT(equalToSeed, 3);
}

TEST(RandomStream, BelowIsEvenAndStaysBelow) {
  RandomStream stream(3);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i) {
    const std::uint32_t value = stream.below(6);
    ASSERT_LT(value, 6U);
    ++counts[value];
  }
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 400);  // four deviations
  EXPECT_EQ(stream.below(1), 0U);
}

// 2^31 + 1 is the worst bound: taking the remainder alone would give some values twice as often.
TEST(RandomStream, BelowHasNoBiasForLargeBounds) {
  constexpr std::uint32_t kBound = (1U << 31U) + 1U;
  RandomStream stream(11);
  int lower = 0;
  constexpr int kDraws = 20'000;
  for (int i = 0; i < kDraws; ++i) {
    const std::uint32_t value = stream.below(kBound);
    ASSERT_LT(value, kBound);
    lower += value < kBound / 2 ? 1 : 0;
  }
  EXPECT_NEAR(lower, kDraws / 2, 300);
}

TEST(RandomStream, BetweenReachesBothEndsAlsoOfTheWidestRange) {
  RandomStream stream(5);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 500; ++i) {
    const int value = stream.between(-2, 2);
    ASSERT_GE(value, -2);
    ASSERT_LE(value, 2);
    low = low || value == -2;
    high = high || value == 2;
  }
  EXPECT_TRUE(low);
  EXPECT_TRUE(high);
  EXPECT_EQ(stream.between(9, 9), 9);
}

TEST(RandomStream, UniformFillsTheHalfOpenInterval) {
  RandomStream stream(17);
  double sum = 0;
  constexpr int kDraws = 50'000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = stream.uniform();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    sum += value;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 0.006);
  const double shifted = stream.uniform(-3, -1);
  EXPECT_GE(shifted, -3.0);
  EXPECT_LT(shifted, -1.0);
}

TEST(RandomStream, NormalHasMeanDeviationAndTailsOfTheNormalDistribution) {
  RandomStream stream(23);
  constexpr int kDraws = 100'000;
  double sum = 0;
  double squares = 0;
  int beyondTwo = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double value = stream.normal();
    ASSERT_TRUE(std::isfinite(value));
    sum += value;
    squares += value * value;
    beyondTwo += std::abs(value) > 2 ? 1 : 0;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.013);
  EXPECT_NEAR(squares / kDraws, 1, 0.018);
  EXPECT_NEAR(static_cast<double>(beyondTwo) / kDraws, 0.0455, 0.003);
}

TEST(RandomStream, ChanceKeepsToItsProbability) {
  RandomStream stream(29);
  int hits = 0;
  for (int i = 0; i < 20'000; ++i) {
    hits += stream.chance(0.25) ? 1 : 0;
    EXPECT_FALSE(stream.chance(0));
    EXPECT_TRUE(stream.chance(1));
  }
  EXPECT_NEAR(hits, 5000, 250);
}

TEST(RandomStream, GoesOnFromASavedStateAsIfNothingHadHappened) {
  RandomStream stream(99, 3);
  for (int i = 0; i < 17; ++i) stream.normal();
  RandomStream restored = RandomStream::restore(stream.save());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(restored.next(), stream.next());
  EXPECT_EQ(restored.save(), stream.save());
}

TEST(RandomStream, RefusesTextThatIsNoState) {
  const std::string good = RandomStream(1).save();
  for (const std::string& text :
       {std::string(), std::string("hello"), good + "0", good.substr(1), std::string(33, 'z'), std::string(33, '0')}) {
    EXPECT_THROW(RandomStream::restore(text), Error) << text;
  }
}

}  // namespace
}  // namespace loom
