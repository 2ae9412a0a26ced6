#include "core/studio/runs.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "core/studio/starter_weights.h"

namespace loom {
namespace {

/// Deletes what a killed training was writing, where only a training writes. Nobody else knows those names.
void removeUnfinished(const std::filesystem::path& runFolder) {
  for (const char* name : {"checkpoints", "samples"}) {
    std::vector<std::filesystem::path> unfinished;
    std::error_code problem;
    for (std::filesystem::directory_iterator entry(runFolder / name, problem), end; !problem && entry != end;
         entry.increment(problem)) {
      if (entry->path().filename().string().starts_with('.')) unfinished.push_back(entry->path());
    }
    for (const std::filesystem::path& file : unfinished) std::filesystem::remove(file, problem);
  }
}

}  // namespace

int recoverRuns(const Project& project) {
  Catalogue catalogue = project.catalogue();
  int recovered = 0;
  for (RunInfo run : catalogue.runs()) {
    if (run.status != RunStatus::kRunning && run.status != RunStatus::kPaused) continue;
    const std::filesystem::path folder = project.runFolder(run);
    if (std::filesystem::is_directory(folder) && RunLock::isHeld(folder)) continue;
    removeUnfinished(folder);
    const auto newest = newestCheckpoint(project, run);
    run.steps = newest ? newest->step : 0;
    // Killed between its last checkpoint and the record of its end, it has nothing left to be resumed for.
    const bool complete = run.targetSteps > 0 && run.steps >= run.targetSteps;
    run.status = complete ? RunStatus::kFinished : RunStatus::kStopped;
    catalogue.updateRun(run);
    appendRunLog(folder, "found interrupted; its newest checkpoint is at step " + std::to_string(run.steps));
    ++recovered;
  }
  return recovered;
}

RunInfo findRun(const Catalogue& catalogue, const std::string& word) {
  if (namesStarter(word)) {
    throw Error("the starter weights are no run of this project",
                "this needs one that was trained here: its number, or 'last'");
  }
  const std::vector<RunInfo> runs = catalogue.runs();
  const std::vector<RunInfo> binned = catalogue.binnedRuns();
  if (std::ranges::any_of(binned, [&word](const RunInfo& run) { return std::to_string(run.number) == word; })) {
    throw Error("run " + word + " is deleted", "restore it on the Train page, under Deleted runs");
  }
  if (runs.empty()) throw Error("the project has no runs yet", "train one first");
  if (word == "last") return runs.back();
  int number = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool isNumber = problem == std::errc() && end == word.data() + word.size();
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const RunInfo& run) { return run.number == number; });
  if (isNumber && found != runs.end()) return *found;
  std::string known;
  for (const RunInfo& run : runs) known += (known.empty() ? "" : ", ") + std::to_string(run.number);
  throw Error("there is no run '" + word + "'", "the project has: " + known + "; or say 'last'");
}

std::optional<CheckpointInfo> newestCheckpoint(const Project& project, const RunInfo& run) {
  const std::vector<CheckpointInfo> all = checkpoints(project.runFolder(run));
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::optional<CheckpointInfo> checkpointOf(const Project& project, const RunInfo& run, Weights which) {
  if (which == Weights::kBest) {
    if (auto best = bestCheckpoint(project.runFolder(run))) return best;
  }
  return newestCheckpoint(project, run);
}

std::shared_ptr<const Model> loadRunModel(const Project& project, const RunInfo& run, Weights which) {
  if (isStarter(run)) return loadStarter(starterOf(run.preset));
  const auto checkpoint = checkpointOf(project, run, which);
  if (!checkpoint) {
    throw Error("run " + std::to_string(run.number) + " has no checkpoint yet",
                "train it for longer, or write a checkpoint now");
  }
  return loadModel(checkpoint->file);
}

std::vector<SpriteId> unseenSprites(const Project& project, const RunInfo& run) {
  std::set<SpriteId> seen;
  if (const auto folder = project.runFolder(run); std::filesystem::exists(folder / "sprites.json")) {
    const std::vector<SpriteId> ids = readRunSprites(folder).ids;  // an imported run has seen none of this project's
    seen.insert(ids.begin(), ids.end());
  }
  std::vector<SpriteId> unseen;
  for (const SpriteInfo& info : project.catalogue().sprites()) {
    if (!info.excluded && !seen.contains(info.id)) unseen.push_back(info.id);
  }
  return unseen;
}

}  // namespace loom
