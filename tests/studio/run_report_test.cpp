#include "core/studio/run_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/base/atomic_file.h"
#include "core/dataset/starter.h"
#include "core/studio/training_session.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

using test::kGanRun;
using test::TrainedRuns;

class RunReportTest : public testing::Test {
 protected:
  RunReportTest() {
    JobMonitor monitor;
    addStarterSet(m_runs.project(), 5, 77, monitor);
  }
  RunInfo run() const { return m_runs.run(kGanRun); }
  RunReport made() const {
    JobMonitor monitor;
    return makeReport(m_runs.project(), run(), {.seed = 3}, monitor);
  }
  TrainedRuns m_runs;
};

TEST_F(RunReportTest, ComesBackAsItWasKept) {
  EXPECT_FALSE(loadReport(m_runs.project(), run())) << "nothing was measured yet";
  const RunReport report = made();
  saveReport(m_runs.project(), run(), report);
  const std::optional<RunReport> kept = loadReport(m_runs.project(), run());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->seed, 3U);
  EXPECT_EQ(kept->taken, report.taken);
  EXPECT_EQ(kept->evaluation.step, 60);
  EXPECT_EQ(kept->evaluation.columns, report.evaluation.columns);
  ASSERT_EQ(kept->evaluation.examples.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) {
    const EvaluationExample &one = kept->evaluation.examples[i], &other = report.evaluation.examples[i];
    EXPECT_EQ(one.sprites.size(), 3U);
    EXPECT_EQ(one.sprites, other.sprites) << i;
    EXPECT_EQ(one.caption, other.caption);
    EXPECT_EQ(one.isCopy, other.isCopy);
  }
  EXPECT_EQ(reportAsTable(*kept), reportAsTable(report));
  EXPECT_EQ(reportAsHtml(*kept, "A report"), reportAsHtml(report, "A report"));
}

TEST_F(RunReportTest, SaysHowMuchTheRunHasLearnedSince) {
  const RunReport report = made();
  EXPECT_EQ(stepsSince(m_runs.project(), run(), report), 0);
  TrainingListener nobody;
  JobMonitor monitor;
  TrainingSession::resume(m_runs.project(), {.run = kGanRun, .steps = 63, .epochs = {}, .minutes = {}}, nobody, monitor)
      ->wait();
  EXPECT_EQ(stepsSince(m_runs.project(), run(), report), 3);
}

TEST_F(RunReportTest, ADamagedOneIsAsGoodAsNone) {
  const auto file = m_runs.project().runFolder(run()) / "report.json";
  for (const char* text : {"{", "{}", "{\"version\": 1}", "{\"version\": 99}"}) {
    writeFileAtomically(file, text);
    EXPECT_FALSE(loadReport(m_runs.project(), run())) << text;
  }
}

TEST(RunReportText, NamesEveryMeasureWithItsVerdictAndMarksCopies) {
  RunReport report{.against = "a <b> folder"};
  report.evaluation.measures = {{.name = "copies",
                                 .title = "Copies",
                                 .value = .5,
                                 .confidence = .125,
                                 .floor = 0,
                                 .baseline = 1,
                                 .explanation = "Share of copies."}};
  report.evaluation.columns = {"made", "nearest"};
  report.evaluation.examples = {{.sprites = {Sprite(4, 4), Sprite(4, 4)}, .caption = "0.0 % away", .isCopy = true}};
  const std::string html = reportAsHtml(report, "Run 3");
  for (const char* part : {"<h1>Run 3</h1>", "a &lt;b&gt; folder", "<td>0.5</td><td>0.125</td><td>0</td><td>1</td>",
                           "above the floor, better than the baseline", "Share of copies.", "A copy: 0.0 % away",
                           "data:image/png;base64,"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(reportAsTable(report),
            "measure\tvalue\tinterval\tfloor\tbaseline\tbetter\tverdict\n"
            "Copies\t0.5\t0.125\t0\t1\tlower\tabove the floor, better than the baseline\n");
}

}  // namespace
}  // namespace loom
