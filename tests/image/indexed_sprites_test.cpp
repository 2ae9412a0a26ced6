#include "core/image/indexed_sprites.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace loom {
namespace {

Sprite painted(const IndexedSprites& indexed, std::size_t which, int width, int height) {
  Sprite sprite(width, height);
  for (std::size_t at = 0; at < sprite.pixels().size(); ++at) {
    sprite.pixels()[at] = indexed.palette[indexed.pixels[which][at]];
  }
  return sprite;
}

TEST(IndexedSprites, PaintedAgainAreTheSame) {
  Sprite a(3, 2), b(3, 2);
  a.at(0, 0) = {200, 10, 10, 255};
  a.at(2, 1) = {1, 2, 3, 77};
  b.at(1, 1) = {200, 10, 10, 255};
  b.at(1, 0) = {200, 10, 10, 254};
  const IndexedSprites indexed = loom::indexed(std::vector{a, b});
  EXPECT_EQ(indexed.palette, (std::vector<Rgba>{{}, {1, 2, 3, 77}, {200, 10, 10, 254}, {200, 10, 10, 255}}));
  EXPECT_EQ(painted(indexed, 0, 3, 2), a);
  EXPECT_EQ(painted(indexed, 1, 3, 2), b);
}

TEST(IndexedSprites, BeginWithTheTransparentColourWhetherItIsWornOrNot) {
  Sprite full(2, 1);
  full.at(0, 0) = full.at(1, 0) = {9, 9, 9, 255};
  EXPECT_EQ(indexed(std::vector{full}).palette, (std::vector<Rgba>{{}, {9, 9, 9, 255}}));
  Sprite hidden(2, 1);
  hidden.at(0, 0) = {50, 60, 70, 0};
  EXPECT_EQ(indexed(std::vector{hidden}).palette, std::vector<Rgba>{Rgba{}}) << "what nobody sees is no colour";
  EXPECT_EQ(indexed({}).palette, std::vector<Rgba>{Rgba{}});
}

TEST(IndexedSprites, NeverHaveMoreColoursThanAByteHolds) {
  for (const bool soft : {false, true}) {
    Sprite many(64, 64);
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        const auto alpha = static_cast<std::uint8_t>(soft ? 1 + (x * 7 + y * 3) % 255 : 255);
        many.at(x, y) = {static_cast<std::uint8_t>(4 * x), static_cast<std::uint8_t>(4 * y), 90, alpha};
      }
    }
    const IndexedSprites indexed = loom::indexed(std::vector{many, Sprite(64, 64)});
    EXPECT_LE(indexed.palette.size(), kMostIndexedColours) << soft;
    EXPECT_GT(indexed.palette.size(), 200U) << soft << ": no fewer than there must be";
    const Sprite drawn = painted(indexed, 0, 64, 64);
    double apart = 0;
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        if (drawn.at(x, y).a == 0) continue;
        apart += std::abs(drawn.at(x, y).r - many.at(x, y).r) + std::abs(drawn.at(x, y).g - many.at(x, y).g);
      }
    }
    EXPECT_LT(apart / (64 * 64), 24) << soft << ": neighbouring colours stand for those that went";
    EXPECT_EQ(painted(indexed, 1, 64, 64), Sprite(64, 64));
  }
}

}  // namespace
}  // namespace loom
