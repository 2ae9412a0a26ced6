#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/evaluate/fixed_features.h"
#include "core/evaluate/own_features.h"
#include "core/image/edit.h"
#include "tests/evaluate/small_sprites.h"

namespace loom {
namespace {

using test::smallSprites;

constexpr int kSide = 16;

at::Tensor distances(const at::Tensor& a, const at::Tensor& b) {
  return at::cdist(a, b, 2, 2);
}

/// Share of the rows of `changed` whose nearest row of `originals` is their own.
double foundAgain(const at::Tensor& originals, const at::Tensor& changed) {
  const at::Tensor nearest = distances(changed, originals).argmin(1);
  return nearest.eq(at::arange(nearest.size(0))).to(at::kDouble).mean().item<double>();
}

TEST(SpritePictures, AreMultipliedByAlphaOnASquare) {
  Sprite sprite(8, 16);
  sprite.at(0, 0) = {255, 0, 51, 255};
  sprite.at(7, 15) = {255, 255, 255, 51};
  const at::Tensor picture = spritePictures(std::vector{sprite}, kSide);
  EXPECT_EQ(picture.sizes(), (at::IntArrayRef{1, 4, kSide, kSide}));
  const auto value = [&](int channel, int y, int x) { return picture[0][channel][y][x].item<float>(); };
  EXPECT_FLOAT_EQ(value(0, 0, 4), 1);
  EXPECT_FLOAT_EQ(value(2, 0, 4), -.6F);
  EXPECT_FLOAT_EQ(value(0, 15, 11), -.6F) << "white of alpha .2";
  EXPECT_FLOAT_EQ(value(3, 0, 0), -1);
}

TEST(OverTwoGrounds, ATransparentPixelIsBlackOnceAndWhiteOnce) {
  Sprite sprite(kSide, kSide);
  sprite.at(0, 0) = {255, 255, 255, 255};
  sprite.at(1, 0) = {0, 0, 0, 255};
  const at::Tensor picture = overTwoGrounds(spritePictures(std::vector{sprite}, kSide))[0];
  const auto pixel = [&](int x) { return std::pair(picture[0][0][x].item<float>(), picture[3][0][x].item<float>()); };
  EXPECT_EQ(pixel(0), std::pair(1.F, 1.F));
  EXPECT_EQ(pixel(1), std::pair(-1.F, -1.F));
  EXPECT_EQ(pixel(2), std::pair(-1.F, 1.F));
}

TEST(FixedFeatures, AreTheSameEveryTimeAndApartForDifferentSprites) {
  FixedFeatures one, other;
  const at::Tensor pictures = spritePictures(smallSprites(0, 6, kSide).sprites, kSide);
  const at::Tensor features = one.features(pictures);
  EXPECT_EQ(features.size(0), pictures.size(0));
  EXPECT_TRUE(at::equal(features, other.features(pictures)));
  EXPECT_GT((distances(features, features) + at::eye(features.size(0)) * 100).min().item<float>(), 1e-3);
  EXPECT_TRUE(at::allclose(features.narrow(0, 3, 2), one.features(pictures.narrow(0, 3, 2)), 1e-4, 1e-5))
      << "whatever else is measured";
}

TEST(FixedFeatures, SeeAlpha) {
  Sprite white(kSide, kSide), black(kSide, kSide), empty(kSide, kSide);
  for (Rgba& pixel : white.pixels()) pixel = {255, 255, 255, 255};
  for (Rgba& pixel : black.pixels()) pixel = {0, 0, 0, 255};
  FixedFeatures space;
  const at::Tensor features = space.features(spritePictures(std::vector{white, black, empty}, kSide));
  EXPECT_GT((distances(features, features) + at::eye(3) * 100).min().item<float>(), .1);
}

TEST(OwnFeatures, FindMovedSpritesAgainBetterThanBeforeTheyLearnt) {
  const std::vector<Sprite> sprites = smallSprites(0, 24, kSide).sprites;
  std::vector<Sprite> shifted;
  for (const Sprite& sprite : sprites) {
    Sprite& other = shifted.emplace_back(kSide, kSide);
    paste(other, sprite, 1, 1);
  }
  const at::Tensor pictures = spritePictures(sprites, kSide), moved = spritePictures(shifted, kSide);
  JobMonitor monitor;
  OwnFeatures before(pictures, {.steps = 0}, monitor), after(pictures, {}, monitor);
  const double untrained = foundAgain(before.features(pictures), before.features(moved));
  const double trained = foundAgain(after.features(pictures), after.features(moved));
  EXPECT_GT(trained, .85);
  EXPECT_GT(trained, untrained);
}

TEST(OwnFeatures, AreTheSameForTheSameSprites) {
  const at::Tensor pictures = spritePictures(smallSprites(0, 8, kSide).sprites, kSide);
  JobMonitor monitor;
  const OwnFeaturesOptions few{.steps = 5};
  OwnFeatures one(pictures, few, monitor), same(pictures, few, monitor),
      other(pictures, {.steps = 5, .seed = 2}, monitor);
  EXPECT_TRUE(at::equal(one.features(pictures), same.features(pictures)));
  EXPECT_FALSE(at::allclose(one.features(pictures), other.features(pictures)));
}

TEST(OwnFeatures, StopWhenAskedToAndRefuseASingleSprite) {
  const at::Tensor pictures = spritePictures(smallSprites(0, 2, kSide).sprites, kSide);
  std::stop_source stop;
  stop.request_stop();
  JobMonitor stopped(stop.get_token(), {}), monitor;
  EXPECT_THROW(OwnFeatures(pictures, {}, stopped), Cancelled);
  EXPECT_THROW(OwnFeatures(pictures.narrow(0, 0, 1), {}, monitor), Error);
}

TEST(FeatureScale, BringsEveryFeatureToMeanZeroAndDeviationOne) {
  const at::Tensor real = at::arange(20, at::kFloat).reshape({5, 4}) * at::tensor({1.F, 10.F, 100.F, 0.F});
  const at::Tensor scaled = FeatureScale(real)(real);
  EXPECT_TRUE(at::allclose(scaled.mean(0), at::zeros({4}), 0, 1e-5));
  EXPECT_TRUE(at::allclose(scaled.std(0, false), at::tensor({1.F, 1.F, 1.F, 0.F}), 1e-5))
      << "one that never changes stays nothing";
}

}  // namespace
}  // namespace loom
