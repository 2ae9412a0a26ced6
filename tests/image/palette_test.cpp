#include "core/image/palette.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/random_stream.h"

namespace loom {
namespace {

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kBlue{0, 0, 255, 255};

TEST(Palette, ListsVisibleColoursByFrequency) {
  Sprite sprite(3, 2);
  sprite.at(0, 0) = kBlue;
  sprite.at(1, 0) = kRed;
  sprite.at(2, 0) = kRed;
  sprite.at(0, 1) = {9, 9, 9, 0};
  EXPECT_EQ(paletteOf(sprite).colours, (std::vector<Rgba>{kRed, kBlue}));
  EXPECT_TRUE(paletteOf(Sprite(4, 4)).colours.empty());
}

TEST(Palette, NearestIsNearestInOkLabForAnyColour) {
  RandomStream random(11);
  const auto draw = [&random] {
    const auto channel = [&random] { return static_cast<std::uint8_t>(random.below(256)); };
    return Rgba{channel(), channel(), channel(), 255};
  };
  std::vector<Rgba> palette;
  for (int i = 0; i < 40; ++i) palette.push_back(draw());
  NearestColour nearest(palette);
  for (int i = 0; i < 20000; ++i) {
    Rgba asked = draw();
    if (i % 3 == 0) asked.r = static_cast<std::uint8_t>(i / 3 % 4);  // asked about again, from memory
    const Rgba found = nearest(asked);
    ASSERT_NE(std::ranges::find(palette, found), palette.end());
    for (const Rgba& other : palette) {
      ASSERT_LE(squaredDistance(toOkLab(asked), toOkLab(found)), squaredDistance(toOkLab(asked), toOkLab(other)));
    }
  }
}

TEST(Palette, NearestKeepsAlphaAndPassesTransparentEntriesOver) {
  NearestColour nearest({{255, 0, 0, 0}, kBlue});
  EXPECT_EQ(nearest({255, 0, 0, 77}), (Rgba{0, 0, 255, 77}));
  EXPECT_THROW(NearestColour({{1, 2, 3, 0}}), Error);
  EXPECT_THROW(NearestColour({}), Error);
}

TEST(Palette, LockingTwiceIsLockingOnce) {
  Sprite sprite(16, 16);
  for (int i = 0; i < 256; ++i) {
    const auto level = static_cast<std::uint8_t>(i);
    sprite.at(i % 16, i / 16) = {level, static_cast<std::uint8_t>(255 - i), level,
                                 static_cast<std::uint8_t>(i % 3 * 127)};
  }
  const std::vector<Rgba> palette{kRed, kBlue, {20, 200, 40, 255}};
  const Sprite once = lockedTo(sprite, palette);
  EXPECT_EQ(lockedTo(once, palette), once);
  for (std::size_t i = 0; i < once.pixels().size(); ++i) {
    Rgba pixel = once.pixels()[i];
    ASSERT_EQ(pixel.a, sprite.pixels()[i].a);
    if (pixel.a == 0) continue;
    pixel.a = 255;
    ASSERT_NE(std::ranges::find(palette, pixel), palette.end());
  }
}

TEST(Palette, ColoursAsTextComeBack) {
  EXPECT_EQ(colourText({1, 0x2A, 255, 255}), "#012aff");
  EXPECT_EQ(colourText({1, 0x2A, 255, 0}), "#012aff00");
  EXPECT_EQ(colourFromText("#012aff"), (Rgba{1, 0x2A, 255, 255}));
  EXPECT_EQ(colourFromText("#012AFF80"), (Rgba{1, 0x2A, 255, 128}));
  for (const char* bad : {"", "#", "012aff", "#012af", "#012aff8", "#012affgg", "#012aff800"}) {
    EXPECT_THROW(colourFromText(bad), Error) << bad;
  }
}

}  // namespace
}  // namespace loom
