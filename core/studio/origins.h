// How a generated character was made, as its PNG says it: what a favourite remembers, so that a picture that left the
// program can be gone on from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/export/sheet_files.h"
#include "core/latent/sprite_generator.h"
#include "core/project/catalogue.h"

namespace loom {

struct CharacterOrigin {
  Favourite made;           ///< name, run, step, latent, settings and note; no pictures
  std::string recipe = {};  ///< tells its run from others of that number; empty: of starter weights
};

/// The JSON object of one character that SheetCharacter::origin takes. Empty for a favourite without a latent.
std::string originText(const Favourite& favourite, const Catalogue& catalogue);
/// Gives the characters that generateCharacters() drew with these arguments their origins.
void noteOrigins(std::vector<SheetCharacter>& characters, const Model& model, std::uint64_t seed,
                 const GenerateOptions& options, const Catalogue& catalogue);

/// The characters that a PNG of ours says it shows, in order; those that are damaged are left out. None for another
/// picture. Throws nothing.
std::vector<CharacterOrigin> originsOf(const std::filesystem::path& file);
std::vector<CharacterOrigin> originsOf(std::span<const std::byte> png);

/// Whether this project has the run that made it, or whether starter weights did.
bool isFromHere(const CharacterOrigin& origin, const Catalogue& catalogue);

}  // namespace loom
