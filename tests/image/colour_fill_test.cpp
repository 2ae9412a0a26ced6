#include "core/image/colour_fill.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace loom {
namespace {

TEST(ColourFill, MeanCountsWhatIsSeen) {
  Sprite sprite(3, 1);
  sprite.at(0, 0) = {200, 0, 0, 255};
  sprite.at(1, 0) = {0, 100, 0, 255};
  sprite.at(2, 0) = {255, 255, 255, 0};
  EXPECT_EQ(meanColour(sprite), (Rgba{100, 50, 0, 255}));
  EXPECT_EQ(meanColour(Sprite(2, 2)), Rgba{});
}

TEST(ColourFill, BlurReachesEveryPixelAndMixesNothingIn) {
  Sprite sprite(64, 40);
  sprite.at(2, 2) = {200, 30, 40, 255};
  const Sprite blurred = blurredColours(sprite, 1);
  for (const Rgba& pixel : blurred.pixels()) ASSERT_EQ(pixel, (Rgba{200, 30, 40, 255}));
  EXPECT_EQ(blurredColours(Sprite(4, 4), 3), Sprite(4, 4));
}

TEST(ColourFill, NearColoursWeighMore) {
  Sprite sprite(41, 1);
  sprite.at(0, 0) = {255, 0, 0, 255};
  sprite.at(40, 0) = {0, 0, 255, 255};
  const Sprite blurred = blurredColours(sprite, 12);
  EXPECT_GT(blurred.at(5, 0).r, 200);
  EXPECT_GT(blurred.at(35, 0).b, 200);
  EXPECT_LE(std::abs(blurred.at(20, 0).r - blurred.at(20, 0).b), 2);
  for (int x = 1; x < 41; ++x) EXPECT_LE(blurred.at(x, 0).r, blurred.at(x - 1, 0).r) << x;
}

}  // namespace
}  // namespace loom
