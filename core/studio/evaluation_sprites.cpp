#include "core/studio/evaluation_sprites.h"

#include <QString>
#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/project/view.h"
#include "core/studio/page_import.h"
#include "core/studio/run_files.h"
#include "core/studio/starter_weights.h"

namespace loom {
namespace {

constexpr std::size_t kMostTraining = 10'000;
constexpr std::uint64_t kChoiceStream = 5;

std::vector<SpriteInfo> included(const Catalogue& catalogue) {
  std::vector<SpriteInfo> infos = catalogue.sprites();
  std::erase_if(infos, [](const SpriteInfo& info) { return info.excluded; });
  return infos;
}

/// What stands in for the sprites that starter weights were trained on, which are nobody's here: those of the project,
/// or of half of its characters where the other half is to be measured by.
std::vector<SpriteInfo> standingIn(const Catalogue& catalogue, bool all) {
  std::vector<SpriteInfo> infos = included(catalogue);
  std::map<std::string, std::size_t> numbers;
  for (const SpriteInfo& info : infos) numbers.try_emplace(info.character, numbers.size());
  if (!all) std::erase_if(infos, [&numbers](const SpriteInfo& info) { return numbers[info.character] % 2 == 1; });
  if (!infos.empty()) return infos;
  throw Error("there are no sprites in the project to hold what the starter weights draw against",
              "import some of the kind that you mean to draw");
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

/// Whole characters, since some things are told of their views together; those taken lie evenly among all.
std::vector<SpriteInfo> thinnedOut(const std::vector<SpriteInfo>& infos) {
  if (infos.size() <= kMostTraining) return infos;
  std::map<std::string, std::size_t> numbers;
  for (const SpriteInfo& info : infos) numbers.try_emplace(info.character, numbers.size());
  std::vector<SpriteInfo> chosen;
  for (const SpriteInfo& info : infos) {
    const std::size_t number = numbers[info.character];
    const auto before = [&](std::size_t count) { return count * kMostTraining / infos.size(); };
    if (before(number + 1) > before(number)) chosen.push_back(info);
  }
  return chosen;
}

/// Of characters that the run has not seen from any side.
std::vector<SpriteInfo> unseenCharacters(const Catalogue& catalogue, const std::vector<SpriteInfo>& training) {
  std::set<std::string> seen;
  for (const SpriteInfo& info : training) seen.insert(info.character);
  std::vector<SpriteInfo> unseen = included(catalogue);
  std::erase_if(unseen, [&seen](const SpriteInfo& info) { return seen.contains(info.character); });
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

std::int64_t countTwins(const std::vector<SpriteInfo>& heldOut, const std::vector<SpriteInfo>& training) {
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

/// Sprites from outside, in a project that lasts as long as this.
class EvaluationSprites::Outside {
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

EvaluationSprites::EvaluationSprites(const Project& project, const RunInfo& run, const Model& model,
                                     const EvaluateOptions& options, JobMonitor& monitor)
    : m_own(project.catalogue()) {
  const std::vector<SpriteInfo> training =
      isStarter(run) ? standingIn(m_own, options.against.has_value()) : trainedOn(project, m_own, run);
  if (options.against) m_outside = std::make_unique<Outside>(*options.against, monitor);
  m_heldOut =
      drawnCharacters(m_outside ? m_outside->catalogue().sprites() : unseenCharacters(m_own, training), model,
                      std::min(training.size(), static_cast<std::size_t>(std::max(1, options.count))), options.seed);
  requireSome(m_heldOut, model, m_outside != nullptr);
  m_twins = countTwins(m_heldOut, training);
  m_training = thinnedOut(training);
}

EvaluationSprites::~EvaluationSprites() = default;

Sprite EvaluationSprites::heldOutPixels(const SpriteInfo& info) const {
  return (m_outside ? m_outside->catalogue() : m_own).pixels(info.id);
}

std::int64_t EvaluationSprites::heldOutCharacters() const {
  std::set<std::string> names;
  for (const SpriteInfo& info : m_heldOut) names.insert(info.character);
  return std::ssize(names);
}

bool knowsViews(const Model& model) {
  return model.views != std::vector<std::string>{std::string(kAnyView)};
}

}  // namespace loom
