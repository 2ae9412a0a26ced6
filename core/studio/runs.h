// Finding the runs of a project and what they left.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/training/model.h"

namespace loom {

/// Sets the record straight for runs that a killed program left "running": they become "stopped" at their newest
/// checkpoint. Runs that are being trained, here or by another program, are left alone. Returns how many there were.
int recoverRuns(const Project& project);

/// The run a word stands for: its number, or "last". Throws Error naming the runs there are, also for starter weights
/// (findRunOrStarter takes them).
RunInfo findRun(const Catalogue& catalogue, const std::string& word);

/// The newest whole checkpoint of a run, if it has one.
std::optional<CheckpointInfo> newestCheckpoint(const Project& project, const RunInfo& run);
/// Which of a run's weights.
enum class Weights {
  kNewest,
  kBest,  ///< by the measure that its preset is judged by, where one has been taken; else the newest
};
/// The checkpoint with those weights, if the run has one.
std::optional<CheckpointInfo> checkpointOf(const Project& project, const RunInfo& run, Weights which);
/// Those weights; of starter weights (starterRun) the only ones. Throws Error when the run has no checkpoint yet.
std::shared_ptr<const Model> loadRunModel(const Project& project, const RunInfo& run, Weights which = Weights::kNewest);

/// The included sprites that the run was not trained on: those held out, and those that came later.
std::vector<SpriteId> unseenSprites(const Project& project, const RunInfo& run);

}  // namespace loom
