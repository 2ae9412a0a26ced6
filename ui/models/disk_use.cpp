#include "ui/models/disk_use.h"

#include <filesystem>

#include "core/base/error.h"
#include "core/studio/run_files.h"

namespace loom {
namespace {

/// Those in the bin too, by number.
std::vector<RunInfo> allRuns(const Project& project) {
  const Catalogue catalogue = project.catalogue();
  std::vector<RunInfo> runs = catalogue.runs();
  const std::vector<RunInfo> binned = catalogue.binnedRuns();
  runs.insert(runs.end(), binned.begin(), binned.end());
  std::ranges::sort(runs, {}, &RunInfo::number);
  return runs;
}

/// The database with its write-ahead log.
std::int64_t databaseBytes(const Project& project) {
  std::int64_t bytes = 0;
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(project.database().string() + part, missing);
    if (!missing) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

}  // namespace

std::int64_t DiskUse::total() const {
  std::int64_t bytes = database;
  for (const RunUse& use : runs) bytes += use.storage.total();
  return bytes;
}

std::int64_t DiskUse::removableBytes() const {
  std::int64_t bytes = 0;
  for (const RunUse& use : runs) bytes += use.removable.bytes;
  return bytes;
}

int DiskUse::removableFiles() const {
  std::size_t files = 0;
  for (const RunUse& use : runs) files += use.removable.checkpoints.size();
  return static_cast<int>(files);
}

int DiskUse::removableRuns() const {
  return static_cast<int>(
      std::ranges::count_if(runs, [](const RunUse& use) { return !use.removable.checkpoints.empty(); }));
}

DiskUse readDiskUse(const Project& project, const KeepRule& keep) {
  DiskUse use;
  use.database = databaseBytes(project);
  for (RunInfo& run : allRuns(project)) {
    RunUse one;
    one.storage = runStorage(project, run);
    one.inTraining = RunLock::isHeld(project.runFolder(run));
    if (!one.inTraining) one.removable = oldCheckpoints(project, run, keep.newest, keep.best);
    one.run = std::move(run);
    use.runs.push_back(std::move(one));
  }
  return use;
}

CleanUpReport cleanUpCheckpoints(const Project& project, const KeepRule& keep, JobMonitor& monitor) {
  CleanUpReport report;
  const std::vector<RunInfo> runs = allRuns(project);
  monitor.begin("Removing old checkpoints", static_cast<std::int64_t>(runs.size()));
  std::int64_t done = 0;
  for (const RunInfo& run : runs) {
    if (!oldCheckpoints(project, run, keep.newest, keep.best).checkpoints.empty()) {
      try {
        const CheckpointCleanUp removed = removeOldCheckpoints(project, run, keep.newest, keep.best);
        report.bytes += removed.bytes;
        report.files += static_cast<int>(removed.checkpoints.size());
      } catch (const Error& error) {
        report.skipped.push_back("run " + std::to_string(run.number) + ": " + error.what());
      }
    }
    monitor.advance(++done);
  }
  return report;
}

}  // namespace loom
