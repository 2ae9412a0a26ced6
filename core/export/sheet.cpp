#include "core/export/sheet.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/natural_order.h"
#include "core/export/sheet_parts.h"

namespace loom {
namespace {

using sheet_parts::Cell;
using sheet_parts::Extent;

constexpr int kMaxScale = 16;
constexpr int kMaxGap = 256;  ///< px of padding, border or extrusion
constexpr int kLpcCell = 64;
constexpr std::array<std::string_view, 4> kLpcRows = {"back", "left", "front", "right"};

void checkRange(const std::string& name, int value, int minimum, int maximum) {
  if (value >= minimum && value <= maximum) return;
  throw Error("the sheet's " + name + " cannot be " + std::to_string(value),
              "choose " + std::to_string(minimum) + " to " + std::to_string(maximum));
}

void checkOptions(const SheetOptions& options) {
  checkRange("cell width", options.cellWidth, 0, limits::kMaxSpriteSide);
  checkRange("cell height", options.cellHeight, 0, limits::kMaxSpriteSide);
  checkRange("scale", options.scale, 1, kMaxScale);
  checkRange("padding", options.padding, 0, kMaxGap);
  checkRange("border", options.border, 0, kMaxGap);
  checkRange("extrusion", options.extrude, 0, kMaxGap);
  checkRange("number of columns", options.columns, 0, limits::kMaxSheetSide);
  if (options.trim && options.layout != SheetLayout::kPacked) {
    throw Error("only a packed sheet can be trimmed: in the other layouts every cell has one size",
                "choose the packed layout or turn trimming off");
  }
}

/// `name`, or "name-2", "name-3", … when it is taken: two frames of one name would be one in the JSON.
std::string freeIn(std::set<std::string>& taken, const std::string& name) {
  std::string candidate = name;
  for (int number = 2; !taken.insert(candidate).second; ++number) candidate = name + "-" + std::to_string(number);
  return candidate;
}

std::size_t lpcRank(const std::string& view) {
  return static_cast<std::size_t>(std::ranges::find(kLpcRows, view) - kLpcRows.begin());
}

bool lpcLess(const std::string& left, const std::string& right) {
  const std::size_t leftRank = lpcRank(left);
  const std::size_t rightRank = lpcRank(right);
  return leftRank != rightRank ? leftRank < rightRank : naturalLess(left, right);
}

/// Every frame by name, character by character, each in LPC order. Empty pictures are left out.
std::vector<Cell> namedCells(const std::vector<SheetCharacter>& characters) {
  std::vector<Cell> cells;
  std::set<std::string> names;
  for (const SheetCharacter& character : characters) {
    const std::string name = freeIn(names, character.name);
    std::vector<Cell> ofCharacter;
    std::set<std::string> views;
    for (const auto& [view, sprite] : character.views) {
      if (sprite.empty()) continue;
      Cell cell;
      cell.frame.character = name;
      cell.frame.view = freeIn(views, view);
      cell.frame.name = name + "/" + cell.frame.view;
      cell.picture = sprite;
      ofCharacter.push_back(std::move(cell));
    }
    std::ranges::sort(ofCharacter, lpcLess, [](const Cell& cell) { return cell.frame.view; });
    std::ranges::move(ofCharacter, std::back_inserter(cells));
  }
  if (cells.empty()) throw Error("there is no sprite to put on a sheet", "choose at least one character");
  return cells;
}

struct CellSize {
  int width = 0;
  int height = 0;
};

CellSize cellSize(const std::vector<Cell>& cells, const SheetOptions& options) {
  CellSize largest;
  for (const Cell& cell : cells) {
    largest.width = std::max(largest.width, cell.picture.width());
    largest.height = std::max(largest.height, cell.picture.height());
  }
  if (options.layout == SheetLayout::kLpc) {  // LPC sheets with large figures use multiples of 64
    largest.width = (largest.width + kLpcCell - 1) / kLpcCell * kLpcCell;
    largest.height = (largest.height + kLpcCell - 1) / kLpcCell * kLpcCell;
  }
  return {options.cellWidth > 0 ? options.cellWidth : largest.width,
          options.cellHeight > 0 ? options.cellHeight : largest.height};
}

void checkFits(const Cell& cell, const CellSize& size) {
  const Sprite& sprite = cell.picture;
  if (sprite.width() <= size.width && sprite.height() <= size.height) return;
  const auto text = [](int width, int height) {
    return std::to_string(width) + " x " + std::to_string(height) + " px";
  };
  throw Error(cell.frame.name + " has " + text(sprite.width(), sprite.height()) + ", more than a cell of " +
                  text(size.width, size.height),
              "make the cells larger, or 0 to fit the largest sprite");
}

Sprite standingIn(const Sprite& sprite, const CellSize& size) {
  if (sprite.width() == size.width && sprite.height() == size.height) return sprite;
  Sprite cell(size.width, size.height);
  paste(cell, sprite, (size.width - sprite.width()) / 2, size.height - sprite.height());
  return cell;
}

/// Brings the pictures to what is pasted, but for the scale: in their cells, trimmed, over the background.
void finishPictures(std::vector<Cell>& cells, const SheetOptions& options) {
  const CellSize size = cellSize(cells, options);
  for (Cell& cell : cells) {
    checkFits(cell, size);
    Sprite picture = standingIn(cell.picture, size);
    PixelRect source{0, 0, size.width, size.height};
    if (options.trim) {
      source = opaqueBounds(picture);
      if (source.width == 0) source = {0, 0, 1, 1};  // as Aseprite does with an empty frame
      picture = cropped(picture, source);
    }
    if (options.background) picture = flattened(picture, *options.background);
    const int scale = options.scale;
    cell.picture = std::move(picture);
    cell.frame.trimmed = source.width != size.width || source.height != size.height;
    cell.frame.spriteSource = {source.x * scale, source.y * scale, source.width * scale, source.height * scale};
    cell.frame.sourceWidth = size.width * scale;
    cell.frame.sourceHeight = size.height * scale;
  }
}

/// The rows of a block. An LPC sheet has its four rows even where a view is missing: engines go by the row's number.
std::vector<std::string> rowsOf(const std::vector<Cell>& cells, SheetLayout layout) {
  const auto less = [](const std::string& left, const std::string& right) { return lpcLess(left, right); };
  std::set<std::string, decltype(less)> rows(less);
  for (const Cell& cell : cells) rows.insert(cell.frame.view);
  const bool known = lpcRank(*rows.begin()) < kLpcRows.size();
  if (layout == SheetLayout::kLpc && known) rows.insert(kLpcRows.begin(), kLpcRows.end());
  return {rows.begin(), rows.end()};
}

/// Columns are characters, rows are views; after `options.columns` characters the next block of rows begins.
void assignGrid(std::vector<Cell>& cells, const SheetOptions& options) {
  const std::vector<std::string> rows = rowsOf(cells, options.layout);
  int character = -1;
  const std::string* last = nullptr;
  for (Cell& cell : cells) {
    if (last == nullptr || *last != cell.frame.character) ++character;
    last = &cell.frame.character;
    const auto row = static_cast<int>(std::ranges::find(rows, cell.frame.view) - rows.begin());
    const int columns = options.columns > 0 ? options.columns : limits::kMaxSheetSide;
    cell.column = character % columns;
    cell.row = character / columns * static_cast<int>(rows.size()) + row;
  }
}

void assignStrip(std::vector<Cell>& cells) {
  int column = 0;
  for (Cell& cell : cells) cell.column = column++;
}

/// Places cells of one size by column and row.
Extent placeInRaster(std::vector<Cell>& cells, const SheetOptions& options, int rows) {
  const std::int64_t slotWidth = cells.front().frame.spriteSource.width + 2 * options.extrude + options.padding;
  const std::int64_t slotHeight = cells.front().frame.spriteSource.height + 2 * options.extrude + options.padding;
  std::int64_t columns = 0;
  for (const Cell& cell : cells) columns = std::max<std::int64_t>(columns, cell.column + 1);
  const Extent extent{2 * options.border + columns * slotWidth - options.padding,
                      2 * options.border + rows * slotHeight - options.padding};
  sheet_parts::checkExtent(extent);
  for (Cell& cell : cells) {
    cell.frame.frame = {static_cast<int>(options.border + options.extrude + cell.column * slotWidth),
                        static_cast<int>(options.border + options.extrude + cell.row * slotHeight),
                        cell.frame.spriteSource.width, cell.frame.spriteSource.height};
  }
  return extent;
}

int rasterRows(const std::vector<Cell>& cells, const SheetOptions& options) {
  int rows = 0;
  for (const Cell& cell : cells) rows = std::max(rows, cell.row + 1);
  if (options.layout == SheetLayout::kStrip) return rows;
  const int block = static_cast<int>(rowsOf(cells, options.layout).size());
  return (rows + block - 1) / block * block;
}

Extent place(std::vector<Cell>& cells, const SheetOptions& options) {
  if (options.layout == SheetLayout::kPacked) {
    std::ranges::stable_sort(cells, [](const Cell& left, const Cell& right) {
      if (left.frame.character != right.frame.character) {
        return naturalLess(left.frame.character, right.frame.character);
      }
      return lpcLess(left.frame.view, right.frame.view);
    });
    return sheet_parts::packCells(cells, options);
  }
  if (options.layout == SheetLayout::kStrip) {
    assignStrip(cells);
  } else {
    assignGrid(cells, options);
  }
  return placeInRaster(cells, options, rasterRows(cells, options));
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

Sprite blank(const Extent& extent, const SheetOptions& options) {
  Sprite image(static_cast<int>(extent.width), static_cast<int>(extent.height));
  if (options.background) {
    Rgba colour = *options.background;
    colour.a = 255;
    std::ranges::fill(image.pixels(), colour);
  }
  return image;
}

}  // namespace

SheetLayout parseSheetLayout(const std::string& text) {
  if (text == "lpc") return SheetLayout::kLpc;
  if (text == "grid") return SheetLayout::kGrid;
  if (text == "strip") return SheetLayout::kStrip;
  if (text == "packed") return SheetLayout::kPacked;
  throw Error("'" + text + "' is no sheet layout", "the layouts are lpc, grid, strip and packed");
}

Sheet layOutSheet(const std::vector<SheetCharacter>& characters, const SheetOptions& options) {
  checkOptions(options);
  std::vector<Cell> cells = namedCells(characters);
  finishPictures(cells, options);
  Extent extent = place(cells, options);
  if (options.powerOfTwo) {
    extent = {sheet_parts::roundedUpToPowerOfTwo(extent.width), sheet_parts::roundedUpToPowerOfTwo(extent.height)};
  }
  sheet_parts::checkExtent(extent);
  Sheet sheet;
  sheet.scale = options.scale;
  sheet.image = blank(extent, options);
  sheet.frames.reserve(cells.size());
  for (const Cell& cell : cells) {
    const PixelRect& frame = cell.frame.frame;
    const Sprite picture = extruded(enlarged(cell.picture, options.scale), options.extrude);
    paste(sheet.image, picture, frame.x - options.extrude, frame.y - options.extrude);
    sheet.frames.push_back(cell.frame);
  }
  return sheet;
}

}  // namespace loom
