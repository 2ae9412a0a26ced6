#include "core/export/sheet.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/sheet_parts.h"

namespace loom {
namespace {

using sheet_parts::Cell;
using sheet_parts::Extent;

constexpr int kMaxScale = 16;
constexpr int kMaxGap = 256;  ///< px of padding, border or extrusion

void checkRange(const std::string& name, int value, int minimum, int maximum) {
  if (value >= minimum && value <= maximum) return;
  throw Error("the sheet's " + name + " cannot be " + std::to_string(value),
              "choose " + std::to_string(minimum) + " to " + std::to_string(maximum));
}

void checkLayoutUses(const SheetOptions& options) {
  if (options.trim && !usesTrim(options.layout)) {
    throw Error("only a packed sheet can be trimmed: in the other layouts every cell has one size",
                "choose the packed layout or turn trimming off");
  }
  if (options.mergeDuplicates && !usesMerging(options.layout)) {
    throw Error("only packed sheets and strips can merge duplicates: elsewhere row and column say what a cell is",
                "choose the packed layout or a strip, or turn merging off");
  }
  const bool gaps = options.padding > 0 || options.innerPadding > 0 || options.border > 0 || options.extrude > 0;
  if ((gaps || options.powerOfTwo) && !usesGaps(options.layout)) {
    throw Error("a full LPC sheet has no gaps and always the same size",
                "choose another layout, or no padding, border, extrusion and power of two");
  }
}

void checkOptions(const SheetOptions& options) {
  checkRange("cell width", options.cellWidth, 0, limits::kMaxSpriteSide);
  checkRange("cell height", options.cellHeight, 0, limits::kMaxSpriteSide);
  checkRange("scale", options.scale, 1, kMaxScale);
  checkRange("padding", options.padding, 0, kMaxGap);
  checkRange("inner padding", options.innerPadding, 0, kMaxGap);
  checkRange("border", options.border, 0, kMaxGap);
  checkRange("extrusion", options.extrude, 0, kMaxGap);
  checkRange("number of columns", options.columns, 0, limits::kMaxSheetSide);
  checkRange("largest side", options.maxSide, 0, limits::kMaxSheetSide);
  checkLayoutUses(options);
}

/// Characters beside each other such that a sheet is no wider than it may be.
int columnsThatFit(const std::vector<Cell>& cells, const SheetOptions& options) {
  const SheetRaster raster = sheet_parts::rasterOf(cells, options);
  constexpr int kLpcColumns = 13;
  const int across = options.layout == SheetLayout::kLpcFull ? kLpcColumns : 1;
  const int room = sheet_parts::longestSide(options) - 2 * options.border + options.padding;
  return std::max(1, room / (across * (raster.cellWidth + raster.spacing)));
}

/// The picture with its edge pixels repeated `extrude` px outwards, so that filtering textures never picks a neighbour.
Sprite extruded(const Sprite& picture, int extrude) {
  if (extrude == 0) return picture;
  Sprite result(picture.width() + 2 * extrude, picture.height() + 2 * extrude);
  for (int y = 0; y < result.height(); ++y) {
    const int sourceY = std::clamp(y - extrude, 0, picture.height() - 1);
    for (int x = 0; x < result.width(); ++x) {
      result.at(x, y) = picture.at(std::clamp(x - extrude, 0, picture.width() - 1), sourceY);
    }
  }
  return result;
}

Sprite filled(int width, int height, const SheetOptions& options) {
  Sprite image(width, height);
  if (options.background) {
    Rgba colour = *options.background;
    colour.a = 255;
    std::ranges::fill(image.pixels(), colour);
  }
  return image;
}

/// What lies in the frame: the enlarged picture with the padding around it.
Sprite framed(const Cell& cell, const SheetOptions& options) {
  Sprite picture = enlarged(cell.picture, options.scale);
  if (options.innerPadding == 0) return picture;
  Sprite frame = filled(cell.frame.spriteSource.width, cell.frame.spriteSource.height, options);
  paste(frame, picture, options.innerPadding, options.innerPadding);
  return frame;
}

Sheet drawn(std::span<const Cell> cells, const Extent& extent, const SheetOptions& options) {
  Sheet sheet;
  sheet.scale = options.scale;
  sheet.innerPadding = options.innerPadding;
  if (options.layout != SheetLayout::kPacked) sheet.raster = sheet_parts::rasterOf(cells, options);
  sheet.image = filled(static_cast<int>(extent.width), static_cast<int>(extent.height), options);
  sheet.frames.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    sheet.frames.push_back(cell.frame);
    if (!cell.origin.empty()) sheet.origins.push_back(cell.origin);
    if (cell.twin != i) continue;
    const PixelRect& frame = cell.frame.frame;
    paste(sheet.image, extruded(framed(cell, options), options.extrude), frame.x - options.extrude,
          frame.y - options.extrude);
  }
  return sheet;
}

}  // namespace

SheetLayout parseSheetLayout(const std::string& text) {
  if (text == "lpc") return SheetLayout::kLpc;
  if (text == "grid") return SheetLayout::kGrid;
  if (text == "strip") return SheetLayout::kStrip;
  if (text == "packed") return SheetLayout::kPacked;
  if (text == "lpc-full") return SheetLayout::kLpcFull;
  throw Error("'" + text + "' is no sheet layout", "the layouts are lpc, grid, strip, packed and lpc-full");
}

bool usesGaps(SheetLayout layout) {
  return layout != SheetLayout::kLpcFull;
}

bool usesTrim(SheetLayout layout) {
  return layout == SheetLayout::kPacked;
}

bool usesMerging(SheetLayout layout) {
  return layout == SheetLayout::kPacked || layout == SheetLayout::kStrip;
}

bool usesColumns(SheetLayout layout) {
  return layout != SheetLayout::kPacked && layout != SheetLayout::kStrip;
}

std::vector<Sheet> layOutSheets(const std::vector<SheetCharacter>& characters, const SheetOptions& asked) {
  checkOptions(asked);
  SheetOptions options = asked;
  std::vector<Cell> cells = sheet_parts::makeCells(characters, options);
  if (options.maxSide > 0 && options.columns == 0) options.columns = columnsThatFit(cells, options);
  const std::vector<std::string> rows = sheet_parts::rowsOf(cells, options);
  std::vector<Sheet> sheets;
  for (const auto& page : sheet_parts::splitIntoPages(cells, rows, options)) {
    const auto ofPage = std::span(cells).subspan(page.begin, page.end - page.begin);
    // Looking for the end of the page moved its cells about.
    const auto extent = sheet_parts::placeCells(ofPage, rows, options, sheet_parts::longestSide(options));
    sheets.push_back(drawn(ofPage, extent.value(), options));
    sheets.back().suffix = page.suffix;
  }
  return sheets;
}

Sheet layOutSheet(const std::vector<SheetCharacter>& characters, const SheetOptions& options) {
  if (options.each || options.maxSide > 0) {
    throw Error("several sheets were asked for where one is made", "leave out the largest side, and one a character");
  }
  return std::move(layOutSheets(characters, options).front());
}

}  // namespace loom
