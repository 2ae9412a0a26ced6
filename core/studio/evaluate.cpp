#include "core/studio/evaluate.h"

#include <QString>
#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/evaluate/evaluation.h"
#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"
#include "core/project/view.h"
#include "core/studio/drawing.h"
#include "core/studio/page_import.h"
#include "core/studio/run_files.h"
#include "core/studio/tiles.h"

namespace loom {
namespace {

constexpr std::size_t kMostTraining = 10'000;
constexpr std::size_t kAtOnce = 64;  // sprites drawn between two looks at the monitor
constexpr std::size_t kExamples = 24, kAcross = 3;
constexpr std::uint64_t kChoiceStream = 5;

bool knowsViews(const Model& model) {
  return model.views != std::vector<std::string>{std::string(kAnyView)};
}

/// Those sprites as the model sees them, characters numbered as they come.
SpriteSet loaded(const Catalogue& catalogue, const std::vector<SpriteInfo>& infos, const Model& model,
                 const std::string& stage, JobMonitor& monitor) {
  SpriteSet set;
  std::map<std::string, int> numbers;
  monitor.begin(stage, static_cast<std::int64_t>(infos.size()));
  for (const SpriteInfo& info : infos) {
    const int number = numbers.try_emplace(info.character, static_cast<int>(numbers.size())).first->second;
    const Sprite pixels = catalogue.pixels(info.id);
    set.add(asSeenBy(model, std::span(&pixels, 1)).front(), number, info.view);
    monitor.advance(static_cast<std::int64_t>(set.size()));
  }
  return set;
}

std::vector<SpriteInfo> trainedOn(const Project& project, const Catalogue& catalogue, const RunInfo& run) {
  std::vector<SpriteInfo> infos;
  if (const auto folder = project.runFolder(run); std::filesystem::exists(folder / "sprites.json")) {
    infos = catalogue.sprites(readRunSprites(folder).ids);
  }
  if (infos.empty()) {
    throw Error("the sprites that run " + std::to_string(run.number) + " was trained on are not in this project",
                "measure it in the project it comes from: without them, copies cannot be told");
  }
  return infos;
}

std::vector<SpriteInfo> thinnedOut(const std::vector<SpriteInfo>& infos) {
  std::vector<SpriteInfo> chosen;
  const std::size_t count = std::min(infos.size(), kMostTraining);
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(infos[i * infos.size() / count]);
  return chosen;
}

/// Of characters that the run has not seen from any side.
std::vector<SpriteInfo> unseenCharacters(const Catalogue& catalogue, const std::vector<SpriteInfo>& training) {
  std::set<std::string> seen;
  for (const SpriteInfo& info : training) seen.insert(info.character);
  std::vector<SpriteInfo> unseen = catalogue.sprites();
  std::erase_if(unseen, [&seen](const SpriteInfo& info) { return info.excluded || seen.contains(info.character); });
  return unseen;
}

/// At most `most` of those whose view the model knows, of characters drawn at random, all sprites of one together.
std::vector<SpriteInfo> drawnCharacters(std::vector<SpriteInfo> infos, const Model& model, std::size_t most,
                                        std::uint64_t seed) {
  if (knowsViews(model)) {
    std::erase_if(infos, [&model](const SpriteInfo& info) { return std::ranges::count(model.views, info.view) == 0; });
  }
  std::map<std::string, std::vector<SpriteInfo>> byCharacter;
  for (SpriteInfo& info : infos) byCharacter[info.character].push_back(std::move(info));
  std::vector<std::string> names;
  for (const auto& [name, sprites] : byCharacter) names.push_back(name);
  RandomStream random(seed, kChoiceStream);
  std::vector<SpriteInfo> taken;
  while (!names.empty() && taken.size() < most) {
    std::swap(names[random.below(static_cast<std::uint32_t>(names.size()))], names.back());
    for (const SpriteInfo& info : byCharacter[names.back()]) {
      if (taken.size() < most) taken.push_back(info);
    }
    names.pop_back();
  }
  return taken;
}

/// Sprites from outside, in a project that lasts as long as this.
class Outside {
 public:
  Outside(const std::string& source, JobMonitor& monitor) {
    if (!m_folder.isValid()) throw Error("no temporary folder could be made", "check that the disk is not full");
    const Project project = Project::create(std::filesystem::path(m_folder.path().toStdString()) / "against.loom");
    const ImportReport report = importSources(project, {source}, {}, monitor);
    if (report.cancelled) throw Cancelled();
    if (report.imported == 0) {
      throw Error("there are no sprites to measure by in " + source,
                  report.skipped.empty() ? std::string("name a folder or an archive of sprites")
                                         : report.skipped.front().file + ": " + report.skipped.front().reason,
                  source);
    }
    m_catalogue.emplace(project.catalogue());
  }
  const Catalogue& catalogue() const { return *m_catalogue; }

 private:
  QTemporaryDir m_folder;
  std::optional<Catalogue> m_catalogue;  ///< closed before its folder goes
};

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

Sprite pictureOf(const Evaluation& evaluation, const EvaluationSets& sets) {
  std::vector<Sprite> cells;
  for (std::size_t i = 0; i < std::min(kExamples, evaluation.nearest.size()); ++i) {
    if (i % kAcross != 0) cells.emplace_back();  // a free cell between two threes
    const NearestExample& example = evaluation.nearest[i];
    cells.push_back(sets.made.sprites[example.made]);
    cells.push_back(sets.training.sprites[example.nearest]);
    cells.push_back(sets.training.sprites[example.second]);
  }
  return tiled(cells, 4 * static_cast<int>(kAcross) - 1, sets.side);
}

std::int64_t twins(const std::vector<SpriteInfo>& heldOut, const std::vector<SpriteInfo>& training) {
  std::set<std::uint64_t> hashes;
  for (const SpriteInfo& info : training) hashes.insert(info.hash);
  return std::ranges::count_if(heldOut, [&hashes](const SpriteInfo& info) { return hashes.contains(info.hash); });
}

void requireSome(const std::vector<SpriteInfo>& infos, const Model& model, bool fromOutside) {
  if (!infos.empty()) return;
  std::string views;
  for (const std::string& view : model.views) views += (views.empty() ? "" : ", ") + view;
  if (fromOutside)
    throw Error("none of the sprites to measure by shows a view of the model", "its views are: " + views);
  throw Error("the project has no character that the run was not trained on",
              "name a folder or archive of other sprites (--against), or hold characters out and train again");
}

}  // namespace

RunEvaluation evaluateRun(const Project& project, const RunInfo& run, const EvaluateOptions& options,
                          JobMonitor& monitor) {
  const std::shared_ptr<const Model> model = loadRunModel(project, run, options.weights);
  const Catalogue own = project.catalogue();
  const std::vector<SpriteInfo> training = trainedOn(project, own, run);
  std::optional<Outside> outside;
  if (options.against) outside.emplace(*options.against, monitor);
  const Catalogue& source = outside ? outside->catalogue() : own;
  const std::vector<SpriteInfo> heldOut =
      drawnCharacters(outside ? source.sprites() : unseenCharacters(own, training), *model,
                      std::min(training.size(), static_cast<std::size_t>(std::max(1, options.count))), options.seed);
  requireSome(heldOut, *model, outside.has_value());

  EvaluationSets sets{.side = model->side()};
  sets.training = loaded(own, thinnedOut(training), *model, "Reading the training sprites", monitor);
  sets.heldOut = loaded(source, heldOut, *model, "Reading the held-out sprites", monitor);
  sets.made = madeLike(sets.heldOut, model, options, monitor);
  const Evaluation evaluation = evaluate(sets, options.seed, monitor);
  const std::set<int> characters(sets.heldOut.characters.begin(), sets.heldOut.characters.end());
  return {.measures = evaluation.measures,
          .sprites = static_cast<std::int64_t>(sets.heldOut.size()),
          .characters = static_cast<std::int64_t>(characters.size()),
          .training = static_cast<std::int64_t>(sets.training.size()),
          .seen = twins(heldOut, training),
          .step = model->step,
          .nearest = pictureOf(evaluation, sets)};
}

}  // namespace loom
