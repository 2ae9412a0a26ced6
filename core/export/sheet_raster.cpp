// Cells of one size by column and row: grids, strips and LPC sheets.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/sheet_parts.h"

namespace loom::sheet_parts {
namespace {

/// The animations of a full LPC sheet (Universal LPC Spritesheet: 13 x 21 cells); all but "hurt" have a row a view.
struct LpcAnimation {
  std::string_view name;
  int firstRow = 0, rows = 4, frames = 0;
};
constexpr std::array<LpcAnimation, 6> kLpcAnimations = {{{"spellcast", 0, 4, 7},
                                                         {"thrust", 4, 4, 8},
                                                         {"walk", 8, 4, 9},
                                                         {"slash", 12, 4, 6},
                                                         {"shoot", 16, 4, 13},
                                                         {"hurt", 20, 1, 6}}};
constexpr int kLpcColumns = 13;
constexpr int kLpcRows = 21;
constexpr std::string_view kStanding = "walk";  ///< its first frame stands

/// The number of each cell's character, from 0.
std::vector<int> characterNumbers(std::span<const Cell> cells) {
  std::vector<int> numbers;
  numbers.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool first = i == 0;
    const bool another = !first && cells[i].frame.character != cells[i - 1].frame.character;
    numbers.push_back(first ? 0 : numbers.back() + (another ? 1 : 0));
  }
  return numbers;
}

int blockColumns(const SheetOptions& options) {
  return options.columns > 0 ? options.columns : limits::kMaxSheetSide;
}

/// Columns are characters, rows are views; after `options.columns` characters the next block of rows begins.
void assignGrid(std::span<Cell> cells, const std::vector<std::string>& rows, const SheetOptions& options) {
  const std::vector<int> numbers = characterNumbers(cells);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto row = static_cast<int>(std::ranges::find(rows, cells[i].label) - rows.begin());
    cells[i].column = numbers[i] % blockColumns(options);
    cells[i].row = numbers[i] / blockColumns(options) * static_cast<int>(rows.size()) + row;
  }
}

[[noreturn]] void throwNoPlace(const SheetFrame& frame) {
  throw Error(frame.name + " has no place on a full LPC sheet",
              "such a sheet has the views back, left, front and right, and the frames of spellcast, thrust, walk, "
              "slash, shoot and hurt: leave the others out, or take another layout");
}

void assignInLpcBlock(Cell& cell) {
  const SheetMotion& motion = cell.frame.motion;
  const std::string_view name = motion.animation.empty() ? kStanding : std::string_view(motion.animation);
  const auto animation = std::ranges::find(kLpcAnimations, name, &LpcAnimation::name);
  const std::size_t view = cell.frame.view == "any" ? lpcRank("front") : lpcRank(cell.frame.view);
  if (animation == kLpcAnimations.end() || motion.frame < 0 || motion.frame >= animation->frames) {
    throwNoPlace(cell.frame);
  }
  const bool turned = animation->rows > 1;
  if (view >= lpcRank("") || (!turned && view != lpcRank("front"))) throwNoPlace(cell.frame);
  cell.column = motion.frame;
  cell.row = animation->firstRow + (turned ? static_cast<int>(view) : 0);
}

void assignFullLpc(std::span<Cell> cells, const SheetOptions& options) {
  const std::vector<int> numbers = characterNumbers(cells);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    assignInLpcBlock(cells[i]);
    cells[i].column += numbers[i] % blockColumns(options) * kLpcColumns;
    cells[i].row += numbers[i] / blockColumns(options) * kLpcRows;
  }
}

void assignStrip(std::span<Cell> cells) {
  int column = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].column = cells[i].twin == i ? column++ : cells[cells[i].twin].column;
    cells[i].row = 0;
  }
}

struct Count {
  std::int64_t columns = 0;
  std::int64_t rows = 0;
};

/// Whole blocks, also where the last cells of one are empty.
Count cellCount(std::span<const Cell> cells, std::size_t rows, const SheetOptions& options) {
  Count count;
  for (const Cell& cell : cells) {
    count.columns = std::max<std::int64_t>(count.columns, cell.column + 1);
    count.rows = std::max<std::int64_t>(count.rows, cell.row + 1);
  }
  const auto whole = [](std::int64_t number, std::int64_t block) { return (number + block - 1) / block * block; };
  if (options.layout == SheetLayout::kLpcFull) return {whole(count.columns, kLpcColumns), whole(count.rows, kLpcRows)};
  if (options.layout != SheetLayout::kStrip) count.rows = whole(count.rows, static_cast<std::int64_t>(rows));
  return count;
}

}  // namespace

SheetRaster rasterOf(std::span<const Cell> cells, const SheetOptions& options) {
  return {.cellWidth = cells.front().frame.spriteSource.width,
          .cellHeight = cells.front().frame.spriteSource.height,
          .margin = options.border + options.extrude,
          .spacing = options.padding + 2 * options.extrude};
}

Extent placeInRaster(std::span<Cell> cells, const std::vector<std::string>& rows, const SheetOptions& options) {
  if (options.layout == SheetLayout::kStrip) {
    assignStrip(cells);
  } else if (options.layout == SheetLayout::kLpcFull) {
    assignFullLpc(cells, options);
  } else {
    assignGrid(cells, rows, options);
  }
  const SheetRaster raster = rasterOf(cells, options);
  const std::int64_t slotWidth = std::int64_t{raster.cellWidth} + raster.spacing;
  const std::int64_t slotHeight = std::int64_t{raster.cellHeight} + raster.spacing;
  const Count count = cellCount(cells, rows.size(), options);
  for (Cell& cell : cells) {
    cell.frame.frame = {static_cast<int>(raster.margin + cell.column * slotWidth),
                        static_cast<int>(raster.margin + cell.row * slotHeight), raster.cellWidth, raster.cellHeight};
  }
  return {2 * options.border + count.columns * slotWidth - options.padding,
          2 * options.border + count.rows * slotHeight - options.padding};
}

}  // namespace loom::sheet_parts
