#include "core/image/channels.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

TEST(Channels, LumaIsWhatPillowCallsL) {
  // Image.new("RGB", (1, 1), colour).convert("L") of Pillow 10
  EXPECT_EQ(luma({255, 0, 0, 255}), 76);
  EXPECT_EQ(luma({0, 255, 0, 255}), 150);
  EXPECT_EQ(luma({0, 0, 255, 255}), 29);
  EXPECT_EQ(luma({255, 255, 255, 255}), 255);
  EXPECT_EQ(luma({10, 20, 30, 255}), 18);
  for (int grey = 0; grey < 256; ++grey) {
    const auto value = static_cast<std::uint8_t>(grey);
    EXPECT_EQ(luma({value, value, value, 0}), value);
  }
}

TEST(Channels, ValuesComePixelByPixel) {
  Sprite sprite(2, 1);
  sprite.at(0, 0) = {10, 20, 30, 255};
  sprite.at(1, 0) = {200, 100, 50, 0};
  const Rgba red{255, 0, 0, 255};
  using Values = std::vector<std::uint8_t>;
  EXPECT_EQ(channelValues(sprite, 1, red), (Values{18, 76}));
  EXPECT_EQ(channelValues(sprite, 2, red), (Values{18, 255, 124, 0}));
  EXPECT_EQ(channelValues(sprite, 3, red), (Values{10, 20, 30, 255, 0, 0}));
  EXPECT_EQ(channelValues(sprite, 4, red), (Values{10, 20, 30, 255, 200, 100, 50, 0}));
  EXPECT_THROW(channelValues(sprite, 0), Error);
  EXPECT_THROW(channelValues(sprite, 5), Error);
}

TEST(Channels, GoBothWays) {
  const Sprite sprite = sampleSprite(5, 7, 9);
  EXPECT_EQ(spriteFromChannels(channelValues(sprite, 4), 7, 9, 4), sprite);
  const Sprite flat = flattened(sprite, kWhite);
  EXPECT_EQ(spriteFromChannels(channelValues(sprite, 3), 7, 9, 3), flat);
  for (const int channels : {1, 2}) {
    const auto values = channelValues(sprite, channels);
    EXPECT_EQ(channelValues(spriteFromChannels(values, 7, 9, channels), channels), values);
  }
  EXPECT_THROW(spriteFromChannels(channelValues(sprite, 3), 7, 9, 4), Error);
}

TEST(Channels, APngKeepsEveryValue) {
  Sprite sprite = sampleSprite(6, 13, 5);
  sprite.at(3, 3) = {1, 2, 3, 99};
  for (int channels = 1; channels <= 4; ++channels) {
    const Sprite read = decodeImage(encodePng(sprite, channels), "test.png");
    EXPECT_EQ(read, spriteFromChannels(channelValues(sprite, channels), 13, 5, channels)) << channels;
    EXPECT_EQ(encodePng(sprite, channels), encodePng(sprite, channels));
  }
  EXPECT_THROW(encodePng(Sprite(), 1), Error);
}

}  // namespace
}  // namespace loom
