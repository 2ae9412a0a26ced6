// Who must be named where sprites go: the artists of the sprites themselves, or of those a model was trained on.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

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

/// Writes NAME.credits.txt beside NAME.png, over one that is there, with what its licences say together
/// (core/dataset/licences.h), and NAME.credits.csv; nothing for an empty text. Returns the files. Throws Error.
std::vector<std::filesystem::path> saveCreditsBeside(const std::filesystem::path& picture, const std::string& credits);
/// The same as FOLDER/CREDITS.txt and FOLDER/CREDITS.csv.
std::vector<std::filesystem::path> saveCreditsInto(const std::filesystem::path& folder, const std::string& credits);
/// What speaks against giving on what these credits are for: licences that conflict, or are not known; a line each.
/// Empty where nothing does.
std::string creditsWarning(const std::string& credits);

}  // namespace loom
