#include "ui/widgets/run_overlay.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <limits>

#include "ui/widgets/loss_plot.h"
#include "ui/widgets/plot_library.h"

namespace loom {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

RunOverlay::Entry entry(int run, const std::vector<std::string>& names, int steps, const Json& settings = {}) {
  RunOverlay::Entry made;
  made.info.number = run;
  made.info.settings = settings.is_null() ? Json::object() : settings;
  made.info.steps = made.info.targetSteps = steps;
  made.title = QString("Run %1").arg(run);
  made.series.names = names;
  for (int step = 1; step <= steps; ++step) {
    made.series.rows.push_back({step, std::vector<float>(names.size(), static_cast<float>(run))});
  }
  return made;
}

class RunOverlayTest : public testing::Test {
 protected:
  void SetUp() override {
    overlay.resize(640, 400);
    overlay.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&overlay));
  }
  int points(int run) { return overlay.plot().pointCount(RunOverlay::curveName(run)); }
  bool curves(const std::vector<std::string>& names) {
    return QTest::qWaitFor([&] { return overlay.plot().names() == names; });
  }
  QCustomPlot& inner() { return *overlay.findChild<QCustomPlot*>("lossPlot.plot"); }
  RunOverlay overlay;
};

TEST_F(RunOverlayTest, DrawsTheChosenMeasureOfEveryRun) {
  overlay.setRuns({entry(1, {"loss_critic", "d_real"}, 50), entry(2, {"d_real", "loss_critic"}, 80)});
  ASSERT_TRUE(curves({"run.1", "run.2"}));
  EXPECT_EQ(overlay.metric(), "loss_critic");
  EXPECT_EQ(points(1), 50);
  EXPECT_EQ(points(2), 80);
  EXPECT_TRUE(overlay.plot().valuesAt(40).contains("Run 1 1 (1)")) << overlay.plot().valuesAt(40).toStdString();
  EXPECT_TRUE(overlay.plot().valuesAt(40).contains("Run 2 2 (2)"));
  EXPECT_TRUE(overlay.plot().valuesAt(80).contains("Run 1 1 (1) at 50")) << "it ended there";
  EXPECT_NE(inner().graph(1)->pen().color(), inner().graph(3)->pen().color());
}

TEST_F(RunOverlayTest, WhatAllRunsHaveComesFirstAndTheOthersAreNamed) {
  overlay.setRuns({entry(1, {"loss_critic", "distance"}, 5), entry(2, {"loss", "distance"}, 5)});
  ASSERT_TRUE(curves({"run.1", "run.2"}));
  EXPECT_EQ(overlay.metrics(), (std::vector<std::string>{"distance", "loss_critic", "loss"}));
  overlay.setMetric("loss");
  ASSERT_TRUE(curves({"run.2"}));
  EXPECT_EQ(overlay.findChild<QLabel*>("overlay.lacking")->text(), "not measured in run 1");
  overlay.setRuns({entry(3, {"loss_critic", "loss"}, 5), entry(4, {"loss_critic", "loss"}, 5)});
  ASSERT_TRUE(curves({"run.3", "run.4"}));
  EXPECT_EQ(overlay.metric(), "loss") << "the measure that was chosen stays";
}

TEST_F(RunOverlayTest, MeasuresTakenNowAndThenAreConnected) {
  RunOverlay::Entry sparse = entry(1, {"distance"}, 100);
  for (MetricRow& row : sparse.series.rows) {
    if (row.step % 20 != 0) row.values = {kNan};
  }
  overlay.setRuns({sparse, entry(2, {"distance"}, 100)});
  ASSERT_TRUE(curves({"run.1", "run.2"}));
  EXPECT_EQ(points(1), 5);
  EXPECT_EQ(inner().graph(0)->scatterStyle().shape(), QCPScatterStyle::ssDisc);
  EXPECT_EQ(inner().graph(2)->scatterStyle().shape(), QCPScatterStyle::ssNone);
  EXPECT_EQ(inner().yAxis->label(), "Distance");
  EXPECT_EQ(inner().graph(0)->valueAxis(), inner().yAxis);
}

TEST_F(RunOverlayTest, LinesUpBySpritesSeenAndByProgress) {
  overlay.setRuns(
      {entry(1, {"loss"}, 100, {{"batch", 64}}), entry(2, {"loss"}, 50, {{"batch", 64}, {"accumulate", 4}})});
  ASSERT_TRUE(curves({"run.1", "run.2"}));
  overlay.setAcross(RunOverlay::kSprites);
  const auto last = [this](int graph) { return (inner().graph(graph)->data()->constEnd() - 1)->key; };
  ASSERT_TRUE(QTest::qWaitFor([&] { return inner().xAxis->label() == "sprites seen"; }));
  EXPECT_DOUBLE_EQ(last(0), 6'400);
  EXPECT_DOUBLE_EQ(last(2), 12'800);
  overlay.setAcross(RunOverlay::kProgress);
  ASSERT_TRUE(QTest::qWaitFor([&] { return inner().xAxis->label().startsWith("%"); }));
  EXPECT_DOUBLE_EQ(last(0), 100);
  EXPECT_DOUBLE_EQ(last(2), 100);
  EXPECT_EQ(overlay.plot().lastStep(), 100);
}

TEST_F(RunOverlayTest, ARunInTrainingGrowsWhateverMeasureIsShown) {
  overlay.setRuns({entry(1, {"loss", "d_real"}, 10), entry(2, {"loss", "d_real"}, 10)});
  overlay.append(2, {{11, {5, 6}}});  // before the curves are made
  ASSERT_TRUE(curves({"run.1", "run.2"}));
  overlay.append(2, {{12, {5, 6}}, {13, {5, 6}}});
  overlay.append(7, {{12, {5, 6}}});  // not among them
  EXPECT_EQ(points(2), 13);
  EXPECT_EQ(points(1), 10);
  overlay.setMetric("d_real");
  ASSERT_TRUE(QTest::qWaitFor([&] { return inner().yAxis->label() == "D(x)"; }));
  EXPECT_EQ(points(2), 13);
  EXPECT_TRUE(overlay.plot().valuesAt(13).contains("(6)"));
}

TEST_F(RunOverlayTest, NoMoreRunsThanColoursAreDrawn) {
  std::vector<RunOverlay::Entry> many;
  for (int run = 1; run <= 20; ++run) many.push_back(entry(run, {"loss"}, 3));
  overlay.setRuns(many);
  EXPECT_TRUE(QTest::qWaitFor([&] { return overlay.plot().names().size() == RunOverlay::kMostRuns; }));
  overlay.clear();
  EXPECT_TRUE(curves({}));
}

}  // namespace
}  // namespace loom
