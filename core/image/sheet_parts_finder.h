// The connected parts of a sheet, with what floats near them. Private to the sheet finder.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/sheet_mask.h"

namespace loom::sheet_finder {

struct Part {
  PixelRect bounds;
  std::int64_t area = 0;  ///< pixels drawn
};

std::int64_t boxArea(const PixelRect& box);
/// The area of the box with which half of what is drawn lies in boxes no larger; small parts hardly count.
std::int64_t typicalBox(std::vector<Part> parts);

struct Parts {
  std::vector<Part> parts;
  int specks = 0;        ///< spots of a few pixels, left out
  int spacing = 0;       ///< the least usual distance between large parts, px
  bool tooMany = false;  ///< a picture of dots; nothing was found then
};

/// 8-connected parts; memory is bounded by the count allowed.
Parts connectedParts(const SheetMask& mask);
/// Joins what belongs together: boxes that overlap, and small parts nearer to a larger one than sprites are to each
/// other (a hat above a head, a sword's spark). Leaves specks out.
Parts joinedParts(Parts parts);
/// Rows of small parts with no sprite beside them, above all sprites or below them: a title, credits.
struct Captions {
  int top = 0;     ///< rows of pixels that they take at the sheet's top
  int bottom = 0;  ///< and at its bottom
};
Captions findCaptions(const Parts& parts, int height);

/// The parts as cells in reading order: rows top to bottom, each left to right.
std::vector<SheetCell> inReadingOrder(const std::vector<Part>& parts);

}  // namespace loom::sheet_finder
