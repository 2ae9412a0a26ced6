#include "core/evaluate/turnaround_evaluation.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/evaluate/evaluation_bench.h"
#include "core/evaluate/group_interval.h"
#include "core/evaluate/picture_score.h"
#include "core/evaluate/turnaround_baselines.h"

namespace loom {
namespace {

constexpr std::size_t kMostShown = 3;      // views at a time
constexpr std::size_t kMostChoices = 8;    // of pairs and of threes
constexpr std::size_t kMostExamples = 12;  // characters
constexpr std::array<const char*, kMostShown> kCounts = {"one", "two", "three"};

enum Contender : std::size_t { kModel, kFloor, kRetrieval, kCopy, kMirror, kContenders };
constexpr std::array<std::pair<Contender, const char*>, 3> kBaselines = {
    {{kRetrieval, "retrieval"}, {kCopy, "copy"}, {kMirror, "mirror"}}};
using Scores = std::array<PictureScore, kContenders>;

struct Figure {
  const char* name;
  const char* title;
  double PictureScore::*field;
  Better better;
  const char* explanation;
};
constexpr std::array<Figure, 4> kFigures = {
    {{"difference", "Difference", &PictureScore::difference, Better::kLower,
      "Mean absolute difference from the true view on -1 to 1, RGBA, colours multiplied by alpha."},
     {"exact", "Exact pixels", &PictureScore::exact, Better::kHigher, "Share of all pixels that are exactly right."},
     {"exact_visible", "Exact visible pixels", &PictureScore::exactVisible, Better::kHigher,
      "Share of the pixels that either picture shows that are exactly right."},
     {"foreign", "Foreign colours", &PictureScore::foreign, Better::kLower,
      "Share of the pixels in a colour that no seen view wears."}}};

/// The scores of all pictures that make up some figures, with the character that each shows.
struct Tally {
  std::string name;
  std::string title;
  std::size_t figures = kFigures.size();  ///< so many of kFigures are told
  std::vector<Scores> scores = {};
  std::vector<int> characters = {};
};

std::vector<int> viewsOf(const CharacterSprites& character) {
  std::vector<int> there;
  for (std::size_t view = 0; view < character.size(); ++view) {
    if (!character[view].empty()) there.push_back(static_cast<int>(view));
  }
  return there;
}

/// All choices of `count` of `views`, in order.
std::vector<std::vector<int>> choices(const std::vector<int>& views, std::size_t count) {
  std::vector<std::vector<int>> all;
  std::vector<int> taken(views.size(), 0);
  std::fill_n(taken.begin(), count, 1);
  do {
    std::vector<int> one;
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (taken[i] != 0) one.push_back(views[i]);
    }
    all.push_back(std::move(one));
  } while (std::ranges::prev_permutation(taken).found);
  return all;
}

/// What is shown of a character that has these views: always something, never all.
std::vector<std::vector<int>> shownOf(const std::vector<int>& views) {
  std::vector<std::vector<int>> shown = choices(views, 1);
  for (std::size_t count = 2; count < std::min(views.size(), kMostShown + 1); ++count) {
    const std::vector<std::vector<int>> all = choices(views, count);
    for (const std::size_t which : spread(all.size(), kMostChoices)) shown.push_back(all[which]);
  }
  return shown;
}

class Judge {
 public:
  Judge(const TurnaroundSets& sets, const DrawMissingViews& draw, JobMonitor& monitor)
      : m_sets(sets), m_draw(draw), m_baselines(sets, monitor) {
    const auto name = [&sets](std::size_t view) { return sets.views[view]; };
    for (std::size_t view = 0; view < sets.views.size(); ++view) {
      m_tallies.push_back({.name = "from_" + name(view), .title = "from the " + name(view)});
    }
    for (const char* count : kCounts) {
      m_tallies.push_back({.name = count + std::string("_seen"), .title = count + std::string(" seen")});
    }
    for (std::size_t from = 0; from < sets.views.size(); ++from) {
      for (std::size_t to = 0; to < sets.views.size(); ++to) {
        m_tallies.push_back({name(from) + "_" + name(to), name(from) + " > " + name(to), kFigures.size() - 1});
      }
    }
  }

  /// Draws everything that is missing where only `shown` is seen. Returns what was drawn.
  std::vector<TurnedView> judge(std::size_t character, const std::vector<int>& shown) {
    const CharacterSprites& sprites = m_sets.heldOut[character];
    std::vector<std::optional<Sprite>> seen(sprites.size());
    WornColours worn;
    for (const int view : shown) {
      seen[static_cast<std::size_t>(view)] = sprites[static_cast<std::size_t>(view)];
      worn.add(sprites[static_cast<std::size_t>(view)]);
    }
    std::vector<TurnedView> drawn = m_draw(seen);
    std::erase_if(drawn, [&](const TurnedView& one) { return sprites[static_cast<std::size_t>(one.view)].empty(); });
    for (const TurnedView& one : drawn) add(character, shown, one, worn);
    return drawn;
  }

  std::vector<Measure> measures(std::uint64_t seed) const {
    std::vector<Measure> all;
    for (const Tally& tally : m_tallies) {
      if (tally.scores.empty()) continue;
      for (std::size_t i = 0; i < tally.figures; ++i) all.push_back(measure(tally, kFigures[i], seed));
    }
    return all;
  }

 private:
  void add(std::size_t character, const std::vector<int>& shown, const TurnedView& drawn, WornColours& worn) {
    const Sprite& truth = m_sets.heldOut[character][static_cast<std::size_t>(drawn.view)];
    const Sprite copy = m_baselines.copied(character, shown, drawn.view);
    const Sprite found = m_baselines.retrieved(character, shown, drawn.view);
    Scores scores;
    scores[kModel] = scoreOf(drawn.sprite, truth, worn);
    scores[kFloor] = scoreOf(worn.bestOf(truth), truth, worn);
    scores[kRetrieval] = scoreOf(found.empty() ? copy : found, truth, worn);
    scores[kCopy] = scoreOf(copy, truth, worn);
    scores[kMirror] = scoreOf(m_baselines.mirrored(character, shown, drawn.view), truth, worn);
    const auto into = [&](std::size_t tally) {
      m_tallies[tally].scores.push_back(scores);
      m_tallies[tally].characters.push_back(static_cast<int>(character));
    };
    const std::size_t views = m_sets.views.size();
    into(views + shown.size() - 1);
    if (shown.size() > 1) return;
    const auto from = static_cast<std::size_t>(shown.front()), to = static_cast<std::size_t>(drawn.view);
    into(from);
    into(views + kCounts.size() + from * views + to);
  }

  static double mean(const Tally& tally, Contender who, const Figure& figure) {
    double sum = 0;
    for (const Scores& scores : tally.scores) sum += scores[who].*figure.field;
    return sum / static_cast<double>(tally.scores.size());
  }

  static Measure measure(const Tally& tally, const Figure& figure, std::uint64_t seed) {
    std::vector<double> values;
    for (const Scores& scores : tally.scores) values.push_back(scores[kModel].*figure.field);
    Measure one{.name = figure.name + std::string("_") + tally.name,
                .title = figure.title + std::string(", ") + tally.title,
                .value = mean(tally, kModel, figure),
                .confidence = meanHalfWidth(values, tally.characters, seed),
                .floor = mean(tally, kFloor, figure),
                .better = figure.better,
                .explanation = figure.explanation};
    for (const auto& [who, name] : kBaselines) one.baselines.emplace_back(name, mean(tally, who, figure));
    const auto best = figure.better == Better::kHigher
                          ? std::ranges::max_element(one.baselines, {}, &NamedFigure::second)
                          : std::ranges::min_element(one.baselines, {}, &NamedFigure::second);
    one.baseline = best->second;
    return one;
  }

  const TurnaroundSets& m_sets;
  const DrawMissingViews& m_draw;
  TurnaroundBaselines m_baselines;
  std::vector<Tally> m_tallies;  ///< from each view, so many seen, each task
};

}  // namespace

TurnaroundEvaluation evaluateTurnaround(const TurnaroundSets& sets, const DrawMissingViews& draw, std::uint64_t seed,
                                        JobMonitor& monitor) {
  Judge judge(sets, draw, monitor);
  const std::vector<std::size_t> shownWhole = spread(sets.heldOut.size(), kMostExamples);
  TurnaroundEvaluation result;
  monitor.begin("Drawing missing views", std::ssize(sets.heldOut));
  for (std::size_t character = 0; character < sets.heldOut.size(); ++character) {
    const std::vector<int> views = viewsOf(sets.heldOut[character]);
    if (views.size() > 1) {
      const auto place = std::ranges::find(shownWhole, character);
      const int seen = views[static_cast<std::size_t>(place - shownWhole.begin()) % views.size()];
      for (const std::vector<int>& shown : shownOf(views)) {
        std::vector<TurnedView> drawn = judge.judge(character, shown);
        if (place == shownWhole.end() || shown != std::vector{seen}) continue;
        for (TurnedView& one : drawn) result.examples.push_back({character, seen, one.view, std::move(one.sprite)});
      }
    }
    monitor.advance(static_cast<std::int64_t>(character) + 1);
  }
  monitor.begin("Measuring", 1);
  result.measures = judge.measures(seed);
  if (result.measures.empty()) {
    throw Error("no character to measure by is seen from two sides", "name sprites whose views are told");
  }
  monitor.advance(1);
  return result;
}

}  // namespace loom
