// Random LPC characters into the catalogue, four views each, with their credits; their full sheets beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/dataset/importer.h"
#include "core/dataset/lpc_composer.h"

namespace loom {

struct ComposedSetOptions {
  LpcOptions wear = {};
  std::filesystem::path sheets = {};  ///< folder for N.png (832x1344) and CREDITS.txt; empty: sheets are not kept
  bool replace = false;               ///< overwrite such files
};

/// Puts `count` characters into the catalogue, as "lpc-SEED-N" with views back, left, front, right. Numbers that the
/// project has already are passed over, so that the same seed again goes on where it ended. One transaction, and sheets
/// go into their folder when all are drawn: a call that is cancelled or fails leaves nothing. Throws Error for a
/// negative count, when a file would be replaced, when nothing fits the options.
ImportReport importComposed(const Project& project, const LpcLibrary& library, int count, std::uint64_t seed,
                            const ComposedSetOptions& options, JobMonitor& monitor);

/// One character made by hand. Its name gets a number where the project has it already; empty: "lpc".
ImportReport importComposed(const Project& project, const LpcLibrary& library, const LpcCharacter& character,
                            const std::string& name, JobMonitor& monitor);

}  // namespace loom
