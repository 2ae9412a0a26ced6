#include "core/studio/training_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>

#include "core/base/error.h"
#include "core/base/tensor_file.h"
#include "core/dataset/split.h"
#include "core/dataset/starter.h"
#include "core/studio/run_files.h"
#include "core/studio/run_length.h"
#include "core/training/preset.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

/// Says when a run has come to a step, and how it ended.
class Witness final : public TrainingListener {
 public:
  void onMetrics(std::span<const MetricRow> rows) override {
    const std::lock_guard lock(m_mutex);
    m_step = rows.back().step;
    m_changed.notify_all();
  }
  void onFinished(const TrainingResult&) override { ++finished; }
  void onFailed(std::exception_ptr) override { ++failed; }

  bool waitForStep(std::int64_t step) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(120), [&] { return m_step >= step; });
  }
  int finished = 0;
  int failed = 0;

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::int64_t m_step = 0;
};

class TrainingSessionTest : public testing::Test {
 protected:
  static constexpr int kSprites = 32;  // 8 characters in 4 views

  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-session-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(m_folder); }

  Project newProject(const std::string& name, int characters = kSprites / 4) {
    Project project = Project::create(m_folder / (name + ".loom"));
    JobMonitor monitor;
    if (characters > 0) addStarterSet(project, characters, 1, monitor);
    return project;
  }

  static TrainingRequest tiny(std::int64_t steps) {
    TrainingRequest request;
    request.preset = "conditional-dcgan";
    request.settings = {{"size", 16}, {"features", 4},       {"latent", 8},
                        {"batch", 8}, {"view_embedding", 2}, {"measure_every", 0}};
    request.steps = steps;
    request.seed = 5;
    request.device = "cpu";
    return request;
  }

  static ResumeRequest further(int run, std::optional<std::int64_t> steps = {}) {
    ResumeRequest request;
    request.run = run;
    request.steps = steps;
    return request;
  }

  std::unique_ptr<TrainingSession> start(const Project& project, const TrainingRequest& request) {
    JobMonitor monitor;
    return TrainingSession::start(project, request, m_witness, monitor);
  }
  std::unique_ptr<TrainingSession> resume(const Project& project, const ResumeRequest& request) {
    JobMonitor monitor;
    return TrainingSession::resume(project, request, m_witness, monitor);
  }
  int train(const Project& project, const TrainingRequest& request) {
    const auto session = start(project, request);
    session->wait();
    return session->run();
  }

  static std::map<std::string, RawTensor> newestTensors(const Project& project, int run) {
    const auto newest = newestCheckpoint(project, project.catalogue().run(run));
    EXPECT_TRUE(newest.has_value());
    return newest ? loadTensorFile(newest->file).tensors : std::map<std::string, RawTensor>{};
  }
  static void expectEqual(const std::map<std::string, RawTensor>& a, const std::map<std::string, RawTensor>& b) {
    ASSERT_FALSE(a.empty());
    ASSERT_EQ(a.size(), b.size());
    for (const auto& [name, tensor] : a) {
      ASSERT_TRUE(b.contains(name)) << name;
      EXPECT_EQ(tensor.bytes, b.at(name).bytes) << name;
    }
  }

  fs::path m_folder;
  Witness m_witness;
};

TEST_F(TrainingSessionTest, RecordsWhatTheRunWasMadeOfAndHowItEnded) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(10));
  EXPECT_EQ(session->run(), 1);
  const TrainingResult result = session->wait();
  EXPECT_TRUE(result.reachedTarget);
  EXPECT_EQ(m_witness.finished, 1);
  EXPECT_EQ(m_witness.failed, 0);

  const Catalogue catalogue = project.catalogue();
  const RunInfo run = catalogue.run(1);
  EXPECT_EQ(run.status, RunStatus::kFinished);
  EXPECT_EQ(run.steps, 10);
  EXPECT_EQ(run.targetSteps, 10);
  EXPECT_EQ(run.settings.at("features"), 4);
  EXPECT_EQ(run.settings.at("beta1"), 0.5) << "settings are complete";
  EXPECT_EQ(run.environment.at("seed"), 5);
  EXPECT_EQ(run.environment.at("device"), "cpu");
  EXPECT_GT(run.environment.at("threads").get<int>(), 0);
  EXPECT_GT(run.seconds, 0);
  EXPECT_TRUE(std::isfinite(run.losses.at("loss_generator").get<double>()));

  const MetricSeries metrics = catalogue.metrics(1);
  EXPECT_EQ(metrics.names, session->metricNames());
  ASSERT_EQ(metrics.rows.size(), 10U);
  EXPECT_EQ(metrics.rows.front().step, 1);
  EXPECT_EQ(metrics.rows.back().step, 10);

  const fs::path folder = project.runFolder(run);
  const Json recipe = readRecipe(folder);
  EXPECT_EQ(recipe.at("preset"), "conditional-dcgan");
  EXPECT_EQ(recipe.at("settings"), run.settings);
  EXPECT_EQ(recipe.at("request").at("steps"), 10);
  EXPECT_EQ(readRunSprites(folder).ids.size(), std::size_t{kSprites});
  EXPECT_GT(fs::file_size(folder / "log.txt"), 0U);
  EXPECT_EQ(loadRunModel(project, run)->step, 10);
}

TEST_F(TrainingSessionTest, RefusesWhatCannotBeTrainedAndRecordsNothing) {
  const Project project = newProject("a");
  const auto refused = [&](TrainingRequest request, const std::string& why) {
    EXPECT_THROW(start(project, request), Error) << why;
  };
  TrainingRequest request = tiny(5);
  request.preset = "no-such-preset";
  refused(request, "unknown preset");
  request = tiny(5);
  request.settings["no_such_setting"] = 1;
  refused(request, "unknown setting");
  request = tiny(5);
  request.settings["size"] = 17;
  refused(request, "impossible value");
  request = tiny(5);
  request.minutes = 1;
  refused(request, "two lengths");
  refused(tiny(0), "no steps");
  request = tiny(5);
  request.device = "warp";
  refused(request, "unknown device");
  request = tiny(5);
  request.fromRun = 7;
  refused(request, "starts from a run that is not there");
  EXPECT_TRUE(project.catalogue().runs().empty());

  const Project empty = newProject("empty", 0);
  EXPECT_THROW(start(empty, tiny(5)), Error);
  EXPECT_TRUE(empty.catalogue().runs().empty());
  EXPECT_TRUE(!fs::exists(empty.folder() / "runs") || fs::is_empty(empty.folder() / "runs"));
}

TEST_F(TrainingSessionTest, HoldsOutWholeCharactersForTheRunAlone) {
  const Project project = newProject("a");
  TrainingRequest request = tiny(4);
  request.preset = "cvae";
  request.settings = {{"size", 16},     {"features", 4},       {"latent", 8},       {"batch", 8},
                      {"held_out", .4}, {"evaluate_every", 2}, {"measure_every", 0}};
  const int run = train(project, request);
  const fs::path folder = project.runFolder(project.catalogue().run(run));
  const RunSprites sprites = readRunSprites(folder);
  EXPECT_EQ(sprites.ids.size() + sprites.heldOut.size(), static_cast<std::size_t>(kSprites));
  ASSERT_FALSE(sprites.heldOut.empty());
  std::set<std::string> trained;
  for (const SpriteInfo& info : project.catalogue().sprites(sprites.ids)) trained.insert(info.character);
  for (const SpriteInfo& info : project.catalogue().sprites(sprites.heldOut)) {
    EXPECT_FALSE(trained.contains(info.character)) << "all views of a character on one side";
  }
  ASSERT_TRUE(bestCheckpoint(folder));
  EXPECT_EQ(project.catalogue().metrics(run).names.back(), "held_out_loss");

  resume(project, further(run, 6))->wait();
  EXPECT_EQ(readRunSprites(folder).heldOut, sprites.heldOut);
  EXPECT_EQ(readRunSprites(folder).ids, sprites.ids);
  request.steps = 6;
  const RunInfo whole = project.catalogue().run(train(project, request));
  const MetricSeries parts = project.catalogue().metrics(run), once = project.catalogue().metrics(whole.number);
  ASSERT_EQ(parts.rows.size(), 6U);
  EXPECT_EQ(parts.rows.back().values, once.rows.back().values) << "judged by the same sprites";
  EXPECT_TRUE(std::isnan(parts.rows[2].values.back()));

  EXPECT_TRUE(readRunSprites(project.runFolder(project.catalogue().run(train(project, tiny(1))))).heldOut.empty());
}

TEST_F(TrainingSessionTest, IsJudgedByTheCharactersThatTheProjectHoldsOut) {
  const Project project = newProject("a");
  Catalogue catalogue = project.catalogue();
  const std::string held = catalogue.sprites().front().character;
  saveSplit(catalogue, {.pinned = {{held, true}}});
  const int run = train(project, tiny(1));
  const RunSprites sprites = readRunSprites(project.runFolder(catalogue.run(run)));
  EXPECT_EQ(sprites.heldOut.size(), 4U);
  for (const SpriteInfo& info : catalogue.sprites(sprites.heldOut)) EXPECT_EQ(info.character, held);
}

TEST_F(TrainingSessionTest, GoesAsFarAsItsPresetSaysInEpochsOrInSteps) {
  const Json settings = preset("dcgan-80").schema.defaults();
  EXPECT_EQ(usualSteps(preset("dcgan-80"), 1432, settings), 10000);
  EXPECT_EQ(usualSteps(preset("cvae"), 640, preset("cvae").schema.defaults()), 300);
  EXPECT_EQ(spritesAStep(preset("critic-gan-96").schema.defaults()), 128 * 16 * 2);
}

TEST_F(TrainingSessionTest, CountsEpochsInWholeBatches) {
  const Project project = newProject("a");
  TrainingRequest request = tiny(0);
  request.steps.reset();
  request.epochs = 2;
  request.settings["batch"] = 12;
  EXPECT_EQ(project.catalogue().run(train(project, request)).steps, 6);  // 64 sprites in batches of 12
  request.settings["accumulate"] = 2;
  EXPECT_EQ(project.catalogue().run(train(project, request)).steps, 3);  // 24 a step
}

TEST_F(TrainingSessionTest, StopsWithACheckpointOfItsLastStep) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(1'000'000));
  ASSERT_TRUE(m_witness.waitForStep(3));
  session->stop();
  const TrainingResult result = session->wait();
  EXPECT_FALSE(result.reachedTarget);
  const RunInfo run = project.catalogue().run(1);
  EXPECT_EQ(run.status, RunStatus::kStopped);
  EXPECT_EQ(run.steps, result.steps);
  EXPECT_EQ(run.targetSteps, 1'000'000);
  EXPECT_EQ(newestCheckpoint(project, run)->step, result.steps);
  EXPECT_EQ(project.catalogue().metrics(1).rows.size(), static_cast<std::size_t>(result.steps));
}

TEST_F(TrainingSessionTest, IsPausedInTheRecordWhileItIs) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(1'000'000));
  ASSERT_TRUE(m_witness.waitForStep(2));
  EXPECT_EQ(project.catalogue().run(1).status, RunStatus::kRunning);
  session->pause();
  while (session->progress().state != TrainingState::kPaused) std::this_thread::yield();
  while (project.catalogue().run(1).status != RunStatus::kPaused) std::this_thread::yield();
  session->stop();
  session->wait();
  EXPECT_EQ(project.catalogue().run(1).status, RunStatus::kStopped);
}

TEST_F(TrainingSessionTest, ResumeContinuesToTheBit) {
  const Project once = newProject("once");
  train(once, tiny(12));
  const Project twice = newProject("twice");
  train(twice, tiny(5));
  resume(twice, further(1, 12))->wait();
  const RunInfo run = twice.catalogue().run(1);
  EXPECT_EQ(run.steps, 12);
  EXPECT_EQ(run.targetSteps, 12);
  EXPECT_EQ(run.status, RunStatus::kFinished);
  expectEqual(newestTensors(once, 1), newestTensors(twice, 1));

  const MetricSeries a = once.catalogue().metrics(1);
  const MetricSeries b = twice.catalogue().metrics(1);
  ASSERT_EQ(a.rows.size(), b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    EXPECT_EQ(a.rows[i].step, b.rows[i].step);
    for (std::size_t at = 0; at < a.names.size(); ++at) {
      // The objective is measured where a stretch ends as well, which changes nothing else.
      if (a.names[at] == "distance") continue;
      EXPECT_EQ(a.rows[i].values[at], b.rows[i].values[at]) << a.names[at] << " at step " << a.rows[i].step;
    }
  }
}

TEST_F(TrainingSessionTest, ResumeSeesTheSpritesTheRunBeganWith) {
  const Project once = newProject("once");
  train(once, tiny(9));
  const Project twice = newProject("twice");
  train(twice, tiny(4));
  {
    Catalogue catalogue = twice.catalogue();
    const std::vector<SpriteInfo> sprites = catalogue.sprites();
    catalogue.setExcluded(std::vector<SpriteId>{sprites[0].id, sprites[1].id}, true);
    catalogue.setBinned(std::vector<SpriteId>{sprites[2].id}, true);
    JobMonitor monitor;
    addStarterSet(twice, 3, 99, monitor);
  }
  resume(twice, further(1, 9))->wait();
  expectEqual(newestTensors(once, 1), newestTensors(twice, 1));
}

TEST_F(TrainingSessionTest, ResumeSaysWhenASpriteIsGoneForGood) {
  const Project project = newProject("a");
  train(project, tiny(3));
  Catalogue catalogue = project.catalogue();
  catalogue.removeForGood(std::vector<SpriteId>{catalogue.sprites().front().id});
  EXPECT_THROW(resume(project, further(1, 9)), Error);
  EXPECT_EQ(catalogue.run(1).status, RunStatus::kFinished);
  EXPECT_EQ(catalogue.metrics(1).rows.size(), 3U);
}

TEST_F(TrainingSessionTest, ResumeGoesWhereTheRunWasStartedFor) {
  const Project project = newProject("a");
  {
    const auto session = start(project, tiny(200));
    ASSERT_TRUE(m_witness.waitForStep(2));
    session->stop();
    session->wait();
  }
  ASSERT_LT(project.catalogue().run(1).steps, 200);
  EXPECT_EQ(resume(project, further(1))->wait().steps, 200);
}

TEST_F(TrainingSessionTest, ResumeRefusesWhatIsDoneAlready) {
  const Project project = newProject("a");
  train(project, tiny(4));
  EXPECT_THROW(resume(project, further(1)), Error);
  EXPECT_THROW(resume(project, further(1, 4)), Error);
  EXPECT_THROW(resume(project, further(1, 3)), Error);
  EXPECT_THROW(resume(project, further(2, 9)), Error);
  EXPECT_EQ(project.catalogue().run(1).status, RunStatus::kFinished);
}

TEST_F(TrainingSessionTest, ResumeDropsWhatWasRecordedAfterTheCheckpoint) {
  const Project project = newProject("a");
  train(project, tiny(4));
  Catalogue catalogue = project.catalogue();
  const std::vector<float> values(catalogue.metrics(1).names.size(), 1000.F);
  catalogue.addMetrics(1, std::vector<MetricRow>{{5, values}, {6, values}, {50, values}});
  resume(project, further(1, 7))->wait();
  const MetricSeries metrics = catalogue.metrics(1);
  ASSERT_EQ(metrics.rows.size(), 7U);
  for (const MetricRow& row : metrics.rows) EXPECT_NE(row.values, values) << "step " << row.step;
}

TEST_F(TrainingSessionTest, ARunWithoutACheckpointStartsAgain) {
  const Project once = newProject("once");
  train(once, tiny(6));
  const Project twice = newProject("twice");
  train(twice, tiny(3));
  fs::remove_all(twice.runFolder(twice.catalogue().run(1)) / "checkpoints");
  resume(twice, further(1, 6))->wait();
  expectEqual(newestTensors(once, 1), newestTensors(twice, 1));
}

TEST_F(TrainingSessionTest, MinutesEndARunWithoutATarget) {
  const Project project = newProject("a");
  TrainingRequest request = tiny(0);
  request.steps.reset();
  request.minutes = 0.01;
  train(project, request);
  const RunInfo run = project.catalogue().run(1);
  EXPECT_EQ(run.status, RunStatus::kFinished);
  EXPECT_EQ(run.targetSteps, 0);
  EXPECT_GT(run.steps, 0);
  EXPECT_THROW(resume(project, further(1)), Error) << "its time is over";
  EXPECT_EQ(resume(project, further(1, run.steps + 2))->wait().steps, run.steps + 2);
}

TEST_F(TrainingSessionTest, OneRunIsTrainedByOneSessionAtATime) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(1'000'000));
  ASSERT_TRUE(m_witness.waitForStep(1));
  EXPECT_THROW(resume(project, further(1)), Error);
  EXPECT_EQ(recoverRuns(project), 0) << "it is being trained";
  EXPECT_EQ(project.catalogue().run(1).status, RunStatus::kRunning);
  const auto other = start(project, tiny(2));  // another run may go on beside it
  EXPECT_EQ(other->wait().steps, 2);
  session->stop();
  session->wait();
}

TEST_F(TrainingSessionTest, ARunLeftRunningByADeadProgramIsRecognised) {
  const Project project = newProject("a");
  train(project, tiny(4));
  Catalogue catalogue = project.catalogue();
  RunInfo run = catalogue.run(1);
  run.status = RunStatus::kRunning;
  run.steps = 77;
  run.targetSteps = 100;
  catalogue.updateRun(run);
  EXPECT_EQ(recoverRuns(project), 1);
  EXPECT_EQ(catalogue.run(1).status, RunStatus::kStopped);
  EXPECT_EQ(catalogue.run(1).steps, 4);
  EXPECT_EQ(recoverRuns(project), 0);
}

TEST_F(TrainingSessionTest, ARunKilledAfterItsLastCheckpointHasFinished) {
  const Project project = newProject("a");
  train(project, tiny(4));
  Catalogue catalogue = project.catalogue();
  RunInfo run = catalogue.run(1);
  run.status = RunStatus::kRunning;
  run.steps = 3;
  catalogue.updateRun(run);
  EXPECT_EQ(recoverRuns(project), 1);
  EXPECT_EQ(catalogue.run(1).status, RunStatus::kFinished);
  EXPECT_EQ(catalogue.run(1).steps, 4);
}

TEST_F(TrainingSessionTest, WhatADeadProgramWasWritingIsDeleted) {
  const Project project = newProject("a");
  train(project, tiny(4));
  Catalogue catalogue = project.catalogue();
  RunInfo run = catalogue.run(1);
  const fs::path folder = project.runFolder(run);
  const std::vector<fs::path> unfinished{folder / "checkpoints" / ".step-00000008.safetensors.a1B2c3",
                                         folder / "samples" / ".step-00000008.png.a1B2c3"};
  for (const fs::path& file : unfinished) std::ofstream(file) << "half of it";
  recoverRuns(project);
  for (const fs::path& file : unfinished) EXPECT_TRUE(fs::exists(file)) << "it was not killed";
  run.status = RunStatus::kRunning;
  catalogue.updateRun(run);
  EXPECT_EQ(recoverRuns(project), 1);
  for (const fs::path& file : unfinished) EXPECT_FALSE(fs::exists(file));
  EXPECT_EQ(newestCheckpoint(project, run)->step, 4);
}

TEST_F(TrainingSessionTest, ALockThatAKilledProgramLeftEmptyHoldsNobodyUp) {
  const Project project = newProject("a");
  train(project, tiny(4));
  Catalogue catalogue = project.catalogue();
  RunInfo run = catalogue.run(1);
  run.status = RunStatus::kRunning;
  catalogue.updateRun(run);
  const fs::path lock = project.runFolder(run) / "training.lock";
  std::ofstream(lock).close();
  EXPECT_EQ(recoverRuns(project), 0) << "it may be being made right now";
  fs::last_write_time(lock, fs::file_time_type::clock::now() - std::chrono::minutes(1));
  EXPECT_EQ(recoverRuns(project), 1);
  EXPECT_EQ(resume(project, further(1, 6))->wait().steps, 6);
}

TEST_F(TrainingSessionTest, StartsFromTheWeightsOfAnotherRun) {
  const Project project = newProject("a");
  train(project, tiny(6));
  TrainingRequest request = tiny(1);
  request.fromRun = 1;
  request.seed = 77;
  request.settings["lr"] = 0;  // so that the one step changes nothing
  request.settings["ema"] = 0;
  const int run = train(project, request);
  const auto before = newestTensors(project, 1);
  const auto after = newestTensors(project, run);
  ASSERT_TRUE(before.contains("generator.picture.weight"));
  EXPECT_EQ(before.at("generator.picture.weight").bytes, after.at("generator.picture.weight").bytes);
  EXPECT_EQ(loadRunModel(project, project.catalogue().run(run))->step, 1);
}

TEST_F(TrainingSessionTest, SaysWhenItsRecordCouldNotBeKept) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(1'000'000));
  ASSERT_TRUE(m_witness.waitForStep(1));
  project.catalogue().removeRun(1);
  session->stop();
  EXPECT_THROW(session->wait(), Error);
  EXPECT_EQ(m_witness.finished, 0);
  EXPECT_EQ(m_witness.failed, 1);
}

TEST_F(TrainingSessionTest, KeepsTheNoteWrittenMeanwhile) {
  const Project project = newProject("a");
  const auto session = start(project, tiny(1'000'000));
  ASSERT_TRUE(m_witness.waitForStep(1));
  {
    Catalogue catalogue = project.catalogue();
    RunInfo run = catalogue.run(1);
    run.note = "the good one";
    catalogue.updateRun(run);
  }
  session->stop();
  session->wait();
  EXPECT_EQ(project.catalogue().run(1).note, "the good one");
}

TEST_F(TrainingSessionTest, FindsRunsByNumberAndLast) {
  const Project project = newProject("a");
  EXPECT_THROW(findRun(project.catalogue(), "last"), Error);
  train(project, tiny(1));
  train(project, tiny(2));
  const Catalogue catalogue = project.catalogue();
  EXPECT_EQ(findRun(catalogue, "last").number, 2);
  EXPECT_EQ(findRun(catalogue, "1").number, 1);
  for (const std::string word : {"3", "0", "-1", "1x", "", "newest", "starter"}) {
    EXPECT_THROW(findRun(catalogue, word), Error) << word;
  }
  try {
    findRun(catalogue, "9");
  } catch (const Error& error) {
    EXPECT_NE(error.hint().find("1, 2"), std::string::npos) << error.hint();
  }
}

}  // namespace
}  // namespace loom
