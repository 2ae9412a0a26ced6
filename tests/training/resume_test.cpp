#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "core/base/error.h"
#include "core/training/checkpoint.h"
#include "tests/training/tiny_run.h"

extern char** environ;

namespace loom {
namespace {

constexpr const char* kChildFolder = "SPRITELOOM_TEST_RUN_FOLDER";

class ExactResume : public testing::TestWithParam<const char*> {};

/// Settings under which every source of randomness is in use.
TrainerInput everythingRandom(const std::string& preset, const std::filesystem::path& folder, std::int64_t steps) {
  TrainerInput input = tinyInput(preset, folder, steps);
  input.settings["shift"] = 2;
  input.settings["palette_swap"] = .5;
  input.settings["evaluate_every"] = 4;
  input.settings["schedule"] = "cosine";
  input.settings["schedule_epochs"] = 5;
  input.settings["warmup"] = 6;
  input.settings["gradient_clip"] = 1;
  if (input.settings.contains("accumulate")) input.settings["accumulate"] = preset == "critic-gan-96" ? 2 : 1;
  input.heldOut = tinySnapshot(2);
  input.settings["mirror"] = true;
  input.settings["jitter_hue"] = .1;
  input.settings["jitter_contrast"] = .3;
  input.settings["batch"] = 5;  // 24 sprites: epochs end within batches
  return input;
}

TEST_P(ExactResume, StoppedAndContinuedEqualsOneGo) {
  const TemporaryFolder folder;
  train(everythingRandom(GetParam(), folder / "whole", 40));
  train(everythingRandom(GetParam(), folder / "parts", 20));
  TrainerInput rest = everythingRandom(GetParam(), folder / "parts", 40);
  rest.resumeFrom = checkpointFile(folder / "parts", 20);
  Recorder recorder;
  const TrainingResult result = train(rest, recorder);
  EXPECT_EQ(result.steps, 40);
  EXPECT_EQ(recorder.rows.front().step, 21);
  EXPECT_EQ(differences(checkpointFile(folder / "whole", 40), checkpointFile(folder / "parts", 40)),
            std::vector<std::string>{});
  ASSERT_TRUE(bestCheckpoint(folder / "whole"));
  EXPECT_EQ(differences(bestCheckpoint(folder / "whole")->file, bestCheckpoint(folder / "parts")->file),
            std::vector<std::string>{});
}

TEST_P(ExactResume, PausesCheckpointsAndPreviewsChangeNothing) {
  const TemporaryFolder folder;
  train(everythingRandom(GetParam(), folder / "plain", 16));
  TrainerInput disturbed = everythingRandom(GetParam(), folder / "disturbed", 16);
  disturbed.settings["preview_every"] = 3;
  Recorder recorder;
  std::unique_ptr<Trainer> trainer;
  std::atomic<bool> ready = false;
  recorder.atStep = [&](std::int64_t step) {
    while (!ready) std::this_thread::yield();
    if (step == 4 || step == 11) trainer->checkpoint();
    if (step == 6) trainer->pause();
    if (step == 6) trainer->proceed();
  };
  trainer = std::make_unique<Trainer>(disturbed, recorder);
  ready = true;
  trainer->wait();
  EXPECT_EQ(recorder.checkpointSteps, (std::vector<std::int64_t>{4, 6, 11, 16}));
  EXPECT_EQ(differences(checkpointFile(folder / "plain", 16), checkpointFile(folder / "disturbed", 16)),
            std::vector<std::string>{"settings"});  // preview_every
}

TEST_P(ExactResume, ContinuesFromAnOlderCheckpointToo) {
  const TemporaryFolder folder;
  TrainerInput input = everythingRandom(GetParam(), folder / "run", 12);
  Recorder recorder;
  std::unique_ptr<Trainer> trainer;
  std::atomic<bool> ready = false;
  recorder.atStep = [&](std::int64_t step) {
    while (!ready) std::this_thread::yield();
    if (step == 5) trainer->checkpoint();
  };
  trainer = std::make_unique<Trainer>(input, recorder);
  ready = true;
  trainer->wait();
  std::filesystem::rename(checkpointFile(folder / "run", 12), folder / "first.safetensors");
  input.resumeFrom = checkpointFile(folder / "run", 5);
  train(input);
  EXPECT_EQ(differences(folder / "first.safetensors", checkpointFile(folder / "run", 12)), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Presets, ExactResume,
                         testing::Values("dcgan", "dcgan-wasserstein", "conditional-dcgan", "autoencoder",
                                         "autoencoder-gan", "critic-gan-96", "cvae", "dcgan-80"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(ExactResume, HoldsWithBatchesAddedUpAndWithoutAveraging) {
  const TemporaryFolder folder;
  const auto input = [&](const char* name, std::int64_t steps) {
    TrainerInput made = everythingRandom("conditional-dcgan", folder / name, steps);
    made.settings["accumulate"] = 3;
    made.settings["ema"] = 0;
    made.settings["channels"] = 3;
    return made;
  };
  train(input("whole", 8));
  train(input("parts", 3));
  TrainerInput rest = input("parts", 8);
  rest.resumeFrom = checkpointFile(folder / "parts", 3);
  train(rest);
  EXPECT_EQ(differences(checkpointFile(folder / "whole", 8), checkpointFile(folder / "parts", 8)),
            std::vector<std::string>{});
}

/// Not a test of its own: what ResumeAfterKill starts as another process.
TEST(ResumeAfterKillChild, TrainsUntilKilled) {
  const char* folder = std::getenv(kChildFolder);
  if (folder == nullptr) GTEST_SKIP() << "run by ResumeAfterKill.ContinuesToTheBit";
  Recorder recorder;
  std::unique_ptr<Trainer> trainer;
  std::atomic<bool> ready = false;
  recorder.atStep = [&](std::int64_t step) {
    while (!ready) std::this_thread::yield();
    if (step % 4 == 0) trainer->checkpoint();
  };
  trainer = std::make_unique<Trainer>(everythingRandom("conditional-dcgan", folder, 1'000'000), recorder);
  ready = true;
  trainer->wait();
}

TEST(ResumeAfterKill, ContinuesToTheBit) {
  const TemporaryFolder folder;
  const std::filesystem::path run = folder / "killed";
  ASSERT_EQ(::setenv(kChildFolder, run.c_str(), 1), 0);
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  std::string filter = "--gtest_filter=ResumeAfterKillChild.*";
  char* arguments[] = {const_cast<char*>(program.c_str()), filter.data(), nullptr};
  pid_t child = 0;
  ASSERT_EQ(::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ), 0);
  ::unsetenv(kChildFolder);
  while (checkpoints(run).size() < 2 && ::waitpid(child, nullptr, WNOHANG) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  const std::vector<CheckpointInfo> left = checkpoints(run);
  ASSERT_GE(left.size(), 2U);
  const std::int64_t target = left.back().step + 5;
  TrainerInput rest = everythingRandom("conditional-dcgan", run, target);
  rest.resumeFrom = left.back().file;
  train(rest);
  train(everythingRandom("conditional-dcgan", folder / "whole", target));
  EXPECT_EQ(differences(checkpointFile(folder / "whole", target), checkpointFile(run, target)),
            std::vector<std::string>{});
}

TEST(Resume, GoesOnToANewTotalAndAddsUpTheTime) {
  const TemporaryFolder folder;
  const TrainingResult first = train(tinyInput("dcgan", folder / "run", 3));
  TrainerInput more = tinyInput("dcgan", folder / "run", 5);
  more.resumeFrom = first.checkpoint;
  const TrainingResult second = train(more);
  EXPECT_TRUE(second.reachedTarget);
  EXPECT_EQ(second.steps, 5);
  EXPECT_GT(second.seconds, first.seconds);
}

TEST(Resume, EndsAtOnceWhereTheTotalIsAlreadyReached) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("dcgan", folder / "run", 3);
  input.resumeFrom = train(input).checkpoint;
  Recorder recorder;
  const TrainingResult result = train(input, recorder);
  EXPECT_TRUE(result.reachedTarget);
  EXPECT_EQ(result.steps, 3);
  EXPECT_EQ(result.checkpoint, *input.resumeFrom);
  EXPECT_TRUE(recorder.rows.empty());
  EXPECT_FALSE(recorder.models.empty());  // the window shows something all the same
}

TEST(Resume, RefusesAnotherRunsOrADamagedCheckpoint) {
  const TemporaryFolder folder;
  const std::filesystem::path good = train(tinyInput("dcgan", folder / "run", 2)).checkpoint;
  TrainerInput other = tinyInput("conditional-dcgan", folder / "other", 4);
  other.resumeFrom = good;
  EXPECT_THROW(train(other), Error);
  TrainerInput wider = tinyInput("dcgan", folder / "other", 4);
  wider.settings["features"] = 8;
  wider.resumeFrom = good;
  EXPECT_THROW(train(wider), Error);
  TrainerInput fewer = tinyInput("dcgan", folder / "other", 4);
  fewer.data = tinySnapshot(5);
  fewer.resumeFrom = good;
  EXPECT_THROW(train(fewer), Error);
  TrainerInput cut = tinyInput("dcgan", folder / "run", 4);
  cut.resumeFrom = good;
  std::filesystem::resize_file(good, std::filesystem::file_size(good) - 1);
  EXPECT_THROW(train(cut), Error);
  TensorFile lacking = loadTensorFile(train(tinyInput("dcgan", folder / "third", 2)).checkpoint);
  lacking.tensors.erase("random.host");
  saveTensorFile(good, lacking);
  EXPECT_THROW(train(cut), Error);
}

}  // namespace
}  // namespace loom
