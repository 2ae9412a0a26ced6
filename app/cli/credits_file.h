// Who must be named for what a command drew, beside it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/studio/studio.h"

namespace loom::cli {

/// Says where the credits were written, and what speaks against giving the pictures on.
void sayCredits(const std::vector<std::filesystem::path>& files, const std::string& credits, Output& output);
/// Writes and says FOLDER/CREDITS.txt and .csv for what a run drew; nothing where nobody is known.
void saveRunCredits(const std::filesystem::path& folder, const Project& project, const RunInfo& run, Output& output);

}  // namespace loom::cli
