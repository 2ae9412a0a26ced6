// Lines drawn between the cells of a sheet.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/image/sheet_mask.h"

namespace loom::sheet_finder {
namespace {

constexpr double kLeastShare = 0.75;  // of the sheet's width or height: a title may have no lines beside it
constexpr double kMostBeside = 0.3;
constexpr int kMostThick = 8;
constexpr int kTolerance = 24;

/// The colour most of a row or column may have (Boyer and Moore 1981, "MJRTY"), and then how much of it has it.
struct Vote {
  Rgba colour;
  int balance = 0;
  int count = 0;

  void cast(const Rgba& pixel) {
    if (balance == 0) colour = pixel;
    balance += isColour(pixel) ? 1 : -1;
  }
  void tally(const Rgba& pixel) { count += isColour(pixel) ? 1 : 0; }
  bool isColour(const Rgba& pixel) const {
    if ((pixel.a <= kFaintAlpha) != (colour.a <= kFaintAlpha)) return false;
    return std::abs(pixel.r - colour.r) <= kTolerance && std::abs(pixel.g - colour.g) <= kTolerance &&
           std::abs(pixel.b - colour.b) <= kTolerance;
  }
};

/// Runs of rows or columns that are lines, where ground is none and neither is a broad area of one colour.
std::vector<DrawnLine> runsOf(const std::vector<Vote>& votes, const std::vector<int>& drawn, int across) {
  std::vector<DrawnLine> lines;
  const auto isLine = [&](std::size_t i) {
    return votes[i].colour.a > kFaintAlpha && votes[i].count >= kLeastShare * across &&
           drawn[i] >= kLeastShare * across;
  };
  // Cells of one colour show it beside every row that is free of sprites; a line's colour ends with the line.
  const auto isLike = [&](const Vote& line, std::size_t i) {
    return line.isColour(votes[i].colour) && votes[i].count >= kMostBeside * across;
  };
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (!isLine(i)) continue;
    std::size_t end = i + 1;
    while (end < votes.size() && isLine(end) && votes[i].isColour(votes[end].colour)) ++end;
    const auto thickness = static_cast<int>(end - i);
    const bool standsOut = (i == 0 || !isLike(votes[i], i - 1)) && (end == votes.size() || !isLike(votes[i], end));
    if (thickness <= kMostThick && standsOut) lines.push_back({static_cast<int>(i), thickness});
    i = end - 1;
  }
  return lines;
}

}  // namespace

DrawnLines findDrawnLines(const Sprite& sheet, const SheetMask& mask) {
  std::vector<Vote> columns(static_cast<std::size_t>(sheet.width()));
  std::vector<Vote> rows(static_cast<std::size_t>(sheet.height()));
  std::vector<int> drawnInColumn(columns.size());
  std::vector<int> drawnInRow(rows.size());
  for (std::size_t y = 0; y < rows.size(); ++y) {
    const auto pixels = sheet.pixels().subspan(y * columns.size(), columns.size());
    const std::uint8_t* ink = mask.row(static_cast<int>(y));
    for (std::size_t x = 0; x < columns.size(); ++x) {
      columns[x].cast(pixels[x]);
      rows[y].cast(pixels[x]);
      drawnInColumn[x] += ink[x];
      drawnInRow[y] += ink[x];
    }
  }
  for (std::size_t y = 0; y < rows.size(); ++y) {
    const auto pixels = sheet.pixels().subspan(y * columns.size(), columns.size());
    for (std::size_t x = 0; x < columns.size(); ++x) {
      columns[x].tally(pixels[x]);
      rows[y].tally(pixels[x]);
    }
  }
  return {runsOf(columns, drawnInColumn, sheet.height()), runsOf(rows, drawnInRow, sheet.width())};
}

}  // namespace loom::sheet_finder
