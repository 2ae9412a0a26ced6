#include "ui/models/trial_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/ui/tiny_search.h"
#include "ui/models/parallel_data.h"
#include "ui/models/run_title.h"

namespace loom {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

TEST(ParallelDataOfASearch, HasAnAxisASettingAndTheObjectiveLast) {
  const Search search = sampleSearch(9);
  const ParallelData data = parallelData(search);
  ASSERT_EQ(data.axes.size(), 4U);
  EXPECT_EQ(data.axes.back().title, "held out loss");
  EXPECT_EQ(data.lines.size(), 9U);
  EXPECT_EQ(data.best, search.best()->number);
  for (const ParallelLine& line : data.lines) {
    ASSERT_EQ(line.at.size(), 4U);
    for (const double at : line.at) {
      EXPECT_GE(at, 0);
      EXPECT_LE(at, 1);
    }
  }
}

TEST(ParallelDataOfASearch, TheBestLineEndsAtTheBottomWithTheFirstShade) {
  const ParallelData data = parallelData(sampleSearch(9));
  for (const ParallelLine& line : data.lines) {
    if (line.id != data.best) continue;
    EXPECT_DOUBLE_EQ(line.at.back(), 0);
    EXPECT_DOUBLE_EQ(line.shade, 0);
  }
}

TEST(ParallelDataOfASearch, ALogarithmicRangeHasPowersOfTenEvenlySpread) {
  const ParallelData data = parallelData(sampleSearch(3));
  const ParallelAxis* lr = nullptr;
  for (const ParallelAxis& axis : data.axes) {
    if (axis.title == settingTitle("lr")) lr = &axis;
  }
  ASSERT_NE(lr, nullptr);
  ASSERT_EQ(lr->ticks.size(), 4U) << "1e-5, 1e-4, 1e-3, 1e-2";
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(lr->ticks[i].first, static_cast<double>(i) / 3, 1e-9);
  EXPECT_EQ(lr->ticks.front().second, "1e-5");
}

TEST(ParallelDataOfASearch, ATrialThatFailedEndsBeforeTheObjective) {
  Search search = sampleSearch(4);
  search.trials[1].status = TrialStatus::kFailed;
  search.trials[1].results[0].objective = kNothing;
  search.trials[2].status = TrialStatus::kWaiting;
  const ParallelData data = parallelData(search);
  ASSERT_EQ(data.lines.size(), 3U) << "what has not begun has no line";
  EXPECT_TRUE(std::isnan(data.lines[1].at.back()));
  EXPECT_TRUE(std::isnan(data.lines[1].shade));
}

TEST(TrialTable, SaysSettingsObjectiveStateAndRun) {
  Search search = sampleSearch(3);
  TrialModel model;
  model.setSearch(search);
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(model.columnCount(), 1 + 3 + TrialModel::kTails);
  const int row = model.rowOf(2);
  EXPECT_EQ(model.index(row, 0).data().toInt(), 2);
  EXPECT_EQ(model.index(row, model.column(TrialModel::kStatus)).data().toString(), "finished");
  EXPECT_EQ(model.index(row, model.column(TrialModel::kRun)).data().toInt(), 2);
  EXPECT_NEAR(model.index(row, model.column(TrialModel::kObjective)).data().toDouble(), search.trials[1].objective(),
              1e-3 * search.trials[1].objective());
  EXPECT_EQ(model.headerData(model.column(TrialModel::kObjective), Qt::Horizontal).toString(), "held out loss");
}

TEST(TrialTable, SortedByTheObjectiveTheBestIsFirstAndWhatHasNoneLast) {
  Search search = sampleSearch(6);
  search.trials[0].results.clear();
  search.trials[0].status = TrialStatus::kSkipped;
  TrialModel model;
  TrialOrder order(model);
  model.setSearch(search);
  for (const Qt::SortOrder direction : {Qt::AscendingOrder, Qt::DescendingOrder}) {
    order.sort(model.column(TrialModel::kObjective), direction);
    EXPECT_EQ(order.index(5, 0).data().toInt(), 1) << "nothing is neither best nor worst";
  }
  order.sort(model.column(TrialModel::kObjective), Qt::AscendingOrder);
  EXPECT_EQ(order.index(0, 0).data().toInt(), search.best()->number);
}

TEST(TrialTable, ShowsTheMarkedTrialsAlone) {
  TrialModel model;
  TrialOrder order(model);
  model.setSearch(sampleSearch(6));
  order.showOnly(std::set<int>{2, 5});
  EXPECT_EQ(order.rowCount(), 2);
  order.showOnly({});
  EXPECT_EQ(order.rowCount(), 6);
}

TEST(TrialTable, ANewStateOfTheSameSearchKeepsItsRows) {
  Search search = sampleSearch(4);
  TrialModel model;
  model.setSearch(search);
  int resets = 0;
  QObject::connect(&model, &TrialModel::modelReset, [&resets] { ++resets; });
  search.trials[3].status = TrialStatus::kStopped;
  model.setSearch(search);
  EXPECT_EQ(resets, 0);
  EXPECT_EQ(model.index(3, model.column(TrialModel::kStatus)).data().toString(), "let go early");
}

}  // namespace
}  // namespace loom
