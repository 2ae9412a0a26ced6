#include <gtest/gtest.h>

#include <QByteArray>

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
  Sprite sprite(64, 48);
  for (int y = 8; y < 48; ++y) {
    for (int x = 16; x < 48; ++x) sprite.at(x, y) = {static_cast<std::uint8_t>(x / 4 * 9), 80, 200, 255};
  }
  const auto packed = packPixels(sprite);
  EXPECT_LT(packed.size(), sprite.pixels().size_bytes() / 8);
  EXPECT_EQ(unpackPixels(packed, 64, 48), sprite);
  EXPECT_EQ(unpackPixels(packPixels(gradient(64, 48)), 64, 48), gradient(64, 48));
}

TEST(PackedPixels, AsEarlierVersionsKeptThemAreRead) {
  const Sprite sprite = gradient(20, 12);
  const auto pixels = std::as_bytes(sprite.pixels());
  const QByteArray packed =
      qCompress(reinterpret_cast<const uchar*>(pixels.data()), static_cast<qsizetype>(pixels.size()), 1);
  const auto bytes = std::as_bytes(std::span(packed.constData(), static_cast<std::size_t>(packed.size())));
  EXPECT_EQ(unpackPixels(bytes, 20, 12), sprite);
  EXPECT_THROW(unpackPixels(bytes, 20, 13), Error);
  EXPECT_THROW(unpackPixels(bytes.first(bytes.size() / 2), 20, 12), Error);
}

TEST(PackedPixels, OneFlippedByteIsNoticed) {
  const auto packed = packPixels(gradient(16, 16));
  for (std::size_t i = 0; i < packed.size(); ++i) {
    auto damaged = packed;
    damaged[i] ^= std::byte{0x10};
    try {
      EXPECT_EQ(unpackPixels(damaged, 16, 16), gradient(16, 16)) << i;
    } catch (const Error&) {
    }
  }
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
