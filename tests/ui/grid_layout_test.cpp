#include "ui/widgets/grid_layout.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/base/random_stream.h"

namespace loom {
namespace {

std::vector<SpriteSection> sections(const std::vector<int>& counts) {
  std::vector<SpriteSection> made;
  int first = 0;
  for (const int count : counts) {
    made.push_back({first, count, static_cast<int>(made.size())});
    first += count;
  }
  return made;
}

GridLayout layout(const std::vector<int>& counts, bool flow, int heading = 20) {
  GridMetrics metrics;
  metrics.width = 500;
  metrics.cell = 64;
  metrics.heading = heading;
  metrics.flow = flow;
  GridLayout made;
  made.rebuild(sections(counts), metrics);
  return made;
}

TEST(GridLayout, EveryCellIsFoundAtItsPlaceAndNoneOverlaps) {
  constexpr std::uint64_t kSeed = 5;
  RandomStream random(kSeed);
  std::vector<int> counts;
  for (int i = 0; i < 60; ++i) counts.push_back(random.between(1, 20));
  const int rows = std::accumulate(counts.begin(), counts.end(), 0);
  for (const bool flow : {true, false}) {
    const GridLayout grid = layout(counts, flow);
    for (int row = 0; row < rows; ++row) {
      const QRect cell = grid.cell(row);
      EXPECT_EQ(grid.rowAt(cell.center()), row) << "seed " << kSeed << ", flow " << flow;
      EXPECT_EQ(grid.rowAt(cell.topLeft()), row);
      EXPECT_EQ(grid.rowAt(cell.bottomRight()), row);
      EXPECT_EQ(grid.nearestRow(cell.center()), row);
      EXPECT_EQ(grid.rowsIn(cell), std::vector<int>{row});
      EXPECT_GE(cell.left(), 0);
      EXPECT_LT(cell.right(), 500);
      EXPECT_LT(cell.bottom(), grid.height());
    }
  }
}

TEST(GridLayout, SmallGroupsShareALineAndLargeOnesDoNot) {
  const GridLayout grid = layout({2, 2, 30, 1}, true);
  EXPECT_EQ(grid.cell(0).top(), grid.cell(2).top());
  EXPECT_GT(grid.cell(2).left(), grid.cell(1).right() + 4);
  EXPECT_GT(grid.cell(4).top(), grid.cell(2).bottom());
  EXPECT_GT(grid.cell(34).top(), grid.cell(33).bottom());
}

TEST(GridLayout, HeadingsAreFoundAndBelongToTheirSection) {
  const GridLayout grid = layout({2, 30}, false);
  EXPECT_EQ(grid.sectionAt({20, grid.cell(0).top() - 5}), 0);
  EXPECT_EQ(grid.sectionAt({20, grid.cell(2).top() - 5}), 1);
  EXPECT_EQ(grid.sectionAt(grid.cell(0).center()), -1);
}

TEST(GridLayout, DownAndUpLeadBackAndStopAtTheEdges) {
  for (const bool flow : {true, false}) {
    const GridLayout grid = layout({3, 9, 4, 4, 1, 17}, flow);
    int row = 0;
    for (int steps = 0; grid.rowBelow(row) != row; ++steps) {
      ASSERT_LT(steps, 40);
      const int below = grid.rowBelow(row);
      EXPECT_GT(grid.cell(below).top(), grid.cell(row).top());
      row = below;
    }
    EXPECT_GE(row, 21);  // in the last section
    for (int steps = 0; grid.rowAbove(row) != row; ++steps) {
      ASSERT_LT(steps, 40);
      EXPECT_LT(grid.cell(grid.rowAbove(row)).top(), grid.cell(row).top());
      row = grid.rowAbove(row);
    }
    EXPECT_EQ(row, 0);
  }
}

TEST(GridLayout, OnlyWhatLiesBetweenTwoHeightsIsListed) {
  const GridLayout grid = layout({5000}, false, 0);
  const QRect cell = grid.cell(2500);
  const auto blocks = grid.blocksBetween(cell.top(), cell.bottom());
  ASSERT_EQ(blocks.size(), 1U);
  const auto [first, last] = grid.rowsBetween(blocks.front(), cell.top(), cell.bottom());
  EXPECT_LE(first, 2500);
  EXPECT_GT(last, 2500);
  EXPECT_LE(last - first, 2 * grid.columns());
  EXPECT_TRUE(grid.blocksBetween(grid.height() + 10, grid.height() + 20).empty());
}

TEST(GridLayout, AnEmptyGridAnswersToo) {
  const GridLayout grid = layout({}, true);
  EXPECT_EQ(grid.height(), 0);
  EXPECT_EQ(grid.rowAt({10, 10}), -1);
  EXPECT_EQ(grid.nearestRow({10, 10}), -1);
  EXPECT_TRUE(grid.rowsIn({0, 0, 100, 100}).empty());
}

}  // namespace
}  // namespace loom
