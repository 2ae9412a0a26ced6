// The sheet finder, and grids given by hand on what it looked at.
#include "core/image/byte_cursor.h"
#include "core/image/sheet_cuts.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_picture.h"

namespace {

using namespace loom;

void checkCuts(const SheetCuts& cuts, const Sprite& sheet) {
  for (const SheetCell& cell : cuts.cells) {
    const PixelRect& area = cell.area;
    require(area.width > 0 && area.height > 0 && area.x >= 0 && area.y >= 0);
    require(area.x + area.width <= sheet.width() && area.y + area.height <= sheet.height());
    require(cell.row >= 0 && cell.column >= 0);
  }
  require(cuts.confidence >= 0 && cuts.confidence <= 1);
}

/// Numbers from the last bytes, small ones and a few without measure.
SheetGrid gridFrom(std::span<const std::byte> bytes) {
  ByteCursor cursor(bytes.last(std::min<std::size_t>(bytes.size(), 11)));
  const bool wild = cursor.byte() % 8 == 0;
  const auto number = [&] {
    const auto value = static_cast<std::int8_t>(cursor.byte());
    return wild ? value * 16'777'216 : int{value};
  };
  SheetGrid grid;
  for (int* value : {&grid.cellWidth, &grid.cellHeight, &grid.marginX, &grid.marginY, &grid.spacingX, &grid.spacingY,
                     &grid.firstRow, &grid.rows, &grid.firstColumn, &grid.columns}) {
    *value = number();
  }
  return grid;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Sprite sheet = smallPicture(data, size, 1024);
  if (sheet.empty()) return -1;
  const SheetCuts cuts = findSheetCuts(sheet, data[0] < 128 ? EmptyCells::kLeaveOut : EmptyCells::kKeep);
  checkCuts(cuts, sheet);
  require(!looksLikeSheet(cuts) || cuts.cells.size() > 1);
  return fuzzed([&] { checkCuts(gridCuts(sheet, gridFrom(fuzzBytes(data, size))), sheet); });
}
