#include "app/cli/credits_file.h"

#include <sstream>

namespace loom::cli {

void sayCredits(const std::vector<std::filesystem::path>& files, const std::string& credits, Output& output) {
  if (files.empty()) return;
  output.say("credits: " + files.front().string());
  std::istringstream lines(creditsWarning(credits));
  for (std::string line; std::getline(lines, line);) output.say("licences: " + line);
}

void saveRunCredits(const std::filesystem::path& folder, const Project& project, const RunInfo& run, Output& output) {
  const std::string credits = creditsForRun(project, run);
  sayCredits(saveCreditsInto(folder, credits), credits, output);
}

}  // namespace loom::cli
