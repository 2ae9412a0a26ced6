#include "core/image/resample.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kBlue{0, 0, 255, 255};

Sprite filled(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  for (Rgba& pixel : sprite.pixels()) pixel = colour;
  return sprite;
}

TEST(Resample, AreaIsTheMeanWeightedByAlpha) {
  Sprite sprite(2, 2);
  sprite.at(0, 0) = kRed;
  sprite.at(1, 0) = kBlue;
  sprite.at(0, 1) = {0, 255, 0, 0};
  const Rgba mean = resampledArea(sprite, 1, 1).at(0, 0);
  EXPECT_EQ(mean, (Rgba{128, 0, 128, 128})) << "a transparent pixel lends no colour";
  EXPECT_EQ(resampledArea(sprite, 2, 2).at(1, 0), kBlue);
  EXPECT_EQ(resampledArea(filled(7, 5, kRed), 3, 11), filled(3, 11, kRed));
  EXPECT_THROW(resampledArea(Sprite(), 1, 1), Error);
  EXPECT_THROW(resampledNearest(sprite, 0, 1), Error);
}

TEST(Resample, AreaUndoesEnlarging) {
  const Sprite sprite = sampleSprite(3, 9, 7);
  EXPECT_EQ(resampledArea(enlarged(sprite, 4), 9, 7), sprite);
}

TEST(Resample, FitsWithoutResamplingWhereItCan) {
  EXPECT_EQ(fittedTo(filled(20, 30, kRed), 32, FitMode::kAuto).how, "padded");
  EXPECT_EQ(fittedTo(filled(16, 16, kRed), 64, FitMode::kAuto).how, "enlarged x4");
  EXPECT_EQ(fittedTo(filled(16, 16, kRed), 64, FitMode::kPad).how, "padded");
  EXPECT_EQ(fittedTo(filled(64, 64, kRed), 64, FitMode::kAuto).how, "unchanged");
  EXPECT_EQ(fittedTo(enlarged(sampleSprite(1, 20, 20), 3), 20, FitMode::kAuto).sprite, sampleSprite(1, 20, 20));
  const Fitted stays = fittedTo(filled(70, 70, kRed), 64, FitMode::kPad);
  EXPECT_EQ(stays.sprite, filled(70, 70, kRed));
  EXPECT_NE(stays.how.find("left as it is"), std::string::npos);
  EXPECT_NE(fittedTo(sampleSprite(1, 71, 71), 64, FitMode::kWhole).how.find("left as it is"), std::string::npos);
}

TEST(Resample, TransparentSurroundingsAreCutOffBeforeAnyPixelIsLost) {
  Sprite sprite(80, 80);
  paste(sprite, filled(10, 60, kRed), 30, 15);
  const Fitted fitted = fittedTo(sprite, 64, FitMode::kAuto);
  EXPECT_EQ(fitted.how, "surroundings cut off");
  EXPECT_EQ(fitted.sprite, cropped(sprite, {8, 15, 64, 64})) << "around the figure, from the middle of the bottom edge";
  paste(sprite, filled(1, 1, kBlue), 79, 79);
  EXPECT_EQ(fittedTo(sprite, 64, FitMode::kPad).sprite, sprite);
}

TEST(Resample, SaysHowItResampled) {
  Sprite many(100, 99);
  for (int y = 0; y < 99; ++y) {
    for (int x = 0; x < 100; ++x) many.at(x, y) = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0, 255};
  }
  EXPECT_EQ(fittedTo(many, 64, FitMode::kAuto).how, "resampled (area)");
  EXPECT_EQ(fittedTo(filled(100, 99, kRed), 64, FitMode::kAuto).how, "resampled (nearest)");
  EXPECT_EQ(fittedTo(many, 64, FitMode::kNearest).how, "resampled (nearest)");
  EXPECT_EQ(fittedTo(filled(40, 20, kRed), 64, FitMode::kArea).how, "resampled (area)");
  for (const FitMode mode : {FitMode::kAuto, FitMode::kNearest, FitMode::kArea}) {
    const Fitted fitted = fittedTo(many, 64, mode);
    EXPECT_EQ(fitted.sprite.width(), 64);
    EXPECT_EQ(fitted.sprite.height(), 64);
    EXPECT_EQ(fittedTo(fitted.sprite, 64, mode).sprite, fitted.sprite) << "once is enough";
  }
}

}  // namespace
}  // namespace loom
