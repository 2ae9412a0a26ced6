#include "core/latent/breeding.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr int kSize = 96;

double dot(const Latent& a, const Latent& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}
double length(const Latent& latent) {
  return std::sqrt(dot(latent, latent));
}
double likeness(const Latent& a, const Latent& b) {
  return dot(a, b) / length(a) / length(b);
}
Latent character(int number) {
  return sampleLatent(7, static_cast<std::uint64_t>(number), kSize);
}

TEST(Variation, IsAsFarFromItsOriginAsItsRadiusSays) {
  RandomStream random(1);
  const Latent origin = character(0);
  EXPECT_EQ(variation(origin, 0, {}, random), origin);
  double before = 1;
  for (const double radius : {.1, .3, .6, 1.}) {
    double sum = 0;
    for (int i = 0; i < 20; ++i) sum += likeness(origin, variation(origin, radius, {}, random));
    EXPECT_LT(sum / 20, before) << radius;
    before = sum / 20;
  }
  EXPECT_NEAR(before, 0, .1) << "at 1 it has nothing of its origin left";
}

TEST(Variation, StaysAmongTypicalLatentsAndKeepsWhatIsLocked) {
  RandomStream random(2);
  const Latent origin = character(0);
  LatentLocks locks(kSize);
  for (std::size_t i = 0; i < 10; ++i) locks[i] = true;
  for (int i = 0; i < 10; ++i) {
    const Latent varied = variation(origin, .5, locks, random);
    EXPECT_NEAR(length(varied), std::sqrt(kSize), .3 * std::sqrt(kSize));
    for (std::size_t at = 0; at < kSize; ++at) EXPECT_EQ(varied[at] == origin[at], at < 10) << at;
  }
  EXPECT_THROW(variation(origin, .5, LatentLocks(3), random), Error);
}

TEST(Child, HasEachDimensionOfAParentWhereTheyAreMixed) {
  RandomStream random(3);
  const std::vector<Latent> parents = {character(0), character(1), character(2)};
  const Latent made = child(parents, Breeding::kMix, 0, random);
  std::set<std::size_t> from;
  for (std::size_t i = 0; i < kSize; ++i) {
    std::size_t parent = 0;
    while (parent < parents.size() && parents[parent][i] != made[i]) ++parent;
    ASSERT_LT(parent, parents.size()) << "dimension " << i << " is nobody's";
    from.insert(parent);
  }
  EXPECT_EQ(from.size(), 3U) << "all have a share";
}

TEST(Child, LiesBetweenItsParentsAndIsAsLongWhereTheyAreBlended) {
  RandomStream random(4);
  const std::vector<Latent> parents = {character(0), character(1)};
  for (int i = 0; i < 10; ++i) {
    const Latent made = child(parents, Breeding::kBlend, 0, random);
    EXPECT_GT(likeness(made, parents[0]) + likeness(made, parents[1]), .9);
    EXPECT_LE(length(made), std::max(length(parents[0]), length(parents[1])) + 1e-3);
    EXPECT_GE(length(made), std::min(length(parents[0]), length(parents[1])) - 1e-3);
  }
  const Latent strayed = child(parents, Breeding::kBlend, .8, random);
  EXPECT_LT(likeness(strayed, parents[0]) + likeness(strayed, parents[1]), .9);
}

TEST(Child, OfOneParentOrOfSeveralModelsIsRefused) {
  RandomStream random(5);
  const std::vector<Latent> one = {character(0)}, mixed = {character(0), Latent(4)};
  EXPECT_THROW(child(one, Breeding::kMix, 0, random), Error);
  EXPECT_THROW(child(mixed, Breeding::kMix, 0, random), Error);
}

TEST(DrawnTo, IsMoreLikeTheLikedAndLessLikeTheDisliked) {
  const Latent origin = character(0);
  const std::vector<Latent> liked = {character(1), character(2)}, disliked = {character(3)};
  const Latent nearer = drawnTo(origin, liked, {}, .3, {});
  EXPECT_GT(likeness(nearer, liked[0]), likeness(origin, liked[0]));
  EXPECT_GT(likeness(nearer, liked[1]), likeness(origin, liked[1]));
  const Latent farther = drawnTo(origin, {}, disliked, .3, {});
  EXPECT_LT(likeness(farther, disliked[0]), likeness(origin, disliked[0]));
  EXPECT_NEAR(length(farther), length(origin), 1e-3);
  const Latent both = drawnTo(origin, liked, disliked, .3, {});
  EXPECT_GT(likeness(both, liked[0]) - likeness(both, disliked[0]),
            likeness(origin, liked[0]) - likeness(origin, disliked[0]));
  EXPECT_THROW(drawnTo(origin, {}, {}, .3, {}), Error);
  EXPECT_THROW(drawnTo(origin, std::vector<Latent>{Latent(4)}, {}, .3, {}), Error);
}

TEST(MixedByLayer, PairsEveryDrawingWithEveryPalette) {
  const std::vector<Latent> parents = {{1, 1}, {2, 2}, {3, 3}};
  const std::vector<Latent> children = mixedByLayer(parents, 2, 2);
  ASSERT_EQ(children.size(), 9U);
  EXPECT_EQ(children[0], (Latent{1, 1, 1, 1})) << "a parent again";
  EXPECT_EQ(children[1], (Latent{1, 1, 2, 2})) << "the last place counts fastest";
  EXPECT_EQ(children[5], (Latent{2, 2, 3, 3}));
}

TEST(MixedByLayer, TakesFromAParentOfTwoLatentsTheOneOfThatPlace) {
  const std::vector<Latent> parents = {{1, 1, 5, 5}, {2, 2}};
  const std::vector<Latent> children = mixedByLayer(parents, 2, 2);
  EXPECT_EQ(children[1], (Latent{1, 1, 2, 2}));
  EXPECT_EQ(children[2], (Latent{2, 2, 5, 5}));
}

TEST(MixedByLayer, RefusesWhatCannotBeMixed) {
  EXPECT_THROW(mixedByLayer({}, 2, 2), Error);
  const std::vector<Latent> odd = {{1, 1}, {2, 2, 2}};
  EXPECT_THROW(mixedByLayer(odd, 2, 2), Error);
  const std::vector<Latent> many(17, Latent{1, 1});
  EXPECT_THROW(mixedByLayer(many, 2, 2), Error);
}

}  // namespace
}  // namespace loom
