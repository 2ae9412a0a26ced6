// Folders and archives for tests of the importer.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/image/codec.h"
#include "tests/project/sample_sprite.h"

namespace loom {

inline std::string pngBytes(int number, int width = 8, int height = 8) {
  const std::vector<std::byte> bytes = encodePng(sampleSprite(number, width, height));
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline void putFile(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline void putPng(const std::filesystem::path& path, int number) {
  putFile(path, pngBytes(number));
}

enum class ArchiveKind { kZip, kTarGz, kSevenZip };

/// Writes the files, name and bytes, in that order. With `password` they are locked.
inline void putArchive(const std::filesystem::path& path, ArchiveKind kind,
                       const std::vector<std::pair<std::string, std::string>>& files,
                       const std::string& password = {}) {
  archive* writer = archive_write_new();
  if (kind == ArchiveKind::kZip) archive_write_set_format_zip(writer);
  if (kind == ArchiveKind::kSevenZip) archive_write_set_format_7zip(writer);
  if (kind == ArchiveKind::kTarGz) {
    archive_write_add_filter_gzip(writer);
    archive_write_set_format_pax_restricted(writer);
  }
  bool good = true;
  if (!password.empty()) {
    good = archive_write_set_options(writer, "zip:encryption=traditional") == ARCHIVE_OK &&
           archive_write_set_passphrase(writer, password.c_str()) == ARCHIVE_OK;
  }
  good = good && archive_write_open_filename(writer, path.c_str()) == ARCHIVE_OK;
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    good = good && archive_write_header(writer, entry) >= ARCHIVE_WARN;
    good = good && archive_write_data(writer, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
    archive_entry_free(entry);
  }
  good = archive_write_close(writer) == ARCHIVE_OK && good;
  archive_write_free(writer);
  if (!good) throw std::runtime_error("could not make " + path.string());
}

}  // namespace loom
