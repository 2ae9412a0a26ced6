// What the sources of this folder share; not for others.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/export/sheet.h"

namespace loom::sheet_parts {

/// A picture to be placed, and the frame that will say where it went.
struct Cell {
  SheetFrame frame;         ///< its place is filled in by the layout; spriteSource has its size
  std::string label;        ///< its view, or "ANIMATION-VIEW-FRAME": what its row is called in a grid
  std::string origin = {};  ///< of the character, at its first cell alone
  Sprite picture;           ///< trimmed; enlarged and extruded only when it is pasted, for many of them are large then
  std::uint64_t hash = 0;   ///< of the picture
  std::size_t twin = 0;     ///< the first cell of its sheet whose place it takes; itself where that is its own
  int column = 0;           ///< in cells; unused when packed
  int row = 0;
};

struct Extent {
  std::int64_t width = 0;
  std::int64_t height = 0;
};
int roundedUpToPowerOfTwo(std::int64_t length);

/// The order of labels: back, left, front, right, then others as people count.
bool lpcLess(const std::string& left, const std::string& right);
/// Its place among those four; 4 for another view.
std::size_t lpcRank(const std::string& view);

/// Every frame by name in the order of the sheet, pictures in cells of one size, trimmed, over the background. Empty
/// pictures are left out. Throws Error.
std::vector<Cell> makeCells(const std::vector<SheetCharacter>& characters, const SheetOptions& options);
/// The first cell behind `cells[first]` that belongs to another character.
std::size_t endOfCharacter(std::span<const Cell> cells, std::size_t first);

/// Gives all cells of a sheet their place by column and row. `rows` are the labels of all sheets' cells. Returns the
/// sheet's size.
Extent placeInRaster(std::span<Cell> cells, const std::vector<std::string>& rows, const SheetOptions& options);
/// The rows of a block. An LPC sheet has its four rows even where a view is missing: engines go by the row's number.
std::vector<std::string> rowsOf(std::span<const Cell> cells, const SheetOptions& options);
SheetRaster rasterOf(std::span<const Cell> cells, const SheetOptions& options);

/// Gives every cell its place for the smallest sheet of at most `side` px found, equal cells in the order they come in.
/// Returns the sheet's size before rounding to a power of two; nothing where they do not fit.
std::optional<Extent> packCells(std::span<Cell> cells, const SheetOptions& options, int side);

/// Gives the cells of one sheet their places. Returns the sheet's size, a power of two where that is asked for; nothing
/// where the sheet would be larger than `side` px.
std::optional<Extent> placeCells(std::span<Cell> cells, const std::vector<std::string>& rows,
                                 const SheetOptions& options, int side);

/// Where each sheet's cells begin and end, as few sheets as take the characters whole and in order. Throws Error when
/// one character alone is too large.
struct PageOfCells {
  std::size_t begin = 0, end = 0;
  std::string suffix = {};
};
std::vector<PageOfCells> splitIntoPages(std::span<Cell> cells, const std::vector<std::string>& rows,
                                        const SheetOptions& options);
/// The longest side that a sheet may have.
int longestSide(const SheetOptions& options);

/// Cells that follow each other and belong together: the frames of an animation in one view, or a still.
struct FrameRun {
  std::string name;  ///< "CHARACTER/VIEW", "CHARACTER/ANIMATION-VIEW"
  std::size_t first = 0, last = 0;
};
std::vector<FrameRun> frameRuns(const Sheet& sheet);
/// A run a character.
std::vector<FrameRun> characterRuns(const Sheet& sheet);
/// Milliseconds; 100 where nobody said.
int shownFor(const SheetFrame& frame);

}  // namespace loom::sheet_parts
