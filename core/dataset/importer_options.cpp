#include "core/dataset/importer_options.h"

#include <xxhash.h>

#include "core/base/error.h"
#include "core/dataset/importer_prepare.h"

namespace loom {

ImportAs parseImportAs(const std::string& text) {
  if (text == "auto") return ImportAs::kAuto;
  if (text == "folders") return ImportAs::kFolders;
  if (text == "sheet") return ImportAs::kSheet;
  if (text == "csv") return ImportAs::kCsv;
  if (text == "lpc-sheet") return ImportAs::kLpcSheet;
  if (text == "animation") return ImportAs::kAnimation;
  throw Error("'" + text + "' is no way to import", "use auto, folders, sheet, csv, lpc-sheet or animation");
}

std::uint64_t preparationKey(std::span<const std::byte> bytes, const ImportOptions& options) {
  Json how = {static_cast<int>(options.as),
              options.size,
              options.channels,
              options.undoUpscaling,
              options.rows,
              options.rowPreset,
              static_cast<int>(options.lpcFrames)};
  if (const auto& grid = options.upscaling) {
    how.push_back({static_cast<int>(grid->kind), grid->scaleX, grid->scaleY, grid->offsetX, grid->offsetY});
  }
  if (const auto& sheet = options.sheet) {
    how.push_back({sheet->cellWidth, sheet->cellHeight, sheet->marginX, sheet->marginY, sheet->spacingX,
                   sheet->spacingY, sheet->firstRow, sheet->rows, sheet->firstColumn, sheet->columns});
  }
  for (const SheetCell& cell : options.cells) {
    how.push_back({cell.area.x, cell.area.y, cell.area.width, cell.area.height, cell.row, cell.column});
  }
  const std::string text = SPRITELOOM_VERSION + how.dump();
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), XXH3_64bits(text.data(), text.size()));
}

}  // namespace loom
