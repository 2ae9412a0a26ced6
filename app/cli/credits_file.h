// Who must be named for what a command drew, beside it.
#pragma once

#include <filesystem>

#include "core/studio/studio.h"

namespace loom::cli {

/// Writes FOLDER/CREDITS.txt for what a run drew; nothing where nobody is known.
void saveCreditsInto(const std::filesystem::path& folder, const Project& project, const RunInfo& run);

}  // namespace loom::cli
