#include "core/latent/directions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/latent/direction_finder.h"
#include "core/latent/learned_directions.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

constexpr int kLatent = 5;
constexpr int kColumns = 12;

Latent unit(Latent vector) {
  const float length = std::sqrt(positionOn(vector, vector));
  for (float& value : vector) value /= length;
  return vector;
}

const Latent kFirst = unit({3, 0, -1, 0, 0});
const Latent kSecond = unit({0, 2, 0, 2, 1});

/// A linear decoder: `kFirst` moves places 0 to 3 by 3 each, `kSecond` places 6 to 11 by 1; nothing else moves
/// anything.
LatentSlopes linear() {
  LatentSlopes slopes{.latent = kLatent, .columns = kColumns, .values = std::vector<float>(kLatent * kColumns)};
  for (std::size_t row = 0; row < kLatent; ++row) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      const float moved = column < 4 ? 3 * kFirst[row] : column < 6 ? 0 : kSecond[row];
      slopes.values[row * kColumns + column] = moved;
    }
  }
  return slopes;
}

LatentSlopes random(int latent, int columns, std::uint64_t seed) {
  RandomStream stream(seed, 0);
  LatentSlopes slopes{.latent = latent, .columns = columns};
  for (int i = 0; i < latent * columns; ++i) slopes.values.push_back(static_cast<float>(stream.normal()));
  return slopes;
}

void expectNear(const Latent& a, const Latent& b, float tolerance = 1e-4F) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], tolerance) << i;
}

void expectOrthonormal(const std::vector<Latent>& directions) {
  for (std::size_t i = 0; i < directions.size(); ++i) {
    for (std::size_t j = 0; j < directions.size(); ++j) {
      EXPECT_NEAR(positionOn(directions[i], directions[j]), i == j ? 1 : 0, 1e-4) << i << ", " << j;
    }
  }
}

TEST(PrincipalDirections, AreThoseOfALinearDecoderAndNoMoreThanItHas) {
  const std::vector<Latent> found = principalDirections(linear(), 4);
  ASSERT_EQ(found.size(), 2U) << "three dimensions change nothing";
  expectNear(found[0], kFirst);
  expectNear(found[1], kSecond);
}

TEST(PrincipalDirections, AreTurnedSoThatEachChangesPlacesOfItsOwn) {
  LatentSlopes slopes{.latent = 2, .columns = 8, .values = {}};  // every dimension moves both halves alike
  for (const float second : {1.F, -1.F}) {
    for (int column = 0; column < 8; ++column) slopes.values.push_back(column < 4 ? 1 : second);
  }
  const std::vector<Latent> found = principalDirections(slopes, 2);
  ASSERT_EQ(found.size(), 2U);
  const float half = std::sqrt(.5F);
  for (const Latent& direction : found) {
    EXPECT_NEAR(std::abs(direction[0]), half, 1e-4);
    EXPECT_NEAR(std::abs(direction[1]), half, 1e-4);
  }
}

TEST(PrincipalDirections, AreOrthonormalWithTheirLargestNumberPositive) {
  const std::vector<Latent> found = principalDirections(random(9, 50, 3), 6);
  ASSERT_EQ(found.size(), 6U);
  expectOrthonormal(found);
  for (const Latent& direction : found) {
    const float largest = *std::ranges::max_element(direction, {}, [](float value) { return std::abs(value); });
    EXPECT_GT(largest, 0);
  }
  EXPECT_EQ(found, principalDirections(random(9, 50, 3), 6));
}

TEST(PrincipalDirections, FollowAPermutationOfTheDimensionsAndNotOneOfThePlaces) {
  const LatentSlopes slopes = random(6, 40, 8);
  LatentSlopes otherRows = slopes, otherColumns = slopes;
  const std::vector<std::size_t> turned{4, 2, 0, 5, 1, 3};
  for (std::size_t row = 0; row < 6; ++row) {
    for (std::size_t column = 0; column < 40; ++column) {
      otherRows.values[row * 40 + column] = slopes.values[turned[row] * 40 + column];
      otherColumns.values[row * 40 + column] = slopes.values[row * 40 + (column * 7 + 3) % 40];
    }
  }
  const auto found = principalDirections(slopes, 4), rows = principalDirections(otherRows, 4);
  const auto columns = principalDirections(otherColumns, 4);
  ASSERT_EQ(rows.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    Latent expected;
    for (const std::size_t row : turned) expected.push_back(found[i][row]);
    expectNear(rows[i], expected, 1e-2F);
    expectNear(columns[i], found[i], 1e-2F);
  }
}

TEST(PrincipalDirections, ThereAreNoneWherePicturesDoNotChange) {
  LatentSlopes still{.latent = 3, .columns = 4, .values = std::vector<float>(12)};
  EXPECT_TRUE(principalDirections(still, 3).empty());
  EXPECT_TRUE(principalDirections({}, 3).empty());
}

TEST(DirectionSearch, ComesToTheSameInPieces) {
  const LatentSlopes slopes = random(9, 50, 4);
  DirectionSearch search(slopes, 6);
  int pieces = 0;
  for (; !search.finished(); ++pieces) search.advance();
  EXPECT_GT(pieces, 1);
  EXPECT_EQ(search.directions(), principalDirections(slopes, 6));
}

TEST(Direction, MovingStandsWhereItWasAskedToAndLeavesTheRestAlone) {
  const Latent from{.5F, -1, 2, 0, 1};
  const Latent to = movedTo(from, kFirst, 2);
  EXPECT_NEAR(positionOn(to, kFirst), 2, 1e-5);
  EXPECT_NEAR(positionOn(to, kSecond), positionOn(from, kSecond), 1e-5) << "at right angles";
  expectNear(movedTo(to, kFirst, positionOn(from, kFirst)), from);
  EXPECT_THROW(positionOn(from, Latent{1, 0}), Error);
  EXPECT_THROW(movedTo(from, Latent{1, 0}, 1), Error);
}

TEST(Direction, KindsHaveNames) {
  for (const DirectionKind kind : {DirectionKind::kFound, DirectionKind::kTag, DirectionKind::kGroups}) {
    EXPECT_EQ(parseDirectionKind(directionKindName(kind)), kind);
  }
  EXPECT_THROW(parseDirectionKind("sideways"), Error);
}

TEST(DirectionFinder, FindsTheOneThatLeadsAndOrdersByEffect) {
  const auto model = test::tinyModelLedBy(4);
  SpriteGenerator generator(model);
  const auto find = [&] {
    DirectionFinder finder(*model);
    int pieces = 0;
    while (!finder.finished()) {
      EXPECT_LE(finder.done(), finder.total());
      finder.advance(generator);
      ++pieces;
    }
    EXPECT_GT(pieces, 12) << "many short pieces";
    EXPECT_EQ(finder.dimensionsByEffect().front(), 4);
    return finder.directions();
  };
  const std::vector<Direction> found = find();
  ASSERT_EQ(found.size(), 6U);
  EXPECT_GT(std::abs(found[0].vector[4]), .9);
  EXPECT_EQ(found[0].name, "Direction 1");
  EXPECT_NEAR(found[0].effect, effectOf(generator, found[0].vector), 1e-12);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater(), &Direction::effect));
  std::vector<Latent> vectors;
  for (const Direction& direction : found) vectors.push_back(direction.vector);
  expectOrthonormal(vectors);
  EXPECT_EQ(find(), found) << "the same model gives the same directions";
}

/// `count` random latents, each moved by `shift` along `axis`.
std::vector<Latent> group(std::size_t count, const Latent& axis, float shift, std::uint64_t seed) {
  std::vector<Latent> latents;
  for (std::size_t i = 0; i < count; ++i) {
    latents.push_back(sampleLatent(seed, i, static_cast<int>(axis.size())));
    for (std::size_t k = 0; k < axis.size(); ++k) latents.back()[k] += shift * axis[k];
  }
  return latents;
}

TEST(DirectionBetween, IsTheAxisTheGroupsAreShiftedAlong) {
  const auto with = group(300, kFirst, 1.5F, 1), without = group(200, kFirst, -1, 2);
  const Latent found = directionBetween(with, without);
  EXPECT_NEAR(positionOn(found, found), 1, 1e-5);
  EXPECT_GT(positionOn(found, kFirst), .98);
  expectNear(directionBetween(without, with), [&] {
    Latent back = found;
    for (float& value : back) value = -value;
    return back;
  }());
}

TEST(DirectionBetween, DoesNotHangOnTheOrderOfTheExamples) {
  auto with = group(9, kSecond, 2, 3), without = group(7, kSecond, 0, 4);
  const Latent found = directionBetween(with, without);
  std::ranges::reverse(with);
  std::ranges::rotate(without, without.begin() + 3);
  expectNear(directionBetween(with, without), found, 1e-5F);
}

TEST(DirectionBetween, LeavesOutWhatVariesAnyhow) {
  // Groups differ along the first axis; along the second everything varies three times as much, by chance not alike.
  auto with = group(60, {1, 0, 0}, 1, 5), without = group(60, {1, 0, 0}, -1, 6);
  for (auto* side : {&with, &without}) {
    for (Latent& latent : *side) latent[1] *= 3;
  }
  for (Latent& latent : with) latent[1] += .8F;
  const Latent found = directionBetween(with, without);
  EXPECT_GT(found[0], .97) << "the plain difference of the means leans over to the second";
}

TEST(DirectionBetween, RefusesWhatGivesNoDirection) {
  const auto some = group(5, kFirst, 0, 1);
  EXPECT_THROW(directionBetween(some, {}), Error);
  EXPECT_THROW(directionBetween({}, some), Error);
  EXPECT_THROW(directionBetween(some, some), Error);
  const auto others = group(5, {1, 0}, 0, 1);
  EXPECT_THROW(directionBetween(some, others), Error);
}

}  // namespace
}  // namespace loom
