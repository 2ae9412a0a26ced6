#include "ui/models/cell_order.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace loom {
namespace {

/// The row of the nearest cell that stands and in whose height the middle of `area` lies.
std::optional<int> rowAt(const PixelRect& area, const std::vector<SheetCell>& cells,
                         const std::set<std::size_t>& moved) {
  const int x = area.x + area.width / 2, y = area.y + area.height / 2;
  std::optional<int> row;
  int nearest = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const PixelRect& other = cells[i].area;
    if (moved.contains(i) || y < other.y || y >= other.y + other.height) continue;
    const int distance = std::abs(other.x + other.width / 2 - x);
    if (distance >= nearest) continue;
    nearest = distance;
    row = cells[i].row;
  }
  return row;
}

std::vector<std::size_t> fromLeft(const std::vector<SheetCell>& cells, int row) {
  std::vector<std::size_t> inRow;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].row == row) inRow.push_back(i);
  }
  std::ranges::stable_sort(inRow, {}, [&](std::size_t i) { return cells[i].area.x; });
  return inRow;
}

/// Columns rise from left to right; as they are where they do already.
void orderColumns(std::vector<SheetCell>& cells, int row) {
  const std::vector<std::size_t> inRow = fromLeft(cells, row);
  const bool rising = std::ranges::adjacent_find(inRow, std::ranges::greater_equal{},
                                                 [&](std::size_t i) { return cells[i].column; }) == inRow.end();
  if (rising) return;
  int column = 0;
  for (const std::size_t i : inRow) cells[i].column = column++;
}

}  // namespace

void settleCells(std::vector<SheetCell>& cells, std::set<std::size_t>& moved, bool drawn) {
  int newRow = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!moved.contains(i)) newRow = std::max(newRow, cells[i].row + 1);
  }
  std::set<int> rows;
  for (const std::size_t i : moved) {
    const std::optional<int> row = rowAt(cells[i].area, cells, moved);
    if (drawn || (row && *row != cells[i].row)) {
      cells[i].row = row.value_or(newRow);
      const std::vector<std::size_t> inRow = fromLeft(cells, cells[i].row);
      const auto at = std::ranges::find(inRow, i);
      cells[i].column = at == inRow.begin() ? 0 : cells[*std::prev(at)].column + 1;
    }
    rows.insert(cells[i].row);
  }
  for (const int row : rows) orderColumns(cells, row);

  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::pair(cells[i].row, cells[i].column); });
  std::vector<SheetCell> sorted;
  std::set<std::size_t> movedTo;
  for (std::size_t i = 0; i < order.size(); ++i) {
    sorted.push_back(cells[order[i]]);
    if (moved.contains(order[i])) movedTo.insert(i);
  }
  cells = std::move(sorted);
  moved = std::move(movedTo);
}

}  // namespace loom
