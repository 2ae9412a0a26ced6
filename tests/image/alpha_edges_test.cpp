#include "core/image/alpha_edges.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/image/resample.h"
#include "tests/image/painted_backgrounds.h"

namespace loom {
namespace {

constexpr Rgba kWhite{255, 255, 255, 255};

/// A starter figure with smooth edges, at an uneven scale.
Sprite smooth(const Sprite& figure) {
  return resampledArea(enlarged(figure, 4), 100, 100);
}

/// Cut out roughly after it stood on a colour: every pixel that shows a tenth of the figure stays, opaque.
Sprite withHalo(const Sprite& figure, Rgba colour) {
  Sprite result = painted(figure, solidPainter(colour));
  for (std::size_t i = 0; i < result.pixels().size(); ++i) {
    if (figure.pixels()[i].a < 26) result.pixels()[i] = {};
  }
  return result;
}

/// Mean difference of colour on the rim's visible pixels, 8-bit.
double colourError(const Sprite& result, const Sprite& truth) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    const Rgba& right = truth.pixels()[i];
    const Rgba& left = result.pixels()[i];
    if (right.a < 26 || right.a == 255 || left.a == 0) continue;
    sum += std::abs(left.r - right.r) + std::abs(left.g - right.g) + std::abs(left.b - right.b);
    ++count;
  }
  return count == 0 ? 0 : sum / count / 3;
}

TEST(AlphaEdges, TheEarlierBackgroundIsGuessedFromTheRim) {
  for (const Rgba colour : {kWhite, Rgba{0, 0, 0, 255}, Rgba{255, 0, 255, 255}, Rgba{120, 180, 230, 255}}) {
    int found = 0;
    double before = 0;
    double after = 0;
    for (const Sprite& figure : starterFigures(12)) {
      const Sprite truth = smooth(figure);
      const Sprite dirty = withHalo(truth, colour);
      const auto matte = guessedMatte(dirty, 1);
      if (!matte) continue;
      ++found;
      before += colourError(dirty, truth);
      after += colourError(unmatted(
                               dirty, [&](int, int) { return *matte; }, 1, RimEdges::kSoft)
                               .sprite,
                           truth);
    }
    EXPECT_GE(found, 11) << int{colour.r} << " " << int{colour.g} << " " << int{colour.b};
    EXPECT_LT(after, 0.5 * before) << int{colour.r} << " " << int{colour.g} << " " << int{colour.b};
  }
}

TEST(AlphaEdges, CleanFiguresAreNotSuspected) {
  int suspected = 0;
  for (const Sprite& figure : starterFigures(24)) {
    suspected += guessedMatte(figure, 1) ? 1 : 0;
    suspected += guessedMatte(smooth(figure), 1) ? 1 : 0;
  }
  EXPECT_EQ(suspected, 0);
  EXPECT_FALSE(guessedMatte(Sprite(8, 8), 1));
  EXPECT_FALSE(guessedMatte(Sprite(), 1));
}

TEST(AlphaEdges, TakesTheHaloOutWithColoursFromInside) {
  double before = 0;
  double soft = 0;
  double overlapBefore = 0;
  double overlapHard = 0;
  const std::vector<Sprite> figures = starterFigures(12);
  for (const Sprite& figure : figures) {
    const Sprite truth = smooth(figure);
    const Sprite dirty = withHalo(truth, kWhite);
    const auto white = [](int, int) { return kWhite; };
    const Unmatted softened = unmatted(dirty, white, 1, RimEdges::kSoft);
    const Unmatted hardened = unmatted(dirty, white, 1, RimEdges::kHard);
    before += colourError(dirty, truth);
    soft += colourError(softened.sprite, truth);
    overlapBefore += overlap(silhouette(dirty, true), silhouette(truth, true));
    overlapHard += overlap(silhouette(hardened.sprite, true), silhouette(truth, true));
    EXPECT_GT(softened.blends, softened.rim / 3);
    for (const Rgba& pixel : hardened.sprite.pixels()) ASSERT_TRUE(pixel.a == 0 || pixel.a == 255);
  }
  const auto count = static_cast<double>(figures.size());
  EXPECT_LT(soft, 0.4 * before) << before / count << " to " << soft / count;
  EXPECT_GT(overlapHard / count, 0.98) << "from " << overlapBefore / count;
  EXPECT_GT(overlapHard, overlapBefore);
}

TEST(AlphaEdges, PartlyTransparentPixelsKeepTheirAlphaAndLoseTheMatte) {
  double before = 0;
  double after = 0;
  for (const Sprite& figure : starterFigures(8)) {
    const Sprite truth = smooth(figure);
    Sprite dirty = painted(truth, solidPainter(kWhite));
    for (std::size_t i = 0; i < truth.pixels().size(); ++i) dirty.pixels()[i].a = truth.pixels()[i].a;
    const Sprite result = unmatted(
                              dirty, [](int, int) { return kWhite; }, 1, RimEdges::kSoft)
                              .sprite;
    before += colourError(dirty, truth);
    after += colourError(result, truth);
    int same = 0;
    int partial = 0;
    for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
      const int alpha = truth.pixels()[i].a;
      if (alpha == 0 || alpha == 255) continue;
      ++partial;
      same += result.pixels()[i].a == alpha ? 1 : 0;
    }
    EXPECT_GT(same, partial * 95 / 100);
  }
  EXPECT_LT(after, 0.5 * before) << before / 8 << " to " << after / 8;
}

TEST(AlphaEdges, HardFiguresKeepTheirRim) {
  for (const Sprite& figure : starterFigures(12)) {
    const Unmatted result = unmatted(
        figure, [](int, int) { return kWhite; }, 1, RimEdges::kHard);
    EXPECT_LT(result.blends, result.rim / 10);
  }
}

TEST(AlphaEdges, HardeningKnowsOnlyOpaqueAndClear) {
  Sprite sprite(4, 1);
  sprite.at(0, 0) = {9, 8, 7, 127};
  sprite.at(1, 0) = {9, 8, 7, 128};
  sprite.at(2, 0) = {9, 8, 7, 255};
  sprite.at(3, 0) = {9, 8, 7, 0};
  const Sprite hard = hardenedAlpha(sprite, 128);
  EXPECT_EQ(hard.at(0, 0), Rgba{});
  EXPECT_EQ(hard.at(1, 0), (Rgba{9, 8, 7, 255}));
  EXPECT_EQ(hard.at(2, 0), (Rgba{9, 8, 7, 255}));
  EXPECT_EQ(hard.at(3, 0), Rgba{});
  EXPECT_EQ(hardenedAlpha(hard, 128), hard);
}

TEST(AlphaEdges, PartialPixelsTakeColoursFromTheirOpaqueNeighbours) {
  Sprite sprite(3, 1);
  sprite.at(0, 0) = {200, 100, 0, 255};
  sprite.at(1, 0) = {255, 255, 255, 60};
  const Sprite result = withColoursFromInside(sprite);
  EXPECT_EQ(result.at(1, 0), (Rgba{200, 100, 0, 60}));
  EXPECT_EQ(result.at(0, 0), sprite.at(0, 0));
}

}  // namespace
}  // namespace loom
