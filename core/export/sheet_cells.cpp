// Characters to cells: named, ordered, of one size, trimmed.
#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>

#include "core/base/error.h"
#include "core/base/natural_order.h"
#include "core/export/sheet_parts.h"
#include "core/image/codec.h"

namespace loom::sheet_parts {
namespace {

constexpr int kLpcCell = 64;
constexpr std::array<std::string_view, 4> kLpcRows = {"back", "left", "front", "right"};

/// `name`, or "name-2", "name-3", … when it is taken: two frames of one name would be one in the JSON.
std::string freeIn(std::set<std::string>& taken, const std::string& name) {
  std::string candidate = name;
  for (int number = 2; !taken.insert(candidate).second; ++number) candidate = name + "-" + std::to_string(number);
  return candidate;
}

bool cellLess(const Cell& left, const Cell& right) {
  if (left.frame.view != right.frame.view) return lpcLess(left.frame.view, right.frame.view);
  const SheetMotion& before = left.frame.motion;
  const SheetMotion& after = right.frame.motion;
  if (before.animation != after.animation) return naturalLess(before.animation, after.animation);
  return before.frame < after.frame;
}

std::string labelOf(const std::string& view, const SheetMotion& motion) {
  return motion.animation.empty() ? view : motion.animation + "-" + view + "-" + std::to_string(motion.frame);
}

std::vector<Cell> cellsOf(const SheetCharacter& character, const std::string& name) {
  std::vector<Cell> cells;
  std::set<std::string> labels;
  for (std::size_t i = 0; i < character.views.size(); ++i) {
    const auto& [view, sprite] = character.views[i];
    if (sprite.empty()) continue;
    Cell cell;
    cell.frame.character = name;
    if (i < character.motions.size()) cell.frame.motion = character.motions[i];
    cell.label = freeIn(labels, labelOf(view, cell.frame.motion));
    cell.frame.view = cell.frame.motion.animation.empty() ? cell.label : view;
    cell.frame.name = name + "/" + cell.label;
    cell.picture = sprite;
    cells.push_back(std::move(cell));
  }
  std::ranges::stable_sort(cells, cellLess);
  if (!cells.empty()) cells.front().origin = character.origin;
  return cells;
}

/// Every frame by name, character by character, each in LPC order.
std::vector<Cell> namedCells(const std::vector<SheetCharacter>& characters, bool byName) {
  std::vector<Cell> cells;
  std::set<std::string> names;
  for (const SheetCharacter& character : characters) {
    std::vector<Cell> ofCharacter = cellsOf(character, freeIn(names, character.name));
    std::ranges::move(ofCharacter, std::back_inserter(cells));
  }
  if (cells.empty()) throw Error("there is no sprite to put on a sheet", "choose at least one character");
  if (byName) {
    std::ranges::stable_sort(
        cells, [](const std::string& left, const std::string& right) { return naturalLess(left, right); },
        [](const Cell& cell) -> const std::string& { return cell.frame.character; });
  }
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
  if (options.layout == SheetLayout::kLpc || options.layout == SheetLayout::kLpcFull) {
    largest.width = (largest.width + kLpcCell - 1) / kLpcCell * kLpcCell;  // large figures use multiples of 64
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

/// Brings the picture to what is pasted, but for the scale and the padding inside its frame.
void finishPicture(Cell& cell, const CellSize& size, const SheetOptions& options) {
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
  const int around = 2 * options.innerPadding;
  cell.picture = std::move(picture);
  cell.hash = contentHash(cell.picture);
  cell.frame.trimmed = source.width != size.width || source.height != size.height;
  cell.frame.spriteSource = {source.x * scale, source.y * scale, source.width * scale + around,
                             source.height * scale + around};
  cell.frame.sourceWidth = size.width * scale + around;
  cell.frame.sourceHeight = size.height * scale + around;
}

}  // namespace

std::size_t lpcRank(const std::string& view) {
  return static_cast<std::size_t>(std::ranges::find(kLpcRows, view) - kLpcRows.begin());
}

bool lpcLess(const std::string& left, const std::string& right) {
  const std::size_t leftRank = lpcRank(left);
  const std::size_t rightRank = lpcRank(right);
  return leftRank != rightRank ? leftRank < rightRank : naturalLess(left, right);
}

std::vector<Cell> makeCells(const std::vector<SheetCharacter>& characters, const SheetOptions& options) {
  std::vector<Cell> cells = namedCells(characters, options.layout == SheetLayout::kPacked);
  const CellSize size = cellSize(cells, options);
  for (Cell& cell : cells) finishPicture(cell, size, options);
  return cells;
}

std::size_t endOfCharacter(std::span<const Cell> cells, std::size_t first) {
  std::size_t end = first + 1;
  while (end < cells.size() && cells[end].frame.character == cells[first].frame.character) ++end;
  return end;
}

std::vector<std::string> rowsOf(std::span<const Cell> cells, const SheetOptions& options) {
  const auto less = [](const std::string& left, const std::string& right) { return lpcLess(left, right); };
  std::set<std::string, decltype(less)> rows(less);
  for (const Cell& cell : cells) rows.insert(cell.label);
  const bool known = lpcRank(*rows.begin()) < kLpcRows.size();
  if (options.layout == SheetLayout::kLpc && known) rows.insert(kLpcRows.begin(), kLpcRows.end());
  return {rows.begin(), rows.end()};
}

}  // namespace loom::sheet_parts
