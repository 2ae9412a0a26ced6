#include "core/studio/run_recorder.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "tests/base/temp_folder.h"

namespace loom {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

class RunRecorderTest : public testing::Test {
 protected:
  RunInfo makeRun(const std::vector<std::string>& names, const std::string& preset = "dcgan") {
    Catalogue catalogue = m_project.catalogue();
    const RunInfo run = catalogue.createRun(preset, Json::object(), 100, Json::object());
    catalogue.setRunMetricNames(run.number, names);
    std::filesystem::create_directories(m_project.runFolder(run));
    return run;
  }
  void train(const RunInfo& run, const std::vector<std::string>& names, const std::vector<MetricRow>& rows) {
    TrainingListener nobody;
    RunRecorder recorder(m_project, run, names, nobody);
    recorder.onMetrics(rows);
    TrainingResult result;
    result.steps = rows.back().step;
    recorder.onFinished(result);
    EXPECT_EQ(recorder.failure(), nullptr);
  }
  RunInfo recorded(int run) { return m_project.catalogue().run(run); }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "recorder.loom");
};

TEST_F(RunRecorderTest, TheBestValueOfTheObjectiveIsKeptWithItsStep) {
  const std::vector<std::string> names{"loss", "distance"};
  const RunInfo run = makeRun(names);
  train(run, names, {{1, {.1F, kNan}}, {2, {.2F, .5F}}, {3, {.3F, kNan}}, {4, {.4F, .25F}}, {5, {.5F, .75F}}});
  EXPECT_EQ(recorded(1).best, (BestValue{"distance", .25, 4}));
}

TEST_F(RunRecorderTest, TheObjectiveIsThePresets) {
  const std::vector<std::string> names{"distance", "held_out_loss"};
  const std::vector<MetricRow> rows{{1, {.1F, .5F}}, {2, {.05F, .75F}}};
  train(makeRun(names, "autoencoder"), names, rows);
  train(makeRun(names, "dcgan"), names, rows);
  EXPECT_EQ(recorded(1).best, (BestValue{"held_out_loss", .5, 1}));
  EXPECT_EQ(recorded(2).best, (BestValue{"distance", .05F, 2}));
}

TEST_F(RunRecorderTest, ARunWithoutAnObjectiveHasNoBestValue) {
  const std::vector<std::string> names{"loss_critic", "d_real"};
  const RunInfo run = makeRun(names);
  train(run, names, {{1, {.1F, .5F}}});
  EXPECT_FALSE(recorded(1).best.has_value());
}

TEST_F(RunRecorderTest, AResumedRunKnowsItsBestOfBeforeButNotWhatWasTakenBack) {
  const std::vector<std::string> names{"distance"};
  RunInfo run = makeRun(names);
  train(run, names, {{10, {.5F}}, {20, {.25F}}, {30, {.125F}}});
  m_project.catalogue().dropMetricsAfter(1, 20);  // as a resume from the checkpoint of step 20 does
  run = recorded(1);
  run.steps = 20;
  train(run, names, {{21, {.75F}}});
  EXPECT_EQ(recorded(1).best, (BestValue{"distance", .25, 20}));
}

TEST_F(RunRecorderTest, WhatTheUserWroteMeanwhileStays) {
  const std::vector<std::string> names{"loss"};
  const RunInfo run = makeRun(names);
  m_project.catalogue().renameRun(1, "wide");
  m_project.catalogue().setRunsBinned(std::array{1}, true);
  train(run, names, {{1, {.1F}}});
  EXPECT_EQ(recorded(1).name, "wide");
  EXPECT_TRUE(recorded(1).binned);
}

}  // namespace
}  // namespace loom
