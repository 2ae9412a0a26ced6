#include "core/studio/loops.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using Times = std::vector<int>;

Sprite filled(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  std::ranges::fill(sprite.pixels(), colour);
  return sprite;
}

/// A colour for each number.
Rgba colourOf(int number) {
  return {static_cast<std::uint8_t>(40 * number), static_cast<std::uint8_t>(255 - 30 * number), 7, 255};
}

SheetCharacter turning(const std::string& name, const Names& views, int side = 4) {
  SheetCharacter character{.name = name, .views = {}};
  for (const std::string& view : views) {
    character.views.emplace_back(view, filled(side, side, colourOf(static_cast<int>(character.views.size()))));
  }
  return character;
}

/// Frames of `animation` in `view` that show for these times.
void animate(SheetCharacter& character, const std::string& animation, const std::string& view, const Times& times) {
  character.motions.resize(character.views.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    character.views.emplace_back(view, filled(4, 4, colourOf(static_cast<int>(character.views.size()))));
    character.motions.push_back({animation, static_cast<int>(i), times[i]});
  }
}

Names viewsOf(const SheetCharacter& character, const Loop::Track& track) {
  Names views;
  for (const Loop::Step& step : track.steps) views.push_back(character.views[step.view].first);
  return views;
}

Times timesOf(const Loop& loop) {
  Times times;
  for (const Loop::Frame& frame : loop.frames) times.push_back(frame.milliseconds);
  return times;
}

class Loops : public testing::Test {
 protected:
  std::vector<AnimationFrame> read(const std::string& name) {
    return decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name).frames;
  }
  std::set<std::string> files() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) names.insert(entry.path().filename().string());
    return names;
  }
  void write(const std::vector<SheetCharacter>& characters, const LoopOptions& options, const std::string& out,
             const FilmOptions& film = {.scale = 1}) {
    writeLoops(characters, planLoops(characters, options), options, film, m_folder / out, m_monitor);
  }
  std::string failure(const std::vector<SheetCharacter>& characters, const LoopOptions& options) {
    try {
      planLoops(characters, options);
    } catch (const Error& error) {
      return std::string(error.what()) + "|" + error.hint();
    }
    return {};
  }

  TempFolder m_folder;
  JobMonitor m_monitor;
};

TEST_F(Loops, ATurnGoesClockwiseFromTheFrontWhateverTheOrderOfTheViews) {
  const std::vector<SheetCharacter> cast = {turning("a", {"back", "left", "front", "right"}),
                                            turning("b", {"front-right", "right", "front"}), turning("c", {"front"})};
  const LoopPlan plan = planLoops(cast, {});
  ASSERT_EQ(plan.loops.size(), 2U);
  EXPECT_EQ(plan.leftOut, 1);
  EXPECT_EQ(plan.loops[0].name, "a");
  EXPECT_EQ(viewsOf(cast[0], plan.loops[0].tracks[0]), (Names{"front", "left", "back", "right"}));
  EXPECT_EQ(viewsOf(cast[1], plan.loops[1].tracks[0]), (Names{"front", "right", "front-right"}));
  EXPECT_EQ(timesOf(plan.loops[0]), (Times{250, 250, 250, 250}));
  EXPECT_EQ(timesOf(planLoops(cast, {.viewMilliseconds = 90}).loops[1]), (Times{90, 90, 90}));
}

TEST_F(Loops, ATurnShowsStillsAndOfAnimationsTheFirstFrame) {
  SheetCharacter character{.name = "a", .views = {}};
  animate(character, "walk", "front", {100, 100});
  animate(character, "slash", "back", {100, 100});
  animate(character, "walk", "back", {100, 100});
  animate(character, "", "front", {0});
  character.views.emplace_back("any", filled(4, 4, colourOf(1)));
  const LoopPlan plan = planLoops(std::vector{character}, {});
  const auto& steps = plan.loops.at(0).tracks.at(0).steps;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].view, 6U) << "the still of the front";
  EXPECT_EQ(steps[1].view, 2U) << "the first frame of the first animation of the back";
}

TEST_F(Loops, TogetherAllFaceTheSameSideAndALackingViewIsTheOneBefore) {
  const std::vector<SheetCharacter> cast = {turning("a", {"back", "left", "front", "right"}),
                                            turning("b", {"back", "front"}, 6)};
  const LoopPlan plan = planLoops(cast, {.together = true});
  ASSERT_EQ(plan.loops.size(), 1U);
  const Loop& loop = plan.loops[0];
  EXPECT_EQ(loop.width(), 12);
  EXPECT_EQ(loop.height(), 6);
  EXPECT_EQ(viewsOf(cast[1], loop.tracks[1]), (Names{"front", "front", "back", "back"}));
  const Sprite left = loopPicture(cast, loop, loop.frames[1]);
  EXPECT_EQ(left.at(2, 1).a, 0) << "a smaller sprite stands below";
  EXPECT_EQ(left.at(2, 2), colourOf(1));
  EXPECT_EQ(left.at(6, 0), colourOf(1)) << "b still shows its front";
}

TEST_F(Loops, ManyCharactersStandInASquare) {
  const std::vector<SheetCharacter> cast(10, turning("a", {"front", "back"}));
  const Loop loop = planLoops(cast, {.together = true}).loops.at(0);
  EXPECT_EQ(loop.columns, 4);
  EXPECT_EQ(loop.rows, 3);
  const Sprite picture = loopPicture(cast, loop, loop.frames[0]);
  EXPECT_EQ(picture.at(4, 8), colourOf(0)) << "the tenth";
  EXPECT_EQ(picture.at(8, 8).a, 0);
}

TEST_F(Loops, AnAnimationIsALoopAViewWithTheTimesOfItsFrames) {
  SheetCharacter character = turning("a", {"front"});
  animate(character, "walk10", "front", {100, 100});
  animate(character, "walk2", "right", {30, 0, 5});
  animate(character, "walk2", "back", {100, 200});
  animate(character, "hurt", "front", {100});
  const std::vector<SheetCharacter> cast = {character, turning("b", {"front", "back"})};
  EXPECT_EQ(loopAnimations(cast), (Names{"walk2", "walk10"}));
  const LoopPlan plan = planLoops(cast, {.kind = LoopKind::kAnimation});
  Names names;
  for (const Loop& loop : plan.loops) names.push_back(loop.name);
  EXPECT_EQ(names, (Names{"a-walk2-back", "a-walk2-right", "a-walk10-front"}));
  EXPECT_EQ(timesOf(plan.loops[0]), (Times{100, 200}));
  EXPECT_EQ(timesOf(plan.loops[1]), (Times{30, 100, 20})) << "unknown is a tenth, too short as short as can be";
  EXPECT_EQ(plan.leftOut, 1);
  EXPECT_EQ(planLoops(cast, {.kind = LoopKind::kAnimation, .animation = "walk10"}).loops.size(), 1U);
}

TEST_F(Loops, TogetherAnAnimationHasAColumnACharacterAndARowAView) {
  SheetCharacter a{.name = "a", .views = {}}, b{.name = "b", .views = {}};
  animate(a, "walk", "front", {100, 100});
  animate(b, "walk", "front", {150, 150});
  animate(b, "walk", "back", {150, 150});
  const std::vector<SheetCharacter> cast = {a, b};
  const LoopPlan plan = planLoops(cast, {.kind = LoopKind::kAnimation, .together = true});
  ASSERT_EQ(plan.loops.size(), 1U);
  const Loop& loop = plan.loops[0];
  EXPECT_EQ(loop.name, "walk");
  EXPECT_EQ(loop.columns, 2);
  EXPECT_EQ(loop.rows, 2);
  EXPECT_EQ(timesOf(loop), (Times{100, 50, 50, 100, 100, 50, 50, 100})) << "until both begin anew";
  const Sprite second = loopPicture(cast, loop, loop.frames[1]);
  EXPECT_EQ(second.at(0, 4), colourOf(1)) << "a's front, below";
  EXPECT_EQ(second.at(0, 0).a, 0) << "a has no back";
  EXPECT_EQ(second.at(4, 4), colourOf(0)) << "b's front";
  EXPECT_EQ(second.at(4, 0), colourOf(2)) << "b's back";
}

TEST_F(Loops, TracksThatHardlyEverMeetEndWithTheLongest) {
  SheetCharacter a{.name = "a", .views = {}}, b{.name = "b", .views = {}};
  animate(a, "walk", "front", {997, 1000});
  animate(b, "walk", "front", {1009, 1010});
  const Loop loop = planLoops(std::vector{a, b}, {.kind = LoopKind::kAnimation, .together = true}).loops.at(0);
  int length = 0;
  for (const int time : timesOf(loop)) {
    EXPECT_GE(time, limits::kMinFrameMilliseconds);
    length += time;
  }
  EXPECT_EQ(length, 2019);
}

TEST_F(Loops, WhatCannotLoopSaysWhatToDo) {
  EXPECT_NE(failure({turning("a", {"front"})}, {}).find("two views"), std::string::npos);
  SheetCharacter walking{.name = "a", .views = {}};
  animate(walking, "walk", "front", {100, 100});
  const LoopOptions run{.kind = LoopKind::kAnimation, .animation = "run"};
  EXPECT_EQ(failure({walking}, run), "no character here has an animation 'run'|there are: walk");
  EXPECT_NE(failure({turning("a", {"front", "back"})}, run).find("choose the turn"), std::string::npos);
  EXPECT_NE(failure({walking}, {.viewMilliseconds = 3}).find("3 ms"), std::string::npos);
}

TEST_F(Loops, AGifHasEveryColourExactlyAndTheTimes) {
  const std::vector<SheetCharacter> cast = {turning("a", {"back", "left", "front", "right"})};
  write(cast, {.viewMilliseconds = 120}, "a.gif", {.scale = 3});
  const auto frames = read("a.gif");
  ASSERT_EQ(frames.size(), 4U);
  const std::array<int, 4> order = {2, 1, 0, 3};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].milliseconds, 120);
    EXPECT_EQ(frames[i].sprite.width(), 12);
    EXPECT_EQ(frames[i].sprite.at(11, 11), colourOf(order[i])) << i;
  }
}

TEST_F(Loops, EveryFormatHoldsTheWholeLoop) {
  SheetCharacter character{.name = "a", .views = {}};
  animate(character, "walk", "front", {60, 80, 100});
  const std::vector<SheetCharacter> cast = {character};
  for (const char* name : {"w.gif", "w.png", "w.webp"}) {
    write(cast, {.kind = LoopKind::kAnimation}, name, {.scale = 1, .background = Rgba{1, 2, 3, 255}});
    const auto frames = read(name);
    ASSERT_EQ(frames.size(), 3U) << name;
    EXPECT_EQ(frames[1].milliseconds, 80) << name;
    EXPECT_EQ(frames[2].sprite.at(0, 0), colourOf(2)) << name;
  }
}

TEST_F(Loops, AGifOfMoreColoursThanItHoldsIsToldAbout) {
  SheetCharacter rainbow = turning("a", {"front", "back"}, 20);
  int number = 0;
  for (Rgba& pixel : rainbow.views[0].second.pixels()) {
    pixel = {static_cast<std::uint8_t>(number % 200), static_cast<std::uint8_t>(number / 200), 9, 255};
    ++number;
  }
  const std::vector<SheetCharacter> cast = {rainbow};
  const LoopPlan plan = planLoops(cast, {});
  const auto films = writeLoops(cast, plan, {}, {.scale = 1}, m_folder / "a.gif", m_monitor);
  EXPECT_EQ(films.mostColours, 400);
  EXPECT_NE(colourWarning(films).find("400 colours"), std::string::npos);
  const auto whole = writeLoops(cast, plan, {}, {.scale = 1}, m_folder / "a.webp", m_monitor);
  EXPECT_EQ(colourWarning(whole), "");
  EXPECT_EQ(contentHash(read("a.webp")[0].sprite), contentHash(rainbow.views[0].second));
  const std::vector<SheetCharacter> plain = {turning("a", {"front", "back"})};
  EXPECT_EQ(colourWarning(writeLoops(plain, planLoops(plain, {}), {}, {}, m_folder / "b.gif", m_monitor)), "");
}

TEST_F(Loops, AFileEachIsNamedAfterWhatItShows) {
  const std::vector<SheetCharacter> cast = {turning("a/b", {"front", "back"}), turning("A_B", {"front", "back"}),
                                            turning("c", {"front", "back"}, 8)};
  write(cast, {}, "cast.gif", {});
  EXPECT_EQ(files(), (std::set<std::string>{"cast-a_b.gif", "cast-A_B-2.gif", "cast-c.gif"}));
  EXPECT_EQ(read("cast-a_b.gif")[0].sprite.width(), 64 * 4) << "one scale for all";
  EXPECT_EQ(read("cast-c.gif")[0].sprite.width(), 64 * 8);
  write(cast, {.together = true}, "all.png");
  EXPECT_EQ(read("all.png").size(), 2U);
}

TEST_F(Loops, AStoppedOrFailedExportLeavesNoFile) {
  const std::vector<SheetCharacter> cast = {turning("a", {"front", "back"}), turning("b", {"front", "back"})};
  std::ofstream(m_folder / "cast-a.gif") << "mine";
  std::stop_source stop;
  stop.request_stop();
  JobMonitor stopped(stop.get_token(), {});
  EXPECT_THROW(writeLoops(cast, planLoops(cast, {}), {}, {}, m_folder / "cast.gif", stopped), Cancelled);
  // The first film is done when the second turns out to be too wide for one.
  std::vector<SheetCharacter> wide = cast;
  for (auto& [view, sprite] : wide[1].views) sprite = filled(limits::kMaxFilmSide + 1, 1, colourOf(1));
  EXPECT_THROW(write(wide, {}, "cast.gif"), Error);
  EXPECT_EQ(files(), (std::set<std::string>{"cast-a.gif"}));
  EXPECT_EQ(readTextFile(m_folder / "cast-a.gif", 100), "mine");
  fs::create_directories(m_folder / "cast-b.gif");
  EXPECT_THROW(write(cast, {}, "cast.gif"), Error) << "a folder is in the way";
  EXPECT_EQ(readTextFile(m_folder / "cast-a.gif", 100), "mine");
}

}  // namespace
}  // namespace loom
