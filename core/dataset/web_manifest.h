// Which files of a folder came from where, and which are whole: what lets a fetch go on after a stop. Private to the
// web reader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/error.h"
#include "core/dataset/web_url.h"

namespace loom {

/// The folder that pictures are fetched into cannot be written.
class WebFolderError : public Error {
 public:
  using Error::Error;
};

class WebManifest {
 public:
  struct Entry {
    std::string file;         ///< relative to the folder: NAME or VIEW/NAME
    std::string tag;          ///< ETag or Last-Modified of the half that is there; empty when the server told none
    std::int64_t bytes = -1;  ///< of the whole file; -1 when not known
    bool done = false;
  };

  /// Reads what the folder has; damaged or foreign entries do not count.
  explicit WebManifest(std::filesystem::path folder);

  /// The entry of an address, made with a name of its own like `wish` where there is none.
  Entry& entry(const std::string& url, const std::string& wish);
  void rename(Entry& entry, const std::string& wish);
  /// Throws WebFolderError.
  void save() const;

  std::filesystem::path fileOf(const Entry& entry) const { return m_folder / entry.file; }
  /// Where the half file lies: a hidden name, so that no importer takes it.
  std::filesystem::path partOf(const Entry& entry) const;
  /// Whether the file is there, whole.
  bool isDone(const Entry& entry) const;

 private:
  std::filesystem::path m_folder;
  std::map<std::string, Entry> m_entries;  ///< by address
  UniqueFileNames m_names;
};

}  // namespace loom
