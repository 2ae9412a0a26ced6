// Who must be named where sprites go: the artists of the sprites themselves, or of those a model was trained on.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/project/project.h"

namespace loom {

/// For these sprites of the catalogue. All are empty where neither an author nor a licence is known.
std::string creditsForSprites(const Project& project, std::span<const SpriteId> ids);
/// For sprites that a run, or starter weights, drew: those it was trained on, all artists of an origin together.
std::string creditsForRun(const Project& project, const RunInfo& run);
/// For favourites: their runs, or the starter weights that drew them. Runs that are gone are passed over.
std::string creditsForFavourites(const Project& project, std::span<const std::int64_t> ids);

/// For views that a run, or starter weights, drew of sprites of the catalogue: both, one after the other.
std::string creditsForTurned(const Project& project, const RunInfo& run, std::span<const SpriteId> origins);

/// Writes NAME.credits.txt beside NAME.png, over one that is there; nothing for an empty text. Returns the file, empty
/// when there is none. Throws Error.
std::filesystem::path saveCreditsBeside(const std::filesystem::path& picture, const std::string& credits);

}  // namespace loom
