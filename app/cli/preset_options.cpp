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

void addEnvironmentOptions(CLI::App& command, std::string& device, std::string& precision) {
  command.add_option("--device", device, "auto, cpu or cuda")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
  command.add_option("--precision", precision, "auto, fp32 or bf16")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "fp32", "bf16"}));
}

}  // namespace loom::cli
