#include "core/evaluate/evaluation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "tests/evaluate/small_sprites.h"

namespace loom {
namespace {

using test::smallSprites;

constexpr int kSide = 16;
constexpr int kCharacters = 12;

EvaluationSets setsWith(SpriteSet made) {
  return {.side = kSide,
          .training = smallSprites(0, 2 * kCharacters, kSide),
          .heldOut = smallSprites(100, kCharacters, kSide),
          .made = std::move(made)};
}

Evaluation measured(SpriteSet made) {
  JobMonitor monitor;
  return evaluate(setsWith(std::move(made)), 3, monitor);
}

const Measure& named(const Evaluation& evaluation, const std::string& name) {
  const auto found = std::ranges::find(evaluation.measures, name, &Measure::name);
  if (found == evaluation.measures.end()) throw Error("no measure " + name);
  return *found;
}

SpriteSet noise() {
  RandomStream random(8);
  SpriteSet set = smallSprites(100, kCharacters, kSide);
  for (Sprite& sprite : set.sprites) {
    for (Rgba& pixel : sprite.pixels()) {
      const auto level = [&random] { return static_cast<std::uint8_t>(random.below(256)); };
      pixel = {level(), level(), level(), level()};
    }
  }
  return set;
}

TEST(Evaluation, NoiseIsWorseThanFloorAndBaselineByEveryMeasure) {
  const Evaluation evaluation = measured(noise());
  for (const char* name : {"kid_own", "kid_fixed", "mmd_own", "mmd_fixed", "swd_16"}) {
    const Measure& measure = named(evaluation, name);
    EXPECT_GT(measure.value, 2 * std::abs(measure.floor)) << name;
    EXPECT_GT(measure.value, measure.baseline) << name;
  }
  for (const char* name : {"precision_own", "recall_fixed", "coverage_own", "coverage_fixed"}) {
    EXPECT_LT(named(evaluation, name).value, named(evaluation, name).floor) << name;
  }
  for (const char* name : {"colours", "orphans", "partial_alpha", "off_palette"}) {
    EXPECT_GT(named(evaluation, name).value, 1.5 * named(evaluation, name).floor) << name;
  }
  for (const char* name : {"silhouette_overlap", "mirror_consistency"}) {
    EXPECT_LT(named(evaluation, name).value, named(evaluation, name).floor) << name;
  }
  EXPECT_EQ(named(evaluation, "copies").value, 0);
  EXPECT_GT(named(evaluation, "views_right").floor, .8);
  EXPECT_LT(named(evaluation, "views_right").value, .6);
}

TEST(Evaluation, ACopyIsFoundAndShownBesideWhatItWasCopiedFrom) {
  SpriteSet made = smallSprites(200, kCharacters, kSide);
  const SpriteSet training = smallSprites(0, 2 * kCharacters, kSide);
  made.sprites[5] = training.sprites[42];
  const Evaluation evaluation = measured(made);
  ASSERT_EQ(evaluation.nearest.size(), made.size());
  EXPECT_EQ(evaluation.nearest.front().made, 5U);
  EXPECT_EQ(training.sprites[evaluation.nearest.front().nearest], training.sprites[42]);
  EXPECT_EQ(evaluation.nearest.front().difference, 0);
  EXPECT_GE(named(evaluation, "copies").value, 1. / static_cast<double>(made.size()));
  EXPECT_EQ(named(evaluation, "copies").baseline, 1) << "the baseline only copies";
  EXPECT_EQ(named(evaluation, "nearest_ratio").baseline, 0);
  EXPECT_NEAR(named(evaluation, "nearer_than_held_out").floor, .5, 1e-9);
  EXPECT_GT(named(evaluation, "nearer_than_held_out").baseline, .9);
}

TEST(Evaluation, SpritesOfTheSameKindAreAsGoodAsTheFloor) {
  const Evaluation evaluation = measured(smallSprites(200, kCharacters, kSide));
  const Measure& kid = named(evaluation, "kid_own");
  ASSERT_TRUE(kid.confidence);
  EXPECT_LE(std::abs(kid.value - kid.floor), 2 * *kid.confidence);
  EXPECT_NEAR(named(evaluation, "nearer_than_held_out").value, .5, .25);
  EXPECT_EQ(named(evaluation, "partial_alpha").value, 0);
}

TEST(Evaluation, GivesTheSameFiguresForTheSameSetsAndSaysWhatTheyAre) {
  const SpriteSet made = smallSprites(200, kCharacters, kSide);
  const Evaluation first = measured(made), again = measured(made);
  ASSERT_EQ(first.measures.size(), again.measures.size());
  for (std::size_t i = 0; i < first.measures.size(); ++i) {
    const Measure& measure = first.measures[i];
    EXPECT_EQ(measureAsJson(measure), measureAsJson(again.measures[i])) << measure.name;
    EXPECT_TRUE(std::isfinite(measure.value) && std::isfinite(measure.floor) && std::isfinite(measure.baseline));
    EXPECT_FALSE(measure.title.empty() || measure.explanation.empty());
    EXPECT_EQ(std::ranges::count(first.measures, measure.name, &Measure::name), 1) << measure.name;
    const bool alone = measure.name.starts_with("swd_") || measure.name.starts_with("mmd_");
    EXPECT_EQ(measureAsJson(measure).at("confidence").is_null(), alone) << measure.name;
    EXPECT_EQ(measureAsJson(measureFromJson(measureAsJson(measure))), measureAsJson(measure));
  }
}

TEST(Evaluation, LeavesOutWhatNeedsTwoViews) {
  EvaluationSets sets = setsWith(smallSprites(200, kCharacters, kSide));
  for (SpriteSet* set : {&sets.training, &sets.heldOut, &sets.made}) set->views.assign(set->size(), "any");
  JobMonitor monitor;
  const Evaluation evaluation = evaluate(sets, 3, monitor);
  EXPECT_THROW(named(evaluation, "mirror_consistency"), Error);
  EXPECT_THROW(named(evaluation, "views_right"), Error);
  EXPECT_NO_THROW(named(evaluation, "orphans"));
}

TEST(Evaluation, RefusesSetsThatCannotBeHeldAgainstEachOther) {
  JobMonitor monitor;
  EvaluationSets fewer = setsWith(smallSprites(200, kCharacters - 1, kSide));
  EXPECT_THROW(evaluate(fewer, 1, monitor), Error);
  EvaluationSets larger = setsWith(smallSprites(200, kCharacters, 2 * kSide));
  EXPECT_THROW(evaluate(larger, 1, monitor), Error);
  EvaluationSets none = setsWith({});
  none.heldOut = {};
  EXPECT_THROW(evaluate(none, 1, monitor), Error);
}

TEST(Evaluation, StopsWhenAskedTo) {
  std::stop_source stop;
  int reports = 0;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
    ++reports;
    if (progress.stage.starts_with("Learning")) stop.request_stop();
  });
  EXPECT_THROW(evaluate(setsWith(smallSprites(200, kCharacters, kSide)), 1, monitor), Cancelled);
  EXPECT_GT(reports, 0);
}

}  // namespace
}  // namespace loom
