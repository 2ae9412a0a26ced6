// Walks through folders, archives and single files and hands out what may be a picture. Private to the importer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer_names.h"

namespace loom {

/// A file whose first bytes are a picture's.
struct FoundPicture {
  PicturePath path;
  std::string source;  ///< as in SpriteInfo
  std::vector<std::byte> bytes;
};

/// A file that may be a table of pictures. From an archive it comes with its bytes.
struct FoundTable {
  PicturePath path;
  std::string source;               ///< as in SpriteInfo
  std::filesystem::path file = {};  ///< empty: it is in `bytes`
  std::vector<std::byte> bytes = {};
};

/// One of the first three is called for every file that is not hidden. Without `table`, tables are skipped.
struct FileReceiver {
  std::function<void(FoundPicture)> picture;
  std::function<void(FoundTable)> table;
  std::function<void(const std::string& file, const std::string& reason)> skip;
  /// Called before so many bytes of one file are held, so that others can be let go of. May be missing.
  std::function<void(std::int64_t bytes)> room = {};
};

/// A folder with all below it, an archive, or one picture.
class ImportSource {
 public:
  /// Throws Error when `path` does not exist.
  explicit ImportSource(const std::filesystem::path& path);

  /// Looks through it, without reading pictures. Throws Cancelled.
  void look(JobMonitor& monitor);
  /// Files that read() will report; known after look(). An archive that is damaged further on may have fewer.
  std::int64_t count() const { return m_count; }
  /// Folders in natural order ("2.png" before "10.png"), archives in their own. What the receiver throws passes
  /// through.
  void read(const FileReceiver& receiver) const;

 private:
  enum class Kind { kFolder, kArchive, kFile };
  void readListed(const std::filesystem::path& file, const FileReceiver& receiver) const;
  PicturePath pathOf(const std::filesystem::path& file) const;

  std::filesystem::path m_path;
  Kind m_kind = Kind::kFile;
  std::int64_t m_count = 0;
  std::vector<std::filesystem::path> m_files;
  std::vector<std::pair<std::string, std::string>> m_skipped;  ///< found while looking
};

/// Entries of an archive that readArchive would report, up to where it is damaged.
std::int64_t countArchive(const std::filesystem::path& archive, JobMonitor& monitor);
/// Reads an archive from its begin to its end, or to where it is damaged.
void readArchive(const std::filesystem::path& archive, const FileReceiver& receiver);
/// The same for files of any kind: the bytes of those for whose path inside ("folder/file.txt") `wanted` is true.
void readArchiveFiles(const std::filesystem::path& archive, const std::function<bool(const std::string& path)>& wanted,
                      const std::function<void(const std::string& path, std::vector<std::byte> bytes)>& receive,
                      const std::function<void(const std::string& file, const std::string& reason)>& skip);

/// Whether bytes (the first 512 suffice) begin like an archive, a compressed file among them.
bool looksLikeArchive(std::span<const std::byte> head);
/// Why a file that begins with `head` is not imported; empty when it is a picture's begin.
std::string whyNoPicture(const std::string& name, std::span<const std::byte> head);
/// Whether a file is to be looked at as a table of pictures: by its ending, for a CSV has no first bytes of its own.
bool looksLikeTable(const std::string& name);
/// Hidden files, and what some systems leave in archives beside the files proper.
bool isHiddenName(const std::string& name);

inline constexpr std::size_t kHeadBytes = 512;

}  // namespace loom
