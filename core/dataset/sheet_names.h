// What the cells of a sheet show, told from labels for its rows: the character, its view, the animation and the frame.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/image/sheet_cuts.h"

namespace loom {

/// What one row of cells shows.
struct RowLabel {
  std::string view;       ///< kAnyView where the row shows no certain one
  std::string animation;  ///< "walk"; may be empty
  friend bool operator==(const RowLabel&, const RowLabel&) = default;
};
/// "walk-left" -> left, walk; "front" -> front; "jump" -> any, jump; "" -> any. Every word that names no view belongs
/// to the animation, in lower case and joined by "-".
RowLabel parseRowLabel(const std::string& text);

/// How the cells of a sheet are named. A sheet with more rows or columns than one character takes holds several: the
/// pattern repeats, characters to the right first.
struct SheetNaming {
  std::vector<RowLabel> rows;     ///< of one character; empty: each cell is a character of its own
  int columns = 0;                ///< of one character, its frames; 0: all columns of the sheet
  int standingFrame = 0;          ///< the frame in which a character just stands
  std::string standingAnimation;  ///< the animation it belongs to; empty: any
};
/// "none": each cell for itself. "rpgmaker": blocks of 3 x 4 cells, rows front, left, right, back, the middle frame
/// stands. "lpc": the 21 rows of a full LPC sheet; the first frame of "walk" stands. Throws Error for another word.
SheetNaming sheetNamingPreset(const std::string& name);

struct CellName {
  std::string character;  ///< "1", "2", … in reading order; empty where the sheet holds one character alone
  std::string view;
  std::string animation;
  int frame = 0;  ///< from 0
  bool standing = false;
  friend bool operator==(const CellName&, const CellName&) = default;
};
/// One name a cell, in the cells' order. Cells left out leave no gap in the others' names but in the frames.
std::vector<CellName> nameCells(std::span<const SheetCell> cells, const SheetNaming& naming);

}  // namespace loom
