// Where the sprites of a sheet lie: a grid given by hand, or one found from the picture alone.
#pragma once

#include <string>
#include <vector>

#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

/// Cells of one size at equal distances. All in pixels but the last four, which are counted in cells.
struct SheetGrid {
  int cellWidth = 0, cellHeight = 0;  ///< 1 or more
  int marginX = 0, marginY = 0;       ///< left of the first column, above the first row
  int spacingX = 0, spacingY = 0;     ///< between neighbouring cells
  int firstRow = 0, rows = 0;         ///< the rows to take; 0: all from the first on
  int firstColumn = 0, columns = 0;
  friend bool operator==(const SheetGrid&, const SheetGrid&) = default;
};

struct SheetCell {
  PixelRect area;
  int row = 0, column = 0;  ///< from 0, counted on the whole sheet also where only some rows are taken
  friend bool operator==(const SheetCell&, const SheetCell&) = default;
};

enum class CutsKind {
  kNone,     ///< no cells were found: the picture is one sprite, or empty
  kGrid,     ///< a grid given by hand
  kGutters,  ///< a regular grid whose cells stand apart, or are parted by drawn lines
  kPeriod,   ///< a regular grid whose cells touch
  kParts,    ///< sprites of any size at any place; tight bounds, rows in reading order
};
enum class EmptyCells { kLeaveOut, kKeep };

struct SheetCuts {
  CutsKind kind = CutsKind::kNone;
  std::vector<SheetCell> cells;  ///< row by row, left to right
  SheetGrid grid;                ///< of the regular kinds; rows and columns are filled in
  double confidence = 0;         ///< 0..1 that this is a sheet and cut rightly; 1 for a grid given by hand
  int specks = 0;                ///< kParts: spots of a few pixels that were left out
  std::string how;               ///< "12 x 4 cells of 32 x 32 px, 1 px apart"
};

/// The whole cells of `grid` on a sheet of `width` x `height` pixels; what is left at the right and below is no cell.
/// Throws Error when the grid makes no sense or not one cell fits.
SheetCuts gridCuts(int width, int height, const SheetGrid& grid);
/// The same on a sheet whose cells without a sprite are left out (or kept).
SheetCuts gridCuts(const Sprite& sheet, const SheetGrid& grid, EmptyCells empty = EmptyCells::kLeaveOut);

/// Finds the cells. The ground between the sprites may be transparent or of one colour, clean or as noisy as a JPEG
/// leaves it; lines drawn between the cells count as gutters. A regular grid is found from the lines that no sprite
/// crosses, scored by likelihood, with common cell sizes, equal margins and sheets that are whole numbers of cells as
/// the prior; so the cells are the artist's, not the sprites' tight bounds. Where there is no grid, each cell is a
/// connected part with what floats near it. About a byte a pixel is held besides the sheet.
SheetCuts findSheetCuts(const Sprite& sheet, EmptyCells empty = EmptyCells::kLeaveOut);

/// Whether to take the picture for a sheet without asking: sure enough, and more than one cell.
bool looksLikeSheet(const SheetCuts& cuts);

}  // namespace loom
