#include "core/studio/sprite_credits.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/dataset/credits.h"
#include "core/dataset/licences.h"
#include "core/studio/run_bin.h"
#include "core/studio/run_files.h"
#include "core/studio/starter_weights.h"

namespace loom {
namespace {

std::string textOf(const std::vector<Credit>& credits, const std::string& title) {
  const bool known = std::ranges::any_of(
      credits, [](const Credit& credit) { return !credit.author.empty() || !credit.licence.empty(); });
  return known ? creditsText(credits, title) : std::string();
}

/// What a model draws comes from all that it was trained on: thousands of characters, each composed of the work of
/// other artists, are one credit.
std::string textForModel(const Project& project, std::span<const SpriteId> ids) {
  if (ids.empty()) return {};
  return textOf(mergedByOrigin(creditsOf(project.catalogue(), ids)),
                "sprites drawn by a model that was trained on these");
}

/// The sprites a run was trained on; none where its list cannot be read.
std::vector<SpriteId> trainedOn(const Project& project, const RunInfo& run) {
  try {
    return readRunSprites(project.runFolder(run)).ids;
  } catch (const Error&) {
    return {};
  }
}

/// What the licences of the credits say together, for the end of their text; empty where they say nothing.
std::string together(std::span<const Credit> credits) {
  const LicenceReport report = licencesTogether(credits);
  std::string usable;
  for (const std::string& licence : report.usable) usable += (usable.empty() ? "" : " or ") + licence;
  if (!usable.empty()) usable = "What is made of them may be given on under " + usable + ".\n";
  return usable + licenceWarning(report);
}

std::vector<std::filesystem::path> saved(const std::filesystem::path& stem, const std::string& credits) {
  if (credits.empty()) return {};
  const std::vector<Credit> all = creditsIn(credits);
  const std::string end = together(all);
  const std::filesystem::path text = stem.string() + ".txt", table = stem.string() + ".csv";
  writeFileAtomically(text, credits + (end.empty() ? "" : "\nAll together\n" + end));
  writeFileAtomically(table, creditsCsv(all));
  return {text, table};
}

}  // namespace

std::string creditsForSprites(const Project& project, std::span<const SpriteId> ids) {
  if (ids.empty()) return {};
  return textOf(creditsOf(project.catalogue(), ids), project.name());
}

std::string creditsForRun(const Project& project, const RunInfo& run) {
  if (isStarter(run)) return starterCredits(starterOf(run.preset));
  const std::string imported = readRunCredits(project.runFolder(run));
  return imported.empty() ? textForModel(project, trainedOn(project, run)) : imported;
}

std::string creditsForFavourites(const Project& project, std::span<const std::int64_t> ids) {
  const Catalogue catalogue = project.catalogue();
  std::set<int> runs;
  std::set<std::string> starters;
  for (const Favourite& favourite : catalogue.favourites()) {
    if (std::ranges::find(ids, favourite.id) == ids.end()) continue;
    if (const std::string starter = favourite.settings.value("starter", ""); !starter.empty()) {
      starters.insert(starter);
    } else {
      runs.insert(favourite.run);
    }
  }
  std::vector<RunInfo> known = catalogue.runs();
  std::ranges::copy(catalogue.binnedRuns(), std::back_inserter(known));
  std::set<SpriteId> sprites;
  const auto credit = [&sprites](const std::vector<SpriteId>& seen) { sprites.insert(seen.begin(), seen.end()); };
  std::string imported;
  for (const RunInfo& run : known) {
    if (runs.erase(run.number) == 0) continue;
    imported += readRunCredits(project.runFolder(run));
    credit(trainedOn(project, run));
  }
  for (const StarterWeights& starter : starterWeights()) {
    if (starters.contains(starter.preset)) imported += starterCredits(starter);
  }
  for (const int gone : runs) credit(spritesOfRemovedRun(catalogue, gone));
  const std::vector<SpriteId> all(sprites.begin(), sprites.end());
  const std::string text = textForModel(project, all);
  return text.empty() || imported.empty() ? text + imported : text + "\n" + imported;
}

std::string creditsForTurned(const Project& project, const RunInfo& run, std::span<const SpriteId> origins) {
  const std::string seen = creditsForSprites(project, origins), drawn = creditsForRun(project, run);
  return seen + (seen.empty() || drawn.empty() ? "" : "\n") + drawn;
}

std::vector<std::filesystem::path> saveCreditsBeside(const std::filesystem::path& picture, const std::string& credits) {
  return saved(std::filesystem::path(picture).replace_extension(".credits"), credits);
}

std::vector<std::filesystem::path> saveCreditsInto(const std::filesystem::path& folder, const std::string& credits) {
  return saved(folder / "CREDITS", credits);
}

std::string creditsWarning(const std::string& credits) {
  return licenceWarning(licencesTogether(creditsIn(credits)));
}

}  // namespace loom
