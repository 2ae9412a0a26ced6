#include "core/training/hero_recipe.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/dataset/sampler.h"
#include "core/training/character_store.h"
#include "core/training/checkpoint.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

const std::vector<std::string> kViews{"back", "left", "front", "right"};

Json settingsOf(const Json& changes = Json::object()) {
  Json settings = {{"size", 16}, {"features", 8}, {"latent", 6}, {"colours", 6}, {"batch", 6}, {"ema", .9}};
  settings.update(changes);
  return preset("hero").schema.complete(settings);
}

TrainerInput heroInput(const std::filesystem::path& folder, std::int64_t steps) {
  TrainerInput input = tinyInput("dcgan", folder, steps);
  input.preset = "hero";
  input.settings =
      settingsOf({{"batch", 5}, {"shift", 1}, {"evaluate_every", 4}, {"measure_every", 0}, {"preview_every", 10}});
  input.heldOut = tinySnapshot(3);
  return input;
}

class TinyHero {
 public:
  explicit TinyHero(const Json& changes = Json::object())
      : store(*m_data, kViews, at::kCPU),
        m_settings(settingsOf(changes)),
        m_sampler(store.size(), RandomStream(1)),
        recipe(m_settings, 4, {}, makeRandomSources(5, at::kCPU)) {
    at::set_num_threads(1);
    recipe.seeTypical(all());
  }
  std::vector<float> step() {
    return recipe.step([this] {
      std::vector<std::int64_t> indices(m_settings.at("batch").get<std::size_t>());
      m_sampler.next(indices);
      return store.batch(indices);
    });
  }
  Batch all() const {
    std::vector<std::int64_t> indices;
    for (std::int64_t index = 0; index < store.size(); ++index) indices.push_back(index);
    return store.batch(indices);
  }

 private:
  std::shared_ptr<const Snapshot> m_data = tinySnapshot(6);

 public:
  CharacterStore store;

 private:
  Json m_settings;
  Sampler m_sampler;

 public:
  HeroRecipe recipe;
};

TEST(HeroRecipe, LearnsItsCharactersColourAndPlace) {
  TinyHero tiny(Json::object({{"lr", 3e-3}, {"sharpen", 100}, {"warmup", 0}, {"kl", .01}}));
  const std::vector<std::string> names = HeroRecipe::metricNames();
  const auto accuracy = static_cast<std::size_t>(std::ranges::find(names, "accuracy") - names.begin());
  const float before = tiny.step().at(accuracy);
  std::vector<float> metrics;
  for (int step = 0; step < 250; ++step) metrics = tiny.step();
  EXPECT_GT(metrics.at(accuracy), .9F) << "of the pixels have their colour";
  EXPECT_GT(metrics.at(accuracy), before);
  EXPECT_LT(metrics[0], 1);
}

TEST(HeroRecipe, DrawsOpaqueOrTransparentPixelsAlone) {
  TinyHero tiny;
  for (int step = 0; step < 3; ++step) tiny.step();
  const at::Tensor pictures = tiny.recipe.draw(at::randn({8, 6}), at::arange(8, at::kLong).remainder(4));
  ASSERT_EQ(pictures.sizes(), at::IntArrayRef({8, 4, 16, 16}));
  EXPECT_TRUE(pictures.select(1, 3).abs().eq(1).all().item<bool>());
}

TEST(HeroRecipe, DrawsFromTheSpreadOfItsCharactersCodes) {
  TinyHero tiny(Json::object({{"ema", 0}}));
  for (int step = 0; step < 20; ++step) tiny.step();
  TensorFile file;
  tiny.recipe.saveModel(file);
  EXPECT_EQ(CodePrior::latentIn(file), 6);
}

TEST(HeroRecipe, StartsFromAnotherRunsWeights) {
  TinyHero trained, fresh(Json::object({{"ema", 0}}));
  for (int step = 0; step < 3; ++step) trained.step();
  TensorFile file;
  trained.recipe.saveModel(file);
  fresh.recipe.startFrom(file);
  const at::Tensor latents = at::randn({4, 6}), views = at::arange(4, at::kLong);
  EXPECT_TRUE(fresh.recipe.draw(latents, views).equal(trained.recipe.draw(latents, views)));
  EXPECT_THROW(fresh.recipe.startFrom({}), Error);
}

/// Whether all of the divergence counted in a step: loss, reconstruction, divergence.
bool inFull(const std::vector<float>& metrics) {
  constexpr float kPixels = 16 * 16, kViewCount = 4;
  return std::abs(metrics.at(0) * kPixels - metrics.at(1) * kPixels * kViewCount - .5F * metrics.at(2)) < .01F;
}

TensorFile weightsOf(TinyHero& trained, int steps) {
  for (int step = 0; step < steps; ++step) trained.step();
  TensorFile file;
  trained.recipe.saveModel(file);
  return file;
}

TEST(HeroRecipe, GoesOnSharplyFromWeightsThatKnowSuchCharacters) {
  TinyHero trained(Json::object({{"lr", 3e-3}, {"sharpen", 100}, {"warmup", 0}, {"kl", .01}}));
  EXPECT_FALSE(inFull(TinyHero().step())) << "from nothing, the divergence does not count at first";
  const TensorFile file = weightsOf(trained, 250);
  TinyHero sharp(Json::object({{"sharpen", 0}})), soft, again, interrupted;
  sharp.recipe.startFrom(file);
  soft.recipe.startFrom(file);
  interrupted.recipe.startFrom(file);
  TensorFile checkpoint, begun;
  interrupted.recipe.save(begun);
  again.recipe.load(begun);
  const std::vector<float> metrics = soft.step();
  EXPECT_EQ(metrics, sharp.step()) << "whatever it takes to become sharp from nothing";
  EXPECT_TRUE(inFull(metrics));
  EXPECT_TRUE(inFull(again.step())) << "also after an interruption before the first step";
  soft.recipe.save(checkpoint);
  again.recipe.load(checkpoint);
  EXPECT_TRUE(inFull(again.step())) << "or later";
}

TEST(HeroRecipe, BeginsSoftlyFromWeightsThatKnowNoSuchCharacters) {
  TinyHero strange;
  const TensorFile file = weightsOf(strange, 1);
  TinyHero soft;
  soft.recipe.startFrom(file);
  const std::vector<float> metrics = soft.step();
  EXPECT_FALSE(inFull(metrics));
  EXPECT_LT(metrics.at(1), 4) << "nats a pixel, at the width that training begins with";
}

TEST(HeroRun, StoppedAndContinuedEqualsOneGo) {
  const TemporaryFolder folder;
  train(heroInput(folder / "whole", 20));
  train(heroInput(folder / "parts", 10));
  TrainerInput rest = heroInput(folder / "parts", 20);
  rest.resumeFrom = checkpointFile(folder / "parts", 10);
  EXPECT_EQ(train(rest).steps, 20);
  EXPECT_EQ(differences(checkpointFile(folder / "whole", 20), checkpointFile(folder / "parts", 20)),
            std::vector<std::string>{});
}

TEST(HeroRun, NeedsColoursAndAlpha) {
  const TemporaryFolder folder;
  TrainerInput input = heroInput(folder / "run", 2);
  EXPECT_NO_THROW(checkTrainerInput(input));
  input.settings["channels"] = 3;
  EXPECT_THROW(checkTrainerInput(input), Error);
}

TEST(HeroRun, IsJudgedByHeldOutSpritesAndShowsEveryView) {
  const TemporaryFolder folder;
  Recorder recorder;
  const TrainingResult result = train(heroInput(folder / "run", 12), recorder);
  EXPECT_EQ(result.metricNames,
            (std::vector<std::string>{"loss", "loss_reconstruction", "loss_kl", "accuracy", "distance"}));
  ASSERT_TRUE(result.best.has_value());
  ASSERT_FALSE(recorder.previews.empty());
  EXPECT_EQ(recorder.previews.back().grid.width(), 8 * 16);
  const auto model = loadModel(result.checkpoint);
  EXPECT_EQ(model->network, "hero");
  EXPECT_EQ(model->views, kViews);
  EXPECT_EQ(model->latentSize(), 6);
  EXPECT_EQ(passSize("hero", *tinySnapshot(6)), 6) << "an epoch counts characters";
}

}  // namespace
}  // namespace loom
