#include "core/image/indexed_picture.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"

namespace loom {
namespace {

/// `count` different opaque colours in a picture of 257 px; the rest is transparent.
Sprite colourful(int count) {
  Sprite sprite(257, 1);
  for (int i = 0; i < count; ++i) {
    sprite.at(i, 0) = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 256), 0, 255};
  }
  return sprite;
}

TEST(IndexedPicture, ChangesNoColourOrGivesUp) {
  for (const int colours : {0, 1, 254, 255}) {
    const Sprite sprite = colourful(colours);
    const auto indexed = exactlyIndexed(sprite);
    ASSERT_TRUE(indexed) << colours;
    EXPECT_EQ(indexed->palette.size(), static_cast<std::size_t>(colours) + 1);
    EXPECT_EQ(indexed->palette.front(), Rgba{});
    EXPECT_EQ(decodeImage(encodePng(*indexed), "indexed"), sprite);
  }
  EXPECT_FALSE(exactlyIndexed(colourful(256))) << "256 and the transparent one";
}

TEST(IndexedPicture, FillsAllPlacesWhereNothingIsTransparent) {
  const Sprite full = cropped(colourful(256), {0, 0, 256, 1});
  const auto indexed = exactlyIndexed(full);
  ASSERT_TRUE(indexed);
  EXPECT_EQ(indexed->palette.size(), 256U);
  EXPECT_EQ(decodeImage(encodePng(*indexed), "indexed"), full);
}

TEST(IndexedPicture, KeepsAlphaAndRowsOfOddWidth) {
  Sprite sprite(5, 3);
  for (int i = 0; i < 15; ++i) sprite.at(i % 5, i / 5) = {200, 100, static_cast<std::uint8_t>(i / 4), 128};
  sprite.at(4, 2) = {7, 7, 7, 0};
  const auto bytes = encodePng(*exactlyIndexed(sprite));
  sprite.at(4, 2) = {};
  EXPECT_EQ(decodeImage(bytes, "indexed"), sprite) << "what nobody sees is no colour";
  EXPECT_EQ(bytes, encodePng(*exactlyIndexed(sprite)));
}

TEST(IndexedPicture, IsNoPngWithoutPixelsOrWithTooManyColours) {
  EXPECT_THROW(encodePng(IndexedPicture{}), Error);
  EXPECT_THROW(encodePng(IndexedPicture{1, std::vector<Rgba>(257), {0}}), Error);
}

}  // namespace
}  // namespace loom
