#include "core/evaluate/turnaround_evaluation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/evaluate/picture_score.h"
#include "core/image/edit.h"
#include "tests/evaluate/small_sprites.h"

namespace loom {
namespace {

constexpr int kSide = 16;

std::vector<CharacterSprites> characters(int first, int count) {
  const SpriteSet set = test::smallSprites(first, count, kSide);
  std::vector<CharacterSprites> all;
  for (std::size_t i = 0; i < set.size(); i += 4) {
    all.emplace_back(set.sprites.begin() + static_cast<std::ptrdiff_t>(i),
                     set.sprites.begin() + static_cast<std::ptrdiff_t>(i + 4));
  }
  return all;
}

TurnaroundSets sets() {
  return {.views = {"back", "left", "front", "right"}, .training = characters(0, 10), .heldOut = characters(100, 5)};
}

using Views = std::span<const std::optional<Sprite>>;

/// Draws what `of` says for each missing view.
DrawMissingViews drawing(const std::function<Sprite(Views, int)>& of) {
  return [of](Views views) {
    std::vector<TurnedView> drawn;
    for (std::size_t view = 0; view < views.size(); ++view) {
      if (!views[view]) drawn.push_back({static_cast<int>(view), of(views, static_cast<int>(view)), {}, {}});
    }
    return drawn;
  };
}

const Sprite& firstSeen(Views views) {
  return **std::ranges::find_if(views, [](const auto& view) { return view.has_value(); });
}

/// Knows the truth: the view of the held-out character that has the first view seen.
Sprite trueView(const TurnaroundSets& sets, Views views, int wanted) {
  for (const CharacterSprites& character : sets.heldOut) {
    if (std::ranges::find(character, firstSeen(views)) != character.end()) {
      return character[static_cast<std::size_t>(wanted)];
    }
  }
  return {};
}

TurnaroundEvaluation measured(const TurnaroundSets& sets, const DrawMissingViews& draw) {
  JobMonitor monitor;
  return evaluateTurnaround(sets, draw, 1, monitor);
}

const Measure& named(const TurnaroundEvaluation& evaluation, const std::string& name) {
  const auto found = std::ranges::find(evaluation.measures, name, &Measure::name);
  if (found == evaluation.measures.end()) throw Error("no measure " + name);
  return *found;
}

double baseline(const Measure& measure, const std::string& name) {
  return std::ranges::find(measure.baselines, name, &NamedFigure::first)->second;
}

TEST(TurnaroundEvaluation, GivesEveryTaskBesideItsFloorAndThreeBaselines) {
  const TurnaroundSets all = sets();
  const auto draw = drawing([&all](Views views, int wanted) { return trueView(all, views, wanted); });
  const TurnaroundEvaluation evaluation = measured(all, draw);
  EXPECT_EQ(evaluation.measures.size(), 7U * 4 + 12 * 3);
  for (const Measure& measure : evaluation.measures) {
    EXPECT_EQ(measure.baselines.size(), 3U) << measure.name;
    const bool higher = measure.better == Better::kHigher;
    for (const auto& [name, value] : measure.baselines) {
      EXPECT_TRUE(higher ? value <= measure.baseline : value >= measure.baseline) << measure.name << ' ' << name;
      if (measure.name.starts_with("foreign")) continue;
      EXPECT_TRUE(higher ? value <= measure.floor : value >= measure.floor) << measure.name << ' ' << name;
    }
  }
  for (const char* name :
       {"difference_from_back", "difference_one_seen", "difference_three_seen", "difference_front_left"}) {
    EXPECT_EQ(named(evaluation, name).value, 0) << name;
    EXPECT_GT(named(evaluation, name).baseline, 0) << name;
  }
  EXPECT_EQ(named(evaluation, "exact_two_seen").value, 1);
  EXPECT_EQ(named(evaluation, "exact_visible_left_back").value, 1);
  EXPECT_GT(named(evaluation, "foreign_from_back").value, 0) << "a face wears colours that the back does not show";
  EXPECT_LT(named(evaluation, "foreign_three_seen").value, named(evaluation, "foreign_one_seen").value);
}

TEST(TurnaroundEvaluation, OfACopyIsWhatTheCopyBaselineIs) {
  const TurnaroundEvaluation evaluation = measured(sets(), drawing([](Views views, int) { return firstSeen(views); }));
  for (const char* name : {"difference_from_front", "exact_right_left", "exact_visible_one_seen"}) {
    EXPECT_NEAR(named(evaluation, name).value, baseline(named(evaluation, name), "copy"), 1e-12) << name;
  }
  EXPECT_EQ(named(evaluation, "foreign_one_seen").value, 0);
}

TEST(TurnaroundEvaluation, TheMirrorIsExactForAMirroredCharacter) {
  TurnaroundSets all = sets();
  for (CharacterSprites& character : all.heldOut) character[3] = mirrored(character[1]);
  for (CharacterSprites& character : all.training) character[3] = mirrored(character[1]);
  const TurnaroundEvaluation evaluation = measured(all, drawing([](Views views, int) { return firstSeen(views); }));
  EXPECT_EQ(baseline(named(evaluation, "difference_left_right"), "mirror"), 0);
  EXPECT_EQ(baseline(named(evaluation, "exact_left_right"), "mirror"), 1);
  EXPECT_EQ(named(evaluation, "exact_left_right").floor, 1);
}

TEST(TurnaroundEvaluation, RetrievalFindsTheTwinInTheTrainingSet) {
  TurnaroundSets all = sets();
  all.training[7] = all.heldOut[0];
  all.heldOut.resize(1);
  const TurnaroundEvaluation evaluation = measured(all, drawing([](Views views, int) { return firstSeen(views); }));
  for (const char* name : {"difference_one_seen", "difference_two_seen", "difference_three_seen"}) {
    EXPECT_EQ(baseline(named(evaluation, name), "retrieval"), 0) << name;
  }
}

TEST(TurnaroundEvaluation, IsRightByHandForPicturesOfAFewPixels) {
  const Rgba red{255, 0, 0, 255}, blue{0, 0, 255, 255};
  Sprite truth(kSide, kSide), drawn(kSide, kSide);
  truth.at(1, 1) = red;
  truth.at(2, 1) = blue;
  drawn.at(1, 1) = red;
  drawn.at(2, 1) = red;  // wrong in red and in blue
  drawn.at(3, 1) = red;  // wrong in red and in alpha
  WornColours worn;
  worn.add(drawn);
  const PictureScore score = scoreOf(drawn, truth, worn);
  EXPECT_NEAR(score.difference, 2. * 4 / (4 * kSide * kSide), 1e-12);
  EXPECT_NEAR(score.exact, 1 - 2. / (kSide * kSide), 1e-12);
  EXPECT_NEAR(score.exactVisible, 1. / 3, 1e-12);
  EXPECT_EQ(score.foreign, 0);
  EXPECT_NEAR(scoreOf(truth, truth, worn).foreign, 1. / (kSide * kSide), 1e-12) << "blue";
  const Sprite best = worn.bestOf(truth);
  EXPECT_TRUE(best.at(2, 1) == red || best.at(2, 1) == Rgba{}) << "each is two channels away";
  EXPECT_EQ(best.at(1, 1), red);
}

TEST(TurnaroundEvaluation, LeavesOutViewsThatACharacterHasNot) {
  TurnaroundSets all = sets();
  for (CharacterSprites& character : all.heldOut) character[0] = {};
  const auto draw = drawing([&all](Views views, int wanted) { return trueView(all, views, wanted); });
  const TurnaroundEvaluation evaluation = measured(all, draw);
  EXPECT_THROW(named(evaluation, "difference_from_back"), Error);
  EXPECT_THROW(named(evaluation, "difference_three_seen"), Error);
  EXPECT_EQ(named(evaluation, "difference_two_seen").value, 0);
  for (CharacterSprites& character : all.heldOut) character[1] = character[2] = {};
  EXPECT_THROW(measured(all, draw), Error) << "nobody has two views";
}

TEST(TurnaroundEvaluation, ShowsExamplesOfEverySide) {
  const TurnaroundEvaluation evaluation = measured(sets(), drawing([](Views views, int) { return firstSeen(views); }));
  ASSERT_EQ(evaluation.examples.size(), 15U) << "three missing views of five characters";
  for (int view = 0; view < 4; ++view) {
    EXPECT_GT(std::ranges::count(evaluation.examples, view, &TurnaroundExample::seen), 0) << view;
  }
  const Sprite difference = differencePicture(evaluation.examples[0].drawn, evaluation.examples[0].drawn);
  EXPECT_EQ(opaqueBounds(difference).width, 0) << "nothing differs";
}

}  // namespace
}  // namespace loom
