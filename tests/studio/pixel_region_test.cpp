#include "core/studio/pixel_region.h"

#include <gtest/gtest.h>

#include <string>

namespace loom {
namespace {

constexpr Rgba kRed{200, 0, 0, 255};

/// '#' is red, '.' transparent; of two transparent pixels no two have the same hidden colour.
Sprite drawn(const std::vector<std::string>& rows) {
  Sprite sprite(static_cast<int>(rows.front().size()), static_cast<int>(rows.size()));
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const bool red = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#';
      sprite.at(x, y) = red ? kRed : Rgba{static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0, 0};
    }
  }
  return sprite;
}

TEST(ColourRegion, IsJoinedBySidesNotByCorners) {
  const Sprite sprite = drawn({"##.#",  //
                               ".#..",  //
                               "..##"});
  EXPECT_EQ(colourRegion(sprite, 0, 0), (std::vector<PixelPlace>{{0, 0}, {1, 0}, {1, 1}}));
  EXPECT_EQ(colourRegion(sprite, 3, 0), (std::vector<PixelPlace>{{3, 0}}));
}

TEST(ColourRegion, TakesTransparentPixelsForOneColour) {
  const Sprite sprite = drawn({"..#",  //
                               "#.."});
  EXPECT_EQ(colourRegion(sprite, 0, 0), (std::vector<PixelPlace>{{0, 0}, {1, 0}, {1, 1}, {2, 1}}));
}

TEST(ColourRegion, KeepsToThoseItMayHaveAndAlwaysHasThePixelItself) {
  const Sprite sprite = drawn({"####"});
  const auto left = [](int x, int) { return x < 2; };
  EXPECT_EQ(colourRegion(sprite, 0, 0, left), (std::vector<PixelPlace>{{0, 0}, {1, 0}}));
  EXPECT_EQ(colourRegion(sprite, 3, 0, left), (std::vector<PixelPlace>{{3, 0}}));
  EXPECT_TRUE(colourRegion(sprite, 4, 0).empty());
  EXPECT_TRUE(colourRegion(Sprite(), 0, 0).empty());
}

}  // namespace
}  // namespace loom
