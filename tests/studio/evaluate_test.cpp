#include "core/studio/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/dataset/data_export.h"
#include "core/dataset/starter.h"
#include "core/image/edit.h"
#include "core/studio/training_session.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

using test::kAutoencoderRun;
using test::kGanRun;
using test::TrainedRuns;

class Evaluate : public testing::Test {
 protected:
  RunEvaluation evaluated(int run, const EvaluateOptions& options = {}) const {
    JobMonitor monitor;
    return evaluateRun(m_runs.project(), m_runs.run(run), options, monitor);
  }
  /// Characters that no run has seen.
  static void addCharacters(const Project& project, int characters) {
    JobMonitor monitor;
    addStarterSet(project, characters, 77, monitor);
  }
  /// The sprites of a project of their own, as a folder of views.
  std::string folderOf(int characters, std::uint64_t seed) const {
    JobMonitor monitor;
    const Project other = Project::create(m_runs.scratch() / "other.loom");
    addStarterSet(other, characters, seed, monitor);
    exportFolders(other, m_runs.scratch() / "other", {}, monitor);
    return (m_runs.scratch() / "other").string();
  }
  TrainedRuns m_runs;
};

TEST_F(Evaluate, MeasuresByTheCharactersThatTheRunHasNotSeen) {
  addCharacters(m_runs.project(), 6);
  const RunEvaluation result = evaluated(kGanRun);
  EXPECT_EQ(result.characters, 6);
  EXPECT_EQ(result.sprites, 24);
  EXPECT_EQ(result.training, 32) << "all eight characters it was trained on";
  EXPECT_EQ(result.seen, 0);
  EXPECT_EQ(result.step, 60);
  const auto has = [&result](const char* name) {
    return std::ranges::count(result.measures, name, &Measure::name) == 1;
  };
  EXPECT_TRUE(has("kid_own") && has("precision_fixed") && has("swd_16") && has("copies") && has("mirror_consistency"));
  EXPECT_EQ(result.examples.size(), 24U);
  EXPECT_EQ(result.columns.size(), 3U);
  const Sprite picture = examplePicture(result);
  EXPECT_EQ(picture.width(), 11 * 17 - 1);
  EXPECT_EQ(picture.height(), 8 * 17 - 1);
}

TEST_F(Evaluate, TheSameSeedGivesTheSameFigures) {
  addCharacters(m_runs.project(), 5);
  const RunEvaluation first = evaluated(kGanRun, {.count = 16, .seed = 2}),
                      again = evaluated(kGanRun, {.count = 16, .seed = 2}),
                      other = evaluated(kGanRun, {.count = 16, .seed = 3});
  EXPECT_EQ(first.sprites, 16) << "no more than were asked for";
  EXPECT_EQ(examplePicture(first), examplePicture(again));
  EXPECT_NE(examplePicture(first), examplePicture(other));
  for (std::size_t i = 0; i < first.measures.size(); ++i) {
    EXPECT_EQ(first.measures[i].value, again.measures[i].value) << first.measures[i].name;
  }
}

TEST_F(Evaluate, MeasuresBySpritesFromOutsideAndSaysWhichWereTrainedOn) {
  const RunEvaluation other = evaluated(kAutoencoderRun, {.against = folderOf(6, 50)});
  EXPECT_EQ(other.characters, 6);
  EXPECT_EQ(other.seen, 0);
  std::filesystem::remove_all(m_runs.scratch() / "other.loom");
  std::filesystem::remove_all(m_runs.scratch() / "other");
  const RunEvaluation same = evaluated(kGanRun, {.against = folderOf(8, 3)});  // the set of the runs themselves
  EXPECT_EQ(same.seen, 32);
  const auto copies = std::ranges::find(same.measures, "copies", &Measure::name);
  EXPECT_EQ(copies->floor, 1) << "held-out sprites that were trained on are copies";
}

TEST_F(Evaluate, SaysWhatToDoWithoutSpritesToMeasureBy) {
  try {
    evaluated(kGanRun);
    FAIL() << "every character was trained on";
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("--against"), std::string::npos) << error.hint();
  }
  std::filesystem::create_directory(m_runs.scratch() / "nothing");
  EXPECT_THROW(evaluated(kGanRun, {.against = (m_runs.scratch() / "nothing").string()}), Error);
  EXPECT_THROW(evaluated(kGanRun, {.against = (m_runs.scratch() / "nowhere").string()}), Error);
}

TEST_F(Evaluate, OfAModelFromElsewhereNeedsTheSpritesItWasTrainedOn) {
  std::filesystem::remove(m_runs.project().runFolder(m_runs.run(kGanRun)) / "sprites.json");
  EXPECT_THROW(evaluated(kGanRun), Error);
}

TEST_F(Evaluate, MeasuresATurnaroundTaskByTask) {
  TrainingRequest request;
  request.preset = "turnaround";
  request.settings = {{"size", 32}, {"features", 4}, {"batch", 4}, {"held_out", 0}};
  request.steps = 3;
  request.device = "cpu";
  TrainingListener nobody;
  JobMonitor monitor;
  TrainingSession::start(m_runs.project(), request, nobody, monitor)->wait();
  addCharacters(m_runs.project(), 4);
  const RunEvaluation result = evaluated(3), again = evaluated(3);
  EXPECT_EQ(result.sprites, 16);
  EXPECT_EQ(result.characters, 4);
  EXPECT_EQ(result.step, 3);
  EXPECT_EQ(result.measures.size(), 7U * 4 + 12 * 3);
  for (std::size_t i = 0; i < result.measures.size(); ++i) {
    const Measure& one = result.measures[i];
    EXPECT_EQ(one.baselines.size(), 3U) << one.name;
    EXPECT_EQ(one.value, again.measures[i].value) << one.name;
    if (one.name.starts_with("foreign")) {
      EXPECT_EQ(one.value, 0) << "every pixel is in a colour of the views seen";
    } else {
      EXPECT_TRUE(one.better == Better::kHigher ? one.value <= one.floor : one.value >= one.floor) << one.name;
    }
  }
  EXPECT_EQ(result.columns, (std::vector<std::string>{"seen", "drawn", "true", "difference"}));
  ASSERT_EQ(result.examples.size(), 12U);
  EXPECT_EQ(examplePicture(result).width(), (3 * 5 - 1) * 33 - 1);
}

}  // namespace
}  // namespace loom
