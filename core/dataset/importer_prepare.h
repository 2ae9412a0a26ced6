// What becomes of one picture of an import: decoded, its upscaling undone, cut into sprites, fitted, packed. Private to
// the importer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/dataset/importer_options.h"
#include "core/project/import_stage.h"

namespace loom {

struct PreparedPicture {
  std::vector<PreparedSprite> sprites;
  ImportedPicture about;           ///< without the file's name
  std::string reason;              ///< why there is no sprite
  std::vector<std::string> notes;  ///< what else must be said: frames that are missing, cells left out
};

/// Never throws: what goes wrong is the reason. `bytes` is let go of as soon as it is decoded.
PreparedPicture preparePicture(std::vector<std::byte> bytes, const ImportOptions& options);
/// One row of a CSV.
PreparedPicture prepareSprite(Sprite sprite, const ImportOptions& options);

/// Tells pictures apart, and what is done to them: the key of ImportStage.
std::uint64_t preparationKey(std::span<const std::byte> bytes, const ImportOptions& options);
/// Bytes that preparePicture holds at least, for pictures of any kind: those of all decoded pixels.
std::int64_t memoryToPrepare(std::span<const std::byte> bytes, const ImportOptions& options);

Json toJson(const PreparedPicture& picture);  ///< without the sprites
PreparedPicture pictureFrom(const Json& json);

}  // namespace loom
