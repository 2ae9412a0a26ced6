#include "core/image/sheet_cuts.h"

#include <algorithm>
#include <cstdint>

#include "core/base/error.h"
#include "core/image/sheet_mask.h"

namespace loom {
namespace {

constexpr double kSure = 0.5;

std::string times(int width, int height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

/// How many cells begin within `length`, whole ones only.
int cellsWithin(int length, int margin, int cell, int spacing) {
  const long long room = static_cast<long long>(length) - margin + spacing;
  return room < cell + static_cast<long long>(spacing) ? 0 : static_cast<int>(room / (cell + spacing));
}

void checkGrid(const SheetGrid& grid) {
  if (grid.cellWidth < 1 || grid.cellHeight < 1) {
    throw Error("a cell of " + times(grid.cellWidth, grid.cellHeight) + " px holds nothing",
                "give the cell's width and height, such as 32x48");
  }
  const int most = std::max({grid.cellWidth, grid.cellHeight, grid.marginX, grid.marginY, grid.spacingX, grid.spacingY,
                             grid.firstRow, grid.rows, grid.firstColumn, grid.columns});
  const int least = std::min({grid.marginX, grid.marginY, grid.spacingX, grid.spacingY, grid.firstRow, grid.rows,
                              grid.firstColumn, grid.columns});
  constexpr int kMost = 1 << 24;
  if (least < 0 || most > kMost) throw Error("a grid's numbers are out of range", "use 0 or more, in pixels");
}

}  // namespace

SheetCuts gridCuts(int width, int height, const SheetGrid& grid) {
  checkGrid(grid);
  const int columns = cellsWithin(width, grid.marginX, grid.cellWidth, grid.spacingX);
  const int rows = cellsWithin(height, grid.marginY, grid.cellHeight, grid.spacingY);
  if (columns == 0 || rows == 0) {
    throw Error("not one cell of " + times(grid.cellWidth, grid.cellHeight) + " px fits on a sheet of " +
                    times(width, height) + " px",
                "make the cell or the margin smaller");
  }
  if (grid.firstRow >= rows || grid.firstColumn >= columns) {
    throw Error("the sheet has " + times(columns, rows) + " cells, and none from row " +
                    std::to_string(grid.firstRow + 1) + ", column " + std::to_string(grid.firstColumn + 1) + " on",
                "begin further up or to the left");
  }
  constexpr std::int64_t kMostCells = 1'000'000;
  if (std::int64_t{columns} * rows > kMostCells) {
    throw Error("the sheet would be cut into " + times(columns, rows) + " cells", "make the cell larger");
  }
  SheetCuts cuts;
  cuts.kind = CutsKind::kGrid;
  cuts.confidence = 1;
  cuts.grid = grid;
  const auto taken = [](int wanted, int left) { return wanted == 0 ? left : std::min(wanted, left); };
  cuts.grid.rows = taken(grid.rows, rows - grid.firstRow);
  cuts.grid.columns = taken(grid.columns, columns - grid.firstColumn);
  cuts.how = sheet_finder::wordsFor(cuts.grid);
  cuts.cells = sheet_finder::cellsOf(cuts.grid);
  return cuts;
}

SheetCuts gridCuts(const Sprite& sheet, const SheetGrid& grid, EmptyCells empty) {
  SheetCuts cuts = gridCuts(sheet.width(), sheet.height(), grid);
  if (empty == EmptyCells::kLeaveOut) sheet_finder::dropEmptyCells(cuts.cells, sheet_finder::maskOf(sheet));
  return cuts;
}

bool looksLikeSheet(const SheetCuts& cuts) {
  return cuts.kind != CutsKind::kNone && cuts.cells.size() > 1 && cuts.confidence >= kSure;
}

namespace sheet_finder {

std::vector<SheetCell> cellsOf(const SheetGrid& grid) {
  std::vector<SheetCell> cells;
  for (int row = grid.firstRow; row < grid.firstRow + grid.rows; ++row) {
    for (int column = grid.firstColumn; column < grid.firstColumn + grid.columns; ++column) {
      const PixelRect area{grid.marginX + column * (grid.cellWidth + grid.spacingX),
                           grid.marginY + row * (grid.cellHeight + grid.spacingY), grid.cellWidth, grid.cellHeight};
      cells.push_back({area, row, column});
    }
  }
  return cells;
}

void dropEmptyCells(std::vector<SheetCell>& cells, const SheetMask& mask) {
  std::erase_if(cells, [&mask](const SheetCell& cell) { return mask.isEmpty(cell.area); });
}

std::string wordsFor(const SheetGrid& grid) {
  std::string words = times(grid.columns, grid.rows) + " cells of " + times(grid.cellWidth, grid.cellHeight) + " px";
  const auto pair = [](int x, int y) {
    return x == y ? std::to_string(x) : std::to_string(x) + " and " + std::to_string(y);
  };
  if (grid.spacingX > 0 || grid.spacingY > 0) words += ", " + pair(grid.spacingX, grid.spacingY) + " px apart";
  if (grid.marginX > 0 || grid.marginY > 0) {
    words += ", the first at " + std::to_string(grid.marginX) + ", " + std::to_string(grid.marginY);
  }
  return words;
}

}  // namespace sheet_finder
}  // namespace loom
