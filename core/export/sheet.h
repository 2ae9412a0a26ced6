// Sprite sheets: cells laid out on one picture or several, and where each frame went.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

/// Which frame of which animation a sprite is; a still has no animation.
struct SheetMotion {
  std::string animation = {};  ///< "walk"
  int frame = 0;               ///< from 0
  int milliseconds = 0;        ///< how long it shows; 0: not known
};

/// One character to be laid out: its name and its views in any order.
struct SheetCharacter {
  std::string name;
  std::vector<std::pair<std::string, Sprite>> views;  ///< view name, sprite
  std::vector<SheetMotion> motions = {};              ///< one a view where some of them are animated, else empty
  std::string origin = {};                            ///< how it was made, an object of JSON; empty: nobody knows
};

enum class SheetLayout {
  kLpc,      ///< a block a character, 64-px cells at scale 1 (128, … for larger sprites): rows are back, left, front,
             ///< right, each there even where no character has that view; blocks go to the right
  kGrid,     ///< rows are views (LPC order), columns are characters
  kStrip,    ///< one row: every view of the first character, then the next
  kPacked,   ///< as small as possible, in name order ("2" before "10")
  kLpcFull,  ///< a full LPC sheet a character: 13 x 21 cells of which stills fill the walk rows' standing column, and
             ///< frames of LPC animations their own places
};
/// "lpc", "grid", "strip", "packed", "lpc-full". Throws Error for another word.
SheetLayout parseSheetLayout(const std::string& text);

struct SheetOptions {
  SheetLayout layout = SheetLayout::kGrid;
  int cellWidth = 0;  ///< px before scaling; 0: the largest sprite's. A smaller sprite stands bottom centre in its cell
  int cellHeight = 0;
  int scale = 1;                 ///< whole-number enlargement, 1..16
  int padding = 0;               ///< px between neighbouring cells (shape padding elsewhere), after scaling
  int innerPadding = 0;          ///< px inside each frame around its picture, after scaling
  int border = 0;                ///< px around the sheet
  int extrude = 0;               ///< px by which each cell's edge pixels are repeated outwards
  bool trim = false;             ///< cells shrink to their opaque pixels (packed), frames say where they were cut
  bool mergeDuplicates = false;  ///< frames that look the same share one place (packed, strip)
  bool powerOfTwo = false;       ///< width and height rounded up
  int columns = 0;    ///< lpc and grid: characters a row of blocks; 0: all in one, or as many as maxSide takes
  int maxSide = 0;    ///< px: what does not fit goes on further sheets, character by character; 0: one sheet
  bool each = false;  ///< every character on a sheet of its own
  std::optional<Rgba> background = {};  ///< filled with; nothing: transparent
};
/// Whether a layout has gaps around its cells, may trim, and so on: options it has no use for are wrong with it.
bool usesGaps(SheetLayout layout);     ///< padding, innerPadding, border, extrude, powerOfTwo
bool usesTrim(SheetLayout layout);     ///< trim
bool usesMerging(SheetLayout layout);  ///< mergeDuplicates
bool usesColumns(SheetLayout layout);  ///< columns

struct SheetFrame {
  std::string name;  ///< "CHARACTER/VIEW" or "CHARACTER/ANIMATION-VIEW-FRAME", unique: a second "Bob" becomes "Bob-2"
  std::string character;
  std::string view;
  SheetMotion motion = {};
  PixelRect frame = {};  ///< on the sheet, extrusion left out
  bool trimmed = false;
  PixelRect spriteSource = {};  ///< where the frame lies inside the untrimmed cell (scaled px)
  int sourceWidth = 0;          ///< the untrimmed cell (scaled px)
  int sourceHeight = 0;
};

/// The cells of a sheet that is no packed one.
struct SheetRaster {
  int cellWidth = 0;  ///< px on the sheet
  int cellHeight = 0;
  int margin = 0;   ///< left of the first column and above the first row
  int spacing = 0;  ///< between cells
};

struct Sheet {
  Sprite image;
  std::vector<SheetFrame> frames;
  int scale = 1;
  int innerPadding = 0;
  std::optional<SheetRaster> raster = {};
  std::string suffix = {};   ///< tells this sheet from the others of its characters: "", "2", "Bob", "Bob-2"
  std::string credits = {};  ///< who must be named where it goes; empty: nobody is known
  std::vector<std::string> origins = {};  ///< of the characters on it, in order, as far as they are known
};

/// Frames are in the characters' order (packed: by name), the views of each in LPC order. One sheet, or more where
/// `each` or `maxSide` ask for them; all have cells of one size. Throws Error when there is nothing to lay out, a
/// sprite is larger than its cell, options contradict each other, or a sheet would exceed limits.h.
std::vector<Sheet> layOutSheets(const std::vector<SheetCharacter>& characters, const SheetOptions& options);
/// The same for options that ask for one sheet.
Sheet layOutSheet(const std::vector<SheetCharacter>& characters, const SheetOptions& options);

}  // namespace loom
