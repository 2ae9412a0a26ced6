// What loops show, and when: no pixel is touched here.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/natural_order.h"
#include "core/project/view.h"
#include "core/studio/loop_timing.h"
#include "core/studio/view_angles.h"

namespace loom {
namespace {

using Characters = std::span<const SheetCharacter>;
using Views = std::map<std::string, std::size_t>;  ///< index of the sprite that shows each
using Steps = std::vector<Loop::Step>;
using ViewSteps = std::map<std::string, Steps>;  ///< an animation in each view
struct NaturalLess {
  bool operator()(const std::string& left, const std::string& right) const { return naturalLess(left, right); }
};
using Animations = std::map<std::string, ViewSteps, NaturalLess>;

constexpr int kUnknownTime = 100;  ///< ms
constexpr int kInOneRow = 8;       ///< blocks; more of them stand in a square

SheetMotion motionOf(const SheetCharacter& character, std::size_t place) {
  return place < character.motions.size() ? character.motions[place] : SheetMotion{};
}

bool comesFirst(const SheetMotion& left, const SheetMotion& right) {
  if (left.animation != right.animation) return naturalLess(left.animation, right.animation);
  return left.frame < right.frame;
}

/// The sprites of a turn; a view that is not known is none of it.
Views turningViews(const SheetCharacter& character) {
  Views views;
  for (std::size_t i = 0; i < character.views.size(); ++i) {
    const auto& [view, sprite] = character.views[i];
    if (sprite.empty() || view == kAnyView) continue;
    const auto [at, isNew] = views.try_emplace(view, i);
    if (!isNew && comesFirst(motionOf(character, i), motionOf(character, at->second))) at->second = i;
  }
  return views;
}

std::vector<std::string> namesOf(const Views& views) {
  std::vector<std::string> names;
  for (const auto& [name, place] : views) names.push_back(name);
  return names;
}

/// Through `order`; where a view is missing, the one before it stays.
Steps turnThrough(const std::vector<std::string>& order, const Views& views, int milliseconds) {
  std::size_t shown = views.begin()->second;
  for (const std::string& view : order) {
    if (const auto found = views.find(view); found != views.end()) shown = found->second;
  }
  Steps steps;
  for (const std::string& view : order) {
    if (const auto found = views.find(view); found != views.end()) shown = found->second;
    steps.push_back({shown, milliseconds});
  }
  return steps;
}

int shownFor(const SheetMotion& motion) {
  const int wanted = motion.milliseconds > 0 ? motion.milliseconds : kUnknownTime;
  return std::clamp(wanted, limits::kMinFrameMilliseconds, limits::kMaxFrameMilliseconds);
}

/// Those of two frames and more.
Animations animationsOf(const SheetCharacter& character, const std::string& only) {
  std::map<std::pair<std::string, std::string>, std::map<int, std::size_t>> frames;
  for (std::size_t i = 0; i < character.views.size(); ++i) {
    const SheetMotion motion = motionOf(character, i);
    const auto& [view, sprite] = character.views[i];
    if (sprite.empty() || motion.animation.empty() || (!only.empty() && motion.animation != only)) continue;
    frames[{motion.animation, view}].try_emplace(motion.frame, i);
  }
  Animations animations;
  for (const auto& [name, places] : frames) {
    if (places.size() < 2) continue;
    Steps& steps = animations[name.first][name.second];
    for (const auto& [number, place] : places) steps.push_back({place, shownFor(motionOf(character, place))});
  }
  return animations;
}

/// Puts blocks of `rows` cells beside each other; the tracks of a block have its number as their column.
Loop finished(Characters characters, std::string name, std::vector<Loop::Track> tracks, int blocks, int rows) {
  Loop loop{.name = std::move(name)};
  loop.columns = blocks <= kInOneRow ? blocks : static_cast<int>(std::ceil(std::sqrt(blocks)));
  loop.rows = (blocks + loop.columns - 1) / loop.columns * rows;
  for (Loop::Track& track : tracks) {
    track.row += track.column / loop.columns * rows;
    track.column %= loop.columns;
    for (const Loop::Step& step : track.steps) {
      const Sprite& sprite = characters[track.character].views[step.view].second;
      loop.cellWidth = std::max(loop.cellWidth, sprite.width());
      loop.cellHeight = std::max(loop.cellHeight, sprite.height());
    }
  }
  loop.frames = loopFrames(tracks);
  loop.tracks = std::move(tracks);
  return loop;
}

LoopPlan planTurns(Characters characters, const LoopOptions& options) {
  LoopPlan plan;
  std::map<std::size_t, Views> turning;
  std::set<std::string> all;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    Views views = turningViews(characters[i]);
    if (views.size() < 2) {
      ++plan.leftOut;
      continue;
    }
    for (const auto& [view, place] : views) all.insert(view);
    turning.emplace(i, std::move(views));
  }
  if (turning.empty()) {
    throw Error("no character here has two views to turn through",
                "choose characters with views, as back and front; on the Dataset page views can be given to sprites");
  }
  const std::vector<std::string> every = turningOrder({all.begin(), all.end()});
  std::vector<Loop::Track> together;
  for (const auto& [i, views] : turning) {
    const std::vector<std::string> order = options.together ? every : turningOrder(namesOf(views));
    Loop::Track track{.character = i, .steps = turnThrough(order, views, options.viewMilliseconds)};
    if (options.together) {
      track.column = static_cast<int>(together.size());
      together.push_back(std::move(track));
    } else {
      plan.loops.push_back(finished(characters, characters[i].name, {std::move(track)}, 1, 1));
    }
  }
  const auto count = static_cast<int>(together.size());
  if (options.together) plan.loops.push_back(finished(characters, {}, std::move(together), count, 1));
  return plan;
}

std::vector<std::string> viewsOf(const ViewSteps& views) {
  std::vector<std::string> names;
  for (const auto& [name, steps] : views) names.push_back(name);
  return lpcOrder(std::move(names));
}

/// A block a character that has the animation, a row a view that one of them has.
Loop animationTogether(Characters characters, const std::string& name, const std::map<std::size_t, Animations>& all) {
  std::vector<std::string> names;
  for (const auto& [i, animations] : all) {
    if (const auto found = animations.find(name); found != animations.end()) {
      std::ranges::copy(viewsOf(found->second), std::back_inserter(names));
    }
  }
  const std::vector<std::string> rows = lpcOrder(std::move(names));
  std::vector<Loop::Track> tracks;
  int blocks = 0;
  for (const auto& [i, animations] : all) {
    const auto found = animations.find(name);
    if (found == animations.end()) continue;
    for (const auto& [view, steps] : found->second) {
      const auto row = static_cast<int>(std::ranges::find(rows, view) - rows.begin());
      tracks.push_back({.character = i, .steps = steps, .column = blocks, .row = row});
    }
    ++blocks;
  }
  return finished(characters, name, std::move(tracks), blocks, static_cast<int>(rows.size()));
}

[[noreturn]] void failWithoutAnimation(Characters characters, const std::string& wanted) {
  std::string known;
  for (const std::string& name : loopAnimations(characters)) known += (known.empty() ? "" : ", ") + name;
  if (known.empty()) {
    throw Error("no character here has an animation",
                "import them with their frames (an LPC sheet with all its frames, a GIF, an Aseprite file), or choose "
                "the turn");
  }
  throw Error("no character here has an animation '" + wanted + "'", "there are: " + known);
}

LoopPlan planAnimations(Characters characters, const LoopOptions& options) {
  LoopPlan plan;
  std::map<std::size_t, Animations> all;
  std::set<std::string, NaturalLess> names;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    Animations animations = animationsOf(characters[i], options.animation);
    if (animations.empty()) {
      ++plan.leftOut;
      continue;
    }
    for (const auto& [name, views] : animations) names.insert(name);
    all.emplace(i, std::move(animations));
  }
  if (all.empty()) failWithoutAnimation(characters, options.animation);
  if (options.together) {
    for (const std::string& name : names) plan.loops.push_back(animationTogether(characters, name, all));
    return plan;
  }
  for (const auto& [i, animations] : all) {
    for (const auto& [name, views] : animations) {
      for (const std::string& view : viewsOf(views)) {
        const std::string title = characters[i].name + "-" + name + (view == kAnyView ? "" : "-" + view);
        plan.loops.push_back(finished(characters, title, {{.character = i, .steps = views.at(view)}}, 1, 1));
      }
    }
  }
  return plan;
}

}  // namespace

std::vector<std::string> loopAnimations(Characters characters) {
  std::set<std::string, NaturalLess> names;
  for (const SheetCharacter& character : characters) {
    for (const auto& [name, views] : animationsOf(character, {})) names.insert(name);
  }
  return {names.begin(), names.end()};
}

LoopPlan planLoops(Characters characters, const LoopOptions& options) {
  const int time = options.viewMilliseconds;
  if (time < limits::kMinFrameMilliseconds || time > limits::kMaxFrameMilliseconds) {
    throw Error("a view cannot be shown for " + std::to_string(time) + " ms",
                "choose from " + std::to_string(limits::kMinFrameMilliseconds) + " ms to " +
                    std::to_string(limits::kMaxFrameMilliseconds / 1000) + " s");
  }
  return options.kind == LoopKind::kTurn ? planTurns(characters, options) : planAnimations(characters, options);
}

}  // namespace loom
