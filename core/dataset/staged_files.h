// Many files that appear together: written aside, synced once, renamed into place.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>
#include <vector>

namespace loom {

class StagedFiles {
 public:
  /// Makes the folder `out` and, within it, a hidden one for the files that wait. Throws Error when it cannot.
  explicit StagedFiles(std::filesystem::path out);
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;
  /// Without commit() nothing is left of the files, nor of `out` where it is new.
  ~StagedFiles();

  /// `target` lies in `out` or below. Throws Error (disk full, …).
  void add(const std::filesystem::path& target, std::span<const std::byte> bytes);
  /// Puts every file in its place, over what is there.
  void commit();

 private:
  std::filesystem::path m_made;  ///< the outermost folder that is new; empty: none
  std::filesystem::path m_out;
  std::filesystem::path m_waiting;                                               ///< the hidden folder
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> m_files;  ///< where it waits, where it goes
  bool m_done = false;
};

}  // namespace loom
