#include "ui/widgets/grid_layout.h"

#include <algorithm>
#include <cstdlib>

namespace loom {

void GridLayout::rebuild(std::span<const SpriteSection> sections, const GridMetrics& metrics) {
  m_metrics = metrics;
  m_blocks.clear();
  m_blocks.reserve(sections.size());
  const int usable = metrics.width - 2 * metrics.margin + metrics.gap;
  m_columns = std::max(1, usable / pitch());
  const int right = metrics.margin + m_columns * pitch() - metrics.gap;

  int x = metrics.margin, y = metrics.margin, lineBottom = y;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const SpriteSection& section = sections[i];
    const bool small = metrics.flow && section.count <= m_columns;
    const int columns = small ? std::max(1, section.count) : m_columns;
    const int width = columns * pitch() - metrics.gap;
    if (x > metrics.margin && (!small || x + width > metrics.width - metrics.margin)) {
      x = metrics.margin;
      y = lineBottom + metrics.groupGap;
    }
    Block block{static_cast<int>(i), section.first, section.count, columns, {}, {x, y + metrics.heading}};
    if (metrics.heading > 0) block.heading = QRect(x, y, small ? width : right - metrics.margin, metrics.heading);
    m_blocks.push_back(block);
    lineBottom = bottomOf(block);
    x = small ? x + width + metrics.groupGap : right + 1;
  }
  m_height = m_blocks.empty() ? 0 : lineBottom + metrics.margin;
}

int GridLayout::bottomOf(const Block& block) const {
  return block.cells.y() + lines(block) * pitch() - m_metrics.gap;
}

const GridLayout::Block& GridLayout::blockOf(int row) const {
  const auto after = std::upper_bound(m_blocks.begin(), m_blocks.end(), row,
                                      [](int value, const Block& block) { return value < block.first; });
  return *std::prev(after);
}

QRect GridLayout::cell(int row) const {
  const Block& block = blockOf(row);
  const int place = row - block.first;
  return {block.cells.x() + place % block.columns * pitch(), block.cells.y() + place / block.columns * pitch(),
          m_metrics.cell, m_metrics.cell};
}

std::span<const GridLayout::Block> GridLayout::blocksBetween(int top, int bottom) const {
  const auto first = std::lower_bound(m_blocks.begin(), m_blocks.end(), top,
                                      [this](const Block& block, int value) { return bottomOf(block) <= value; });
  const auto last = std::lower_bound(first, m_blocks.end(), bottom, [this](const Block& block, int value) {
    return block.cells.y() - m_metrics.heading < value;
  });
  return {first, last};
}

std::pair<int, int> GridLayout::rowsBetween(const Block& block, int top, int bottom) const {
  const int firstLine = std::max(0, (top - block.cells.y()) / pitch());
  const int lastLine = bottom <= block.cells.y() ? 0 : (bottom - block.cells.y() + pitch() - 1) / pitch();
  return {block.first + std::min(block.count, firstLine * block.columns),
          block.first + std::min(block.count, lastLine * block.columns)};
}

int GridLayout::rowAt(QPoint point) const {
  for (const Block& block : blocksBetween(point.y(), point.y() + 1)) {
    const QPoint inside = point - block.cells;
    if (inside.x() < 0 || inside.y() < 0) continue;
    if (inside.x() % pitch() >= m_metrics.cell || inside.y() % pitch() >= m_metrics.cell) continue;
    const int column = inside.x() / pitch();
    const int place = inside.y() / pitch() * block.columns + column;
    if (column < block.columns && place < block.count) return block.first + place;
  }
  return -1;
}

int GridLayout::sectionAt(QPoint point) const {
  for (const Block& block : blocksBetween(point.y(), point.y() + 1)) {
    if (block.heading.contains(point)) return block.section;
  }
  return -1;
}

std::vector<int> GridLayout::rowsIn(const QRect& area) const {
  std::vector<int> rows;
  for (const Block& block : blocksBetween(area.top(), area.bottom() + 1)) {
    const auto [first, last] = rowsBetween(block, area.top(), area.bottom() + 1);
    for (int row = first; row < last; ++row) {
      if (cell(row).intersects(area)) rows.push_back(row);
    }
  }
  return rows;
}

std::span<const GridLayout::Block> GridLayout::lineOf(const Block& block) const {
  const int top = block.cells.y();
  const auto first = std::lower_bound(m_blocks.begin(), m_blocks.end(), top,
                                      [](const Block& other, int value) { return other.cells.y() < value; });
  const auto last = std::upper_bound(first, m_blocks.end(), top,
                                     [](int value, const Block& other) { return value < other.cells.y(); });
  return {first, last};
}

int GridLayout::nearestIn(std::span<const Block> line, QPoint point) const {
  int best = -1, bestDistance = 0;
  for (const Block& block : line) {
    const QPoint inside = point - block.cells;
    const int column = std::clamp(inside.x() / pitch(), 0, block.columns - 1);
    const int gridLine = std::clamp(inside.y() / pitch(), 0, lines(block) - 1);
    const int place = std::min(gridLine * block.columns + column, block.count - 1);
    const int distance = std::abs(cell(block.first + place).center().x() - point.x());
    if (best < 0 || distance < bestDistance) best = block.first + place, bestDistance = distance;
  }
  return best;
}

int GridLayout::nearestRow(QPoint point) const {
  if (m_blocks.empty()) return -1;
  const std::span<const Block> seen = blocksBetween(point.y(), m_height);
  return nearestIn(lineOf(seen.empty() ? m_blocks.back() : seen.front()), point);
}

int GridLayout::rowAbove(int row) const {
  const Block& block = blockOf(row);
  if (row - block.first >= block.columns) return row - block.columns;
  const std::span<const Block> line = lineOf(block);
  if (line.data() == m_blocks.data()) return row;
  const Block& before = *(line.data() - 1);
  return nearestIn(lineOf(before), {cell(row).center().x(), bottomOf(before)});
}

int GridLayout::rowBelow(int row) const {
  const Block& block = blockOf(row);
  const int place = row - block.first;
  if (place / block.columns < lines(block) - 1) return std::min(row + block.columns, block.first + block.count - 1);
  const std::span<const Block> line = lineOf(block);
  const Block* after = line.data() + line.size();
  if (after == m_blocks.data() + m_blocks.size()) return row;
  return nearestIn(lineOf(*after), {cell(row).center().x(), after->cells.y()});
}

}  // namespace loom
