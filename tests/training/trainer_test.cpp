#include "core/training/trainer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <future>
#include <thread>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/nets/state.h"
#include "core/project/view.h"
#include "core/training/checkpoint.h"
#include "core/training/preset.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

/// Trains with `atStep` called for each step with the trainer at hand.
TrainingResult trainWith(const TrainerInput& input, Recorder& recorder,
                         const std::function<void(Trainer&, std::int64_t)>& atStep) {
  std::promise<Trainer*> made;
  std::shared_future<Trainer*> trainer = made.get_future().share();
  recorder.atStep = [&atStep, trainer](std::int64_t step) { atStep(*trainer.get(), step); };
  Trainer running(input, recorder);
  made.set_value(&running);
  return running.wait();
}

std::size_t pngs(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) count += entry.path().extension() == ".png";
  return count;
}

TEST(Trainer, ReportsEverythingInOrder) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("dcgan", folder / "run", 3);
  input.settings["preview_every"] = 2;
  Recorder recorder;
  const TrainingResult result = train(input, recorder);
  EXPECT_EQ(recorder.calls, (std::vector<std::string>{"preparing", "running", "preview", "model", "health", "metrics",
                                                      "metrics", "preview", "model", "metrics", "stopping", "preview",
                                                      "model", "checkpoint", "ended", "finished"}));
  EXPECT_TRUE(result.reachedTarget);
  EXPECT_EQ(result.steps, 3);
  EXPECT_EQ(result.metricNames, metricNames("dcgan", input.settings));
  EXPECT_EQ(result.lastMetrics, recorder.rows.back().values);
  EXPECT_GT(result.spritesPerSecond, 0);
  EXPECT_EQ(result.checkpoint, checkpointFile(folder / "run", 3));
  for (std::int64_t step = 1; step <= 3; ++step) {
    const MetricRow& row = recorder.rows[static_cast<std::size_t>(step - 1)];
    EXPECT_EQ(row.step, step);
    ASSERT_EQ(row.values.size(), 6U);
    for (std::size_t at = 0; at < 5; ++at) EXPECT_TRUE(std::isfinite(row.values[at]));
    EXPECT_EQ(std::isfinite(row.values[5]), step == 3) << "the objective is measured at the end";
    for (const std::size_t probability : {2U, 3U, 4U}) {
      EXPECT_GT(row.values[probability], 0);
      EXPECT_LT(row.values[probability], 1);
    }
  }
  const TrainingProgress& last = recorder.progress.back();
  EXPECT_EQ(last.step, 3);
  EXPECT_EQ(last.targetSteps, 3);
  EXPECT_NEAR(last.epoch, 3 * 4 / 24.0, 1e-9);
}

TEST(Trainer, ShowsSixteenCharactersInAllViews) {
  const TemporaryFolder folder;
  Recorder recorder;
  const TrainerInput input = tinyInput("conditional-dcgan", folder / "run", 2);
  train(input, recorder);
  const Preview& preview = recorder.previews.back();
  EXPECT_EQ(preview.step, 2);
  EXPECT_EQ(preview.columns, 8);
  EXPECT_EQ(preview.rows, 2 * 4);
  EXPECT_EQ(preview.cell, 16);
  EXPECT_EQ(preview.grid.width(), 8 * 16);
  EXPECT_EQ(preview.grid.height(), 2 * 4 * 16);
  EXPECT_EQ(readImage(folder / "run" / "samples" / "step-00000002.png"), preview.grid);
  EXPECT_EQ(pngs(folder / "run" / "samples"), 2U);  // step 0 and the last
  EXPECT_EQ(recorder.rows.back().values.size(), metricNames("conditional-dcgan", input.settings).size());
}

TEST(Trainer, GivesAModelThatEqualsTheCheckpointsOne) {
  for (const double ema : {.9, 0.}) {
    const TemporaryFolder folder;
    TrainerInput input = tinyInput("conditional-dcgan", folder / "run", 2);
    input.settings["ema"] = ema;
    Recorder recorder;
    const TrainingResult result = train(input, recorder);
    const std::shared_ptr<const Model> loaded = loadModel(result.checkpoint);
    const Model& live = *recorder.models.back();
    EXPECT_EQ(loaded->preset, "conditional-dcgan");
    EXPECT_EQ(loaded->network, "conditional-dcgan");
    EXPECT_EQ(loaded->settings, input.settings);
    EXPECT_EQ(loaded->views, (std::vector<std::string>{"back", "left", "front", "right"}));
    EXPECT_EQ(loaded->step, 2);
    EXPECT_EQ(loaded->run, 3);
    ASSERT_EQ(loaded->weights.tensors.size(), live.weights.tensors.size());
    for (const auto& [name, tensor] : live.weights.tensors) {
      EXPECT_EQ(loaded->weights.tensors.at(name).bytes, tensor.bytes) << name;
    }
    const TensorFile all = loadTensorFile(result.checkpoint);
    EXPECT_EQ(all.tensors.contains("generator_raw.picture.weight"), ema > 0);
    if (ema > 0) {
      EXPECT_NE(all.tensors.at("generator_raw.picture.weight").bytes, all.tensors.at("generator.picture.weight").bytes);
    }
  }
}

TEST(Trainer, CallsTheOneViewOfAnUnconditionalModelAny) {
  const TemporaryFolder folder;
  Recorder recorder;
  train(tinyInput("dcgan", folder / "run", 1), recorder);
  EXPECT_EQ(recorder.models.back()->views, std::vector<std::string>{std::string(kAnyView)});
}

TEST(Trainer, StopsWithACheckpoint) {
  const TemporaryFolder folder;
  Recorder recorder;
  const TrainingResult result =
      trainWith(tinyInput("dcgan", folder / "run", 1'000'000), recorder, [](Trainer& trainer, std::int64_t step) {
        if (step == 5) trainer.stop();
      });
  EXPECT_FALSE(result.reachedTarget);
  EXPECT_EQ(result.steps, 5);
  EXPECT_EQ(recorder.checkpointSteps, std::vector<std::int64_t>{5});
  EXPECT_EQ(loadModel(result.checkpoint)->step, 5);
}

TEST(Trainer, WritesACheckpointWhenItIsDestroyed) {
  const TemporaryFolder folder;
  Recorder recorder;
  std::promise<void> started;
  recorder.atStep = [&, first = true](std::int64_t) mutable {
    if (std::exchange(first, false)) started.set_value();
  };
  {
    Trainer trainer(tinyInput("dcgan", folder / "run", 1'000'000), recorder);
    started.get_future().wait();
  }
  EXPECT_EQ(recorder.calls.back(), "finished");
  EXPECT_EQ(checkpoints(folder / "run").size(), 1U);
}

TEST(Trainer, StandsStillWhilePausedAndStillObeys) {
  const TemporaryFolder folder;
  Recorder recorder;
  std::promise<Trainer*> made;
  std::shared_future<Trainer*> trainerThere = made.get_future().share();
  std::promise<void> paused;
  recorder.atStep = [&](std::int64_t step) {
    if (step == 2) trainerThere.get()->pause();
  };
  Trainer trainer(tinyInput("dcgan", folder / "run", 4), recorder);
  made.set_value(&trainer);
  while (trainer.progress().state != TrainingState::kPaused) std::this_thread::yield();
  const TrainingProgress before = trainer.progress();
  EXPECT_EQ(before.step, 2);
  trainer.checkpoint();
  trainer.pause();  // twice: nothing changes
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(trainer.progress().step, 2);
  trainer.proceed();
  const TrainingResult result = trainer.wait();
  EXPECT_EQ(result.steps, 4);
  EXPECT_EQ(std::ranges::count(recorder.calls, "paused"), 1);
  EXPECT_TRUE(std::ranges::is_sorted(recorder.checkpointSteps));
}

TEST(Trainer, StopsWhilePaused) {
  const TemporaryFolder folder;
  Recorder recorder;
  const TrainingResult result =
      trainWith(tinyInput("dcgan", folder / "run", 9), recorder, [](Trainer& trainer, std::int64_t step) {
        if (step != 3) return;
        trainer.pause();
        std::thread([&trainer] {
          while (trainer.progress().state != TrainingState::kPaused) std::this_thread::yield();
          trainer.stop();
        }).detach();
      });
  EXPECT_EQ(result.steps, 3);
  EXPECT_EQ(loadModel(result.checkpoint)->step, 3);
}

TEST(Trainer, EndsAfterItsMinutes) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("dcgan", folder / "run", 0);
  input.minutes = .2 / 60;
  const TrainingResult result = train(input);
  EXPECT_TRUE(result.reachedTarget);
  EXPECT_GE(result.seconds, .2);
  EXPECT_GT(result.steps, 0);
}

TEST(Trainer, EndsAsFailedWhenTheNumbersBreakAndKeepsTheLastCheckpoint) {
  const TemporaryFolder folder;
  const std::filesystem::path good = train(tinyInput("dcgan", folder / "run", 3)).checkpoint;
  TrainerInput input = tinyInput("dcgan", folder / "run", 200);
  input.settings["lr"] = 1e30;
  input.settings["lr_critic"] = 1e30;
  input.resumeFrom = good;
  Recorder recorder;
  try {
    train(input, recorder);
    FAIL() << "it went on";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("no number"), std::string::npos) << error.what();
    EXPECT_EQ(error.file(), good);
  }
  EXPECT_EQ(recorder.calls.back(), "failed");
  EXPECT_EQ(recorder.healths.back().level, HealthLevel::kBad);
  EXPECT_EQ(recorder.progress.back().state, TrainingState::kEnded);
  EXPECT_EQ(std::ranges::count(recorder.calls, "finished"), 0);
  ASSERT_EQ(checkpoints(folder / "run").size(), 1U);
  EXPECT_EQ(loadModel(good)->step, 3);
}

TEST(Trainer, ReportsADiskThatCannotBeWritten) {
  const TemporaryFolder folder;
  std::ofstream(folder / "run") << "a file where the folder should be";
  Recorder recorder;
  EXPECT_THROW(train(tinyInput("dcgan", folder / "run", 3), recorder), Error);
  EXPECT_EQ(recorder.calls.back(), "failed");
}

TEST(Trainer, TrainsOnFewerSpritesThanABatchHolds) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("conditional-dcgan", folder / "run", 2);
  input.data = tinySnapshot(1);
  input.settings["batch"] = 16;
  EXPECT_EQ(train(input).steps, 2);
}

TEST(Trainer, StartsFromAnotherRunsWeightsAlsoWhenAlphaIsNew) {
  const TemporaryFolder folder;
  TrainerInput rgb = tinyInput("dcgan", folder / "rgb", 2);
  rgb.settings["channels"] = 3;
  const std::filesystem::path old = train(rgb).checkpoint;
  TrainerInput rgba = tinyInput("dcgan", folder / "rgba", 1);
  rgba.settings["channels"] = 4;
  rgba.settings["lr"] = 0;
  rgba.settings["lr_critic"] = 0;
  rgba.startFrom = old;
  const TensorFile from = loadTensorFile(old), to = loadTensorFile(train(rgba).checkpoint);
  const std::string inner = "generator.blocks.2.convolution.weight";
  EXPECT_EQ(to.tensors.at(inner).bytes, from.tensors.at(inner).bytes);
  EXPECT_EQ(to.tensors.at("generator.picture.weight").shape, (std::vector<std::int64_t>{4, 4, 4, 4}));
  TrainerInput wider = tinyInput("dcgan", folder / "wider", 1);
  wider.settings["features"] = 16;
  wider.settings["latent"] = 9;
  wider.startFrom = old;
  EXPECT_NO_THROW(train(wider).steps);
}

TEST(Trainer, ShowsAnAutoencodersReconstructionsAboveItsSamples) {
  const TemporaryFolder folder;
  Recorder recorder;
  TrainerInput input = tinyInput("cvae", folder / "run", 1);
  input.heldOut = tinySnapshot(4);
  train(input, recorder);
  const Preview& preview = recorder.previews.back();
  EXPECT_EQ(preview.columns, 8);
  EXPECT_EQ(preview.rows, 8);
  const Sprite first = cropped(preview.grid, {0, 0, 16, 16});
  EXPECT_EQ(first, input.heldOut->sprite(0));
  EXPECT_EQ(cropped(preview.grid, {16, 2 * 16, 16, 16}), input.heldOut->sprite(9));
  EXPECT_NE(cropped(preview.grid, {0, 16, 16, 16}), first);
}

TEST(Trainer, TakesEveryWeightOfARunWithoutAlphaIntoOneWithIt) {
  for (const char* preset : {"dcgan", "dcgan-wasserstein", "conditional-dcgan", "critic-gan-96"}) {
    const TemporaryFolder folder;
    const auto input = [&](int channels) {
      TrainerInput made = tinyInput(preset, folder / std::to_string(channels), 1);
      made.settings["channels"] = channels;
      made.settings["accumulate"] = 1;
      return made;
    };
    const std::filesystem::path old = train(input(3)).checkpoint;
    TrainerInput rgba = input(4);
    rgba.settings["lr"] = rgba.settings["lr_critic"] = 0;
    rgba.startFrom = old;
    const TensorFile from = loadTensorFile(old), to = loadTensorFile(train(rgba).checkpoint);
    int grown = 0;
    for (const auto& [name, raw] : from.tensors) {
      const bool network = name.starts_with("generator.") || name.starts_with("critic.");
      if (!network || !(name.ends_with("weight") || name.ends_with("bias"))) continue;
      at::Tensor now = toTensor(to.tensors.at(name));
      const at::Tensor before = toTensor(raw);
      grown += now.sizes() == before.sizes() ? 0 : 1;
      for (std::int64_t dimension = 0; dimension < before.dim(); ++dimension) {
        now = now.narrow(dimension, 0, before.size(dimension));
      }
      EXPECT_TRUE(now.equal(before)) << preset << " " << name;
    }
    EXPECT_GE(grown, 2) << preset << ": the generator's last layer and the critic's first";
  }
}

TEST(Trainer, RefusesWhatCannotBeTrainedBeforeItStarts) {
  const TemporaryFolder folder;
  Recorder recorder;
  const auto refuses = [&](const std::function<void(TrainerInput&)>& change) {
    TrainerInput input = tinyInput("dcgan", folder / "run", 2);
    change(input);
    EXPECT_THROW(checkTrainerInput(input), Error);
    EXPECT_THROW(Trainer(input, recorder), Error);
  };
  refuses([](TrainerInput& input) { input.preset = "gan"; });
  refuses([](TrainerInput& input) { input.settings["batch"] = 0; });
  refuses([](TrainerInput& input) { input.settings["colour"] = 0; });
  refuses([](TrainerInput& input) { input.settings.erase("batch"); });
  refuses([](TrainerInput& input) { input.settings["real_label_low"] = 1.5; });
  refuses([](TrainerInput& input) { input.settings["size"] = 32; });
  refuses([](TrainerInput& input) { input.data = nullptr; });
  refuses([](TrainerInput& input) { input.device = "tpu"; });
  refuses([](TrainerInput& input) { input.precision = "fp8"; });
  refuses([](TrainerInput& input) { input.targetSteps = 0; });
  refuses([](TrainerInput& input) { input.resumeFrom = input.startFrom = "x"; });
  EXPECT_TRUE(recorder.calls.empty());
  EXPECT_FALSE(std::filesystem::exists(folder / "run"));
}

TEST(Trainer, KeepsAsManyCheckpointsAsAskedFor) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("dcgan", folder / "run", 12);
  input.settings["keep_checkpoints"] = 3;
  Recorder recorder;
  trainWith(input, recorder, [](Trainer& trainer, std::int64_t) { trainer.checkpoint(); });
  EXPECT_EQ(recorder.checkpointSteps.size(), 12U);
  const std::vector<CheckpointInfo> kept = checkpoints(folder / "run");
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept.back().step, 12);
}

TEST(Environment, SaysWhatAutoBecame) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("dcgan", folder / "run", 1);
  input.device = input.precision = "auto";
  input.threads = 0;
  const Json environment = resolveEnvironment(input);
  EXPECT_TRUE(environment.at("device") == "cpu" || environment.at("device") == "cuda");
  EXPECT_TRUE(environment.at("precision") == "fp32" || environment.at("precision") == "bf16");
  EXPECT_GE(environment.at("threads").get<int>(), 1);
  EXPECT_FALSE(environment.at("torch").get<std::string>().empty());
  if (environment.at("device") == "cpu") {
    input.device = "cuda";
    EXPECT_THROW(resolveEnvironment(input), Error);
  }
}

TEST(Environment, TrainsInHalfPrecisionAndSaysSo) {
  const TemporaryFolder folder;
  TrainerInput input = tinyInput("conditional-dcgan", folder / "run", 2);
  input.precision = "bf16";
  Recorder recorder;
  const TrainingResult result = train(input, recorder);
  for (const float value : recorder.rows.back().values) EXPECT_TRUE(std::isfinite(value));
  const TensorFile file = loadTensorFile(result.checkpoint);
  EXPECT_EQ(file.metadata.at("precision"), "bf16");
  EXPECT_EQ(file.tensors.at("generator.picture.weight").type, "F32");
}

}  // namespace
}  // namespace loom
