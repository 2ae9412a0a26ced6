// What is written as .aseprite is read back by our own reader: pixels, tags, times and palette.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/export/sheet_data.h"
#include "core/image/animation.h"
#include "core/image/byte_cursor.h"
#include "made_cast.h"

namespace loom {
namespace {

std::string written(const Sheet& sheet) {
  return SheetEncoder(sheet).data(SheetData::kAseprite, "cast.png");
}

Animation read(const std::string& bytes) {
  return decodeAnimation(std::as_bytes(std::span(bytes)), "cast.aseprite");
}

/// Colour depth, and the number of colours, of a file's head.
std::pair<unsigned, unsigned> depthAndColours(const std::string& bytes) {
  const auto view = std::as_bytes(std::span(bytes));
  ByteCursor depth(view, 12), colours(view, 32);
  const unsigned bits = depth.little16();
  return {bits, colours.little16()};
}

TEST(SheetAseprite, IsReadBackAsTheSpritesBeforeTheSheet) {
  for (const SheetOptions& options : test::manyOptions()) {
    const Sheet sheet = layOutSheet(test::troublesomeCast(), options);
    const std::string bytes = written(sheet);
    const Animation animation = read(bytes);
    EXPECT_EQ(animation.problem, "");
    ASSERT_EQ(animation.frames.size(), sheet.frames.size());
    for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
      const Sprite& frame = animation.frames[i].sprite;
      const int side = sheet.frames[i].sourceWidth >= 64 ? 64 : 8;
      Sprite cell(side, side);
      paste(cell, test::pictureOf(sheet.frames[i].name), (side - 8) / 2, side - 8);
      EXPECT_EQ(frame, cell) << sheet.frames[i].name;
      EXPECT_EQ(animation.frames[i].milliseconds, 100);
    }
    EXPECT_EQ(depthAndColours(bytes).first, 8U) << "few colours are indexed";
    EXPECT_EQ(depthAndColours(bytes).second, static_cast<unsigned>(countColours(sheet.image)) + 1);
  }
}

TEST(SheetAseprite, TagsNameCharactersThenFrames) {
  const Sheet sheet = layOutSheet(test::troublesomeCast(), {});
  const Animation animation = read(written(sheet));
  ASSERT_EQ(animation.tags.size(), 6U + 24U);
  EXPECT_EQ(animation.tags[1].name, "\"Sir\" <Tom> & 'Jo'");
  EXPECT_EQ(animation.tags[1].first, 4);
  EXPECT_EQ(animation.tags[1].last, 7);
  EXPECT_EQ(animation.tags[5].name, "knight-2");
  for (int i = 0; i < 24; ++i) {
    const AnimationTag& tag = animation.tags[static_cast<std::size_t>(6 + i)];
    EXPECT_EQ(tag.name, sheet.frames[static_cast<std::size_t>(i)].name);
    EXPECT_EQ(tag.first, i);
    EXPECT_EQ(tag.last, i);
  }
}

TEST(SheetAseprite, AnimationsAreOneTagAndKeepTheirTimes) {
  SheetCharacter walker{"w", {}};
  for (int i = 0; i < 3; ++i) {
    walker.views.emplace_back("left", test::figure(8, i));
    walker.motions.push_back({"walk", i, 40 * (i + 1)});
  }
  const Animation animation = read(written(layOutSheet({walker}, {})));
  ASSERT_EQ(animation.tags.size(), 2U);
  EXPECT_EQ(animation.tags[1].name, "w/walk-left");
  EXPECT_EQ(animation.tags[1].last, 2);
  EXPECT_EQ(animation.frames[2].milliseconds, 120);
}

/// `count` colours, each of another alpha than its neighbour.
Sprite colourful(int count) {
  Sprite sprite(32, 32);
  for (int i = 0; i < count; ++i) {
    sprite.at(i % 32, i / 32) = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 256), 3,
                                 static_cast<std::uint8_t>(100 + i % 2 * 155)};
  }
  return sprite;
}

TEST(SheetAseprite, IsIndexedUpTo256ColoursWithTheTransparentOne) {
  for (const int colours : {1, 255, 256, 700}) {
    const Sprite sprite = colourful(colours);
    const std::string bytes = written(layOutSheet({{"a", {{"front", sprite}}}}, {}));
    EXPECT_EQ(depthAndColours(bytes).first, colours <= 255 ? 8U : 32U) << colours;
    EXPECT_EQ(read(bytes).frames.front().sprite, sprite) << colours;
  }
}

TEST(SheetAseprite, TwoHundredAndFiftySixColoursWithoutAHoleLoseNone) {
  Sprite full(16, 16);
  for (int i = 0; i < 256; ++i) full.at(i % 16, i / 16) = {static_cast<std::uint8_t>(i), 50, 60, 255};
  const Sheet sheet = layOutSheet({{"a", {{"front", full}}}}, {});
  EXPECT_TRUE(SheetEncoder(sheet).indexed()) << "a PNG has room for them";
  EXPECT_EQ(read(written(sheet)).frames.front().sprite, full);
}

TEST(SheetAseprite, FramesThatAreAlikeAreLinkedAndEmptyOnesEmpty) {
  Sprite moved(8, 8);
  paste(moved, cropped(test::figure(8, 0), {1, 1, 6, 7}), 0, 0);
  const std::vector<SheetCharacter> cast = {
      {"a", {{"back", test::figure(8, 0)}, {"left", Sprite(8, 8)}, {"front", test::figure(8, 0)}, {"right", moved}}}};
  const std::string bytes = written(layOutSheet(cast, {}));
  const Animation animation = read(bytes);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(animation.frames[i].sprite, cast.front().views[i].second) << i;
  }
  auto apart = cast;
  apart.front().views[2].second = test::figure(8, 5);
  EXPECT_LT(bytes.size(), written(layOutSheet(apart, {})).size()) << "a link is shorter than a picture";
}

TEST(SheetAseprite, RefusesMoreFramesThanCanBeRead) {
  SheetCharacter crowd{"crowd", {}};
  for (int i = 0; i < 10'001; ++i) crowd.views.emplace_back(std::to_string(i), Sprite(1, 1));
  SheetOptions options;
  options.layout = SheetLayout::kStrip;
  EXPECT_THROW(written(layOutSheet({crowd}, options)), Error);
  crowd.views.pop_back();
  EXPECT_EQ(read(written(layOutSheet({crowd}, options))).frames.size(), 10'000U);
}

}  // namespace
}  // namespace loom
