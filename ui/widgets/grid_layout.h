// Where every cell and heading of a grid lies, also of a very large one. Pure geometry; nothing is painted here.
#pragma once

#include <QPoint>
#include <QRect>
#include <span>
#include <utility>
#include <vector>

#include "ui/models/sprite_table.h"

namespace loom {

/// All in logical px.
struct GridMetrics {
  int width = 0;      ///< of the whole grid
  int cell = 64;      ///< side of a cell
  int gap = 4;        ///< between cells
  int groupGap = 14;  ///< between groups, both ways
  int margin = 8;
  int heading = 0;    ///< height of a heading; 0: none
  bool flow = false;  ///< small groups stand side by side on one line
};

class GridLayout {
 public:
  /// The cells of one section; all its rows lie inside.
  struct Block {
    int section = 0;
    int first = 0;  ///< row
    int count = 0;
    int columns = 1;
    QRect heading;  ///< empty without headings
    QPoint cells;   ///< corner of the first cell
  };

  /// Takes a millisecond for 25,000 sections.
  void rebuild(std::span<const SpriteSection> sections, const GridMetrics& metrics);

  const GridMetrics& metrics() const { return m_metrics; }
  int height() const { return m_height; }
  int columns() const { return m_columns; }  ///< cells that fit beside each other
  int pitch() const { return m_metrics.cell + m_metrics.gap; }

  QRect cell(int row) const;
  int rowAt(QPoint point) const;      ///< -1: between cells
  int sectionAt(QPoint point) const;  ///< whose heading is there; -1: none
  /// The blocks that have something between these heights.
  std::span<const Block> blocksBetween(int top, int bottom) const;
  /// The rows of a block that have something between these heights, as [first, past the last).
  std::pair<int, int> rowsBetween(const Block& block, int top, int bottom) const;
  std::vector<int> rowsIn(const QRect& area) const;

  // Where an arrow key leads from a row; the row itself at an edge.
  int rowAbove(int row) const;
  int rowBelow(int row) const;
  /// The row whose cell is nearest to a point; -1 for an empty grid.
  int nearestRow(QPoint point) const;

 private:
  const Block& blockOf(int row) const;
  int bottomOf(const Block& block) const;
  int lines(const Block& block) const { return (block.count + block.columns - 1) / block.columns; }
  std::span<const Block> lineOf(const Block& block) const;
  int nearestIn(std::span<const Block> line, QPoint point) const;

  GridMetrics m_metrics;
  std::vector<Block> m_blocks;  // by row; those on one line have the same heading top
  int m_columns = 1;
  int m_height = 0;
};

}  // namespace loom
