// Who made the sprites of a project and under which licence: what has to go with them when they leave it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace loom {

/// The sprites of one author, licence and origin.
struct Credit {
  std::string author = {};   ///< empty: not known
  std::string licence = {};  ///< empty: not known
  std::string source = {};   ///< the archive or folder by its name alone (no path of this machine), or a web address
  std::int64_t sprites = 0;
  std::vector<std::string> characters = {};  ///< in natural order
};

/// Credits of the sprites `ids`, most sprites first; of all that are not in the bin when `ids` is empty. A folder per
/// view, or per archive's folder, is no source of its own.
std::vector<Credit> creditsOf(const Catalogue& catalogue, std::span<const SpriteId> ids = {});

/// One for each licence and origin, naming the authors of all its sprites, each once: what is left to say where sprites
/// can no longer be told apart, such as those that a model was trained on.
std::vector<Credit> mergedByOrigin(std::span<const Credit> credits);

/// For people. `title` is what the credits are for.
std::string creditsText(std::span<const Credit> credits, const std::string& title);
/// For scripts: author,licence,source,sprites,characters (these separated by semicolons), with that header.
std::string creditsCsv(std::span<const Credit> credits);

/// Writes the text for all sprites of the project, to CREDITS.txt in its folder unless `file` says otherwise, over one
/// that is there. Returns the file.
std::filesystem::path writeCredits(const Project& project, const std::filesystem::path& file = {});

}  // namespace loom
