// Files that are whole or not there: written aside, synced, renamed into place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

/// Replaces `path` with `bytes`. A reader, also after a power cut, sees the old file or the new one, never a part.
/// Throws Error (disk full, no right to write, …); the old file is then untouched.
void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

/// The same for a file that is written in pieces. Destroyed without commit, it leaves nothing behind.
class AtomicFile {
 public:
  /// Throws Error when nothing can be written beside `path`.
  explicit AtomicFile(std::filesystem::path path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  void write(std::span<const std::byte> bytes);
  /// Over what was written before, for a number that is known at the end alone.
  void writeAt(std::int64_t offset, std::span<const std::byte> bytes);
  /// Where the file is until commit(), for a program that writes it itself.
  const std::string& aside() const { return m_aside; }
  /// Syncs what was written and puts it in its place.
  void commit();

 private:
  std::filesystem::path m_path;
  std::string m_aside;
  int m_descriptor = -1;
};

/// The whole file. Throws Error when it cannot be read or is larger than `maxBytes`.
std::vector<std::byte> readFile(const std::filesystem::path& path, std::int64_t maxBytes);
std::string readTextFile(const std::filesystem::path& path, std::int64_t maxBytes);

/// A path beside `path` that does not exist yet: "name.png", "name-2.png", "name-3.png", …
std::filesystem::path freeName(const std::filesystem::path& path);

}  // namespace loom
