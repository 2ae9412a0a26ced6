// How pictures are taken in: as what they are read, what is undone, and what is said of the sprites.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset/lpc_sheet.h"
#include "core/image/pixel_grid.h"
#include "core/image/sheet_cuts.h"

namespace loom {

enum class ImportAs {
  kAuto,       ///< each file by what it shows: sprite, sheet, LPC sheet, animation, CSV
  kFolders,    ///< every picture one sprite (of animations the first frame)
  kSheet,      ///< every picture a sheet, cut by the grid given or the one found
  kCsv,        ///< every file a CSV of pictures, one a row
  kLpcSheet,   ///< every picture a full LPC sheet
  kAnimation,  ///< every picture's frames
};
/// "auto", "folders", "sheet", "csv", "lpc-sheet", "animation". Throws Error for another word.
ImportAs parseImportAs(const std::string& text);

/// What was made of one file.
struct ImportedPicture {
  std::string file;
  std::string kind;  ///< "sprite", "sheet", "lpc-sheet", "animation", "csv"
  int width = 0;     ///< pixels, native: after the upscaling was undone
  int height = 0;
  double scale = 1;       ///< picture pixels a true pixel took, the larger of both directions; 1: none found
  double confidence = 0;  ///< 0..1, that the scale is right
  int sprites = 0;        ///< how many came out of it
};

struct ImportOptions {
  ImportAs as = ImportAs::kAuto;
  int size = 0;      ///< px: every sprite is brought to a square of this side; 0: as it is
  int channels = 4;  ///< 1 grey, 2 grey and alpha, 3 colours on white, 4 colours and alpha

  bool undoUpscaling = true;
  std::optional<PixelGrid> upscaling = {};  ///< a grid given by hand, instead of the one found

  std::optional<SheetGrid> sheet =
      {};                             ///< a grid given by hand; counts the file's pixels (native ones with `upscaling`)
  std::vector<SheetCell> cells = {};  ///< cuts made by hand, instead of any grid; counted likewise
  std::vector<std::string> rows = {};          ///< names of a sheet's rows: views, animations, or both ("walk left")
  std::string rowPreset = {};                  ///< sheetNamingPreset, when no rows are named; empty: "none"
  LpcFrames lpcFrames = LpcFrames::kStanding;  ///< what is taken from a full LPC sheet

  std::string licence = {}, author = {}, tags = {};
  std::map<std::string, std::string> sources = {};  ///< what a file (its path) is recorded as and called in reports
  /// Told of every file in turn, once what came out of it is known. Called on the importing thread.
  std::function<void(const ImportedPicture&)> each = {};
};

}  // namespace loom
