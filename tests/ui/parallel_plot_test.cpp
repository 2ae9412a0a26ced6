#include "ui/widgets/parallel_plot.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "tests/ui/tiny_search.h"

namespace loom {
namespace {

class ParallelPlotTest : public testing::Test {
 protected:
  void SetUp() override {
    plot.resize(700, 320);
    plot.setData(data);
    plot.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&plot));
  }
  const ParallelLine& line(int id) const { return *std::ranges::find(data.lines, id, &ParallelLine::id); }
  /// Half way between two axes on a line.
  QPoint onLine(int id, int axis) const {
    const auto& at = line(id).at;
    const auto i = static_cast<std::size_t>(axis);
    return ((plot.pointAt(axis, at[i]) + plot.pointAt(axis + 1, at[i + 1])) / 2).toPoint();
  }
  void drag(int axis, double from, double to) {
    QTest::mousePress(&plot, Qt::LeftButton, {}, plot.pointAt(axis, from).toPoint());
    QTest::mouseMove(&plot, plot.pointAt(axis, (from + to) / 2).toPoint());
    QTest::mouseMove(&plot, plot.pointAt(axis, to).toPoint());
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, plot.pointAt(axis, to).toPoint());
  }
  ParallelData data = parallelData(sampleSearch(8));
  int objective = static_cast<int>(data.axes.size()) - 1;
  ParallelPlot plot;
};

TEST_F(ParallelPlotTest, DraggingAlongAnAxisMarksTheTrialsThatPass) {
  QSignalSpy changes(&plot, &ParallelPlot::marksChanged);
  EXPECT_FALSE(plot.marked().has_value());
  drag(objective, 0, .5);
  ASSERT_TRUE(plot.marked().has_value());
  EXPECT_GT(changes.count(), 0);
  std::set<int> expected;
  for (const ParallelLine& one : data.lines) {
    if (one.at.back() <= .5) expected.insert(one.id);
  }
  EXPECT_EQ(*plot.marked(), expected);
  EXPECT_TRUE(plot.marked()->contains(data.best));
}

TEST_F(ParallelPlotTest, MarksOnTwoAxesBothCount) {
  drag(objective, 0, .6);
  const std::set<int> one = *plot.marked();
  drag(0, 0, .5);
  const std::set<int> both = *plot.marked();
  EXPECT_TRUE(std::ranges::includes(one, both));
  for (const ParallelLine& each : data.lines) {
    const bool passes = one.contains(each.id) && each.at[0] <= .5 + 1. / 200;
    if (std::abs(each.at[0] - .5) > .02) {
      EXPECT_EQ(both.contains(each.id), passes) << each.id;
    }
  }
}

TEST_F(ParallelPlotTest, AClickOnTheAxisTakesItsMarkAwayAndEscapeAll) {
  drag(objective, 0, .5);
  drag(0, .2, .8);
  QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.pointAt(objective, .9).toPoint());
  ASSERT_TRUE(plot.marked().has_value()) << "the other mark stays";
  QTest::keyClick(&plot, Qt::Key_Escape);
  EXPECT_FALSE(plot.marked().has_value());
}

TEST_F(ParallelPlotTest, PointingLightsALineAndAClickChoosesIt) {
  QSignalSpy pointed(&plot, &ParallelPlot::pointed);
  QSignalSpy chosen(&plot, &ParallelPlot::chosen);
  const QPoint where = onLine(data.best, objective - 1);
  QTest::mouseMove(&plot, where);
  ASSERT_EQ(pointed.count(), 1);
  const int lit = pointed[0][0].toInt();
  EXPECT_GT(lit, 0);
  EXPECT_EQ(plot.lit(), lit);
  QTest::mouseClick(&plot, Qt::LeftButton, {}, where);
  ASSERT_EQ(chosen.count(), 1);
  EXPECT_EQ(chosen[0][0].toInt(), lit);
  QTest::mouseMove(&plot, QPoint(2, plot.height() - 3));
  EXPECT_EQ(plot.lit(), 0);
}

TEST_F(ParallelPlotTest, LinesOutsideTheMarksAreNotPointedAt) {
  const QPoint where = onLine(data.best, objective - 1);
  plot.mark(objective, .99, 1);  // the worst alone
  QTest::mouseMove(&plot, where);
  EXPECT_NE(plot.lit(), data.best);
}

TEST_F(ParallelPlotTest, KeysGoFromTheBestToTheWorst) {
  plot.setFocus();
  QTest::keyClick(&plot, Qt::Key_Down);
  EXPECT_EQ(plot.selected(), data.best);
  QTest::keyClick(&plot, Qt::Key_Down);
  EXPECT_GT(line(plot.selected()).shade, 0);
  QTest::keyClick(&plot, Qt::Key_Up);
  EXPECT_EQ(plot.selected(), data.best);
}

TEST_F(ParallelPlotTest, TheBestLineIsDrawnInTheBestColour) {
  const QImage picture = plot.grab().toImage();
  const double scale = picture.devicePixelRatio();
  const QPoint where = onLine(data.best, objective - 1);
  bool warm = false;  // amber, which nothing else here is
  for (int y = -3; y <= 3; ++y) {
    const QColor colour = picture.pixelColor((QPointF(where) * scale).toPoint() + QPoint(0, y));
    warm |= colour.red() > colour.blue() + 60;
  }
  EXPECT_TRUE(warm);
}

TEST_F(ParallelPlotTest, NewDataOfTheSameAxesKeepsTheMarks) {
  drag(objective, 0, .5);
  data.lines.pop_back();
  plot.setData(data);
  EXPECT_TRUE(plot.marked().has_value());
  ParallelData other = data;
  other.axes[0].title = "another setting";
  plot.setData(other);
  EXPECT_FALSE(plot.marked().has_value());
}

TEST(EmptyParallelPlot, DrawsAndTakesTheMouse) {
  ParallelPlot plot;
  plot.resize(400, 200);
  plot.show();
  QTest::mouseClick(&plot, Qt::LeftButton, {}, QPoint(200, 100));
  QTest::keyClick(&plot, Qt::Key_Down);
  EXPECT_FALSE(plot.grab().isNull());
  EXPECT_EQ(plot.selected(), 0);
}

}  // namespace
}  // namespace loom
