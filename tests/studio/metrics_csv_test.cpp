#include "core/studio/metrics_csv.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

class MetricsCsvTest : public testing::Test {
 protected:
  int makeRun(const std::vector<std::string>& names, const std::vector<MetricRow>& rows) {
    Catalogue catalogue = m_project.catalogue();
    const int run = catalogue.createRun("dcgan", Json::object(), 100, Json::object()).number;
    catalogue.setRunMetricNames(run, names);
    catalogue.addMetrics(run, rows);
    return run;
  }
  std::string exported(const std::vector<int>& runs) {
    JobMonitor monitor;
    m_report = exportMetrics(m_project, runs, m_file, monitor);
    return readTextFile(m_file, 1 << 24);
  }
  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "csv.loom");
  std::filesystem::path m_file = m_folder / "metrics.csv";
  MetricsCsvReport m_report;
};

TEST_F(MetricsCsvTest, RunsWithDifferentMetricsShareTheColumnsTheyHaveInCommon) {
  makeRun({"loss_critic", "d_real"}, {{1, {.5F, .25F}}, {2, {1.5F, kNan}}});
  makeRun({"loss", "d_real"}, {{7, {-2.0F, .1F}}});
  EXPECT_EQ(exported({1, 2}),
            "run,step,loss_critic,d_real,loss\n"
            "1,1,0.5,0.25,\n"
            "1,2,1.5,,\n"
            "2,7,,0.1,-2\n");
  EXPECT_EQ(m_report.rows, 3);
  EXPECT_EQ(m_report.metrics, (std::vector<std::string>{"loss_critic", "d_real", "loss"}));
}

TEST_F(MetricsCsvTest, ALongRunIsWrittenWhole) {
  std::vector<MetricRow> rows;
  for (int step = 1; step <= 12'345; ++step) rows.push_back({step, {static_cast<float>(step)}});
  makeRun({"loss"}, rows);
  const std::string text = exported({1});
  EXPECT_EQ(m_report.rows, 12'345);
  EXPECT_EQ(std::ranges::count(text, '\n'), 12'346);
  EXPECT_NE(text.find("\n1,5001,5001\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\n1,12345,12345\n"));
}

TEST_F(MetricsCsvTest, ARunWithoutMetricsLeavesAHeaderAndAMissingOneNoFile) {
  makeRun({"loss"}, {});
  EXPECT_EQ(exported({1}), "run,step,loss\n");
  std::filesystem::remove(m_file);
  EXPECT_THROW(exported({1, 9}), Error);
  EXPECT_THROW(exported({}), Error);
  EXPECT_FALSE(std::filesystem::exists(m_file));
}

}  // namespace
}  // namespace loom
