#include "core/export/sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

constexpr Rgba kClear{};

Sprite filled(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  std::ranges::fill(sprite.pixels(), colour);
  return sprite;
}

/// A colour of its own for each character and view.
Rgba colourOf(int character, int view) {
  return {static_cast<std::uint8_t>(40 + character), static_cast<std::uint8_t>(40 * view + 10), 99, 255};
}

/// Characters "0", "1", … with the four views in an order that is not the sheet's.
std::vector<SheetCharacter> cast(int count, int side) {
  std::vector<SheetCharacter> characters;
  for (int i = 0; i < count; ++i) {
    SheetCharacter character{std::to_string(i), {}};
    const std::vector<std::string> views = {"front", "right", "back", "left"};
    for (int view = 0; view < 4; ++view) {
      character.views.emplace_back(views[static_cast<std::size_t>(view)], filled(side, side, colourOf(i, view)));
    }
    characters.push_back(character);
  }
  return characters;
}
constexpr int kFront = 0;
constexpr int kRight = 1;
constexpr int kBack = 2;
constexpr int kLeft = 3;

const SheetFrame& frameOf(const Sheet& sheet, const std::string& name) {
  const auto found = std::ranges::find(sheet.frames, name, &SheetFrame::name);
  if (found == sheet.frames.end()) throw std::runtime_error("no frame " + name);
  return *found;
}

std::string messageOf(const std::vector<SheetCharacter>& characters, const SheetOptions& options) {
  try {
    layOutSheet(characters, options);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty());
    return error.what();
  }
  return {};
}

void expectNoOverlap(const Sheet& sheet, int gap) {
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
    const PixelRect& a = sheet.frames[i].frame;
    EXPECT_GE(a.x, 0);
    EXPECT_GE(a.y, 0);
    EXPECT_LE(a.x + a.width, sheet.image.width());
    EXPECT_LE(a.y + a.height, sheet.image.height());
    for (std::size_t j = 0; j < i; ++j) {
      const PixelRect& b = sheet.frames[j].frame;
      const bool apart = a.x >= b.x + b.width + gap || b.x >= a.x + a.width + gap || a.y >= b.y + b.height + gap ||
                         b.y >= a.y + a.height + gap;
      EXPECT_TRUE(apart) << sheet.frames[i].name << " and " << sheet.frames[j].name;
    }
  }
}

TEST(SheetGrid, RowsAreBackLeftFrontRightAndColumnsAreCharacters) {
  const Sheet sheet = layOutSheet(cast(3, 8), {});
  ASSERT_EQ(sheet.image.width(), 24);
  ASSERT_EQ(sheet.image.height(), 32);
  const std::vector<int> rows = {kBack, kLeft, kFront, kRight};
  for (int character = 0; character < 3; ++character) {
    for (int row = 0; row < 4; ++row) {
      const Rgba expected = colourOf(character, rows[static_cast<std::size_t>(row)]);
      EXPECT_EQ(cropped(sheet.image, {character * 8, row * 8, 8, 8}), filled(8, 8, expected));
    }
  }
  ASSERT_EQ(sheet.frames.size(), 12U);
  EXPECT_EQ(sheet.frames[0].name, "0/back");
  EXPECT_EQ(sheet.frames[3].name, "0/right");
  EXPECT_EQ(frameOf(sheet, "2/front").frame, (PixelRect{16, 16, 8, 8}));
}

TEST(SheetGrid, BreaksIntoBlocksOfColumns) {
  SheetOptions options;
  options.columns = 2;
  const Sheet sheet = layOutSheet(cast(5, 4), options);
  EXPECT_EQ(sheet.image.width(), 8);
  EXPECT_EQ(sheet.image.height(), 3 * 4 * 4);
  EXPECT_EQ(frameOf(sheet, "3/left").frame, (PixelRect{4, 16 + 4, 4, 4}));
  EXPECT_EQ(frameOf(sheet, "4/back").frame, (PixelRect{0, 32, 4, 4}));
  EXPECT_EQ(sheet.image.at(5, 33), kClear) << "the place after the last character stays empty";
}

TEST(SheetGrid, LeavesAMissingViewEmptyAndPutsOtherViewsBelow) {
  auto characters = cast(2, 4);
  std::erase_if(characters[0].views, [](const auto& view) { return view.first == "left"; });
  characters[1].views.emplace_back("top", filled(4, 4, {1, 2, 3, 255}));
  const Sheet sheet = layOutSheet(characters, {});
  EXPECT_EQ(sheet.image.height(), 20);
  EXPECT_EQ(sheet.image.at(1, 5), kClear);
  EXPECT_EQ(sheet.image.at(5, 17), (Rgba{1, 2, 3, 255}));
  EXPECT_EQ(sheet.frames.size(), 8U);
}

TEST(SheetLpc, HasCellsOf64AndAllFourRows) {
  auto characters = cast(2, 32);
  for (auto& character : characters) std::erase_if(character.views, [](auto& view) { return view.first == "back"; });
  SheetOptions options;
  options.layout = SheetLayout::kLpc;
  const Sheet sheet = layOutSheet(characters, options);
  EXPECT_EQ(sheet.image.width(), 128);
  EXPECT_EQ(sheet.image.height(), 256);
  EXPECT_EQ(opaqueBounds(cropped(sheet.image, {0, 0, 128, 64})), PixelRect{}) << "nobody has a back view";
  EXPECT_EQ(opaqueBounds(cropped(sheet.image, {0, 64, 64, 64})), (PixelRect{16, 32, 32, 32})) << "bottom centre";
  EXPECT_EQ(sheet.image.at(32, 64 + 63), colourOf(0, kLeft));
  EXPECT_EQ(sheet.image.at(32, 128 + 63), colourOf(0, kFront));
  EXPECT_EQ(sheet.image.at(64 + 32, 192 + 63), colourOf(1, kRight));
}

TEST(SheetLpc, TakesMultiplesOf64ForLargeSprites) {
  SheetOptions options;
  options.layout = SheetLayout::kLpc;
  EXPECT_EQ(layOutSheet(cast(1, 80), options).image.width(), 128);
}

TEST(SheetLpc, OfAModelWithoutViewsHasOneRow) {
  SheetOptions options;
  options.layout = SheetLayout::kLpc;
  const Sheet sheet = layOutSheet({{"a", {{"any", filled(64, 64, {1, 1, 1, 255})}}}}, options);
  EXPECT_EQ(sheet.image.height(), 64);
}

TEST(SheetStrip, IsOneRowCharacterByCharacter) {
  SheetOptions options;
  options.layout = SheetLayout::kStrip;
  const Sheet sheet = layOutSheet(cast(2, 4), options);
  EXPECT_EQ(sheet.image.width(), 32);
  EXPECT_EQ(sheet.image.height(), 4);
  EXPECT_EQ(sheet.image.at(0, 0), colourOf(0, kBack));
  EXPECT_EQ(sheet.image.at(13, 2), colourOf(0, kRight));
  EXPECT_EQ(sheet.image.at(16, 2), colourOf(1, kBack));
}

TEST(SheetOptions, ScaleByWholeNumbers) {
  auto characters = cast(1, 4);
  characters[0].views[0].second.at(1, 2) = {7, 7, 7, 255};
  SheetOptions options;
  options.scale = 3;
  const Sheet sheet = layOutSheet(characters, options);
  EXPECT_EQ(sheet.image.width(), 12);
  EXPECT_EQ(sheet.scale, 3);
  const PixelRect front = frameOf(sheet, "0/front").frame;
  EXPECT_EQ(front, (PixelRect{0, 24, 12, 12}));
  EXPECT_EQ(cropped(sheet.image, front), enlarged(characters[0].views[0].second, 3));
}

TEST(SheetOptions, PaddingBorderAndExtrusionAddUp) {
  SheetOptions options;
  options.padding = 3;
  options.border = 5;
  options.extrude = 2;
  const Sheet sheet = layOutSheet(cast(2, 4), options);
  EXPECT_EQ(sheet.image.width(), 5 + 8 + 3 + 8 + 5);
  EXPECT_EQ(sheet.image.height(), 5 + 4 * 8 + 3 * 3 + 5);
  EXPECT_EQ(frameOf(sheet, "0/back").frame, (PixelRect{7, 7, 4, 4}));
  EXPECT_EQ(frameOf(sheet, "1/left").frame, (PixelRect{7 + 11, 7 + 11, 4, 4}));
  EXPECT_EQ(sheet.image.at(4, 7), kClear);
  EXPECT_EQ(sheet.image.at(5, 7), colourOf(0, kBack)) << "extruded to the left";
  EXPECT_EQ(sheet.image.at(12, 12), colourOf(0, kBack)) << "extruded to the corner";
  EXPECT_EQ(sheet.image.at(13, 12), kClear) << "padding";
  EXPECT_EQ(opaqueBounds(sheet.image), (PixelRect{5, 5, 19, 41}));
}

TEST(SheetOptions, ExtrusionRepeatsTheEdgePixels) {
  Sprite sprite(2, 2);
  sprite.at(0, 0) = {1, 0, 0, 255};
  sprite.at(1, 0) = {2, 0, 0, 255};
  sprite.at(0, 1) = {3, 0, 0, 255};
  sprite.at(1, 1) = {4, 0, 0, 255};
  SheetOptions options;
  options.extrude = 2;
  const Sheet sheet = layOutSheet({{"a", {{"front", sprite}}}}, options);
  const std::vector<std::vector<int>> expected = {{1, 1, 1, 2, 2, 2}, {1, 1, 1, 2, 2, 2}, {1, 1, 1, 2, 2, 2},
                                                  {3, 3, 3, 4, 4, 4}, {3, 3, 3, 4, 4, 4}, {3, 3, 3, 4, 4, 4}};
  ASSERT_EQ(sheet.image.width(), 6);
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 6; ++x) {
      EXPECT_EQ(sheet.image.at(x, y).r, expected[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]);
    }
  }
}

TEST(SheetOptions, BackgroundFillsAndShowsThroughHalfTransparentPixels) {
  SheetOptions options;
  options.background = Rgba{0, 0, 255, 255};
  options.border = 1;
  Sprite sprite(2, 1);
  sprite.at(0, 0) = {255, 0, 0, 128};
  const Sheet sheet = layOutSheet({{"a", {{"front", sprite}}}}, options);
  EXPECT_FALSE(hasTransparency(sheet.image));
  EXPECT_EQ(sheet.image.at(0, 0), (Rgba{0, 0, 255, 255}));
  EXPECT_EQ(sheet.image.at(1, 1), (Rgba{128, 0, 127, 255}));
  EXPECT_EQ(sheet.image.at(2, 1), (Rgba{0, 0, 255, 255}));
}

TEST(SheetOptions, PowerOfTwoRoundsBothSidesUp) {
  SheetOptions options;
  options.powerOfTwo = true;
  const Sheet sheet = layOutSheet(cast(3, 10), options);
  EXPECT_EQ(sheet.image.width(), 32);
  EXPECT_EQ(sheet.image.height(), 64);
  options.layout = SheetLayout::kPacked;
  const Sheet packed = layOutSheet(cast(4, 16), options);
  EXPECT_EQ(packed.image.width() * packed.image.height(), 64 * 64);
}

TEST(SheetOptions, SmallerSpritesStandBottomCentreInTheCell) {
  SheetOptions options;
  options.cellWidth = 10;
  options.cellHeight = 9;
  const Sheet sheet = layOutSheet({{"a", {{"front", filled(4, 5, {1, 1, 1, 255})}}}}, options);
  EXPECT_EQ(opaqueBounds(sheet.image), (PixelRect{3, 4, 4, 5}));
  EXPECT_EQ(sheet.frames[0].frame, (PixelRect{0, 0, 10, 9}));
  EXPECT_FALSE(sheet.frames[0].trimmed);
}

TEST(SheetOptions, RefuseASpriteLargerThanItsCell) {
  SheetOptions options;
  options.cellWidth = 7;
  EXPECT_NE(messageOf(cast(1, 8), options).find("0/back has 8 x 8 px"), std::string::npos);
}

TEST(SheetOptions, RefuseNonsense) {
  EXPECT_NE(messageOf({}, {}).find("no sprite"), std::string::npos);
  EXPECT_NE(messageOf({{"empty", {{"front", Sprite()}}}}, {}).find("no sprite"), std::string::npos);
  SheetOptions options;
  options.trim = true;
  EXPECT_NE(messageOf(cast(1, 8), options).find("packed"), std::string::npos);
  for (int SheetOptions::*field : {&SheetOptions::scale, &SheetOptions::padding, &SheetOptions::border,
                                   &SheetOptions::extrude, &SheetOptions::columns, &SheetOptions::cellWidth}) {
    SheetOptions bad;
    bad.*field = -1;
    EXPECT_FALSE(messageOf(cast(1, 8), bad).empty());
  }
  SheetOptions large;
  large.scale = 17;
  EXPECT_FALSE(messageOf(cast(1, 8), large).empty());
}

TEST(SheetOptions, RefuseASheetBeyondTheLimitBeforeItIsDrawn) {
  SheetOptions options;
  options.scale = 16;
  for (const SheetLayout layout : {SheetLayout::kGrid, SheetLayout::kLpc, SheetLayout::kStrip, SheetLayout::kPacked}) {
    options.layout = layout;
    EXPECT_NE(messageOf(cast(300, 64), options).find(std::to_string(limits::kMaxSheetSide)), std::string::npos);
  }
}

TEST(SheetPacked, IsSmallAndNothingOverlaps) {
  std::vector<SheetCharacter> characters;
  int area = 0;
  for (int i = 0; i < 40; ++i) {
    const int width = 6 + i * 7 % 23;
    const int height = 5 + i * 11 % 31;
    area += width * height;
    characters.push_back({std::to_string(i), {{"front", filled(width, height, colourOf(i, 0))}}});
  }
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  const Sheet sheet = layOutSheet(characters, options);
  ASSERT_EQ(sheet.frames.size(), 40U);
  expectNoOverlap(sheet, 0);
  EXPECT_LT(sheet.image.width() * sheet.image.height(), area * 5 / 4);
  for (int i = 0; i < 40; ++i) {
    const SheetFrame& frame = frameOf(sheet, std::to_string(i) + "/front");
    EXPECT_EQ(cropped(sheet.image, frame.frame), filled(frame.frame.width, frame.frame.height, colourOf(i, 0)));
  }
}

TEST(SheetPacked, KeepsPaddingBorderAndExtrusionApart) {
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.padding = 2;
  options.border = 3;
  options.extrude = 1;
  const Sheet sheet = layOutSheet(cast(3, 6), options);
  expectNoOverlap(sheet, 2 + 2 * 1);
  const PixelRect opaque = opaqueBounds(sheet.image);
  EXPECT_EQ(opaque.x, 3);
  EXPECT_EQ(opaque.y, 3);
  EXPECT_EQ(opaque.x + opaque.width + 3, sheet.image.width());
  EXPECT_EQ(opaque.y + opaque.height + 3, sheet.image.height());
}

TEST(SheetPacked, TrimSaysWhereTheFrameWasCut) {
  Sprite sprite(16, 16);
  paste(sprite, filled(5, 7, {9, 9, 9, 255}), 4, 6);
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  options.scale = 2;
  const Sheet sheet = layOutSheet({{"a", {{"front", sprite}, {"back", Sprite(16, 16)}}}}, options);
  const SheetFrame& front = frameOf(sheet, "a/front");
  EXPECT_TRUE(front.trimmed);
  EXPECT_EQ(front.frame.width, 10);
  EXPECT_EQ(front.frame.height, 14);
  EXPECT_EQ(front.spriteSource, (PixelRect{8, 12, 10, 14}));
  EXPECT_EQ(front.sourceWidth, 32);
  EXPECT_EQ(cropped(sheet.image, front.frame), filled(10, 14, {9, 9, 9, 255}));
  EXPECT_EQ(frameOf(sheet, "a/back").spriteSource, (PixelRect{0, 0, 2, 2})) << "an empty frame keeps one pixel";
}

TEST(SheetPacked, IsTheSameInWhateverOrderTheCharactersCome) {
  auto characters = cast(11, 8);
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  const Sheet sheet = layOutSheet(characters, options);
  std::ranges::reverse(characters);
  const Sheet reversed = layOutSheet(characters, options);
  EXPECT_EQ(sheet.image, reversed.image);
  ASSERT_EQ(sheet.frames.size(), reversed.frames.size());
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) EXPECT_EQ(sheet.frames[i].name, reversed.frames[i].name);
  EXPECT_EQ(sheet.frames[0].name, "0/back");
  EXPECT_EQ(sheet.frames[40].name, "10/back") << "10 comes after 2";
  for (std::size_t i = 1; i < sheet.frames.size(); ++i) {
    const PixelRect& before = sheet.frames[i - 1].frame;
    const PixelRect& after = sheet.frames[i].frame;
    EXPECT_TRUE(after.y > before.y || (after.y == before.y && after.x > before.x)) << "equal cells are read by name";
  }
}

TEST(Sheet, GivesFramesOfOneNameNamesOfTheirOwn) {
  auto characters = cast(2, 4);
  characters[0].name = characters[1].name = "Bob";
  characters[0].views.push_back(characters[0].views[0]);
  const Sheet sheet = layOutSheet(characters, {});
  std::set<std::string> names;
  for (const SheetFrame& frame : sheet.frames) names.insert(frame.name);
  EXPECT_EQ(names.size(), 9U);
  EXPECT_TRUE(names.contains("Bob-2/front"));
  EXPECT_TRUE(names.contains("Bob/front-2"));
}

TEST(Sheet, LayoutsAreKnownByTheirNames) {
  EXPECT_EQ(parseSheetLayout("lpc"), SheetLayout::kLpc);
  EXPECT_EQ(parseSheetLayout("grid"), SheetLayout::kGrid);
  EXPECT_EQ(parseSheetLayout("strip"), SheetLayout::kStrip);
  EXPECT_EQ(parseSheetLayout("packed"), SheetLayout::kPacked);
  EXPECT_THROW(parseSheetLayout("Grid"), Error);
}

}  // namespace
}  // namespace loom
