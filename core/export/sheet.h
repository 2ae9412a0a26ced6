// Sprite sheets: cells laid out on one picture, and where each frame went.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

/// One character to be laid out: its name and its views in any order.
struct SheetCharacter {
  std::string name;
  std::vector<std::pair<std::string, Sprite>> views;  ///< view name, sprite
};

enum class SheetLayout {
  kLpc,     ///< a block a character, 64-px cells at scale 1 (128, … for larger sprites): rows are back, left, front,
            ///< right, each there even where no character has that view; blocks go to the right
  kGrid,    ///< rows are views (LPC order), columns are characters
  kStrip,   ///< one row: every view of the first character, then the next
  kPacked,  ///< as small as possible, in name order ("2" before "10")
};
/// "lpc", "grid", "strip", "packed". Throws Error for another word.
SheetLayout parseSheetLayout(const std::string& text);

struct SheetOptions {
  SheetLayout layout = SheetLayout::kGrid;
  int cellWidth = 0;  ///< px before scaling; 0: the largest sprite's. A smaller sprite stands bottom centre in its cell
  int cellHeight = 0;
  int scale = 1;            ///< whole-number enlargement, 1..16
  int padding = 0;          ///< px between neighbouring cells, after scaling
  int border = 0;           ///< px around the sheet
  int extrude = 0;          ///< px by which each cell's edge pixels are repeated outwards
  bool trim = false;        ///< cells shrink to their opaque pixels (packed), frames say where they were cut
  bool powerOfTwo = false;  ///< width and height rounded up
  int columns = 0;          ///< lpc and grid: characters a row of blocks; 0: all in one
  std::optional<Rgba> background = {};  ///< filled with; nothing: transparent
};

struct SheetFrame {
  std::string name;  ///< "CHARACTER/VIEW", unique: a second "Bob" becomes "Bob-2"
  std::string character;
  std::string view;
  PixelRect frame;  ///< on the sheet, extrusion left out
  bool trimmed = false;
  PixelRect spriteSource;  ///< where the frame lies inside the untrimmed cell (scaled px)
  int sourceWidth = 0;     ///< the untrimmed cell (scaled px)
  int sourceHeight = 0;
};

struct Sheet {
  Sprite image;
  std::vector<SheetFrame> frames;
  int scale = 1;
  std::string credits = {};  ///< who must be named where it goes; empty: nobody is known
};

/// Frames are in the characters' order (packed: by name), the views of each in LPC order.
/// Throws Error when there is nothing to lay out, a sprite is larger than its cell, options contradict each other, or
/// the sheet would exceed limits.h.
Sheet layOutSheet(const std::vector<SheetCharacter>& characters, const SheetOptions& options);

/// The JSON (a tag a character) that TexturePacker's and Aseprite's "hash" / "array" export write for such a sheet.
nlohmann::json sheetJsonHash(const Sheet& sheet, const std::string& imageName);
nlohmann::json sheetJsonArray(const Sheet& sheet, const std::string& imageName);

enum class SheetData { kJsonHash, kJsonArray };
struct SheetFiles {
  std::filesystem::path image;
  std::vector<std::filesystem::path> data;
};
/// What saveSheet would write to: FILE.png and FILE.json (both kinds of JSON asked for: the array as FILE.array.json).
SheetFiles sheetFiles(const std::filesystem::path& image, const std::vector<SheetData>& data);
/// Writes FILE.png and the data files beside it: all of them or, when something fails, none. Throws Error when one
/// exists and `replace` is false (nothing is written then).
SheetFiles saveSheet(const Sheet& sheet, const std::filesystem::path& image, const std::vector<SheetData>& data,
                     bool replace);

}  // namespace loom
