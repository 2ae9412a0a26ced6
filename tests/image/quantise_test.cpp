#include "core/image/quantise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/edit.h"

namespace loom {
namespace {

/// Smooth, with a transparent corner that hides a loud colour.
Sprite rainbow(int side) {
  Sprite sprite(side, side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const auto level = [side](int at) { return static_cast<std::uint8_t>(at * 255 / (side - 1)); };
      sprite.at(x, y) = {level(x), level(y), level(side - 1 - x), 255};
      if (x + y < side / 2) sprite.at(x, y) = {255, 0, 255, 0};
    }
  }
  return sprite;
}

double meanDistance(const Sprite& left, const Sprite& right) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < left.pixels().size(); ++i) {
    if (left.pixels()[i].a == 0) continue;
    sum += static_cast<double>(distance(toOkLab(left.pixels()[i]), toOkLab(right.pixels()[i])));
    ++count;
  }
  return sum / count;
}

TEST(Quantise, MoreColoursComeCloser) {
  const Sprite sprite = rainbow(64);
  double before = 1;
  for (const int colours : {2, 4, 16, 64, 256}) {
    const Sprite result = quantised(sprite, colours);
    EXPECT_LE(countColours(result), colours);
    EXPECT_GT(countColours(result), colours / 2);
    const double error = meanDistance(sprite, result);
    EXPECT_LT(error, before) << colours;
    before = error;
  }
  EXPECT_LT(before, 0.02);
}

TEST(Quantise, TransparentPixelsStayAndTakeNoColour) {
  const Sprite sprite = rainbow(32);
  for (const double dither : {0.0, 1.0}) {
    const Sprite result = quantised(sprite, 8, dither);
    for (std::size_t i = 0; i < result.pixels().size(); ++i) {
      ASSERT_EQ(result.pixels()[i].a, sprite.pixels()[i].a);
      if (result.pixels()[i].a == 0) {
        ASSERT_EQ(result.pixels()[i], sprite.pixels()[i]);
      }
    }
  }
  Sprite dot(4, 4);
  dot.at(1, 1) = {10, 20, 30, 255};
  dot.at(2, 1) = {200, 20, 30, 255};
  EXPECT_EQ(quantised(dot, 2), dot);
  EXPECT_EQ(quantised(Sprite(4, 4), 2), Sprite(4, 4));
}

TEST(Quantise, LeavesAloneWhatHasNoMoreColours) {
  const Sprite sprite = quantised(rainbow(32), 16);
  EXPECT_EQ(quantised(sprite, 16), sprite);
  EXPECT_EQ(quantised(sprite, 256), sprite);
}

TEST(Quantise, IsTheSameEveryTime) {
  const Sprite sprite = rainbow(64);
  for (const double dither : {0.0, 0.7}) EXPECT_EQ(quantised(sprite, 12, dither), quantised(sprite, 12, dither));
}

TEST(Quantise, DitheringKeepsToThePaletteAndToTheMean) {
  Sprite grey(32, 32);
  for (Rgba& pixel : grey.pixels()) pixel = {150, 150, 150, 255};
  const std::vector<Rgba> palette{{100, 100, 100, 255}, {200, 200, 200, 255}};
  const Sprite plain = lockedTo(grey, palette, 0);
  EXPECT_EQ(countColours(plain), 1);
  const Sprite mixed = lockedTo(grey, palette, 1);
  EXPECT_EQ(countColours(mixed), 2);
  for (const Rgba& pixel : mixed.pixels()) ASSERT_NE(std::ranges::find(palette, pixel), palette.end());
}

TEST(Quantise, OnePaletteServesManySprites) {
  Sprite red(8, 8);
  Sprite blue(8, 8);
  for (int i = 0; i < 64; ++i) {
    red.at(i % 8, i / 8) = {static_cast<std::uint8_t>(190 + i), 0, 0, 255};
    blue.at(i % 8, i / 8) = {0, 0, static_cast<std::uint8_t>(190 + i), 255};
  }
  PaletteReducer reducer;
  reducer.add(red);
  reducer.add(blue);
  reducer.add(Sprite(8, 8));
  const std::vector<Rgba> palette = reducer.reduced(6);
  EXPECT_LE(palette.size(), 6U);
  EXPECT_TRUE(std::ranges::any_of(palette, [](Rgba colour) { return colour.r > 150 && colour.b < 50; }));
  EXPECT_TRUE(std::ranges::any_of(palette, [](Rgba colour) { return colour.b > 150 && colour.r < 50; }));
  EXPECT_LT(meanDistance(red, lockedTo(red, palette)), 0.03);
  EXPECT_LT(meanDistance(blue, lockedTo(blue, palette)), 0.03);
  EXPECT_TRUE(PaletteReducer().reduced(4).empty());
}

TEST(Quantise, RefusesCountsThatNoPaletteHas) {
  for (const int colours : {-1, 0, 1, 257}) EXPECT_THROW(quantised(rainbow(8), colours), Error) << colours;
}

}  // namespace
}  // namespace loom
