#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/codec.h"

namespace loom {
namespace {

Sprite gradient(int width, int height) {
  Sprite sprite(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      sprite.at(x, y) = {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 7, 255};
    }
  }
  return sprite;
}

TEST(PackedPixels, ComeBackExactlyAndSmaller) {
  const Sprite sprite = gradient(64, 48);
  const auto packed = packPixels(sprite);
  EXPECT_LT(packed.size(), sprite.pixels().size_bytes() / 2);
  EXPECT_EQ(unpackPixels(packed, 64, 48), sprite);
}

TEST(PackedPixels, OfAnEmptySpriteAreEmpty) {
  EXPECT_TRUE(unpackPixels(packPixels(Sprite()), 0, 0).empty());
}

TEST(PackedPixels, OfAnotherSizeAreRefused) {
  const auto packed = packPixels(gradient(8, 8));
  EXPECT_THROW(unpackPixels(packed, 8, 9), Error);
  EXPECT_THROW(unpackPixels(packed, -8, -8), Error);
  EXPECT_THROW(unpackPixels(packed, 1 << 20, 1 << 20), Error);
}

TEST(PackedPixels, ThatAreDamagedAreRefused) {
  auto packed = packPixels(gradient(64, 64));
  EXPECT_THROW(unpackPixels(std::span(packed).first(packed.size() / 2), 64, 64), Error);
  EXPECT_THROW(unpackPixels(std::span(packed).first(3), 64, 64), Error);
  for (std::size_t i = 10; i < packed.size(); i += 7) packed[i] ^= std::byte{0x5A};
  EXPECT_THROW(unpackPixels(packed, 64, 64), Error);
}

TEST(ContentHash, TellsPixelsAndSizesApart) {
  const Sprite sprite = gradient(16, 4);
  Sprite changed = sprite;
  changed.at(15, 3).b ^= 1;
  EXPECT_EQ(contentHash(sprite), contentHash(gradient(16, 4)));
  EXPECT_NE(contentHash(sprite), contentHash(changed));
  EXPECT_NE(contentHash(Sprite(16, 4)), contentHash(Sprite(8, 8)));
  EXPECT_NE(contentHash(Sprite(4, 16)), contentHash(Sprite(16, 4)));
}

TEST(ContentHash, LooksAtNoColourUnderFullTransparency) {
  Sprite first = gradient(4, 4);
  Sprite second = first;
  first.at(2, 2) = {255, 0, 0, 0};
  second.at(2, 2) = {0, 9, 0, 0};
  EXPECT_EQ(contentHash(first), contentHash(second));
  second.at(2, 2).a = 1;
  EXPECT_NE(contentHash(first), contentHash(second));
}

}  // namespace
}  // namespace loom
