// The pictures of an archive of real artists' work, where it is beside the source tree.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/image/codec.h"

namespace loom {

/// shared/data/FILE beside the source tree or further up; empty where there is none.
inline std::filesystem::path sharedFile(const std::string& file) {
  for (std::filesystem::path folder = SPRITELOOM_SOURCE_DIR; folder.has_relative_path();
       folder = folder.parent_path()) {
    const auto path = folder.parent_path() / "shared/data" / file;
    if (std::filesystem::exists(path)) return path;
  }
  return {};
}

/// By name in the archive; empty where the archive is not there.
inline std::map<std::string, Sprite> zippedPictures(const std::string& file) {
  std::map<std::string, Sprite> pictures;
  const auto path = sharedFile(file);
  if (path.empty()) return pictures;
  archive* reader = archive_read_new();
  archive_read_support_format_zip(reader);
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader, path.c_str(), 1 << 18) == ARCHIVE_OK) {
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
      const std::string name = archive_entry_pathname(entry);
      if (!name.ends_with(".png")) continue;
      std::vector<std::byte> bytes(static_cast<std::size_t>(archive_entry_size(entry)));
      const auto read = archive_read_data(reader, bytes.data(), bytes.size());
      if (read == static_cast<la_ssize_t>(bytes.size())) pictures.emplace(name, decodeImage(bytes, name));
    }
  }
  archive_read_free(reader);
  return pictures;
}

}  // namespace loom
