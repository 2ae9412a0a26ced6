#include "core/studio/run_files.h"

#include <QLockFile>
#include <QString>
#include <chrono>
#include <ctime>
#include <fstream>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/limits.h"

namespace loom {
namespace {

constexpr std::int64_t kMaxListBytes = 256LL << 20;  // ten million ids
constexpr auto kEmptyLockAge = std::chrono::seconds(10);

std::filesystem::path lockFile(const std::filesystem::path& runFolder) {
  return runFolder / "training.lock";
}

/// A program killed while it made its lock leaves an empty file, which says of nobody that he is gone: QLockFile would
/// wait for it for ever. One that is being made right now is younger.
void dropEmptyLock(const std::filesystem::path& file) {
  std::error_code problem;
  const auto written = std::filesystem::last_write_time(file, problem);
  if (problem || std::filesystem::file_size(file, problem) != 0 || problem) return;
  const auto age = std::filesystem::file_time_type::clock::now() - written;
  if (age > kEmptyLockAge) std::filesystem::remove(file, problem);
}

std::unique_ptr<QLockFile> makeLock(const std::filesystem::path& runFolder) {
  dropEmptyLock(lockFile(runFolder));
  auto lock = std::make_unique<QLockFile>(QString::fromStdString(lockFile(runFolder).string()));
  lock->setStaleLockTime(0);  // never stale by age, since runs take days; only when its process is gone
  return lock;
}

Json readJson(const std::filesystem::path& path, std::int64_t maxBytes) {
  const std::string text = readTextFile(path, maxBytes);
  auto value = jsonFrom(text);
  if (!value || !value->is_object()) {
    throw Error(path.string() + " is damaged", "copy the run from a backup, or train a new one", path);
  }
  return *std::move(value);
}

std::string utcNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts)};
}

}  // namespace

struct RunLock::Impl {
  std::unique_ptr<QLockFile> lock;
};

RunLock::RunLock(const std::filesystem::path& runFolder, int run) : m_impl(std::make_unique<Impl>()) {
  m_impl->lock = makeLock(runFolder);
  if (m_impl->lock->tryLock(0)) return;
  if (m_impl->lock->error() == QLockFile::LockFailedError) {
    throw Error("run " + std::to_string(run) + " is being trained already",
                "stop it where it runs; if nothing trains it, delete " + lockFile(runFolder).string(),
                lockFile(runFolder));
  }
  throw Error("could not write " + lockFile(runFolder).string(),
              "check that you may write in the project folder and that the disk is not full", lockFile(runFolder));
}

RunLock::~RunLock() = default;
RunLock::RunLock(RunLock&&) noexcept = default;
RunLock& RunLock::operator=(RunLock&&) noexcept = default;

bool RunLock::isHeld(const std::filesystem::path& runFolder) {
  const auto lock = makeLock(runFolder);
  return !lock->tryLock(0) && lock->error() == QLockFile::LockFailedError;
}

bool RunLock::isLockFile(const std::filesystem::path& file) {
  return file == lockFile(file.parent_path());
}

void writeRecipe(const std::filesystem::path& runFolder, const Json& recipe) {
  writeFileAtomically(runFolder / "recipe.json", recipe.dump(2) + "\n");
}

Json readRecipe(const std::filesystem::path& runFolder) {
  return readJson(runFolder / "recipe.json", limits::kMaxJsonBytes);
}

void writeRunSprites(const std::filesystem::path& runFolder, const RunSprites& sprites) {
  const Json file = {{"sprites", sprites.ids}, {"hashes", sprites.hashes}, {"held_out", sprites.heldOut}};
  writeFileAtomically(runFolder / "sprites.json", file.dump() + "\n");
}

RunSprites readRunSprites(const std::filesystem::path& runFolder) {
  const std::filesystem::path path = runFolder / "sprites.json";
  const Json file = readJson(path, kMaxListBytes);
  try {
    return {file.at("sprites").get<std::vector<SpriteId>>(),
            file.value("hashes", Json::array()).get<std::vector<std::uint64_t>>(),
            file.value("held_out", Json::array()).get<std::vector<SpriteId>>()};
  } catch (const Json::exception&) {
    throw Error(path.string() + " is damaged", "copy the run from a backup, or train a new one", path);
  }
}

void writeRunCredits(const std::filesystem::path& runFolder, const std::string& credits) {
  writeFileAtomically(runFolder / "credits.txt", credits);
}

std::string readRunCredits(const std::filesystem::path& runFolder) {
  const std::filesystem::path path = runFolder / "credits.txt";
  return std::filesystem::exists(path) ? readTextFile(path, limits::kMaxJsonBytes) : std::string();
}

void appendRunLog(const std::filesystem::path& runFolder, const std::string& line) noexcept {
  try {
    std::ofstream log(runFolder / "log.txt", std::ios::app);
    log << utcNow() << "  " << line << '\n';
  } catch (...) {
  }
}

}  // namespace loom
