#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <fstream>

#include "core/training/best_checkpoint.h"
#include "core/training/checkpoint.h"
#include "core/training/sliced_wasserstein.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

/// N pictures with a square of random place and shade.
at::Tensor squares(std::int64_t count, std::uint64_t seed, float shade = 1) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  at::Tensor pictures = -at::ones({count, 3, 32, 32});
  const at::Tensor places = at::randint(20, {count, 2}, random, at::kLong);
  const at::Tensor shades = at::rand({count}, random) * shade;
  for (std::int64_t index = 0; index < count; ++index) {
    pictures[index]
        .narrow(1, places[index][0].item<std::int64_t>(), 10)
        .narrow(2, places[index][1].item<std::int64_t>(), 10)
        .fill_(shades[index].item<float>());
  }
  return pictures;
}

TEST(SlicedWasserstein, IsNothingForTheSameSetAndLittleForOneOfTheSameKind) {
  const at::Tensor real = squares(64, 1);
  const SlicedWasserstein distance(real, 5);
  EXPECT_EQ(distance.distanceTo(real), 0);
  const double alike = distance.distanceTo(squares(64, 2));
  EXPECT_GT(alike, 0);
  EXPECT_GT(distance.distanceTo(squares(64, 2, -1)), 1.5 * alike) << "other colours";
  EXPECT_EQ(SlicedWasserstein(real, 5).distanceTo(squares(64, 2)), alike) << "the same seed, the same number";
}

TEST(SlicedWasserstein, SeesBlurNoiseAndRepetition) {
  const at::Tensor real = squares(64, 1), other = squares(64, 2);
  const SlicedWasserstein distance(real, 5);
  const double alike = distance.distanceTo(other);
  at::Generator random = at::detail::createCPUGenerator(3);
  EXPECT_GT(distance.distanceTo(at::avg_pool2d(other, 5, 1, 2)), 1.3 * alike);
  EXPECT_GT(distance.distanceTo(other + at::randn(other.sizes(), random) * .2), 1.3 * alike);
  EXPECT_GT(distance.distanceTo(other.narrow(0, 0, 1).expand_as(other)), 1.3 * alike);
  double before = alike;
  for (const double noise : {.1, .2, .4}) {
    const double now = distance.distanceTo(other + at::randn(other.sizes(), random) * noise);
    EXPECT_GT(now, before) << noise;
    before = now;
  }
}

TEST(SlicedWasserstein, TellsItsScalesApart) {
  const at::Tensor real = squares(64, 1), other = squares(64, 2);
  const SlicedWasserstein distance(real, 5);
  for (const auto& level : distance.distancesTo(real)) EXPECT_EQ(level.distance, 0) << level.side;
  const auto plain = distance.distancesTo(other);
  ASSERT_EQ(plain.size(), 2U);
  EXPECT_EQ(plain[0].side, 32);
  EXPECT_EQ(plain[1].side, 16);
  EXPECT_DOUBLE_EQ(distance.distanceTo(other), (plain[0].distance + plain[1].distance) / 2);
  at::Generator random = at::detail::createCPUGenerator(3);
  const at::Tensor dots = at::randn(other.sizes(), random) * .2;
  const auto noisy =
      distance.distancesTo(other + dots - at::avg_pool2d(dots, 2).repeat_interleave(2, 2).repeat_interleave(2, 3));
  EXPECT_GT(noisy[0].distance, 1.3 * plain[0].distance) << "noise of single pixels is seen on the fine scale";
  EXPECT_NEAR(noisy[1].distance, plain[1].distance, .05 * plain[1].distance) << "and on no other";
}

std::shared_ptr<const Model> modelAt(std::int64_t step) {
  auto model = std::make_shared<Model>();
  model->preset = model->network = "dcgan";
  model->settings = {{"size", 16}, {"latent", 4}, {"channels", 4}};
  model->views = {"any"};
  model->step = step;
  model->weights.tensors["generator.x"] = {.type = "F32", .shape = {1}, .bytes = std::vector<std::byte>(4)};
  return model;
}

TEST(BestKeeper, KeepsTheLowestAndWritesItWhenAskedTo) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "checkpoints");
  const std::filesystem::path run = (folder / "checkpoints").parent_path();
  BestKeeper keeper(run, "distance");
  EXPECT_FALSE(bestCheckpoint(run));
  EXPECT_TRUE(keeper.isBetter(5));
  EXPECT_FALSE(keeper.isBetter(std::nan("")));
  keeper.take(.5, modelAt(10));
  EXPECT_FALSE(bestCheckpoint(run)) << "it waits for the run's checkpoint";
  keeper.flush();
  ASSERT_TRUE(bestCheckpoint(run));
  EXPECT_EQ(bestCheckpoint(run)->step, 10);
  EXPECT_FALSE(keeper.isBetter(.5));
  EXPECT_TRUE(keeper.isBetter(.4));
  EXPECT_EQ(loadModel(bestCheckpoint(run)->file)->step, 10);
  EXPECT_TRUE(checkpoints(run).empty()) << "no run continues from it";
  const BestKeeper again(run, "distance");
  EXPECT_EQ(again.best()->value, .5);
  EXPECT_EQ(again.best()->step, 10);
  EXPECT_FALSE(BestKeeper(run, "held_out_loss").best()) << "another measure";
  std::ofstream(bestCheckpoint(run)->file) << "damaged";
  EXPECT_FALSE(bestCheckpoint(run));
  EXPECT_TRUE(BestKeeper(run, "distance").isBetter(100));
}

TEST(BestCheckpoint, IsTheLowestOfARunAndOutlivesThinning) {
  const TemporaryFolder folder;
  for (const char* preset : {"dcgan", "cvae"}) {
    TrainerInput input = tinyInput(preset, folder / preset, 30);
    input.settings["evaluate_every"] = 5;
    input.settings["keep_checkpoints"] = 1;
    input.heldOut = tinySnapshot(2);
    Recorder recorder;
    const TrainingResult result = train(input, recorder);
    double lowest = 1e9;
    std::int64_t at = 0;
    for (const MetricRow& row : recorder.rows) {
      EXPECT_EQ(std::isfinite(row.values.back()), row.step % 5 == 0);
      if (row.step % 5 == 0 && row.values.back() < lowest) {
        lowest = row.values.back();
        at = row.step;
      }
    }
    ASSERT_TRUE(result.best) << preset;
    EXPECT_EQ(result.best->step, at);
    EXPECT_NEAR(result.best->value, lowest, 1e-5);
    ASSERT_TRUE(bestCheckpoint(folder / preset));
    EXPECT_EQ(bestCheckpoint(folder / preset)->step, at);
    const std::shared_ptr<const Model> model = loadModel(bestCheckpoint(folder / preset)->file);
    EXPECT_EQ(model->step, at);
    EXPECT_EQ(model->preset, preset);
    EXPECT_EQ(checkpoints(folder / preset).size(), 1U);
  }
}

}  // namespace
}  // namespace loom
