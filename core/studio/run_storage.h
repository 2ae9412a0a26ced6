// What a run takes on the disk, and giving back what its old checkpoints take.
#pragma once

#include <cstdint>
#include <vector>

#include "core/project/project.h"
#include "core/training/model.h"

namespace loom {

struct RunStorage {
  std::int64_t checkpoints = 0;  ///< bytes of checkpoints/
  std::int64_t samples = 0;      ///< bytes of samples/
  std::int64_t other = 0;        ///< bytes of recipe, sprites, log and whatever else lies there
  int checkpointFiles = 0;
  int sampleFiles = 0;
  std::int64_t total() const { return checkpoints + samples + other; }
};

/// Looks at the run's folder, some hundredths of a millisecond a file; a folder that is gone takes nothing.
RunStorage runStorage(const Project& project, const RunInfo& run);

struct CheckpointCleanUp {
  std::vector<CheckpointInfo> checkpoints;  ///< oldest first
  std::int64_t bytes = 0;
};

/// The whole checkpoints that removeOldCheckpoints() would delete, without deleting any.
CheckpointCleanUp oldCheckpoints(const Project& project, const RunInfo& run, int keepNewest, bool keepBest);

/// Deletes all but the `keepNewest` (at least 1) newest checkpoints and, with `keepBest`, the one nearest to run.best.
/// The newest whole one always stays, so that the run can be resumed and drawn with. Throws Error when the run is being
/// trained, here or by another program, or when a file cannot be deleted. Returns what was deleted.
CheckpointCleanUp removeOldCheckpoints(const Project& project, const RunInfo& run, int keepNewest, bool keepBest);

}  // namespace loom
