// The small files of a run folder that make it repeatable: what was asked for, which sprites, what happened, who
// trains.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/settings.h"
#include "core/project/catalogue.h"

namespace loom {

/// Held by the one session that trains a run; let go by the system when its program dies.
class RunLock {
 public:
  /// Throws Error when another program, or another session of this one, trains the run.
  RunLock(const std::filesystem::path& runFolder, int run);
  ~RunLock();
  RunLock(RunLock&&) noexcept;
  RunLock& operator=(RunLock&&) noexcept;

  static bool isHeld(const std::filesystem::path& runFolder);
  static bool isLockFile(const std::filesystem::path& file);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// recipe.json: everything that is needed to say how the run came about, and to make it again.
void writeRecipe(const std::filesystem::path& runFolder, const Json& recipe);
Json readRecipe(const std::filesystem::path& runFolder);  ///< Throws Error when it is missing or damaged.

/// sprites.json: the sprites the run trains on, in their order, so that a resumed run sees the same ones.
struct RunSprites {
  std::vector<SpriteId> ids;
  std::vector<std::uint64_t> hashes;   ///< of their pixels (contentHash) when the run began; empty in older runs
  std::vector<SpriteId> heldOut = {};  ///< those the run is judged by; empty where there are none
};
void writeRunSprites(const std::filesystem::path& runFolder, const RunSprites& sprites);
RunSprites readRunSprites(const std::filesystem::path& runFolder);  ///< Throws Error likewise.

/// credits.txt: whom to name for a run whose sprites are not in this project.
void writeRunCredits(const std::filesystem::path& runFolder, const std::string& credits);
std::string readRunCredits(const std::filesystem::path& runFolder);  ///< Empty where there are none.

/// Adds a line with the time (UTC) to log.txt. Never throws: a log that cannot be written stops nothing.
void appendRunLog(const std::filesystem::path& runFolder, const std::string& line) noexcept;

}  // namespace loom
