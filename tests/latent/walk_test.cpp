#include "core/latent/walk.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"

namespace loom {
namespace {

double norm(const Latent& latent) {
  double sum = 0;
  for (const float value : latent) sum += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(sum);
}

double angle(const Latent& a, const Latent& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return std::acos(std::clamp(sum / norm(a) / norm(b), -1.0, 1.0));
}

Latent scaled(Latent latent, float factor) {
  for (float& value : latent) value *= factor;
  return latent;
}

TEST(LatentWalk, EndsAreExact) {
  const Latent from = sampleLatent(1, 0, 64);
  const Latent to = sampleLatent(2, 0, 64);
  for (const auto& between : {lerp, slerp}) {
    EXPECT_EQ(between(from, to, 0), from);
    EXPECT_EQ(between(from, to, 1), to);
  }
}

TEST(LatentWalk, AnArcTurnsEvenlyAndKeepsTheLength) {
  const Latent from = sampleLatent(1, 0, 64);
  const Latent to = scaled(sampleLatent(2, 0, 64), static_cast<float>(norm(from) / norm(sampleLatent(2, 0, 64))));
  const double whole = angle(from, to);
  for (int i = 1; i < 10; ++i) {
    const double t = i / 10.0;
    const Latent point = slerp(from, to, t);
    EXPECT_NEAR(norm(point), norm(from), 1e-5 * norm(from)) << t;
    EXPECT_NEAR(angle(from, point), t * whole, 1e-3) << t;
  }
  EXPECT_LT(norm(lerp(from, to, 0.5)), 0.9 * norm(from)) << "a straight line cuts through the untypical middle";
}

TEST(LatentWalk, AnArcBetweenTwoLengthsGoesEvenlyFromOneToTheOther) {
  const Latent from{3, 0};
  const Latent to{0, 5};
  const Latent middle = slerp(from, to, 0.5);
  EXPECT_NEAR(middle[0], 4 / std::sqrt(2.0), 1e-6);
  EXPECT_NEAR(middle[1], 4 / std::sqrt(2.0), 1e-6);
}

TEST(LatentWalk, OppositePointsAreJoinedByAnArcThatIsAlwaysTheSame) {
  const Latent from = sampleLatent(7, 0, 16);
  const Latent to = scaled(from, -1);
  Latent before = from;
  for (int i = 1; i <= 20; ++i) {
    const Latent point = slerp(from, to, i / 20.0);
    for (const float value : point) ASSERT_TRUE(std::isfinite(value));
    EXPECT_NEAR(norm(point), norm(from), 1e-5 * norm(from)) << i;
    EXPECT_NEAR(angle(before, point), std::acos(-1.0) / 20, 1e-3) << i;
    EXPECT_EQ(point, slerp(from, to, i / 20.0));
    before = point;
  }
}

TEST(LatentWalk, ZeroAndEqualAndOneDimensionalPointsAreSafe) {
  const Latent zero(4);
  const Latent point{1, -2, 3, 0.5F};
  EXPECT_EQ(slerp(zero, point, 0.5), lerp(zero, point, 0.5));
  EXPECT_EQ(slerp(point, zero, 0.25), lerp(point, zero, 0.25));
  EXPECT_EQ(slerp(zero, zero, 0.5), zero);
  EXPECT_EQ(slerp(point, point, 0.3), point);
  EXPECT_EQ(slerp({2}, {-2}, 0.25), Latent{1});
  EXPECT_EQ(slerp({}, {}, 0.5), Latent{});
}

TEST(LatentWalk, NearlyTheSameDirectionIsNoJump) {
  const Latent from = sampleLatent(3, 0, 32);
  Latent to = from;
  to[5] += 1e-4F;
  const Latent middle = slerp(from, to, 0.5);
  for (std::size_t i = 0; i < from.size(); ++i) EXPECT_NEAR(middle[i], (from[i] + to[i]) / 2, 1e-5);
}

TEST(LatentWalk, GoesThroughEveryPointInEqualTimes) {
  const std::vector<Latent> points{sampleLatent(1, 0, 6), sampleLatent(2, 0, 6), sampleLatent(3, 0, 6)};
  for (const bool spherical : {true, false}) {
    for (const bool eased : {true, false}) {
      const auto frames = walkLatents({.points = points, .spherical = spherical, .eased = eased}, 9);
      ASSERT_EQ(frames.size(), 9U);
      EXPECT_EQ(frames[0], points[0]);
      EXPECT_EQ(frames[4], points[1]);
      EXPECT_EQ(frames[8], points[2]);
      EXPECT_EQ(frames[2], spherical ? slerp(points[0], points[1], 0.5) : lerp(points[0], points[1], 0.5));
    }
  }
}

TEST(LatentWalk, ALoopComesBackWithoutRepeatingItsStart) {
  const std::vector<Latent> points{sampleLatent(1, 0, 6), sampleLatent(2, 0, 6)};
  const auto frames = walkLatents({.points = points, .loops = true}, 8);
  ASSERT_EQ(frames.size(), 8U);
  EXPECT_EQ(frames[0], points[0]);
  EXPECT_EQ(frames[4], points[1]);
  EXPECT_EQ(frames[7], slerp(points[1], points[0], 0.75)) << "the next step is the first frame";
}

TEST(LatentWalk, EasingIsSlowAtThePointsAndFastBetween) {
  const std::vector<Latent> points{{1, 0}, {0, 1}};
  const auto frames = walkLatents({.points = points, .eased = true}, 11);
  EXPECT_LT(angle(frames[0], frames[1]), 0.5 * angle(frames[4], frames[5]));
  EXPECT_NEAR(angle(frames[0], frames[1]), angle(frames[9], frames[10]), 1e-5);
}

TEST(LatentWalk, OnePointStandsStillAndNonsenseIsRefused) {
  const Latent point = sampleLatent(1, 0, 6);
  EXPECT_EQ(walkLatents({.points = {point}}, 3), std::vector<Latent>(3, point));
  EXPECT_EQ(walkLatents({.points = {point, sampleLatent(2, 0, 6)}}, 1), std::vector<Latent>{point});
  EXPECT_THROW(walkLatents({.points = {}}, 3), Error);
  EXPECT_THROW(walkLatents({.points = {point}}, 0), Error);
  EXPECT_THROW(walkLatents({.points = {point, sampleLatent(2, 0, 7)}}, 3), Error);
  EXPECT_THROW(lerp(point, {1}, 0.5), Error);
}

}  // namespace
}  // namespace loom
