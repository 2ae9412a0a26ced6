// What train and tune both take from the command line: settings of a preset, and what to compute on.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"

namespace loom::cli {

/// What does not depend on the project can only be wrong usage: an Error of `work` becomes a UsageError.
template <class Work>
auto asUsage(Work work) {
  try {
    return work();
  } catch (const Error& error) {
    throw UsageError(error.what(), error.hint());
  }
}

/// "key=value" in two. Throws UsageError, naming the option, when there is no '='.
std::pair<std::string, std::string> splitAssignment(const std::string& option, const std::string& assignment);
/// The values of --set, checked. Throws UsageError and Error.
Json parseSettings(const Preset& preset, const std::vector<std::string>& assignments);

/// --device and --precision. The texts must outlive the parser; what they hold is the default.
void addEnvironmentOptions(CLI::App& command, std::string& device, std::string& precision);

}  // namespace loom::cli
