#include "ui/widgets/loss_plot.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>
#include <limits>

#include "ui/widgets/metric_curve.h"

namespace loom {
namespace {

const std::vector<std::string> kNames = {"loss_critic", "loss_generator", "d_real", "view_accuracy"};

std::vector<MetricRow> rows(int from, int to) {
  std::vector<MetricRow> list;
  for (int step = from; step <= to; ++step) {
    const auto t = static_cast<float>(step);
    list.push_back({step, {1 + std::sin(t), 2 + std::cos(t), .7F, .5F}});
  }
  return list;
}

class LossPlotTest : public testing::Test {
 protected:
  void SetUp() override {
    plot.resize(640, 400);
    plot.begin(kNames);
    plot.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&plot));
  }
  QCustomPlot& inner() { return *plot.findChild<QCustomPlot*>("lossPlot.plot"); }
  QPoint centre() { return inner().axisRect()->rect().center(); }
  void settle() { QTest::qWait(250); }  // new points are drawn ten times a second
  LossPlot plot;
};

TEST_F(LossPlotTest, ShowsEveryPointOfEveryMeasure) {
  plot.append(rows(1, 50));
  plot.append(rows(51, 80));
  for (const std::string& name : kNames) EXPECT_EQ(plot.pointCount(name), 80) << name;
  EXPECT_EQ(plot.lastStep(), 80);
  EXPECT_EQ(plot.names(), kNames);
}

TEST_F(LossPlotTest, LeavesOutWhatWasNotMeasured) {
  const float none = std::numeric_limits<float>::quiet_NaN();
  plot.append({{1, {1, 2, .5F, none}}, {2, {1, std::numeric_limits<float>::infinity(), .5F, .25F}}});
  EXPECT_EQ(plot.pointCount("loss_critic"), 2);
  EXPECT_EQ(plot.pointCount("loss_generator"), 1);
  EXPECT_EQ(plot.pointCount("view_accuracy"), 1);
}

const QCPGraph* rawGraph(QCustomPlot& plot, int curve) {
  return plot.graph(2 * curve);  // each has its raw values and their average
}

TEST_F(LossPlotTest, AMeasureTakenNowAndThenIsAConnectedLineWithAMarkAtEachValue) {
  const float none = std::numeric_limits<float>::quiet_NaN();
  plot.begin({"loss_critic", "distance", "held_out_loss"});
  plot.setSmoothing(1);
  std::vector<MetricRow> list;
  for (int step = 1; step <= 100; ++step) {
    const bool taken = step % 25 == 0;
    list.push_back({step, {1.0F, taken ? .02F * static_cast<float>(step) : none, taken ? 3.0F : none}});
  }
  plot.append(list);
  settle();
  EXPECT_EQ(plot.pointCount("loss_critic"), 100);
  EXPECT_EQ(plot.pointCount("distance"), 4);
  for (const auto& point : *rawGraph(inner(), 1)->data()) EXPECT_TRUE(std::isfinite(point.value)) << "a break";
  EXPECT_EQ(rawGraph(inner(), 0)->scatterStyle().shape(), QCPScatterStyle::ssNone);
  EXPECT_EQ(rawGraph(inner(), 1)->scatterStyle().shape(), QCPScatterStyle::ssDisc);
  EXPECT_NE(rawGraph(inner(), 1)->lineStyle(), QCPGraph::lsNone);
  EXPECT_EQ(rawGraph(inner(), 2)->valueAxis(), inner().yAxis) << "a loss is read with the losses";
  const QCPAxis* distances = rawGraph(inner(), 1)->valueAxis();
  EXPECT_NE(distances, inner().yAxis);
  EXPECT_NE(distances, inner().yAxis2);
  EXPECT_TRUE(distances->visible());
  EXPECT_TRUE(distances->range().contains(.5) && distances->range().contains(2));
  EXPECT_FALSE(inner().yAxis2->visible()) << "nothing is a share here";
  EXPECT_TRUE(plot.valuesAt(90).contains("Distance 2 (2) at 100")) << plot.valuesAt(90).toStdString();
  plot.setShown("distance", false);
  EXPECT_FALSE(distances->visible());
}

TEST(MetricStyle, NamesOfLossesStandLeftSharesRight) {
  for (const char* name : {"loss", "loss_reconstruction", "view_loss", "held_out_loss", "kl"}) {
    EXPECT_EQ(metricStyle(name, 0).axis, MetricAxis::kLoss) << name;
  }
  for (const char* name : {"accuracy", "pixel_accuracy", "d_real", "d_fake_before", "view_accuracy_fake"}) {
    EXPECT_EQ(metricStyle(name, 0).axis, MetricAxis::kShare) << name;
  }
  EXPECT_EQ(metricStyle("distance", 0).axis, MetricAxis::kDistance);
}

TEST(MetricCurve, TheAverageIsOverStepsAlsoWhereNothingWasTaken) {
  MetricCurve dense("loss", 0);
  MetricCurve sparse("loss", 0);
  for (MetricCurve* curve : {&dense, &sparse}) curve->setWindow(10);
  for (int step = 1; step <= 400; ++step) {
    dense.append(step, step > 200 ? 1 : 0);
    if (step % 100 == 0) sparse.append(step, step > 200 ? 1 : 0);
  }
  const double last = (dense.smooth()->constEnd() - 1)->value;
  EXPECT_NEAR((sparse.smooth()->constEnd() - 1)->value, last, 1e-3) << "not an average over ten values";
  EXPECT_TRUE(sparse.raw()->size() == 4 && dense.raw()->size() == 400);
}

TEST_F(LossPlotTest, StepsThatAreTrainedAgainReplaceTheOldOnes) {
  plot.append(rows(1, 100));
  plot.append({{61, {9, 9, .1F, .1F}}});
  EXPECT_EQ(plot.pointCount("loss_critic"), 61);
  EXPECT_EQ(plot.lastStep(), 61);
  EXPECT_TRUE(plot.valuesAt(61).contains("(9)")) << plot.valuesAt(61).toStdString();
}

TEST_F(LossPlotTest, DrawsLossesLeftAndProbabilitiesRight) {
  plot.append(rows(1, 30));
  settle();
  int left = 0;
  int right = 0;
  for (int i = 0; i < inner().graphCount(); ++i) {
    const QCPGraph* graph = inner().graph(i);
    (graph->valueAxis() == inner().yAxis ? left : right) += 1;
    EXPECT_LE(graph->pen().widthF(), 1) << "wider pens are many times slower";
    EXPECT_TRUE(graph->adaptiveSampling());
  }
  EXPECT_EQ(left, 4);  // raw and average of two losses
  EXPECT_EQ(right, 4);
  EXPECT_TRUE(inner().yAxis2->visible());
  EXPECT_TRUE(inner().yAxis2->range().contains(0));
  EXPECT_TRUE(inner().yAxis2->range().contains(1));
}

TEST_F(LossPlotTest, AnOutlierDoesNotCrushTheAxis) {
  auto list = rows(1, 200);
  list[100].values[0] = 1e6F;
  list[101].values[0] = -1e6F;
  plot.append(list);
  plot.fit();
  EXPECT_LT(inner().yAxis->range().upper, 10);
  EXPECT_GT(inner().yAxis->range().lower, -10);
  EXPECT_LE(inner().yAxis->range().lower, 0.05) << "all else is in sight";
  EXPECT_GE(inner().yAxis->range().upper, 2.9);
}

TEST_F(LossPlotTest, FollowsNewPointsUntilZoomedAndAgainAfterADoubleClick) {
  plot.append(rows(1, 100));
  settle();
  EXPECT_NEAR(inner().xAxis->range().upper, 100, 1);
  const QPointF at = centre();
  QWheelEvent wheel(at, inner().mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QApplication::sendEvent(&inner(), &wheel);
  const QCPRange zoomed = inner().xAxis->range();
  EXPECT_LT(zoomed.size(), 90);
  plot.append(rows(101, 400));
  settle();
  EXPECT_DOUBLE_EQ(inner().xAxis->range().upper, zoomed.upper) << "a zoomed view stays where it is";
  QTest::mouseDClick(&inner(), Qt::LeftButton, {}, centre());
  EXPECT_NEAR(inner().xAxis->range().upper, 400, 1);
  plot.append(rows(401, 500));
  settle();
  EXPECT_NEAR(inner().xAxis->range().upper, 500, 1);
}

TEST_F(LossPlotTest, DraggingMovesTheView) {
  plot.append(rows(1, 100));
  settle();
  const double before = inner().xAxis->range().lower;
  QTest::mousePress(&inner(), Qt::LeftButton, {}, centre());
  QTest::mouseMove(&inner(), centre() + QPoint(-60, 0));
  QTest::mouseRelease(&inner(), Qt::LeftButton, {}, centre() + QPoint(-60, 0));
  EXPECT_GT(inner().xAxis->range().lower, before + 1);
}

TEST_F(LossPlotTest, PointingTellsTheValuesOfTheStep) {
  plot.append(rows(1, 100));
  settle();
  QTest::mouseMove(&inner(), centre());
  auto* readout = plot.findChild<QLabel*>("lossPlot.readout");
  ASSERT_NE(readout, nullptr);
  ASSERT_TRUE(readout->isVisible());
  EXPECT_TRUE(readout->text().contains("Step 5")) << readout->text().toStdString();  // about the fiftieth
  EXPECT_TRUE(readout->text().contains("Critic loss"));
  EXPECT_TRUE(readout->text().contains("View accuracy"));
  QTest::keyClick(&inner(), Qt::Key_Left);
  EXPECT_TRUE(readout->isVisible());
}

TEST_F(LossPlotTest, ClickingALegendNameHidesItsLine) {
  plot.append(rows(1, 20));
  auto* chip = plot.findChild<QToolButton*>("curve.loss_critic");
  ASSERT_NE(chip, nullptr);
  ASSERT_TRUE(chip->isVisible() && chip->isEnabled());
  EXPECT_TRUE(inner().graph(0)->visible());
  QTest::mouseClick(chip, Qt::LeftButton);
  EXPECT_FALSE(plot.isShown("loss_critic"));
  EXPECT_FALSE(inner().graph(0)->visible());
  EXPECT_FALSE(inner().graph(1)->visible());
  EXPECT_FALSE(plot.valuesAt(10).contains("Critic"));
  plot.begin(kNames);
  EXPECT_FALSE(plot.isShown("loss_critic")) << "what was hidden stays hidden in the next run";
}

TEST_F(LossPlotTest, TheLogAxisIsLogarithmicAndSurvivesNegativeLosses) {
  auto list = rows(1, 100);
  list[3].values[0] = -5;
  list[4].values[0] = 0;
  plot.append(list);
  QTest::mouseClick(plot.findChild<QCheckBox*>("lossPlot.logarithmic"), Qt::LeftButton, {}, QPoint(8, 8));
  EXPECT_TRUE(plot.isLogarithmic());
  EXPECT_EQ(inner().yAxis->scaleType(), QCPAxis::stLogarithmic);
  EXPECT_GT(inner().yAxis->range().lower, 0);
  EXPECT_EQ(inner().yAxis2->scaleType(), QCPAxis::stLinear);
}

TEST_F(LossPlotTest, WithoutSmoothingOnlyTheValuesAreDrawn) {
  plot.append(rows(1, 100));
  EXPECT_TRUE(inner().graph(1)->visible());
  plot.setSmoothing(1);
  EXPECT_DOUBLE_EQ(plot.smoothing(), 1);
  EXPECT_FALSE(inner().graph(1)->visible());
  EXPECT_EQ(inner().graph(0)->pen().color().alpha(), 255);
  plot.setSmoothing(100);
  EXPECT_TRUE(inner().graph(1)->visible());
  EXPECT_LT(inner().graph(0)->pen().color().alpha(), 128) << "raw values lie faintly below";
}

TEST_F(LossPlotTest, HoldsAMillionPoints) {
  MetricSeries series{{"loss_critic"}, {}};
  series.rows.reserve(1'000'000);
  for (int step = 1; step <= 1'000'000; ++step) series.rows.push_back({step, {static_cast<float>(step % 1000)}});
  plot.setCurves(LossPlot::prepare(series, plot.smoothing()));
  EXPECT_EQ(plot.pointCount("loss_critic"), 1'000'000);
  inner().replot(QCustomPlot::rpImmediateRefresh);
  EXPECT_NEAR(inner().xAxis->range().upper, 1e6, 1);
  plot.append({{1'000'001, {3}}});
  EXPECT_EQ(plot.lastStep(), 1'000'001);
}

TEST_F(LossPlotTest, TakesItsColoursFromThePalette) {
  plot.append(rows(1, 20));
  QPalette palette = plot.palette();
  palette.setColor(QPalette::Base, Qt::white);
  palette.setColor(QPalette::Text, Qt::black);
  plot.setPalette(palette);
  EXPECT_EQ(inner().xAxis->tickLabelColor(), QColor(Qt::black));
  const QColor onWhite = inner().graph(1)->pen().color();
  palette.setColor(QPalette::Base, Qt::black);
  palette.setColor(QPalette::Text, Qt::white);
  plot.setPalette(palette);
  EXPECT_EQ(inner().xAxis->tickLabelColor(), QColor(Qt::white));
  EXPECT_GT(inner().graph(1)->pen().color().lightness(), onWhite.lightness());
}

TEST(MetricCurve, TheAverageIsDebiasedAtTheStart) {
  MetricCurve curve("loss_critic", 0);
  curve.setWindow(100);
  for (int step = 1; step <= 10; ++step) curve.append(step, 5);
  for (auto point = curve.smooth()->constBegin(); point != curve.smooth()->constEnd(); ++point) {
    EXPECT_NEAR(point->value, 5, 1e-9) << "a constant stays itself from the first step on";
  }
}

TEST(MetricCurve, AveragingLaterIsTheSameAsAveragingAsTheyCome) {
  MetricCurve live("loss_critic", 0);
  MetricCurve later("loss_critic", 0);
  live.setWindow(20);
  for (int step = 1; step <= 200; ++step) {
    live.append(step, std::sin(step * .1));
    later.append(step, std::sin(step * .1));
  }
  later.setWindow(20);
  for (int i = 0; i < 200; ++i) EXPECT_DOUBLE_EQ(live.smooth()->at(i)->value, later.smooth()->at(i)->value);
  live.dropFrom(101);
  EXPECT_EQ(live.raw()->size(), 100);
  live.append(101, 0);
  later.dropFrom(101);
  later.append(101, 0);
  EXPECT_DOUBLE_EQ(live.smooth()->at(100)->value, later.smooth()->at(100)->value);
}

}  // namespace
}  // namespace loom
