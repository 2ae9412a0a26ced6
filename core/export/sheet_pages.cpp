// One sheet or several: how many characters go on each, and where their cells lie.
#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/sheet_parts.h"

namespace loom::sheet_parts {
namespace {

bool looksLike(const Sprite& left, const Sprite& right) {
  const auto same = [](const Rgba& a, const Rgba& b) { return a == b || (a.a == 0 && b.a == 0); };
  return left.width() == right.width() && left.height() == right.height() &&
         std::ranges::equal(left.pixels(), right.pixels(), same);
}

/// Finds the cells that share a place with an earlier one.
void findTwins(std::span<Cell> cells, bool merge) {
  std::unordered_map<std::uint64_t, std::size_t> firsts;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cells[i].twin = i;
    if (!merge) continue;
    const auto [entry, isNew] = firsts.try_emplace(cells[i].hash, i);
    if (!isNew && looksLike(cells[entry->second].picture, cells[i].picture)) cells[i].twin = entry->second;
  }
}

/// Ends of characters behind `begin`, the last of them the end of all cells.
std::vector<std::size_t> characterEnds(std::span<const Cell> cells, std::size_t begin) {
  std::vector<std::size_t> ends;
  for (std::size_t at = begin; at < cells.size(); at = ends.back()) ends.push_back(endOfCharacter(cells, at));
  return ends;
}

[[noreturn]] void throwTooLarge(std::span<const Cell> cells, const SheetOptions& options, int side) {
  const bool one = endOfCharacter(cells, 0) == cells.size();
  throw Error((one ? cells.front().frame.character + " alone does" : std::string("the sprites do")) +
                  " not fit on a sheet of " + std::to_string(side) + " px a side",
              options.maxSide > 0 ? "allow larger sheets, or take a smaller scale or another layout"
                                  : "take fewer characters, a smaller scale, several sheets, or break a grid into "
                                    "columns");
}

/// As many characters as fit, found by halving; packing is nearly, not quite, monotonic, and what is found does fit.
std::size_t endOfPage(std::span<Cell> cells, std::size_t begin, const std::vector<std::string>& rows,
                      const SheetOptions& options, int side) {
  const std::vector<std::size_t> ends = characterEnds(cells, begin);
  const auto fits = [&](std::size_t count) {
    return placeCells(cells.subspan(begin, ends[count - 1] - begin), rows, options, side).has_value();
  };
  if (!fits(1)) throwTooLarge(cells.subspan(begin, ends.front() - begin), options, side);
  std::size_t most = 1;  // doubled first: a page holds few of many characters
  while (most * 2 <= ends.size() && fits(most * 2)) most *= 2;
  std::size_t tooMany = std::min(most * 2, ends.size() + 1);
  while (most + 1 < tooMany) {
    const std::size_t middle = (most + tooMany) / 2;
    (fits(middle) ? most : tooMany) = middle;
  }
  return ends[most - 1];
}

/// The pages of `[begin, end)`; `name` is what all of them are called.
void addPages(std::span<Cell> cells, std::size_t begin, const std::string& name, const std::vector<std::string>& rows,
              const SheetOptions& options, std::vector<PageOfCells>& pages) {
  const std::size_t first = pages.size();
  for (std::size_t at = begin; at < cells.size(); at = pages.back().end) {
    pages.push_back({at, endOfPage(cells, at, rows, options, longestSide(options)), name});
  }
  if (pages.size() == first + 1) return;
  for (std::size_t i = first; i < pages.size(); ++i) {
    pages[i].suffix += (name.empty() ? "" : "-") + std::to_string(i - first + 1);
  }
}

}  // namespace

int longestSide(const SheetOptions& options) {
  const int side = options.maxSide > 0 ? std::min(options.maxSide, limits::kMaxSheetSide) : limits::kMaxSheetSide;
  return options.powerOfTwo ? static_cast<int>(std::bit_floor(static_cast<unsigned>(side))) : side;
}

std::optional<Extent> placeCells(std::span<Cell> cells, const std::vector<std::string>& rows,
                                 const SheetOptions& options, int side) {
  findTwins(cells, options.mergeDuplicates);
  std::optional<Extent> extent =
      options.layout == SheetLayout::kPacked ? packCells(cells, options, side) : placeInRaster(cells, rows, options);
  if (!extent) return {};
  if (options.powerOfTwo) extent = {roundedUpToPowerOfTwo(extent->width), roundedUpToPowerOfTwo(extent->height)};
  for (Cell& cell : cells) cell.frame.frame = cells[cell.twin].frame.frame;
  if (extent->width > side || extent->height > side) return {};
  return extent;
}

std::vector<PageOfCells> splitIntoPages(std::span<Cell> cells, const std::vector<std::string>& rows,
                                        const SheetOptions& options) {
  std::vector<PageOfCells> pages;
  if (options.each) {
    for (std::size_t at = 0; at < cells.size(); at = pages.back().end) {
      const std::size_t end = endOfCharacter(cells, at);
      addPages(cells.first(end), at, cells[at].frame.character, rows, options, pages);
    }
    return pages;
  }
  if (options.maxSide > 0) {
    addPages(cells, 0, {}, rows, options, pages);
    return pages;
  }
  if (!placeCells(cells, rows, options, longestSide(options))) throwTooLarge(cells, options, longestSide(options));
  return {{0, cells.size(), {}}};
}

}  // namespace loom::sheet_parts
