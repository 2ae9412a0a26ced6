#include "core/studio/directions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/latent/character_encoder.h"
#include "core/latent/direction_finder.h"
#include "core/latent/inversion.h"
#include "core/latent/learned_directions.h"
#include "core/latent/sprite_encoder.h"
#include "core/studio/tiles.h"

namespace loom {
namespace {

constexpr std::size_t kMostExamples = 400;  // a side: more say nothing new
constexpr std::size_t kAtOnce = 32;         // encoded between two looks at the monitor
constexpr std::size_t kMostSearched = 16;   // a side where each is looked for by optimisation: a second or two each
constexpr int kSearchSteps = 100, kSearchStarts = 2;

int threadsOr(int threads) {
  return threads < 1 ? usableCores() : threads;
}

std::set<std::string> wordsOf(const std::string& tags) {
  std::istringstream stream(tags);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// What is encoded as one: a sprite, or all views of a character.
struct Example {
  std::vector<SpriteId> views;  ///< by the model's views where it draws whole characters; 0 where there is none
  bool tagged = false;          ///< has the tag
  bool spokenOf = false;        ///< has any tag
};

std::vector<Example> examplesOf(const Catalogue& catalogue, const Model& model, const std::string& tag, bool whole) {
  std::map<std::string, std::size_t> places;
  std::vector<Example> examples;
  for (const SpriteInfo& sprite : catalogue.sprites()) {
    const auto view = std::ranges::find(model.views, sprite.view);
    if (whole && (view == model.views.end() || sprite.frame > 0)) continue;
    std::size_t place = examples.size();
    if (whole) place = places.emplace(sprite.character, place).first->second;
    if (place == examples.size()) examples.push_back({.views = std::vector<SpriteId>(whole ? model.views.size() : 1)});
    Example& example = examples[place];
    SpriteId& slot = example.views[whole ? static_cast<std::size_t>(view - model.views.begin()) : 0];
    if (slot == 0) slot = sprite.id;
    const std::set<std::string> words = wordsOf(sprite.tags);
    example.tagged |= words.contains(tag);
    example.spokenOf |= !words.empty();
  }
  return examples;
}

/// Evenly among all, so that no single source decides.
std::vector<Example> thinned(const std::vector<Example>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<Example> some;
  for (std::size_t i = 0; i < most; ++i) some.push_back(all[i * all.size() / most]);
  return some;
}

/// Those with the tag, and those without.
std::pair<std::vector<Example>, std::vector<Example>> sides(const std::vector<Example>& examples, std::size_t most) {
  std::vector<Example> with, without, others;
  for (const Example& example : examples) {
    (example.tagged ? with : example.spokenOf ? without : others).push_back(example);
  }
  // Where hardly anything else has a tag, having none means not having this one.
  if (without.size() < kLeastTagged) without.insert(without.end(), others.begin(), others.end());
  return {thinned(with, most), thinned(without, most)};
}

void checkSides(std::size_t with, std::size_t without, std::size_t least, const std::string& what) {
  if (with >= least && without >= least) return;
  throw Error(
      "there are " + std::to_string(with) + " examples with " + what + " and " + std::to_string(without) + " without",
      "a direction is learned from " + std::to_string(least) + " of each at the least");
}

/// What examples are to a model: as its encoder says it or, where it has none, as optimisation finds it.
class Encoder {
 public:
  Encoder(const std::shared_ptr<const Model>& model, int threads) {
    if (encodesCharacters(*model)) {
      m_characters.emplace(model, threads);
    } else if (hasEncoder(*model)) {
      m_sprites.emplace(model, threads);
    } else {
      m_searched.emplace(model, threads);
    }
  }
  static std::size_t mostExamples(const Model& model) {
    return encodesCharacters(model) || hasEncoder(model) ? kMostExamples : kMostSearched;
  }
  /// Of the monitor, for one example.
  std::int64_t effort() const { return m_searched ? kSearchSteps : 1; }
  std::vector<Latent> latentsOf(const Catalogue& catalogue, std::span<const Example> examples, JobMonitor& monitor,
                                std::int64_t before) {
    return m_searched ? search(catalogue, examples, monitor, before) : encode(catalogue, examples, monitor, before);
  }

 private:
  std::vector<Latent> search(const Catalogue& catalogue, std::span<const Example> examples, JobMonitor& monitor,
                             std::int64_t before) {
    const std::vector<std::string>& views = m_searched->model().views;
    std::vector<Latent> latents;
    for (const Example& example : examples) {
      const SpriteId id = example.views.front();
      InversionOptions options{.steps = kSearchSteps, .starts = kSearchStarts};
      const auto view = std::ranges::find(views, catalogue.sprites({&id, 1}).front().view);
      if (view != views.end()) options.view = static_cast<int>(view - views.begin());
      const std::int64_t done = before + kSearchSteps * static_cast<std::int64_t>(latents.size());
      latents.push_back(m_searched->find(catalogue.pixels(id), options, monitor, {}, done).latent);
    }
    return latents;
  }
  std::vector<Latent> encode(const Catalogue& catalogue, std::span<const Example> examples, JobMonitor& monitor,
                             std::int64_t before) {
    std::vector<Latent> latents;
    for (std::size_t from = 0; from < examples.size(); from += kAtOnce) {
      const auto part = examples.subspan(from, std::min(kAtOnce, examples.size() - from));
      std::vector<Latent> found = m_characters ? m_characters->encode(pixels(catalogue, part))
                                               : m_sprites->encode(firsts(pixels(catalogue, part)));
      std::ranges::move(found, std::back_inserter(latents));
      monitor.advance(before + static_cast<std::int64_t>(latents.size()));
    }
    return latents;
  }
  static std::vector<std::vector<Sprite>> pixels(const Catalogue& catalogue, std::span<const Example> examples) {
    std::vector<std::vector<Sprite>> all;
    for (const Example& example : examples) {
      std::vector<Sprite>& sprites = all.emplace_back();
      for (const SpriteId id : example.views) sprites.push_back(id == 0 ? Sprite() : catalogue.pixels(id));
    }
    return all;
  }
  static std::vector<Sprite> firsts(std::vector<std::vector<Sprite>> all) {
    std::vector<Sprite> sprites;
    for (std::vector<Sprite>& one : all) sprites.push_back(std::move(one.front()));
    return sprites;
  }
  std::optional<CharacterEncoder> m_characters;
  std::optional<SpriteEncoder> m_sprites;
  std::optional<SpriteInverter> m_searched;
};

}  // namespace

std::vector<Direction> findDirections(const std::shared_ptr<const Model>& model, int count, JobMonitor& monitor,
                                      int threads) {
  SpriteGenerator generator(model, threadsOr(threads));
  DirectionFinder finder(*model);
  monitor.begin("Finding directions", finder.total());
  while (!finder.finished()) {
    finder.advance(generator);
    monitor.advance(std::min(finder.done(), finder.total()));
  }
  std::vector<Direction> found = finder.directions();
  if (std::cmp_less(count, found.size())) found.resize(static_cast<std::size_t>(std::max(0, count)));
  return found;
}

Direction learnFromTag(const Project& project, const std::shared_ptr<const Model>& model, const std::string& tag,
                       JobMonitor& monitor, int threads) {
  const bool whole = encodesCharacters(*model);
  const Catalogue catalogue = project.catalogue();
  const auto [with, without] = sides(examplesOf(catalogue, *model, tag, whole), Encoder::mostExamples(*model));
  checkSides(with.size(), without.size(), kLeastTagged, "the tag '" + tag + "'");
  Encoder encoder(model, threadsOr(threads));
  const auto efforts = [&](const std::vector<Example>& some) {
    return encoder.effort() * static_cast<std::int64_t>(some.size());
  };
  monitor.begin("Looking at sprites", efforts(with) + efforts(without));
  const std::vector<Latent> has = encoder.latentsOf(catalogue, with, monitor, 0);
  const std::vector<Latent> lacks = encoder.latentsOf(catalogue, without, monitor, efforts(with));
  Direction direction{.name = tag, .vector = directionBetween(has, lacks), .kind = DirectionKind::kTag};
  SpriteGenerator generator(model, threadsOr(threads));
  direction.effect = effectOf(generator, direction.vector);
  return direction;
}

std::vector<std::string> tagsOf(const Catalogue& catalogue) {
  std::set<std::string> all;
  for (const SpriteInfo& sprite : catalogue.sprites()) all.merge(wordsOf(sprite.tags));
  return {all.begin(), all.end()};
}

Direction learnFromGroups(const std::shared_ptr<const Model>& model, std::span<const Latent> with,
                          std::span<const Latent> without, const std::string& name, JobMonitor& monitor, int threads) {
  checkSides(with.size(), without.size(), kLeastFavourites, "it");
  monitor.begin("Learning a direction", 0);
  monitor.checkCancelled();
  Direction direction{.name = name, .vector = directionBetween(with, without), .kind = DirectionKind::kGroups};
  SpriteGenerator generator(model, threadsOr(threads));
  direction.effect = effectOf(generator, direction.vector);
  return direction;
}

Sprite drawDirections(const std::shared_ptr<const Model>& model, std::span<const Direction> directions,
                      const Latent& origin, int view, JobMonitor& monitor, int threads) {
  SpriteGenerator generator(model, threadsOr(threads));
  monitor.begin("Drawing directions", static_cast<std::int64_t>(directions.size()));
  constexpr auto kColumns = static_cast<int>(std::size(kStripPositions));
  const std::vector<int> views(static_cast<std::size_t>(kColumns), view);
  std::vector<Sprite> cells;
  for (const Direction& direction : directions) {
    std::vector<Latent> latents;
    for (const float position : kStripPositions) latents.push_back(movedTo(origin, direction.vector, position));
    std::ranges::move(generator.generate(latents, views), std::back_inserter(cells));
    monitor.advance(static_cast<std::int64_t>(cells.size()) / kColumns);
  }
  return tiled(cells, kColumns, model->side());
}

}  // namespace loom
