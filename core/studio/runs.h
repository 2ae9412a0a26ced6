// Finding the runs of a project and what they left.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/training/model.h"

namespace loom {

/// Sets the record straight for runs that a killed program left "running": they become "stopped" at their newest
/// checkpoint. Runs that are being trained, here or by another program, are left alone. Returns how many there were.
int recoverRuns(const Project& project);

/// The run a word stands for: its number, or "last". Throws Error naming the runs there are.
RunInfo findRun(const Catalogue& catalogue, const std::string& word);

/// The newest whole checkpoint of a run, if it has one.
std::optional<CheckpointInfo> newestCheckpoint(const Project& project, const RunInfo& run);
/// The newest weights of a run. Throws Error when it has no checkpoint yet.
std::shared_ptr<const Model> loadRunModel(const Project& project, const RunInfo& run);

}  // namespace loom
