// The files of a set of LPC layers, in a folder or an archive. Private to LpcLibrary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer.h"

namespace loom {

class LpcSource {
 public:
  /// Lists a folder, or takes what is needed out of an archive into a temporary file. Throws Error when `source` is
  /// neither; Cancelled.
  LpcSource(const std::filesystem::path& source, JobMonitor& monitor);

  struct Picture {
    std::string path;      ///< from the top folder on
    std::string file;      ///< where it is, for messages; in a folder, its path
    std::int64_t at = -1;  ///< in the temporary file; -1: in a folder
    std::size_t size = 0;  ///< bytes there
  };
  /// The PNGs in folders the generators have, by path, so that a folder and its archive give the same.
  const std::vector<Picture>& pictures() const { return m_pictures; }
  std::vector<std::byte> bytes(const Picture& picture) const;  ///< from any thread; throws Error

  const std::string& name() const { return m_name; }
  const std::string& authors() const { return m_authors; }     ///< AUTHORS.txt
  const std::string& licence() const { return m_licence; }     ///< README and the like
  const std::string& creditsCsv() const { return m_credits; }  ///< CREDITS.csv
  std::vector<SkippedFile>& skipped() { return m_skipped; }

 private:
  struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void listFolder(const std::filesystem::path& folder, JobMonitor& monitor);
  void unpack(const std::filesystem::path& archive, JobMonitor& monitor);
  bool takeText(const std::string& file, const std::vector<std::byte>& bytes);

  std::string m_name;
  std::vector<Picture> m_pictures;
  std::string m_authors;
  std::string m_licence;
  std::string m_credits;
  std::vector<SkippedFile> m_skipped;
  std::unique_ptr<std::FILE, FileCloser> m_unpacked;
  std::int64_t m_unpackedBytes = 0;
};

}  // namespace loom
