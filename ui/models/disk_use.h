// What a project takes on the disk, run by run, and the clean-up of its old checkpoints.
#pragma once

#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// What is kept of each run's checkpoints.
struct KeepRule {
  int newest = 1;    ///< at least 1
  bool best = true;  ///< also the one nearest to the run's best value
};

struct RunUse {
  RunInfo run;
  RunStorage storage;
  bool inTraining = false;        ///< by anyone: nothing of it is touched
  CheckpointCleanUp removable{};  ///< by the rule; nothing of a run in training
};

struct DiskUse {
  std::vector<RunUse> runs;  ///< by number; those in the bin too (run.binned)
  std::int64_t database = 0;
  std::int64_t total() const;

  std::int64_t removableBytes() const;
  int removableFiles() const;
  int removableRuns() const;
};

/// Some hundredths of a millisecond a file: not for the GUI thread. Throws Error.
DiskUse readDiskUse(const Project& project, const KeepRule& keep);

struct CleanUpReport {
  std::int64_t bytes = 0;
  int files = 0;
  std::vector<std::string> skipped;  ///< runs that could not be cleaned up, and why
};
/// Removes what the rule does not keep, from every run that is not in training. Throws Error, Cancelled; what was
/// removed before stays removed.
CleanUpReport cleanUpCheckpoints(const Project& project, const KeepRule& keep, JobMonitor& monitor);

}  // namespace loom
