#include "core/studio/sprite_credits.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/dataset/credits.h"
#include "core/studio/run_bin.h"
#include "core/studio/run_files.h"

namespace loom {
namespace {

std::string textFor(const Project& project, std::span<const SpriteId> ids, const std::string& title) {
  if (ids.empty()) return {};
  const std::vector<Credit> credits = creditsOf(project.catalogue(), ids);
  const bool known = std::ranges::any_of(
      credits, [](const Credit& credit) { return !credit.author.empty() || !credit.licence.empty(); });
  return known ? creditsText(credits, title) : std::string();
}

/// The sprites a run was trained on; none where its list cannot be read.
std::vector<SpriteId> trainedOn(const Project& project, const RunInfo& run) {
  try {
    return readRunSprites(project.runFolder(run)).ids;
  } catch (const Error&) {
    return {};
  }
}

constexpr const char* kModelTitle = "sprites drawn by a model that was trained on these";

}  // namespace

std::string creditsForSprites(const Project& project, std::span<const SpriteId> ids) {
  return textFor(project, ids, project.name());
}

std::string creditsForRun(const Project& project, const RunInfo& run) {
  const std::string imported = readRunCredits(project.runFolder(run));
  return imported.empty() ? textFor(project, trainedOn(project, run), kModelTitle) : imported;
}

std::string creditsForFavourites(const Project& project, std::span<const std::int64_t> ids) {
  const Catalogue catalogue = project.catalogue();
  std::set<int> runs;
  for (const Favourite& favourite : catalogue.favourites()) {
    if (std::ranges::find(ids, favourite.id) != ids.end()) runs.insert(favourite.run);
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
  for (const int gone : runs) credit(spritesOfRemovedRun(catalogue, gone));
  const std::vector<SpriteId> all(sprites.begin(), sprites.end());
  const std::string text = textFor(project, all, kModelTitle);
  return text.empty() || imported.empty() ? text + imported : text + "\n" + imported;
}

std::filesystem::path saveCreditsBeside(const std::filesystem::path& picture, const std::string& credits) {
  if (credits.empty()) return {};
  std::filesystem::path file = picture;
  file.replace_extension(".credits.txt");
  writeFileAtomically(file, credits);
  return file;
}

}  // namespace loom
