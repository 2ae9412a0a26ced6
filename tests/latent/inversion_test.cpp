#include "core/latent/inversion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/latent/sprite_generator.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyModel;

Sprite sample(const std::shared_ptr<const Model>& model, std::uint64_t seed, int view) {
  const Latent latent = sampleLatent(seed, 0, model->latentSize());
  return SpriteGenerator(model).generate(std::span(&latent, 1), std::span(&view, 1), {.crispAlpha = false}).front();
}

/// Mean absolute difference of two sprites on the scale [-1, 1], colours multiplied by alpha.
double apart(const Sprite& a, const Sprite& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    for (const int difference : {p.r * p.a - q.r * q.a, p.g * p.a - q.g * q.a, p.b * p.a - q.b * q.a}) {
      sum += std::abs(difference) / 255.;
    }
    sum += std::abs(p.a - q.a);
  }
  return sum / (4. * 255 / 2) / static_cast<double>(a.pixels().size());
}

Reconstruction find(const std::shared_ptr<const Model>& model, const Sprite& sprite, const InversionOptions& options) {
  JobMonitor monitor;
  return SpriteInverter(model).find(sprite, options, monitor);
}

TEST(SpriteInverter, FindsTheModelsOwnSamples) {
  const auto model = tinyModel({.withViews = false});
  double found = 0;
  double random = 0;
  constexpr int kCount = 4;
  for (int i = 0; i < kCount; ++i) {
    const Sprite sprite = sample(model, 100 + static_cast<std::uint64_t>(i), 0);
    const Reconstruction answer = find(model, sprite, {.shown = {.crispAlpha = false}, .steps = 200});
    EXPECT_NEAR(answer.l1, apart(sprite, answer.sprite), .01) << "the figure is that of the picture";
    found += answer.l1;
    random += apart(sprite, sample(model, 200 + static_cast<std::uint64_t>(i), 0));
  }
  EXPECT_LT(found, random / 10) << found / kCount << " against " << random / kCount << " between random samples";
}

TEST(SpriteInverter, FindsTheViewWhereItIsNotSaid) {
  const auto model = tinyModel();
  for (const int view : {0, 3}) {
    const Sprite sprite = sample(model, 7, view);
    EXPECT_EQ(find(model, sprite, {.steps = 60}).view, view);
    EXPECT_EQ(find(model, sprite, {.view = 1, .steps = 10}).view, 1) << "a view that is said stays";
  }
}

TEST(SpriteInverter, FindsTheSameForTheSameSeed) {
  const auto model = tinyModel({.withViews = false});
  const Sprite sprite = sample(model, 5, 0);
  const Reconstruction first = find(model, sprite, {.steps = 20, .seed = 3});
  const Reconstruction second = find(model, sprite, {.steps = 20, .seed = 3});
  EXPECT_EQ(first.latent, second.latent);
  EXPECT_EQ(first.sprite, second.sprite);
  EXPECT_NE(first.latent, find(model, sprite, {.steps = 20, .seed = 4}).latent);
}

TEST(SpriteInverter, LeavesTheWeightsAlone) {
  const auto model = tinyModel({.withViews = false});
  const Sprite before = sample(model, 9, 0);
  JobMonitor monitor;
  SpriteInverter inverter(model);
  const Latent first = inverter.find(before, {.steps = 10}, monitor).latent;
  inverter.find(sample(model, 10, 0), {.steps = 10}, monitor);
  EXPECT_EQ(inverter.find(before, {.steps = 10}, monitor).latent, first) << "nothing of another search is left";
}

TEST(SpriteInverter, ShowsWhatItHasFoundSoFarAndReportsItsSteps) {
  const auto model = tinyModel({.withViews = false});
  std::vector<int> steps;
  std::int64_t done = 0;
  JobMonitor monitor({}, [&](const Progress& progress) { done = std::max(done, progress.done); });
  monitor.begin("Looking for latents", 100);
  SpriteInverter(model).find(
      sample(model, 5, 0), {.steps = 40}, monitor,
      [&](const Sprite& sprite, int step) {
        EXPECT_EQ(sprite.width(), 16);
        steps.push_back(step);
      },
      60);
  EXPECT_EQ(steps, (std::vector<int>{10, 20, 30, 40}));
  EXPECT_EQ(done, 100);
}

TEST(SpriteInverter, StopsWhenAskedTo) {
  const auto model = tinyModel({.withViews = false});
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), {});
  int last = 0;
  const auto watch = [&](const Sprite&, int step) {
    last = step;
    stop.request_stop();
  };
  EXPECT_THROW(SpriteInverter(model).find(sample(model, 5, 0), {.steps = 1000}, monitor, watch), Cancelled);
  EXPECT_EQ(last, 10);
}

TEST(SpriteInverter, JudgesANoisySpriteByTheCleanOne) {
  const auto model = tinyModel({.withViews = false});
  const Sprite sprite = sample(model, 11, 0);
  const Reconstruction found = find(model, sprite, {.shown = {.noise = .5, .seed = 1, .crispAlpha = false}});
  EXPECT_GT(apart(sprite, found.shown), .1) << "it was shown noise";
  EXPECT_LT(found.l1, apart(sprite, found.shown) / 2) << "and saw through it";
}

TEST(SpriteInverter, RefusesWhatMakesNoSense) {
  const auto model = tinyModel();
  const Sprite sprite = sample(model, 1, 0);
  EXPECT_THROW(find(model, sprite, {.steps = 0}), Error);
  EXPECT_THROW(find(model, sprite, {.starts = 0}), Error);
  EXPECT_THROW(find(model, sprite, {.view = 4}), Error);
  EXPECT_THROW(find(model, sprite, {.rate = 0}), Error);
  EXPECT_THROW(find(model, Sprite(), {}), Error);
  EXPECT_THROW(SpriteInverter{nullptr}, Error);
}

}  // namespace
}  // namespace loom
