#include "app/cli/preset_options.h"

namespace loom::cli {

std::pair<std::string, std::string> splitAssignment(const std::string& option, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) {
    throw UsageError(option + " " + assignment + " has no value", "write it as " + option + " key=value");
  }
  return {assignment.substr(0, equals), assignment.substr(equals + 1)};
}

Json parseSettings(const Preset& preset, const std::vector<std::string>& assignments) {
  Json settings = Json::object();
  for (const std::string& assignment : assignments) {
    const auto [key, value] = splitAssignment("--set", assignment);
    settings[key] = preset.schema.parse(key, value);
  }
  return settings;
}

}  // namespace loom::cli
