// What of a sheet is drawn and what is ground between the sprites. Private to the sheet finder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image/sheet_cuts.h"

namespace loom::sheet_finder {

/// One byte a pixel, 1 where something is drawn.
struct SheetMask {
  int width = 0, height = 0;
  std::vector<std::uint8_t> ink;
  bool noisy = false;      ///< the ground's colour varies as in a JPEG
  bool hasGround = false;  ///< false: nothing told ground from sprites, and all is drawn

  const std::uint8_t* row(int y) const {
    return ink.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
  bool isEmpty(const PixelRect& area) const;
};

/// The colour of an opaque sheet's ground and how far its pixels stray from it.
struct GroundColour {
  Rgba colour;
  int tolerance = 0;  ///< the largest difference of a channel, 0..255
};
/// The colour that fills the sheet's border or a good part of it; nothing when there is none.
std::optional<GroundColour> groundColour(const Sprite& sheet);

inline constexpr int kFaintAlpha = 8;  ///< alpha up to here is ground: brushes leave such dirt

/// Ground is what is transparent (where enough is), and what has `colour`.
SheetMask maskOf(const Sprite& sheet, const std::optional<GroundColour>& colour);
/// The same with the likeliest ground: transparency, or else the ground colour.
SheetMask maskOf(const Sprite& sheet);
bool hasTransparentGround(const Sprite& sheet);

/// A straight line of one colour drawn across the sheet, one pixel wide or a few.
struct DrawnLine {
  int start = 0, thickness = 0;
  friend bool operator==(const DrawnLine&, const DrawnLine&) = default;
};
struct DrawnLines {
  std::vector<DrawnLine> columns, rows;  ///< left to right, top to bottom
};
DrawnLines findDrawnLines(const Sprite& sheet, const SheetMask& mask);

/// Every cell of the grid, whose rows and columns must be filled in.
std::vector<SheetCell> cellsOf(const SheetGrid& grid);
void dropEmptyCells(std::vector<SheetCell>& cells, const SheetMask& mask);
std::string wordsFor(const SheetGrid& grid);

}  // namespace loom::sheet_finder
