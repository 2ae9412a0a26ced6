#include "core/studio/run_storage.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "core/training/checkpoint.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class RunStorageTest : public testing::Test {
 protected:
  RunInfo makeRun() {
    RunInfo run = m_project.catalogue().createRun("dcgan", Json::object(), 100, Json::object());
    fs::create_directories(m_project.runFolder(run) / "checkpoints");
    fs::create_directories(m_project.runFolder(run) / "samples");
    return run;
  }
  void write(const RunInfo& run, const char* name, std::size_t bytes) {
    std::ofstream(m_project.runFolder(run) / name) << std::string(bytes, 'x');
  }
  /// Whole as far as anybody can tell without reading its weights.
  void checkpoint(const RunInfo& run, std::int64_t step) {
    Model model;
    model.preset = model.network = "dcgan";
    model.settings = {{"size", 16}, {"latent", 4}, {"channels", 4}};
    model.views = {"any"};
    model.step = step;
    TensorFile file;
    describeModel(model, file.metadata);
    saveTensorFile(checkpointFile(m_project.runFolder(run), step), file);
  }
  std::vector<std::int64_t> steps(const RunInfo& run) {
    std::vector<std::int64_t> list;
    for (const CheckpointInfo& one : checkpoints(m_project.runFolder(run))) list.push_back(one.step);
    return list;
  }
  using Steps = std::vector<std::int64_t>;

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "disk.loom");
};

TEST_F(RunStorageTest, CountsTheBytesOfEachKind) {
  const RunInfo run = makeRun();
  write(run, "checkpoints/step-00000001.safetensors", 1000);
  write(run, "checkpoints/.step-00000002.part", 30);
  write(run, "samples/step-00000001.png", 200);
  write(run, "samples/step-00000002.png", 50);
  write(run, "log.txt", 7);
  const RunStorage storage = runStorage(m_project, run);
  EXPECT_EQ(storage.checkpoints, 1030);
  EXPECT_EQ(storage.checkpointFiles, 2);
  EXPECT_EQ(storage.samples, 250);
  EXPECT_EQ(storage.sampleFiles, 2);
  EXPECT_EQ(storage.other, 7);
  EXPECT_EQ(storage.total(), 1287);
}

TEST_F(RunStorageTest, AFolderThatIsGoneTakesNothing) {
  const RunInfo run = makeRun();
  fs::remove_all(m_project.runFolder(run));
  EXPECT_EQ(runStorage(m_project, run).total(), 0);
  EXPECT_TRUE(removeOldCheckpoints(m_project, run, 1, true).checkpoints.empty());
}

TEST_F(RunStorageTest, WhatLiesBehindALinkIsNotOfTheRun) {
  const RunInfo run = makeRun();
  std::ofstream(m_folder / "film.mp4") << std::string(5000, 'x');
  fs::create_symlink(m_folder / "film.mp4", m_project.runFolder(run) / "samples" / "film.mp4");
  EXPECT_EQ(runStorage(m_project, run).total(), 0);
}

TEST_F(RunStorageTest, OldCheckpointsGoAndTheNewestAndTheBestStay) {
  RunInfo run = makeRun();
  for (const std::int64_t step : {10, 20, 30, 40, 50}) checkpoint(run, step);
  run.best = BestValue{"distance", .1, 21};
  const CheckpointCleanUp plan = oldCheckpoints(m_project, run, 2, true);
  EXPECT_EQ(steps(run), (Steps{10, 20, 30, 40, 50})) << "a plan deletes nothing";
  const CheckpointCleanUp removed = removeOldCheckpoints(m_project, run, 2, true);
  EXPECT_EQ(steps(run), (Steps{20, 40, 50}));
  ASSERT_EQ(removed.checkpoints.size(), 2U);
  EXPECT_EQ(removed.checkpoints.front().step, 10);
  EXPECT_GT(removed.bytes, 0);
  EXPECT_EQ(removed.bytes, plan.bytes);
  removeOldCheckpoints(m_project, run, 2, false);
  EXPECT_EQ(steps(run), (Steps{40, 50}));
}

TEST_F(RunStorageTest, TheNewestWholeCheckpointAlwaysStays) {
  const RunInfo run = makeRun();
  checkpoint(run, 10);
  checkpoint(run, 20);
  write(run, "checkpoints/step-00000030.safetensors", 12);  // cut off by a crash
  removeOldCheckpoints(m_project, run, 0, false);
  EXPECT_EQ(steps(run), Steps{20});
}

TEST_F(RunStorageTest, ARunInTrainingIsLeftAlone) {
  const RunInfo run = makeRun();
  checkpoint(run, 10);
  checkpoint(run, 20);
  const RunLock training(m_project.runFolder(run), run.number);
  EXPECT_THROW(removeOldCheckpoints(m_project, run, 1, false), Error);
  EXPECT_EQ(steps(run), (Steps{10, 20}));
}

}  // namespace
}  // namespace loom
