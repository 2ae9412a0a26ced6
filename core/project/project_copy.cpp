// Saving a project under another name, also while something writes to it.
#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/project/catalogue_impl.h"
#include "core/project/project.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 256;

struct CopyFile {
  fs::path relative;
  std::int64_t bytes = 0;
};

/// A folder that is gone again unless it was kept.
class FolderInTheMaking {
 public:
  explicit FolderInTheMaking(const fs::path& target) {
    for (int number = 1;; ++number) {
      m_path = target.parent_path() / ("." + target.filename().string() + ".saving-" + std::to_string(number));
      std::error_code failure;
      if (fs::create_directory(m_path, failure)) return;
      if (failure) {
        throw Error("could not make a folder in " + target.parent_path().string() + ": " + failure.message(),
                    "choose a place where you may write", target);
      }
    }
  }
  FolderInTheMaking(const FolderInTheMaking&) = delete;
  FolderInTheMaking& operator=(const FolderInTheMaking&) = delete;
  ~FolderInTheMaking() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
  }
  const fs::path& path() const { return m_path; }

  void moveTo(const fs::path& target) {
    if (const int fd = ::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
      ::syncfs(fd);
      ::close(fd);
    }
    std::error_code failure;
    fs::rename(m_path, target, failure);  // takes the place of an empty folder, never of a full one
    if (failure) {
      throw Error("could not save the project as " + target.string() + ": " + failure.message(), "choose another name",
                  target);
    }
    m_path.clear();
  }

 private:
  fs::path m_path;
};

bool isWithin(const fs::path& path, const fs::path& folder) {
  const fs::path relative = fs::weakly_canonical(path).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

void checkTarget(const fs::path& target, const fs::path& source) {
  std::error_code ignored;
  if (isWithin(target, source)) {
    throw Error("a project cannot be saved inside itself", "choose a folder outside of " + source.string(), target);
  }
  if (!fs::is_directory(target.parent_path(), ignored)) {
    throw Error("there is no folder " + target.parent_path().string(), "make it first, or choose another place",
                target);
  }
  if (fs::exists(target, ignored) && !(fs::is_directory(target, ignored) && fs::is_empty(target, ignored))) {
    throw Error("there is something at " + target.string() + " already", "choose a new name: nothing is overwritten",
                target);
  }
}

/// The files of the runs, but for hidden ones: those are still being written.
std::vector<CopyFile> runFiles(const fs::path& folder) {
  std::vector<CopyFile> files;
  std::error_code failure;
  fs::recursive_directory_iterator entry(folder / "runs", failure);
  for (const fs::recursive_directory_iterator end; !failure && entry != end; entry.increment(failure)) {
    std::error_code vanished;
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(vanished) && !entry->is_symlink(vanished)) {
      const auto bytes = static_cast<std::int64_t>(entry->file_size(vanished));
      if (!vanished) files.push_back({entry->path().lexically_relative(folder), bytes});
    }
  }
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw Error("could not read the project's runs: " + failure.message(), {}, folder / "runs");
  }
  return files;
}

/// Page by page, out of one snapshot: what is written meanwhile is not seen and does not start the copying again.
void copyDatabase(const fs::path& from, const fs::path& to, JobMonitor& monitor, std::int64_t& done) {
  try {
    SQLite::Database source(from.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, kBusyMilliseconds);
    SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
                            kBusyMilliseconds);
    source.exec("BEGIN");
    source.execAndGet("SELECT count(*) FROM sqlite_master");
    const std::int64_t pageBytes = source.execAndGet("PRAGMA page_size").getInt();
    const std::int64_t before = done;
    SQLite::Backup backup(target, source);
    for (;;) {
      const int result = backup.executeStep(kPagesAtOnce);
      done = before + pageBytes * (backup.getTotalPageCount() - backup.getRemainingPageCount());
      monitor.advance(done);
      if (result == SQLITE_DONE) return;
      if (result != SQLITE_OK) std::this_thread::sleep_for(std::chrono::milliseconds(20));  // somebody has it locked
    }
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, from);
  }
}

void copyRunFile(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::create_directories(to.parent_path(), failure);
  if (!failure) fs::copy_file(from, to, failure);
  // A run that goes on thins out its checkpoints: what is gone is not missed.
  if (failure && fs::exists(from)) {
    throw Error("could not copy " + from.string() + ": " + failure.message(), "check that the disk is not full", from);
  }
}

}  // namespace

Project Project::saveAs(const fs::path& folder, JobMonitor& monitor) const {
  fs::path target = fs::absolute(folder).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  checkTarget(target, m_folder);
  std::error_code ignored;
  const std::vector<CopyFile> files = runFiles(m_folder);
  auto total = static_cast<std::int64_t>(fs::file_size(database(), ignored));
  for (const CopyFile& file : files) total += file.bytes;

  monitor.begin("Copying the project", total);
  FolderInTheMaking made(target);
  fs::create_directory(made.path() / "runs");
  std::int64_t done = 0;
  copyDatabase(database(), made.path() / "project.db", monitor, done);
  for (const CopyFile& file : files) {
    copyRunFile(m_folder / file.relative, made.path() / file.relative);
    monitor.advance(std::min(done += file.bytes, total));
  }
  made.moveTo(target);
  return open(target);
}

}  // namespace loom
