#include "core/dataset/sheet_names.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/dataset/lpc_sheet.h"

namespace loom {
namespace {

SheetCuts cellsOf(int columns, int rows) {
  return gridCuts(columns * 16, rows * 16, {.cellWidth = 16, .cellHeight = 16});
}

TEST(RowLabels, TellViewFromAnimation) {
  EXPECT_EQ(parseRowLabel("front"), (RowLabel{"front", ""}));
  EXPECT_EQ(parseRowLabel("walk-left"), (RowLabel{"left", "walk"}));
  EXPECT_EQ(parseRowLabel("Walk Left"), (RowLabel{"left", "walk"}));
  EXPECT_EQ(parseRowLabel("up_run_fast"), (RowLabel{"back", "run-fast"}));
  EXPECT_EQ(parseRowLabel("back left idle"), (RowLabel{"back-left", "idle"}));
  EXPECT_EQ(parseRowLabel("idle north-east"), (RowLabel{"back-right", "idle"}));
  EXPECT_EQ(parseRowLabel("walk"), (RowLabel{"any", "walk"}));
  EXPECT_EQ(parseRowLabel(""), (RowLabel{"any", ""}));
  EXPECT_EQ(parseRowLabel(" - "), (RowLabel{"any", ""}));
  EXPECT_EQ(parseRowLabel("attack 2"), (RowLabel{"any", "attack-2"}));
}

TEST(SheetNames, GiveOneCharacterItsRowsAndFrames) {
  const SheetCuts cuts = cellsOf(4, 2);
  const auto names = nameCells(cuts.cells, {{parseRowLabel("walk left"), parseRowLabel("jump")}, 0, 0, "walk"});
  ASSERT_EQ(names.size(), 8U);
  EXPECT_EQ(names[0], (CellName{"", "left", "walk", 0, true}));
  EXPECT_EQ(names[3], (CellName{"", "left", "walk", 3, false}));
  EXPECT_EQ(names[4], (CellName{"", "any", "jump", 0, false}));
}

TEST(SheetNames, RepeatThePatternForSheetsOfSeveralCharacters) {
  const SheetCuts cuts = cellsOf(12, 8);
  const auto names = nameCells(cuts.cells, sheetNamingPreset("rpgmaker"));
  ASSERT_EQ(names.size(), 96U);
  const auto at = [&](int row, int column) { return names[static_cast<std::size_t>(row * 12 + column)]; };
  EXPECT_EQ(at(0, 0), (CellName{"1", "front", "", 0, false}));
  EXPECT_EQ(at(0, 1), (CellName{"1", "front", "", 1, true}));
  EXPECT_EQ(at(3, 2), (CellName{"1", "back", "", 2, false}));
  EXPECT_EQ(at(1, 4), (CellName{"2", "left", "", 1, true}));
  EXPECT_EQ(at(2, 11), (CellName{"4", "right", "", 2, false}));
  EXPECT_EQ(at(4, 0), (CellName{"5", "front", "", 0, false}));
  EXPECT_EQ(at(7, 10), (CellName{"8", "back", "", 1, true}));
}

TEST(SheetNames, LeftOutCharactersLeaveNoGapInTheNumbers) {
  SheetCuts cuts = cellsOf(9, 4);
  std::erase_if(cuts.cells, [](const SheetCell& cell) { return cell.column >= 3 && cell.column < 6; });
  const auto names = nameCells(cuts.cells, sheetNamingPreset("rpgmaker"));
  EXPECT_EQ(names[0].character, "1");
  EXPECT_EQ(names[3].character, "2");
  EXPECT_EQ(names[3].frame, 0);
}

TEST(SheetNames, WithoutLabelsEachCellIsACharacter) {
  const auto names = nameCells(cellsOf(3, 2).cells, sheetNamingPreset("none"));
  ASSERT_EQ(names.size(), 6U);
  EXPECT_EQ(names[4], (CellName{"5", "any", "", 0, true}));
  EXPECT_EQ(nameCells(cellsOf(1, 1).cells, {}).front().character, "");
  EXPECT_TRUE(nameCells({}, sheetNamingPreset("lpc")).empty());
}

TEST(SheetNames, TheLpcPresetSaysWhatTheLayoutSays) {
  const SheetNaming naming = sheetNamingPreset("lpc");
  ASSERT_EQ(naming.rows.size(), static_cast<std::size_t>(kLpcRows));
  EXPECT_EQ(naming.rows[0], (RowLabel{"back", "spellcast"}));
  EXPECT_EQ(naming.rows[10], (RowLabel{"front", "walk"}));
  EXPECT_EQ(naming.rows[20], (RowLabel{"front", "hurt"}));
  EXPECT_THROW(sheetNamingPreset("unity"), Error);
}

}  // namespace
}  // namespace loom
