// Whole characters from a model or the catalogue: every view of each, ready for files and sheets.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/export/sheet_files.h"
#include "core/latent/sprite_generator.h"
#include "core/project/project.h"

namespace loom {

/// `count` new characters of a model, all its views each, or only `view`. Named "0", "1", …: the one named i has the
/// latent sampleLatent(seed, i). `threads` are intra-op, 0: one a core; 1 where training may be under way.
/// Throws Error when the model has no such view (the hint names those it has).
std::vector<SheetCharacter> generateCharacters(const std::shared_ptr<const Model>& model, int count, std::uint64_t seed,
                                               const GenerateOptions& options, const std::optional<std::string>& view,
                                               JobMonitor& monitor, int threads = 0);

/// Favourites with their views, as they were when they were kept.
std::vector<SheetCharacter> favouriteCharacters(const Catalogue& catalogue);
/// Only those with these ids, in the order in which they were made.
std::vector<SheetCharacter> favouriteCharacters(const Catalogue& catalogue, std::span<const std::int64_t> ids);

/// The catalogue's sprites `ids` grouped into characters, in the catalogue's order.
std::vector<SheetCharacter> catalogueCharacters(const Catalogue& catalogue, std::span<const SpriteId> ids);

/// A picture of a folder, and the view that its sub-folder names; kAnyView for one beside the sub-folders.
struct FolderPicture {
  std::filesystem::path file;
  std::string view;
};
/// DIR/NAME.png, then DIR/VIEW/NAME.png (or what else may be a picture), each folder's in natural order. Throws Error
/// when there are none.
std::vector<FolderPicture> folderPictures(const std::filesystem::path& folder);

/// Pictures of a folder, DIR/VIEW/NAME.png or DIR/NAME.png (then of kAnyView), as characters sorted by name.
/// Throws Error when there are none, or when one cannot be read: a sheet never lacks a frame in silence.
std::vector<SheetCharacter> folderCharacters(const std::filesystem::path& folder, JobMonitor& monitor);

/// Writes OUT/VIEW/NAME.png, or OUT/NAME.png when `flat`, over files of an earlier call. What no file name may hold is
/// replaced by '_', and two of one name become NAME.png and NAME-2.png. Returns the files.
std::vector<std::filesystem::path> saveCharacters(const std::vector<SheetCharacter>& characters,
                                                  const std::filesystem::path& out, bool flat, JobMonitor& monitor);

}  // namespace loom
