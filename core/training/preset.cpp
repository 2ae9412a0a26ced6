#include "core/training/preset.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/training/preset_files.h"
#include "core/training/shared_settings.h"

namespace loom {
namespace {

/// The shared settings that the preset names, with its defaults, in the shared order.
SettingsSchema schemaOf(const Json& defaults) {
  std::vector<Setting> used;
  for (const Setting& setting : sharedSettings().settings()) {
    if (defaults.contains(setting.name)) used.push_back(setting);
  }
  return SettingsSchema(std::move(used)).withDefaults(defaults);
}

/// In the order in which they are offered.
std::vector<Preset> parsePresets() {
  std::vector<Json> files;
  for (const std::string_view text : presetFiles()) files.push_back(Json::parse(text));
  std::ranges::sort(files, {}, [](const Json& json) { return json.at("place").get<int>(); });
  std::vector<Preset> list;
  for (const Json& json : files) {
    list.push_back({.name = json.at("name"),
                    .title = json.at("title"),
                    .makes = json.at("makes"),
                    .help = json.at("help"),
                    .network = json.at("network"),
                    .training = json.at("training"),
                    .objective = json.at("objective"),
                    .schema = schemaOf(json.at("settings")),
                    .epochs = json.value("epochs", std::int64_t{0}),
                    .steps = json.value("steps", std::int64_t{0}),
                    .search = {.title = json.at("search").at("title"), .ranges = json.at("search").at("ranges")}});
  }
  return list;
}

}  // namespace

const std::vector<Preset>& presets() {
  static const std::vector<Preset> list = parsePresets();
  return list;
}

const Preset& preset(std::string_view name) {
  const auto found = std::ranges::find(presets(), name, &Preset::name);
  if (found != presets().end()) return *found;
  std::string known;
  for (const Preset& preset : presets()) known += (known.empty() ? "" : ", ") + preset.name;
  throw Error("there is no preset '" + std::string(name) + "'", "the presets are: " + known);
}

std::int64_t viewsNeeded(const Preset& preset) {
  if (preset.training == "turnaround") return 2;
  return preset.training == "hero" ? 1 : 0;
}

bool drawsNewSprites(std::string_view name) {
  const auto found = std::ranges::find(presets(), name, &Preset::name);
  return found == presets().end() || found->training != "turnaround";
}

}  // namespace loom
