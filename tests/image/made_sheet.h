// Sheets drawn for tests, with the cells they were drawn with: blobs that look like sprites, laid out in many ways.
#pragma once

#include <string>
#include <vector>

#include "core/base/random_stream.h"
#include "core/image/sheet_cuts.h"

namespace loom {

struct MadeSheet {
  Sprite image;
  SheetGrid grid;                  ///< of regular sheets: what was drawn, rows and columns filled in
  std::vector<PixelRect> sprites;  ///< of irregular sheets: the tight bounds, in no order
  int filled = 0;                  ///< cells with a sprite
};

enum class SheetKind {
  kTouching,       ///< cells without gutters, sprites with some room around them
  kTightTouching,  ///< cells without gutters, most sprites as large as their cell
  kGutters,        ///< 1 to 8 px apart
  kMargins,        ///< a margin all around, with or without gutters
  kSolidGround,    ///< touching or apart on one colour
  kNoisyGround,    ///< the same after JPEG-like noise
  kGridLines,      ///< lines of 1 or 2 px between the cells
  kEmptyCells,     ///< a fifth of the cells empty, the last row short
  kBottomAligned,  ///< sprites of different sizes standing at the bottom of their cells
  kBlocks,         ///< 4 x 2 characters of 3 x 4 cells
  kStrip,          ///< one row
  kFullTiles,      ///< every cell painted all over, no ground
  kCredits,        ///< lines of small text below the cells
};
inline constexpr SheetKind kRegularKinds[] = {
    SheetKind::kTouching,      SheetKind::kTightTouching, SheetKind::kGutters,   SheetKind::kMargins,
    SheetKind::kSolidGround,   SheetKind::kNoisyGround,   SheetKind::kGridLines, SheetKind::kEmptyCells,
    SheetKind::kBottomAligned, SheetKind::kBlocks,        SheetKind::kStrip,     SheetKind::kFullTiles,
    SheetKind::kCredits};
std::string nameOf(SheetKind kind);

/// A sprite-like blob that fills width x height to its edges: an outlined body with a head, limbs and some markings.
Sprite madeSprite(RandomStream& random, int width, int height);
MadeSheet madeSheet(SheetKind kind, RandomStream& random);
/// Sprites of all sizes packed a few pixels apart, some of several parts.
MadeSheet madePackedSheet(RandomStream& random);

/// Whether the cuts are the sheet's own: the same cells, to the pixel.
bool hasSameGrid(const SheetCuts& cuts, const MadeSheet& sheet);
/// How many of the sheet's sprites are cells with exactly their bounds.
int countExactBounds(const SheetCuts& cuts, const MadeSheet& sheet);

}  // namespace loom
