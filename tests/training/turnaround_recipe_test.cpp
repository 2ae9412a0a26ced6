#include "core/training/turnaround_recipe.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/dataset/sampler.h"
#include "core/nets/state.h"
#include "core/training/character_store.h"
#include "core/training/checkpoint.h"
#include "core/training/pixels.h"
#include "core/training/seen_views.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

const std::vector<std::string> kViews{"back", "left", "front", "right"};

Json settingsOf(const Json& changes = Json::object()) {
  Json settings = {{"size", 16}, {"features", 8}, {"key_depth", 8}, {"batch", 4}, {"ema", .9}};
  settings.update(changes);
  return preset("turnaround").schema.complete(settings);
}

TrainerInput turnaroundInput(const std::filesystem::path& folder, std::int64_t steps) {
  TrainerInput input = tinyInput("dcgan", folder, steps);
  input.preset = "turnaround";
  input.settings = settingsOf({{"batch", 5}, {"shift", 1}, {"evaluate_every", 4}, {"preview_every", 10}});
  input.heldOut = tinySnapshot(3);
  return input;
}

class TinyTurnaround {
 public:
  explicit TinyTurnaround(const Json& changes = Json::object())
      : store(*m_data, kViews, at::kCPU),
        m_settings(settingsOf(changes)),
        m_sampler(store.size(), RandomStream(1)),
        recipe(preset("turnaround"), m_settings, 4, {}, makeRandomSources(5, at::kCPU)) {
    at::set_num_threads(1);
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
  TurnaroundRecipe recipe;
};

TEST(CharacterStore, HoldsEveryViewInTheColoursOfItsSprites) {
  const auto data = tinySnapshot(6);
  const CharacterStore store(*data, kViews, at::kCPU);
  ASSERT_EQ(store.size(), 6);
  const std::vector<std::int64_t> chosen{4, 1};
  const Batch batch = store.batch(chosen);
  const at::Tensor pictures = painted(batch.characters.indices, batch.characters.palettes);
  const PixelStore pixels(*data, true, {.channels = 4}, at::kCPU);
  for (std::int64_t n = 0; n < 2; ++n) {
    for (std::int64_t view = 0; view < 4; ++view) {
      const std::int64_t sprite = 4 * chosen[static_cast<std::size_t>(n)] + view;
      EXPECT_TRUE(at::allclose(pictures[n][view], pixels.batch({&sprite, 1}).pictures[0], 0, 1e-6));
    }
  }
  EXPECT_TRUE(batch.characters.present.equal(at::ones({2, 4})));
}

TEST(CharacterStore, ChangesAllViewsOfACharacterAlike) {
  const auto data = tinySnapshot(6);
  const CharacterStore store(*data, kViews, at::kCPU);
  const std::vector<std::int64_t> chosen{0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5};
  const at::Tensor before = [&] {
    const Batch batch = store.batch(chosen);
    return painted(batch.characters.indices, batch.characters.palettes);
  }();
  Augmenter augmenter({.mirror = true, .hue = .3}, kViews, RandomStream(3));
  const Batch batch = store.batch(chosen, augmenter);
  const at::Tensor after = painted(batch.characters.indices, batch.characters.palettes);
  const at::Tensor there = before.select(2, 3).gt(-1), thereNow = after.select(2, 3).gt(-1);
  int mirrored = 0, recoloured = 0;
  for (std::int64_t n = 0; n < std::ssize(chosen); ++n) {
    const bool same = thereNow[n].equal(there[n]);
    const at::Tensor turned = there[n].flip({-1}).index_select(0, at::tensor({0, 3, 2, 1}, at::kLong));
    EXPECT_NE(same, thereNow[n].equal(turned)) << "left is the mirrored right, or all is as it was";
    mirrored += same ? 0 : 1;
    const at::Tensor colours = batch.characters.palettes[n].narrow(0, 1, 1);
    recoloured += colours.allclose(store.batch(chosen).characters.palettes[n].narrow(0, 1, 1), 0, 1e-4) ? 0 : 1;
  }
  EXPECT_GT(mirrored, 0);
  EXPECT_LT(mirrored, 12);
  EXPECT_GT(recoloured, 8);
  EXPECT_TRUE(batch.characters.palettes.select(1, 0).eq(-1).all().item<bool>()) << "what is empty stays so";
}

TEST(CharacterStore, MovesInTransparentPixels) {
  const auto data = tinySnapshot(6);
  const CharacterStore store(*data, kViews, at::kCPU);
  const std::vector<std::int64_t> chosen{0, 1, 2};
  Augmenter still({.shift = 3}, kViews, RandomStream(3)), again({.shift = 3}, kViews, RandomStream(3));
  const Batch batch = store.batch(chosen, still);
  const Batch whole = store.batch(chosen);
  for (std::int64_t n = 0; n < 3; ++n) {
    const Augmentation change = again.next(0);
    const at::Tensor wanted = at::constant_pad_nd(
        whole.characters.indices[n], {change.dx, -change.dx, change.dy, -change.dy});  // a negative padding crops
    EXPECT_TRUE(batch.characters.indices[n].equal(wanted)) << change.dx << " " << change.dy;
  }
}

TEST(CharacterStore, NeverMirrorsWithoutTheOppositeView) {
  const auto data = tinySnapshot(6);
  const std::vector<std::string> views{"back", "left", "front"};
  const CharacterStore store(*data, views, at::kCPU);
  Augmenter augmenter({.mirror = true}, views, RandomStream(3));
  const std::vector<std::int64_t> chosen{0, 1, 2, 3, 4, 5};
  EXPECT_TRUE(store.batch(chosen, augmenter).characters.indices.equal(store.batch(chosen).characters.indices));
  EXPECT_EQ(CharacterStore(*data, {"front"}, at::kCPU).size(), 0);
}

TEST(SeenViews, HideAtLeastOneViewThatIsThereFromEachCharacter) {
  at::Generator random = at::detail::createCPUGenerator(2);
  at::Tensor present = at::ones({900, 5});
  present.narrow(0, 300, 300).select(1, 2).zero_();
  present.narrow(0, 600, 300).narrow(1, 0, 3).zero_();
  const at::Tensor seen = drawSeenViews(present, random);
  const at::Tensor shown = seen.sum(1);
  EXPECT_TRUE(seen.le(present).all().item<bool>()) << "only what is there is shown";
  EXPECT_TRUE(shown.ge(1).all().item<bool>());
  EXPECT_TRUE(shown.lt(present.sum(1)).all().item<bool>());
  EXPECT_NEAR(shown.narrow(0, 0, 300).eq(1).to(at::kFloat).mean().item<double>(), .6, .1);
  for (int count = 2; count <= 4; ++count) {
    EXPECT_GT(shown.narrow(0, 0, 300).eq(count).sum().item<int>(), 10) << count;
  }
  for (int view = 0; view < 5; ++view) EXPECT_GT((present - seen).select(1, view).sum().item<int>(), 30) << view;
}

TEST(SeenViews, TellSomePixelsOfHiddenViews) {
  at::Generator random = at::detail::createCPUGenerator(3);
  at::Tensor hidden = at::ones({600, 3});
  hidden.select(1, 1).zero_();
  const at::Tensor hints = drawHints(hidden, 24, random);
  EXPECT_EQ(hints.sizes(), at::IntArrayRef({600, 3, 24, 24}));
  EXPECT_EQ(hints.select(1, 1).sum().item<float>(), 0) << "what is seen or absent needs none";
  EXPECT_TRUE(hints.eq(0).logical_or(hints.eq(1)).all().item<bool>());
  const at::Tensor told = hints.sum({1, 2, 3});
  EXPECT_NEAR(told.gt(0).to(at::kFloat).mean().item<double>(), .28, .1) << "most characters have none";
  EXPECT_LT(hints.select(1, 0).sum({1, 2}).max().item<float>(), 24 * 24 / 4) << "never most of a view";
}

TEST(SeenViews, WhereOneIsShownTheyTakeTurns) {
  at::Tensor present = at::ones({6, 3});
  present[4][1] = 0;
  const at::Tensor seen = oneSeenView(present);
  EXPECT_TRUE(seen.sum(1).eq(1).all().item<bool>());
  EXPECT_TRUE(seen.argmax(1).equal(at::tensor({0, 1, 2, 0, 2, 2}, at::kLong))) << "the fifth lacks its turn's view";
}

TEST(TurnaroundRecipe, LearnsWhereTheOtherViewsAre) {
  TinyTurnaround tiny(Json::object({{"lr", 3e-3}}));
  const double before = *tiny.recipe.lossOn(tiny.all());
  std::vector<float> metrics;
  for (int step = 0; step < 120; ++step) metrics = tiny.step();
  const double after = *tiny.recipe.lossOn(tiny.all());
  EXPECT_LT(after, .05) << "a block of another view, in the colour that the seen one has";
  EXPECT_LT(after, before / 5);
  EXPECT_LT(metrics[0], .2F);
  EXPECT_GT(metrics[1], .9F) << TurnaroundRecipe::metricNames()[1];
}

TEST(TurnaroundRecipe, IsJudgedByTheHiddenViewsOfEachCharacter) {
  TinyTurnaround tiny;
  for (int step = 0; step < 3; ++step) tiny.step();
  const Batch all = tiny.all();
  const at::Tensor truth = painted(all.characters.indices, all.characters.palettes);
  const at::Tensor rows = tiny.recipe.turned(all).view({9, 6, 4, 16, 16});
  double sum = 0;
  for (std::int64_t n = 0; n < 6; ++n) {
    for (std::int64_t view = 0; view < 4; ++view) {
      if (view == n % 4) {
        EXPECT_TRUE(rows[0][n].allclose(truth[n][view], 0, 1e-6)) << "the view it is shown";
        EXPECT_TRUE(rows[1 + 2 * view][n].eq(-1).all().item<bool>());
        continue;
      }
      EXPECT_TRUE(rows[2 + 2 * view][n].equal(truth[n][view]));
      sum += (rows[1 + 2 * view][n] - truth[n][view]).abs().mean().item<double>();
    }
  }
  EXPECT_NEAR(*tiny.recipe.lossOn(all), sum / 18, 1e-6);
  EXPECT_THROW(tiny.recipe.draw({}, {}), Error);
}

TEST(TurnaroundRecipe, TakesAccumulatedBatchesForOne) {
  TinyTurnaround one(Json::object({{"lr", 1e-3}, {"accumulate", 3}})), other(Json::object({{"lr", 1e-3}}));
  TensorFile first, second;
  one.step();
  other.step();
  one.recipe.save(first);
  other.recipe.save(second);
  EXPECT_EQ(first.metadata.at("updates"), "1");
  EXPECT_NE(first.tensors.at("raw.turnaround.query.weight").bytes,
            second.tensors.at("raw.turnaround.query.weight").bytes);
}

TEST(TurnaroundRecipe, StartsFromAnotherRunsWeights) {
  TinyTurnaround trained, fresh(Json::object({{"ema", 0}}));
  for (int step = 0; step < 3; ++step) trained.step();
  TensorFile file;
  trained.recipe.saveModel(file);
  fresh.recipe.startFrom(file);
  EXPECT_DOUBLE_EQ(*fresh.recipe.lossOn(fresh.all()), *trained.recipe.lossOn(trained.all()));
  EXPECT_THROW(fresh.recipe.startFrom({}), Error);
}

TEST(TurnaroundRun, StoppedAndContinuedEqualsOneGo) {
  const TemporaryFolder folder;
  train(turnaroundInput(folder / "whole", 20));
  train(turnaroundInput(folder / "parts", 10));
  TrainerInput rest = turnaroundInput(folder / "parts", 20);
  rest.resumeFrom = checkpointFile(folder / "parts", 10);
  EXPECT_EQ(train(rest).steps, 20);
  EXPECT_EQ(differences(checkpointFile(folder / "whole", 20), checkpointFile(folder / "parts", 20)),
            std::vector<std::string>{});
}

TEST(TurnaroundRun, ShowsWhatItSeesMakesAndShould) {
  const TemporaryFolder folder;
  Recorder recorder;
  const TrainingResult result = train(turnaroundInput(folder / "run", 12), recorder);
  EXPECT_EQ(result.metricNames, (std::vector<std::string>{"loss", "accuracy", "held_out_l1"}));
  ASSERT_TRUE(result.best.has_value());
  EXPECT_EQ(result.best->objective, "held_out_l1");
  ASSERT_FALSE(recorder.previews.empty());
  const Preview& preview = recorder.previews.back();
  EXPECT_EQ(preview.columns, 8);
  EXPECT_EQ(preview.rows, 9);
  EXPECT_EQ(preview.grid.width(), 8 * 16);
  EXPECT_EQ(preview.grid.height(), 9 * 16);
  const auto held = tinySnapshot(3);  // its third character is seen from the front, its view number 2
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) EXPECT_EQ(preview.grid.at(2 * 16 + x, y), held->sprite(10).at(x, y));
  }
}

TEST(TurnaroundRun, GivesAModelOfItsOwnKind) {
  const TemporaryFolder folder;
  const auto model = loadModel(train(turnaroundInput(folder / "run", 2)).checkpoint);
  EXPECT_EQ(model->network, "turnaround");
  EXPECT_EQ(model->views, kViews);
  ASSERT_FALSE(model->weights.tensors.empty());
  for (const auto& [name, tensor] : model->weights.tensors) EXPECT_TRUE(name.starts_with("turnaround.")) << name;
  EXPECT_THROW(model->latentSize(), Error);
  EXPECT_THROW(model->channels(), Error);
}

TEST(TurnaroundRun, NeedsCharactersSeenFromSeveralSides) {
  const TemporaryFolder folder;
  TrainerInput input = turnaroundInput(folder / "run", 2);
  EXPECT_EQ(passSize("turnaround", *input.data), 6) << "an epoch counts characters";
  EXPECT_EQ(passSize("dcgan", *input.data), 24);
  input.data = tinySnapshot(1);
  EXPECT_THROW(checkTrainerInput(input), Error);
}

}  // namespace
}  // namespace loom
