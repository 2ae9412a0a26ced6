#include "core/base/job_monitor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

TEST(JobMonitor, ReportsTheStageItsBeginAndItsEnd) {
  std::vector<Progress> reports;
  JobMonitor monitor({}, [&](const Progress& progress) { reports.push_back(progress); });
  monitor.begin("Reading", 1000);
  for (int i = 1; i <= 1000; ++i) monitor.advance(i);
  ASSERT_GE(reports.size(), 2U);
  EXPECT_EQ(reports.front().stage, "Reading");
  EXPECT_EQ(reports.front().done, 0);
  EXPECT_EQ(reports.front().total, 1000);
  EXPECT_EQ(reports.back().done, 1000);
  EXPECT_LT(reports.size(), 1000U) << "every unit was reported";
}

TEST(JobMonitor, NeverReportsBackwardsWithinAStage) {
  std::vector<std::int64_t> seen;
  JobMonitor monitor({}, [&](const Progress& progress) { seen.push_back(progress.done); });
  monitor.begin("Reading", 3);
  for (int i = 1; i <= 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    monitor.advance(i);
  }
  EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 1, 2, 3}));
}

TEST(JobMonitor, EstimatesTheTimeLeftOnceItHasSeenSomeWork) {
  Progress last;
  JobMonitor monitor({}, [&](const Progress& progress) { last = progress; });
  monitor.begin("Reading", 4);
  EXPECT_LT(last.secondsLeft, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  monitor.advance(2);
  EXPECT_GE(last.secondsLeft, 0.6) << "as much is left as is done";
  monitor.advance(4);
  EXPECT_EQ(last.secondsLeft, 0);
  monitor.begin("Writing", 10);
  EXPECT_LT(last.secondsLeft, 0) << "a new stage has a clock of its own";
}

TEST(JobMonitor, AStopEndsTheWorkAtTheNextPoint) {
  std::stop_source source;
  JobMonitor monitor(source.get_token(), {});
  monitor.begin("Reading", 10);
  EXPECT_NO_THROW(monitor.advance(1));
  EXPECT_NO_THROW(monitor.checkCancelled());
  source.request_stop();
  EXPECT_THROW(monitor.checkCancelled(), Cancelled);
  EXPECT_THROW(monitor.advance(2), Cancelled);
  EXPECT_THROW(monitor.begin("Writing", 1), Cancelled);
}

TEST(JobMonitor, WorksWithNobodyListening) {
  JobMonitor monitor;
  EXPECT_NO_THROW(monitor.begin("Reading", 0));
  EXPECT_NO_THROW(monitor.advance(5));
  EXPECT_NO_THROW(monitor.checkCancelled());
}

}  // namespace
}  // namespace loom
