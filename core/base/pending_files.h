// Several files that are written aside, each beside its place, and take their places together.
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

namespace loom {

/// Files under hidden names until commit() renames them; destroyed without it, they are gone.
class PendingFiles {
 public:
  PendingFiles() = default;
  PendingFiles(const PendingFiles&) = delete;
  PendingFiles& operator=(const PendingFiles&) = delete;
  ~PendingFiles();

  /// Where to write what will be `target`: a free name in its folder, with its ending, which may say the format.
  std::filesystem::path add(const std::filesystem::path& target);
  /// In the order in which they were added, over what is there. Throws Error.
  void commit();

 private:
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> m_files;  ///< where it waits, where it goes
};

}  // namespace loom
