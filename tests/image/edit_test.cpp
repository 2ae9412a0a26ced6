#include "core/image/edit.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kClear{};

/// Every pixel different: red is x, green is y.
Sprite numbered(int width, int height) {
  Sprite sprite(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      sprite.at(x, y) = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0, 255};
    }
  }
  return sprite;
}

TEST(Edit, CropsAndIsTransparentOutside) {
  const Sprite sprite = numbered(4, 3);
  const Sprite part = cropped(sprite, {1, 1, 2, 2});
  EXPECT_EQ(part.width(), 2);
  EXPECT_EQ(part.at(0, 0), sprite.at(1, 1));
  EXPECT_EQ(part.at(1, 1), sprite.at(2, 2));
  const Sprite beyond = cropped(sprite, {-1, 2, 3, 2});
  EXPECT_EQ(beyond.at(0, 0), kClear);
  EXPECT_EQ(beyond.at(1, 0), sprite.at(0, 2));
  EXPECT_EQ(beyond.at(1, 1), kClear);
  EXPECT_TRUE(cropped(sprite, {0, 0, -2, 5}).empty());
}

TEST(Edit, PasteCopiesAndDropsWhatFallsOutside) {
  Sprite target(3, 3);
  target.at(1, 1) = kRed;
  Sprite source = numbered(2, 2);
  source.at(0, 0) = kClear;
  paste(target, source, 1, 1);
  EXPECT_EQ(target.at(1, 1), kClear) << "it copies, it does not blend";
  EXPECT_EQ(target.at(2, 2), source.at(1, 1));
  const Sprite before = target;
  paste(target, source, 5, 5);
  paste(target, source, -2, 0);
  EXPECT_EQ(target, before);
  paste(target, source, -1, -1);
  EXPECT_EQ(target.at(0, 0), source.at(1, 1));
}

TEST(Edit, EnlargesByWholeNumbers) {
  const Sprite sprite = numbered(3, 2);
  const Sprite large = enlarged(sprite, 3);
  ASSERT_EQ(large.width(), 9);
  ASSERT_EQ(large.height(), 6);
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 9; ++x) EXPECT_EQ(large.at(x, y), sprite.at(x / 3, y / 3));
  }
  EXPECT_EQ(enlarged(sprite, 1), sprite);
  EXPECT_THROW(enlarged(sprite, 0), Error);
}

TEST(Edit, FlattensOverAColour) {
  Sprite sprite(3, 1);
  sprite.at(0, 0) = {10, 20, 30, 255};
  sprite.at(1, 0) = {255, 0, 0, 128};
  const Sprite flat = flattened(sprite, {0, 0, 255, 255});
  EXPECT_EQ(flat.at(0, 0), (Rgba{10, 20, 30, 255}));
  EXPECT_EQ(flat.at(1, 0), (Rgba{128, 0, 127, 255}));
  EXPECT_EQ(flat.at(2, 0), (Rgba{0, 0, 255, 255}));
}

TEST(Edit, MirrorsLeftAndRight) {
  const Sprite sprite = numbered(5, 2);
  EXPECT_EQ(mirrored(sprite).at(0, 1), sprite.at(4, 1));
  EXPECT_EQ(mirrored(mirrored(sprite)), sprite);
}

TEST(Edit, FindsOpaqueBounds) {
  Sprite sprite(8, 8);
  EXPECT_EQ(opaqueBounds(sprite), (PixelRect{}));
  sprite.at(2, 5) = {0, 0, 0, 1};
  EXPECT_EQ(opaqueBounds(sprite), (PixelRect{2, 5, 1, 1}));
  sprite.at(6, 1) = kRed;
  EXPECT_EQ(opaqueBounds(sprite), (PixelRect{2, 1, 5, 5}));
  EXPECT_EQ(opaqueBounds(numbered(3, 4)), (PixelRect{0, 0, 3, 4}));
}

TEST(Edit, CountsVisibleColours) {
  Sprite sprite(4, 1);
  EXPECT_EQ(countColours(sprite), 0);
  sprite.at(0, 0) = kRed;
  sprite.at(1, 0) = kRed;
  sprite.at(2, 0) = {255, 0, 0, 100};
  sprite.at(3, 0) = {9, 9, 9, 0};
  EXPECT_EQ(countColours(sprite), 2);
}

TEST(Edit, KnowsPartialAlphaFromTransparency) {
  Sprite sprite(2, 1);
  sprite.at(0, 0) = kRed;
  EXPECT_TRUE(hasTransparency(sprite));
  EXPECT_FALSE(hasPartialAlpha(sprite));
  sprite.at(1, 0) = {1, 1, 1, 254};
  EXPECT_TRUE(hasPartialAlpha(sprite));
  EXPECT_FALSE(hasTransparency(numbered(2, 2)));
}

TEST(FittedTo, LeavesTheRightSizeAlone) {
  const Fitted fitted = fittedTo(numbered(16, 16), 16);
  EXPECT_EQ(fitted.how, "unchanged");
  EXPECT_EQ(fitted.sprite, numbered(16, 16));
}

TEST(FittedTo, PadsASmallerSpriteStandingOnTheBottom) {
  const Sprite sprite = numbered(10, 12);
  const Fitted fitted = fittedTo(sprite, 16);
  EXPECT_EQ(fitted.how, "padded");
  EXPECT_EQ(opaqueBounds(fitted.sprite), (PixelRect{3, 4, 10, 12}));
  EXPECT_EQ(cropped(fitted.sprite, {3, 4, 10, 12}), sprite);
}

TEST(FittedTo, EnlargesByTheWholeNumberThatFits) {
  const Fitted exact = fittedTo(numbered(16, 16), 64);
  EXPECT_EQ(exact.how, "enlarged x4");
  EXPECT_EQ(exact.sprite, enlarged(numbered(16, 16), 4));
  const Fitted rest = fittedTo(numbered(15, 10), 64);
  EXPECT_EQ(rest.how, "enlarged x4 and padded");
  EXPECT_EQ(opaqueBounds(rest.sprite), (PixelRect{2, 24, 60, 40}));
}

TEST(FittedTo, ReducesByAWholeNumberAndUndoesAnEnlargement) {
  const Fitted exact = fittedTo(enlarged(numbered(16, 16), 3), 16);
  EXPECT_EQ(exact.how, "reduced x3");
  EXPECT_EQ(exact.sprite, numbered(16, 16));
  const Fitted rest = fittedTo(enlarged(numbered(8, 9), 3), 16);
  EXPECT_EQ(rest.how, "reduced x3 and padded") << "it is pixel art enlarged three times, however small it gets";
  EXPECT_EQ(cropped(rest.sprite, {4, 7, 8, 9}), numbered(8, 9));
  EXPECT_EQ(fittedTo(numbered(32, 28), 16).how, "reduced x2 and padded");
}

TEST(FittedTo, ResamplesWhereNoWholeNumberFits) {
  const Fitted fitted = fittedTo(numbered(20, 10), 16);
  EXPECT_EQ(fitted.how, "resampled (nearest)");
  EXPECT_EQ(fitted.sprite.width(), 16);
  EXPECT_EQ(fitted.sprite.height(), 16);
  EXPECT_EQ(opaqueBounds(fitted.sprite), (PixelRect{0, 8, 16, 8}));
  EXPECT_EQ(fitted.sprite.at(15, 15), numbered(20, 10).at(19, 9));
  EXPECT_EQ(fittedTo(numbered(1000, 1), 16).sprite.width(), 16);
}

TEST(FittedTo, RefusesNothing) {
  EXPECT_THROW(fittedTo(Sprite(), 16), Error);
  EXPECT_THROW(fittedTo(numbered(2, 2), 0), Error);
}

TEST(ParseColour, ReadsHexAlone) {
  EXPECT_EQ(parseColour("#30a0Ff"), (Rgba{0x30, 0xA0, 0xFF, 255}));
  for (const char* text : {"", "#", "30a0ff", "#30a0f", "#30a0fg", "#30a0ff0", "red", "#+1+1+1"}) {
    EXPECT_THROW(parseColour(text), Error) << text;
  }
}

}  // namespace
}  // namespace loom
