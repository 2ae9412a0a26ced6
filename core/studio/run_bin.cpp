#include "core/studio/run_bin.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "core/studio/run_storage.h"

namespace loom {
namespace {

std::string creditKey(int run) {
  return "sprites of run " + std::to_string(run);
}

/// Keeps who made the sprites of a run whose favourites outlive it.
void keepCredits(const Project& project, Catalogue& catalogue, const RunInfo& run) {
  const auto ofRun = [&run](const Favourite& favourite) { return favourite.run == run.number; };
  if (std::ranges::none_of(catalogue.favourites(), ofRun)) return;
  try {
    catalogue.setValue(creditKey(run.number), readRunSprites(project.runFolder(run)).ids);
  } catch (const Error&) {  // a run without its list of sprites has nobody to credit
  }
}

/// All but the folder itself.
void removeFiles(const std::filesystem::path& folder) {
  std::error_code problem;
  std::vector<std::filesystem::path> inside;
  for (std::filesystem::directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    if (!RunLock::isLockFile(entry->path())) inside.push_back(entry->path());
  }
  problem.clear();
  for (const std::filesystem::path& path : inside) {
    std::filesystem::remove_all(path, problem);
    if (!problem) continue;
    throw Error("could not delete " + path.string() + ": " + problem.message(),
                "check that you may write in the project folder, then try again", path);
  }
}

/// The run's lock; nothing for one that has lost its folder.
std::optional<RunLock> lockOf(const std::filesystem::path& folder, int number) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) return std::nullopt;
  return RunLock(folder, number);
}

}  // namespace

void binRuns(const Project& project, Catalogue& catalogue, std::span<const int> numbers) {
  for (const int number : numbers) lockOf(project.runFolder(catalogue.run(number)), number);
  catalogue.setRunsBinned(numbers, true);
}

std::int64_t removeRunForGood(const Project& project, int number) {
  Catalogue catalogue = project.catalogue();
  const RunInfo run = catalogue.run(number);
  const std::filesystem::path folder = project.runFolder(run);
  const std::int64_t bytes = runStorage(project, run).total();
  std::optional<RunLock> lock = lockOf(folder, number);
  keepCredits(project, catalogue, run);
  catalogue.setRunsBinned(std::span(&number, 1), true);  // where it stays, should something fail below
  removeFiles(folder);
  catalogue.removeRun(number);
  lock.reset();  // takes its file along
  std::error_code ignored;
  std::filesystem::remove(folder, ignored);
  return bytes;
}

std::vector<SpriteId> spritesOfRemovedRun(const Catalogue& catalogue, int number) {
  const Json kept = catalogue.value(creditKey(number));
  const bool whole = kept.is_array() && std::ranges::all_of(kept, &Json::is_number_integer);
  return whole ? kept.get<std::vector<SpriteId>>() : std::vector<SpriteId>();
}

}  // namespace loom
