// What the sources of this folder share; not for others.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/export/sheet.h"

namespace loom::sheet_parts {

/// A picture to be placed, and the frame that will say where it went.
struct Cell {
  SheetFrame frame;  ///< its place is filled in by the layout; spriteSource has its size
  Sprite picture;    ///< trimmed; enlarged and extruded only when it is pasted, for many of them are large then
  int column = 0;    ///< in cells; unused when packed
  int row = 0;
};

struct Extent {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

/// Throws Error when a sheet of this size would exceed limits.h.
void checkExtent(const Extent& extent);
int roundedUpToPowerOfTwo(std::int64_t length);

/// Gives every cell its place for the smallest sheet found, equal cells in the order they come in. Returns the sheet's
/// size before rounding to a power of two.
Extent packCells(std::vector<Cell>& cells, const SheetOptions& options);

/// The JSON with its keys and frames in the order in which Aseprite writes them.
nlohmann::ordered_json orderedJson(const Sheet& sheet, const std::string& imageName, SheetData data);

}  // namespace loom::sheet_parts
