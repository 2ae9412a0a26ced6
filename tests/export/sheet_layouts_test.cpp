// What the layouts add up to: merged frames, padding inside frames, pages, a sheet a character, full LPC sheets.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/sheet.h"
#include "made_cast.h"

namespace loom {
namespace {

using test::figure;

const SheetFrame& frameOf(const Sheet& sheet, const std::string& name) {
  const auto found = std::ranges::find(sheet.frames, name, &SheetFrame::name);
  if (found == sheet.frames.end()) throw std::runtime_error("no frame " + name);
  return *found;
}

std::vector<SheetCharacter> cast(int count, int side) {
  std::vector<SheetCharacter> characters;
  for (int i = 0; i < count; ++i) {
    characters.push_back({std::to_string(i), {{"front", figure(side, 2 * i)}, {"back", figure(side, 2 * i + 1)}}});
  }
  return characters;
}

TEST(SheetMerging, FramesThatLookTheSameShareOnePlace) {
  Sprite hidden = figure(8, 0);
  hidden.at(0, 0) = {9, 9, 9, 0};  // invisible, so no difference
  const std::vector<SheetCharacter> twins = {{"a", {{"front", figure(8, 0)}, {"back", figure(8, 1)}}},
                                             {"b", {{"front", hidden}, {"back", figure(8, 2)}}}};
  for (const SheetLayout layout : {SheetLayout::kPacked, SheetLayout::kStrip}) {
    SheetOptions options;
    options.layout = layout;
    const int apart = layOutSheet(twins, options).image.width() * layOutSheet(twins, options).image.height();
    options.mergeDuplicates = true;
    const Sheet sheet = layOutSheet(twins, options);
    ASSERT_EQ(sheet.frames.size(), 4U);
    EXPECT_EQ(frameOf(sheet, "a/front").frame, frameOf(sheet, "b/front").frame);
    EXPECT_NE(frameOf(sheet, "a/back").frame, frameOf(sheet, "b/back").frame);
    EXPECT_LT(sheet.image.width() * sheet.image.height(), apart);
    for (const SheetFrame& frame : sheet.frames) {
      const int number = frame.view == "front" ? 0 : frame.character == "a" ? 1 : 2;
      EXPECT_EQ(cropped(sheet.image, frame.frame), figure(8, number)) << frame.name;
    }
  }
  EXPECT_THROW(layOutSheet(twins, {.layout = SheetLayout::kGrid, .mergeDuplicates = true}), Error);
}

TEST(SheetMerging, TrimmedFramesThatShareAPlaceKeepWhereTheyWereCut) {
  Sprite moved(8, 8);
  paste(moved, cropped(figure(8, 0), {1, 1, 6, 7}), 2, 1);
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = options.mergeDuplicates = true;
  const Sheet sheet = layOutSheet({{"a", {{"front", figure(8, 0)}, {"back", moved}}}}, options);
  EXPECT_EQ(frameOf(sheet, "a/front").frame, frameOf(sheet, "a/back").frame);
  EXPECT_EQ(frameOf(sheet, "a/front").spriteSource.x, 1);
  EXPECT_EQ(frameOf(sheet, "a/back").spriteSource.x, 2);
}

TEST(SheetInnerPadding, LiesInsideTheFrame) {
  SheetOptions options;
  options.innerPadding = 2;
  options.padding = 5;
  options.scale = 3;
  const Sheet sheet = layOutSheet(cast(2, 8), options);
  EXPECT_EQ(sheet.image.width(), 28 + 5 + 28);
  const SheetFrame& frame = frameOf(sheet, "1/front");
  EXPECT_EQ(frame.frame, (PixelRect{33, 33, 28, 28}));
  EXPECT_EQ(frame.sourceWidth, 28);
  EXPECT_FALSE(frame.trimmed);
  EXPECT_EQ(cropped(sheet.image, {35, 35, 24, 24}), enlarged(figure(8, 2), 3));
  EXPECT_EQ(sheet.innerPadding, 2);
}

TEST(SheetInnerPadding, KeepsItsWidthAroundTrimmedFrames) {
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  options.innerPadding = 1;
  const Sheet sheet = layOutSheet({{"a", {{"front", figure(8, 0)}}}}, options);
  const SheetFrame& frame = sheet.frames.front();
  EXPECT_EQ(frame.spriteSource, (PixelRect{1, 1, 8, 9})) << "6 x 7 px and 1 around, in a cell that has 1 around too";
  EXPECT_EQ(frame.sourceWidth, 10);
  EXPECT_EQ(opaqueBounds(cropped(sheet.image, frame.frame)), (PixelRect{1, 1, 6, 7}));
}

void expectEveryFrameOnce(const std::vector<Sheet>& sheets, const std::vector<SheetCharacter>& characters, int side) {
  std::set<std::string> names;
  for (const Sheet& sheet : sheets) {
    EXPECT_LE(sheet.image.width(), side);
    EXPECT_LE(sheet.image.height(), side);
    for (const SheetFrame& frame : sheet.frames) {
      EXPECT_TRUE(names.insert(frame.name).second) << frame.name;
      const auto& views = characters[static_cast<std::size_t>(std::stoi(frame.character))].views;
      const auto picture = std::ranges::find(views, frame.view, &std::pair<std::string, Sprite>::first);
      EXPECT_EQ(cropped(sheet.image, frame.frame), picture->second) << frame.name;
    }
  }
  EXPECT_EQ(names.size(), characters.size() * 2);
}

TEST(SheetPages, TakeCharactersWholeAndInOrder) {
  const std::vector<SheetCharacter> characters = cast(25, 16);
  for (const SheetLayout layout : {SheetLayout::kGrid, SheetLayout::kStrip, SheetLayout::kPacked}) {
    SheetOptions options;
    options.layout = layout;
    options.maxSide = 70;
    const std::vector<Sheet> sheets = layOutSheets(characters, options);
    expectEveryFrameOnce(sheets, characters, 70);
    ASSERT_GT(sheets.size(), 1U);
    int last = -1;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      EXPECT_EQ(sheets[i].suffix, std::to_string(i + 1));
      for (const SheetFrame& frame : sheets[i].frames) {
        EXPECT_GE(std::stoi(frame.character), last);
        last = std::stoi(frame.character);
      }
      EXPECT_EQ(sheets[i].frames.front().view, "back") << "no character is torn apart";
    }
  }
}

TEST(SheetPages, AreAsFewAsTheGridAllows) {
  // 4 columns and 2 rows of characters with two views each: 8 on a page of 64 x 64 px.
  SheetOptions options;
  options.maxSide = 70;
  EXPECT_EQ(layOutSheets(cast(25, 16), options).size(), 4U);
  options.columns = 1;
  EXPECT_EQ(layOutSheets(cast(25, 16), options).size(), 13U);
  options.columns = 0;
  options.powerOfTwo = true;
  const std::vector<Sheet> rounded = layOutSheets(cast(25, 16), options);
  EXPECT_EQ(rounded.size(), 4U);
  EXPECT_EQ(rounded.front().image.width(), 64);
}

TEST(SheetPages, OneThatFitsHasNoNumber) {
  SheetOptions options;
  options.maxSide = 1024;
  const std::vector<Sheet> sheets = layOutSheets(cast(3, 16), options);
  ASSERT_EQ(sheets.size(), 1U);
  EXPECT_EQ(sheets.front().suffix, "");
  EXPECT_EQ(sheets.front().image, layOutSheet(cast(3, 16), {}).image);
}

TEST(SheetPages, OfCellsOfOneSize) {
  std::vector<SheetCharacter> characters = cast(2, 16);
  characters[1] = {"1", {{"front", figure(24, 2)}, {"back", figure(24, 3)}}};
  SheetOptions options;
  options.each = true;
  for (const Sheet& sheet : layOutSheets(characters, options)) EXPECT_EQ(sheet.frames.front().frame.width, 24);
}

TEST(SheetPages, SayWhichCharacterIsTooLarge) {
  SheetOptions options;
  options.maxSide = 20;
  try {
    layOutSheets(cast(2, 16), options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "0 alone does not fit on a sheet of 20 px a side");
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST(SheetEach, GivesEveryCharacterASheetAndPagesWhereItNeedsThem) {
  std::vector<SheetCharacter> characters = cast(2, 16);
  characters[1].name = characters[0].name;
  SheetOptions options;
  options.each = true;
  const std::vector<Sheet> sheets = layOutSheets(characters, options);
  ASSERT_EQ(sheets.size(), 2U);
  EXPECT_EQ(sheets[0].suffix, "0");
  EXPECT_EQ(sheets[1].suffix, "0-2") << "two of one name are told apart";
  EXPECT_EQ(sheets[1].frames.front().name, "0-2/back");
  EXPECT_EQ(sheets[1].image.width(), 16);
  EXPECT_THROW(layOutSheet(characters, options), Error);
}

TEST(SheetLpcFull, StandingViewsAreTheWalkRowsFirstColumn) {
  SheetOptions options;
  options.layout = SheetLayout::kLpcFull;
  const Sheet sheet = layOutSheet(
      {{"a", {{"front", figure(32, 0)}, {"right", figure(32, 1)}, {"back", figure(32, 2)}, {"left", figure(32, 3)}}}},
      options);
  EXPECT_EQ(sheet.image.width(), 832);
  EXPECT_EQ(sheet.image.height(), 1344);
  const std::vector<std::pair<std::string, int>> rows = {{"back", 8}, {"left", 9}, {"front", 10}, {"right", 11}};
  for (const auto& [view, row] : rows) {
    EXPECT_EQ(frameOf(sheet, "a/" + view).frame, (PixelRect{0, row * 64, 64, 64}));
  }
  EXPECT_EQ(cropped(sheet.image, {16, 10 * 64 + 32, 32, 32}), figure(32, 0)) << "bottom centre of its cell";
  EXPECT_EQ(opaqueBounds(cropped(sheet.image, {64, 0, 768, 1344})), PixelRect{}) << "nothing beside the column";
}

TEST(SheetLpcFull, FramesOfAnimationsHaveTheirOwnPlaces) {
  SheetCharacter hero{"hero", {}};
  for (int i = 0; i < 3; ++i) {
    hero.views.emplace_back("left", figure(64, i));
    hero.motions.push_back({"walk", 2 - i, 120});
  }
  hero.views.emplace_back("front", figure(64, 3));
  hero.motions.push_back({"hurt", 5, 0});
  hero.views.emplace_back("right", figure(64, 4));
  hero.motions.push_back({"shoot", 12, 0});
  SheetOptions options;
  options.layout = SheetLayout::kLpcFull;
  const Sheet sheet = layOutSheet({hero}, options);
  EXPECT_EQ(frameOf(sheet, "hero/walk-left-2").frame, (PixelRect{128, 9 * 64, 64, 64}));
  EXPECT_EQ(cropped(sheet.image, {128, 9 * 64, 64, 64}), figure(64, 0));
  EXPECT_EQ(cropped(sheet.image, {5 * 64, 20 * 64, 64, 64}), figure(64, 3));
  EXPECT_EQ(cropped(sheet.image, {12 * 64, 19 * 64, 64, 64}), figure(64, 4));
}

TEST(SheetLpcFull, BlocksStandBesideEachOther) {
  SheetOptions options;
  options.layout = SheetLayout::kLpcFull;
  const Sheet wide = layOutSheet(cast(3, 64), options);
  EXPECT_EQ(wide.image.width(), 3 * 832);
  EXPECT_EQ(frameOf(wide, "2/front").frame, (PixelRect{2 * 832, 640, 64, 64}));
  options.columns = 2;
  const Sheet folded = layOutSheet(cast(3, 64), options);
  EXPECT_EQ(folded.image.height(), 2 * 1344);
  EXPECT_EQ(frameOf(folded, "2/front").frame, (PixelRect{0, 1344 + 640, 64, 64}));
  options.columns = 0;
  options.maxSide = 2048;
  const std::vector<Sheet> pages = layOutSheets(cast(3, 64), options);
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages.front().image.width(), 2 * 832);
}

TEST(SheetLpcFull, RefusesWhatHasNoPlaceThere) {
  SheetOptions options;
  options.layout = SheetLayout::kLpcFull;
  EXPECT_THROW(layOutSheet({{"a", {{"back-left", figure(64, 0)}}}}, options), Error);
  const SheetCharacter dancer{"a", {{"left", figure(64, 0)}}, {{"dance", 0, 0}}};
  EXPECT_THROW(layOutSheet({dancer}, options), Error);
  const SheetCharacter late{"a", {{"left", figure(64, 0)}}, {{"walk", 9, 0}}};
  EXPECT_THROW(layOutSheet({late}, options), Error);
  options.padding = 1;
  EXPECT_THROW(layOutSheet(cast(1, 64), options), Error);
}

}  // namespace
}  // namespace loom
