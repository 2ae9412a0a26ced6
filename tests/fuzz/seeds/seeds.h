// Where the fuzz targets begin: small good files of every kind, made by our own code.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace loom {

/// FOLDER/TARGET/seed-NUMBER, numbered in the order of writing; the same seeds each time.
class Seeds {
 public:
  explicit Seeds(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  void put(const std::string& target, std::string_view bytes);
  void put(const std::string& target, std::span<const std::byte> bytes);
  /// Where the next seed of `target` is to be written, by what writes files alone.
  std::filesystem::path next(const std::string& target);

 private:
  std::filesystem::path m_folder;
  std::map<std::string, int> m_written;  ///< by target
};

/// gif, apng, animated_webp, aseprite, picture, packed_pixels, lpc_layer
void putPictureSeeds(Seeds& seeds);
/// sheet, pixel_grid
void putSheetSeeds(Seeds& seeds);
/// csv, archive, tensor_file, web_manifest
void putFileSeeds(Seeds& seeds);
/// palette
void putPaletteSeeds(Seeds& seeds);
/// json, cleaning_step, filter, names, lpc_credits
void putTextSeeds(Seeds& seeds);
/// page, robots, address
void putWebSeeds(Seeds& seeds);

}  // namespace loom
