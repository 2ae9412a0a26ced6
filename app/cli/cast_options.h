// Which characters a command is about: new ones of a run, favourites, sprites of the data set, pictures of a folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace loom::cli {

struct CastChoice {
  std::string project;
  std::optional<std::string> run;
  bool best = false;
  int count = 8;
  std::uint64_t seed = 0;
  bool favourites = false;
  std::optional<std::string> collection = {};  ///< of the favourites; nothing: all of them
  bool sprites = false;
  std::optional<std::string> in;
};

/// PROJECT, --run with --best, --count and --seed, --favourites with --collection, --sprites, --in.
void addCastOptions(CLI::App& command, CastChoice& choice);

/// Wrong usage where nothing is chosen.
void checkCast(const CastChoice& choice);

/// Throws Error where there are none.
std::vector<SheetCharacter> castOf(const CastChoice& choice, const Project& project, JobMonitor& monitor);
/// Who must be named where they go.
std::string creditsForCast(const CastChoice& choice, const Project& project);

}  // namespace loom::cli
