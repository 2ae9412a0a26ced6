// The layout of full Universal LPC sheets: six animations of one character in cells of 64 x 64 px.
#pragma once

#include <string>
#include <vector>

#include "core/dataset/sheet_names.h"
#include "core/image/sheet_cuts.h"
#include "core/image/sprite.h"

namespace loom {

inline constexpr int kLpcCell = 64;  ///< px
inline constexpr int kLpcColumns = 13;
inline constexpr int kLpcRows = 21;
/// Rows of one animation: four of them, seen from back, left, front and right, or one, seen from the front.
struct LpcBlock {
  std::string animation;
  int firstRow = 0, rows = 0;
  int columns = 0;  ///< frames
};
/// spellcast 7, thrust 8, walk 9, slash 6, shoot 13 columns, and hurt 6 in one row.
const std::vector<LpcBlock>& lpcBlocks();
/// The same as labels for rows; the first frame of "walk" stands.
SheetNaming lpcNaming();

/// Whether the picture is a full sheet: 832 x 1344 px, or one of the newer larger ones (832 or 1536 px wide, 2944 px
/// high or more) whose first 21 rows are the same; the character stands at the beginning of the walk rows, and no
/// animation of these rows has more frames than it should. An enlarged sheet is none until the enlargement is undone.
bool isLpcSheet(const Sprite& sheet);

enum class LpcFrames {
  kStanding,  ///< the first frame of "walk" in its four views
  kTinyHero,  ///< standing as TinyHero was cut: the first frame of "thrust", cells 4 px lower, at y = 260 + 64 i
  kAll,       ///< every frame of every animation
};
struct LpcSheetCell {
  PixelRect area;
  std::string view;
  std::string animation;
  int frame = 0;  ///< from 0
  friend bool operator==(const LpcSheetCell&, const LpcSheetCell&) = default;
};
/// The sheet's cells that hold anything, row by row. Throws Error for a picture smaller than a full sheet.
std::vector<LpcSheetCell> lpcCells(const Sprite& sheet, LpcFrames frames);

}  // namespace loom
