// What a sheet's plan means for the import, and where cells belong that were put somewhere by hand.
#include "ui/widgets/sheet_plan.h"

#include <gtest/gtest.h>

#include "ui/models/cell_order.h"

namespace loom {
namespace {

/// Cells of 32 px in `rows` rows and `columns` columns, from `firstRow` on.
std::vector<SheetCell> cellsOf(int rows, int columns, int firstRow = 0) {
  std::vector<SheetCell> cells;
  for (int row = firstRow; row < firstRow + rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      cells.push_back({{32 * column, 32 * row, 32, 32}, row, column});
    }
  }
  return cells;
}

TEST(SheetPlan, NamesThatComeAgainBeginAnotherCharacter) {
  SheetPlan plan{.cells = cellsOf(8, 3)};
  plan.nameRows({"front", "left", "right", "back"});
  EXPECT_EQ(plan.names.at(5), "left");
  EXPECT_EQ(importOptions(plan, {}).rows, (std::vector<std::string>{"front", "left", "right", "back"}));
  plan.names[5] = "jump";
  EXPECT_EQ(importOptions(plan, {}).rows.size(), 8U);
}

TEST(SheetPlan, RowsAreCountedAmongThoseTaken) {
  SheetPlan plan{.cells = cellsOf(2, 2, 8)};
  plan.names = {{8, " walk  back "}, {9, "walk left"}, {30, "gone"}};
  const ImportOptions options = importOptions(plan, {});
  EXPECT_EQ(options.as, ImportAs::kSheet);
  EXPECT_EQ(options.rows, (std::vector<std::string>{"walk back", "walk left"}));
  EXPECT_EQ(options.cells.front().row, 0);
  EXPECT_EQ(options.cells.back().row, 1);
  EXPECT_FALSE(options.upscaling);
}

TEST(SheetPlan, WithoutNamesEachCellIsForItself) {
  EXPECT_TRUE(importOptions({.cells = cellsOf(2, 2)}, {}).rows.empty());
}

TEST(SheetPlan, RpgMakerSheetsHoldOneCharacterOrEight) {
  EXPECT_EQ(rpgMakerGrid(144, 192), (SheetGrid{.cellWidth = 48, .cellHeight = 48}));
  EXPECT_EQ(rpgMakerGrid(576, 384), (SheetGrid{.cellWidth = 48, .cellHeight = 48}));
  EXPECT_EQ(rpgMakerGrid(96, 128), (SheetGrid{.cellWidth = 32, .cellHeight = 32}));
  EXPECT_EQ(rpgMakerGrid(100, 101).cellWidth, 0);
}

TEST(CellOrder, ADrawnCellJoinsTheRowItsMiddleLiesIn) {
  std::vector<SheetCell> cells = cellsOf(2, 2);
  cells.push_back({{80, 40, 20, 20}, 0, 0});
  std::set<std::size_t> moved = {4};
  settleCells(cells, moved, true);
  EXPECT_EQ(cells.back(), (SheetCell{{80, 40, 20, 20}, 1, 2}));
  cells.push_back({{0, 200, 20, 20}, 0, 0});
  moved = {5};
  settleCells(cells, moved, true);
  EXPECT_EQ(cells.back(), (SheetCell{{0, 200, 20, 20}, 2, 0}));
}

TEST(CellOrder, AMovedCellTakesItsPlaceFromLeftToRightAndStaysSelected) {
  std::vector<SheetCell> cells = cellsOf(2, 3);
  cells[0].area = {70, 36, 20, 20};  // from the first row into the second, before its last
  std::set<std::size_t> moved = {0};
  settleCells(cells, moved, false);
  ASSERT_EQ(moved.size(), 1U);
  const SheetCell& settled = cells[*moved.begin()];
  EXPECT_EQ(settled.area, (PixelRect{70, 36, 20, 20}));
  EXPECT_EQ(settled.row, 1);
  EXPECT_EQ(settled.column, 3);
  EXPECT_EQ(cells[0].column, 1);  // the others keep their frames
}

TEST(CellOrder, AWholeRowMovedTogetherStaysThatRow) {
  std::vector<SheetCell> cells = cellsOf(2, 2);
  std::set<std::size_t> moved = {2, 3};
  for (const std::size_t i : moved) cells[i].area.y += 100;
  const std::vector<SheetCell> expected = cells;
  settleCells(cells, moved, false);
  EXPECT_EQ(cells, expected);
}

}  // namespace
}  // namespace loom
