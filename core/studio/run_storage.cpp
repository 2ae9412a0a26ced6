#include "core/studio/run_storage.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"
#include "core/studio/run_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

std::int64_t bytesOf(const fs::path& file) {
  std::error_code problem;
  const auto bytes = fs::file_size(file, problem);
  return problem ? 0 : static_cast<std::int64_t>(bytes);
}

void count(const fs::path& folder, std::int64_t& bytes, int& files) {
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    std::error_code ignored;
    if (entry->is_symlink(ignored) || !entry->is_regular_file(ignored)) continue;
    bytes += bytesOf(entry->path());
    ++files;
  }
}

}  // namespace

RunStorage runStorage(const Project& project, const RunInfo& run) {
  const fs::path folder = project.runFolder(run);
  RunStorage storage;
  std::int64_t all = 0;
  int files = 0;
  count(folder, all, files);
  count(folder / "checkpoints", storage.checkpoints, storage.checkpointFiles);
  count(folder / "samples", storage.samples, storage.sampleFiles);
  storage.other = std::max<std::int64_t>(0, all - storage.checkpoints - storage.samples);
  return storage;
}

CheckpointCleanUp oldCheckpoints(const Project& project, const RunInfo& run, int keepNewest, bool keepBest) {
  std::vector<CheckpointInfo> old = checkpoints(project.runFolder(run));
  if (old.empty()) return {};
  std::int64_t best = old.back().step;
  if (keepBest && run.best) {
    const auto distance = [&run](const CheckpointInfo& one) { return std::abs(one.step - run.best->step); };
    best = std::ranges::min_element(old, {}, distance)->step;
  }
  const auto newest = std::min(old.size(), static_cast<std::size_t>(std::max(keepNewest, 1)));
  old.resize(old.size() - newest);
  std::erase_if(old, [best](const CheckpointInfo& one) { return one.step == best; });
  CheckpointCleanUp plan{std::move(old), 0};
  for (const CheckpointInfo& one : plan.checkpoints) plan.bytes += bytesOf(one.file);
  return plan;
}

CheckpointCleanUp removeOldCheckpoints(const Project& project, const RunInfo& run, int keepNewest, bool keepBest) {
  const fs::path folder = project.runFolder(run);
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return {};
  const RunLock lock(folder, run.number);
  CheckpointCleanUp plan = oldCheckpoints(project, run, keepNewest, keepBest);
  for (const CheckpointInfo& one : plan.checkpoints) {
    std::error_code problem;
    fs::remove(one.file, problem);
    if (problem) {
      throw Error("could not delete " + one.file.string() + ": " + problem.message(),
                  "check that you may write in the project folder", one.file);
    }
  }
  return plan;
}

}  // namespace loom
