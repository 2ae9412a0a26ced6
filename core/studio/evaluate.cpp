#include "core/studio/evaluate.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "core/base/cores.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/picture_score.h"
#include "core/evaluate/turnaround_evaluation.h"
#include "core/image/edit.h"
#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"
#include "core/studio/drawing.h"
#include "core/studio/evaluation_sprites.h"
#include "core/studio/tiles.h"

namespace loom {
namespace {

constexpr std::size_t kAtOnce = 64;  // sprites drawn between two looks at the monitor
constexpr std::size_t kMostExamples = 96;
constexpr std::size_t kPictured = 36, kAcross = 3;  // examples in one picture

using ReadPixels = std::function<Sprite(const SpriteInfo&)>;

/// Those sprites as the model sees them, characters numbered as they come.
SpriteSet loaded(const std::vector<SpriteInfo>& infos, const ReadPixels& pixelsOf, const Model& model,
                 const std::string& stage, JobMonitor& monitor) {
  SpriteSet set;
  std::map<std::string, int> numbers;
  monitor.begin(stage, std::ssize(infos));
  for (const SpriteInfo& info : infos) {
    const int number = numbers.try_emplace(info.character, static_cast<int>(numbers.size())).first->second;
    const Sprite pixels = pixelsOf(info);
    set.add(asSeenBy(model, std::span(&pixels, 1)).front(), number, info.view);
    monitor.advance(std::ssize(set.sprites));
  }
  return set;
}

/// A character for each of the held-out ones, drawn from the same sides; without views, one for each sprite.
SpriteSet madeLike(const SpriteSet& heldOut, const std::shared_ptr<const Model>& model, const EvaluateOptions& options,
                   JobMonitor& monitor) {
  SpriteGenerator generator(model, options.threads > 0 ? options.threads : usableCores());
  const bool views = knowsViews(*model);
  SpriteSet made;
  monitor.begin("Drawing characters", static_cast<std::int64_t>(heldOut.size()));
  for (std::size_t from = 0; from < heldOut.size(); from += kAtOnce) {
    std::vector<Latent> latents;
    std::vector<int> viewOf, characters;
    for (std::size_t i = from; i < std::min(from + kAtOnce, heldOut.size()); ++i) {
      characters.push_back(views ? heldOut.characters[i] : static_cast<int>(i));
      latents.push_back(sampleLatent(options.seed, static_cast<std::uint64_t>(characters.back()), model->latentSize()));
      const auto view = std::ranges::find(model->views, heldOut.views[i]) - model->views.begin();
      viewOf.push_back(views ? static_cast<int>(view) : 0);
    }
    const GenerateOptions how{.truncation = options.truncation, .crispAlpha = false};
    std::vector<Sprite> sprites = generator.generate(latents, viewOf, how);
    for (std::size_t i = 0; i < sprites.size(); ++i) {
      made.add(std::move(sprites[i]), characters[i], model->views[static_cast<std::size_t>(viewOf[i])]);
    }
    monitor.advance(static_cast<std::int64_t>(made.size()));
  }
  return made;
}

std::string percentText(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

std::vector<EvaluationExample> examplesOf(const Evaluation& evaluation, const EvaluationSets& sets) {
  std::vector<EvaluationExample> examples;
  for (const NearestExample& one : evaluation.nearest) {
    if (examples.size() == kMostExamples) break;
    examples.push_back({.sprites = {sets.made.sprites[one.made], sets.training.sprites[one.nearest],
                                    sets.training.sprites[one.second]},
                        .caption = percentText(one.difference) + " from the nearest",
                        .isCopy = one.isCopy});
  }
  return examples;
}

/// Of a model that draws new characters.
RunEvaluation evaluateGenerator(const std::shared_ptr<const Model>& model, const EvaluationSprites& sprites,
                                const EvaluateOptions& options, JobMonitor& monitor) {
  EvaluationSets sets{.side = model->side()};
  sets.training = loaded(
      sprites.training(), [&](const SpriteInfo& info) { return sprites.trainingPixels(info); }, *model,
      "Reading the training sprites", monitor);
  sets.heldOut = loaded(
      sprites.heldOut(), [&](const SpriteInfo& info) { return sprites.heldOutPixels(info); }, *model,
      "Reading the held-out sprites", monitor);
  sets.made = madeLike(sets.heldOut, model, options, monitor);
  const Evaluation evaluation = evaluate(sets, options.seed, monitor);
  return {.measures = evaluation.measures,
          .columns = {"made", "nearest", "second nearest"},
          .examples = examplesOf(evaluation, sets)};
}

/// The characters of those sprites that have two views of the model's at least; of several sprites of one view the
/// first counts.
std::vector<CharacterSprites> charactersOf(const std::vector<SpriteInfo>& infos, const ReadPixels& pixelsOf,
                                           const Model& model, const std::string& stage, JobMonitor& monitor) {
  std::map<std::string, CharacterSprites> byName;
  std::vector<std::string> order;
  monitor.begin(stage, std::ssize(infos));
  std::int64_t done = 0;
  for (const SpriteInfo& info : infos) {
    const auto view = static_cast<std::size_t>(std::ranges::find(model.views, info.view) - model.views.begin());
    if (view < model.views.size()) {
      const auto [place, isNew] = byName.try_emplace(info.character, CharacterSprites(model.views.size()));
      if (isNew) order.push_back(info.character);
      Sprite& sprite = place->second[view];
      if (sprite.empty()) sprite = fittedTo(pixelsOf(info), model.side()).sprite;
    }
    monitor.advance(++done);
  }
  std::vector<CharacterSprites> characters;
  for (const std::string& name : order) {
    CharacterSprites& one = byName[name];
    if (std::ranges::count_if(one, [](const Sprite& sprite) { return !sprite.empty(); }) > 1) {
      characters.push_back(std::move(one));
    }
  }
  return characters;
}

std::vector<EvaluationExample> examplesOf(const TurnaroundEvaluation& evaluation, const TurnaroundSets& sets) {
  std::vector<EvaluationExample> examples;
  for (const TurnaroundExample& one : evaluation.examples) {
    if (examples.size() == kMostExamples) break;
    const CharacterSprites& character = sets.heldOut[one.character];
    const auto seen = static_cast<std::size_t>(one.seen), wanted = static_cast<std::size_t>(one.wanted);
    examples.push_back(
        {.sprites = {character[seen], one.drawn, character[wanted], differencePicture(one.drawn, character[wanted])},
         .caption = sets.views[seen] + " > " + sets.views[wanted]});
  }
  return examples;
}

/// Of a model that draws missing views.
RunEvaluation evaluateTurned(const std::shared_ptr<const Model>& model, const EvaluationSprites& sprites,
                             const EvaluateOptions& options, JobMonitor& monitor) {
  TurnaroundSets sets{.views = model->views};
  sets.training = charactersOf(
      sprites.training(), [&](const SpriteInfo& info) { return sprites.trainingPixels(info); }, *model,
      "Reading the training sprites", monitor);
  sets.heldOut = charactersOf(
      sprites.heldOut(), [&](const SpriteInfo& info) { return sprites.heldOutPixels(info); }, *model,
      "Reading the held-out sprites", monitor);
  Turnaround turnaround(model, options.threads > 0 ? options.threads : usableCores());
  const auto draw = [&turnaround](std::span<const std::optional<Sprite>> views) {
    return turnaround.missingViews(views);
  };
  const TurnaroundEvaluation evaluation = evaluateTurnaround(sets, draw, options.seed, monitor);
  return {.measures = evaluation.measures,
          .columns = {"seen", "drawn", "true", "difference"},
          .examples = examplesOf(evaluation, sets)};
}

}  // namespace

RunEvaluation evaluateRun(const Project& project, const RunInfo& run, const EvaluateOptions& options,
                          JobMonitor& monitor) {
  const std::shared_ptr<const Model> model = loadRunModel(project, run, options.weights);
  const EvaluationSprites sprites(project, run, *model, options, monitor);
  RunEvaluation result = (isTurnaround(*model) ? evaluateTurned : evaluateGenerator)(model, sprites, options, monitor);
  result.sprites = std::ssize(sprites.heldOut());
  result.characters = sprites.heldOutCharacters();
  result.training = std::ssize(sprites.training());
  result.seen = sprites.twins();
  result.step = model->step;
  return result;
}

Sprite examplePicture(const RunEvaluation& evaluation) {
  std::vector<Sprite> cells;
  int side = 0;
  for (std::size_t i = 0; i < std::min(kPictured, evaluation.examples.size()); ++i) {
    if (i % kAcross != 0) cells.emplace_back();  // a free cell between two
    for (const Sprite& sprite : evaluation.examples[i].sprites) {
      cells.push_back(sprite);
      side = std::max({side, sprite.width(), sprite.height()});
    }
  }
  const std::size_t columns = kAcross * (evaluation.columns.size() + 1) - 1;
  return tiled(cells, static_cast<int>(columns), side);
}

}  // namespace loom
