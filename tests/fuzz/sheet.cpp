// The sheet finder: the first byte is the width, the rest pixels of few colours, so that sheets come about by chance.
#include "core/image/sheet_cuts.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const Sprite sheet = smallPicture(data, size);
  if (sheet.empty()) return 0;
  return fuzzed([&] {
    const SheetCuts cuts = findSheetCuts(sheet, EmptyCells::kKeep);
    for (const SheetCell& cell : cuts.cells) {
      const bool inside = cell.area.width > 0 && cell.area.height > 0 && cell.area.x >= 0 && cell.area.y >= 0 &&
                          cell.area.x + cell.area.width <= sheet.width() &&
                          cell.area.y + cell.area.height <= sheet.height();
      if (!inside) __builtin_trap();
    }
    looksLikeSheet(cuts);
  });
}
