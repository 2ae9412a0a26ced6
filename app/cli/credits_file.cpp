#include "app/cli/credits_file.h"

#include "core/base/atomic_file.h"

namespace loom::cli {

void saveCreditsInto(const std::filesystem::path& folder, const Project& project, const RunInfo& run) {
  const std::string credits = creditsForRun(project, run);
  if (!credits.empty()) writeFileAtomically(folder / "CREDITS.txt", credits);
}

}  // namespace loom::cli
