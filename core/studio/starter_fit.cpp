#include "core/studio/starter_fit.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/project/view.h"

namespace loom {
namespace {

/// Settings of the network that change nothing about which weights it has.
constexpr std::array<std::string_view, 3> kShapeless{"dropout", "generator_dropout", "scaled_init"};

bool shapesNetwork(const Setting& setting) {
  if (setting.name == "size" || setting.name == "channels") return true;
  return setting.group == "Network" && std::ranges::find(kShapeless, setting.name) == kShapeless.end();
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

std::optional<Misfit> settingMisfit(const StarterWeights& starter, const Preset& preset, const Json& settings) {
  for (const Setting& setting : preset.schema.settings()) {
    const bool counts = starter.preset == preset.name ? shapesNetwork(setting) : setting.name == "size";
    if (!counts || !starter.model.settings.contains(setting.name)) continue;
    const Json& theirs = starter.model.settings.at(setting.name);
    if (settings.at(setting.name) == theirs) continue;
    return Misfit{"the starter weights are for '" + setting.title + "' " + theirs.dump() + ", not " +
                      settings.at(setting.name).dump(),
                  "leave '" + setting.name + "' at " + theirs.dump() + ", or start with new weights"};
  }
  return {};
}

}  // namespace

bool isSmallSet(const CatalogueCounts& counts) {
  return counts.characters < kFewCharacters;
}

Json settingsLike(const StarterWeights& starter, const Preset& preset, const Json& changes) {
  Json all = changes;
  if (starter.preset != preset.name) return all;
  for (const Setting& setting : preset.schema.settings()) {
    const auto theirs = starter.model.settings.find(setting.name);
    if (shapesNetwork(setting) && !all.contains(setting.name) && theirs != starter.model.settings.end()) {
      all[setting.name] = *theirs;
    }
  }
  return all;
}

std::optional<Misfit> misfit(const StarterWeights& starter, const Preset& preset, const Json& settings,
                             const std::vector<std::string>& views) {
  if (auto setting = settingMisfit(starter, preset, settings)) return setting;
  const std::vector<std::string>& theirs = starter.model.views;
  const bool told = theirs != std::vector<std::string>{std::string(kAnyView)};
  if (starter.preset != preset.name || !told || views == theirs) return {};
  const bool turns = !drawsNewSprites(preset.name);
  if (!turns && viewsNeeded(preset) > 0) return {};
  const auto isKnown = [&theirs](const std::string& view) { return std::ranges::find(theirs, view) != theirs.end(); };
  if (turns && std::ranges::all_of(views, isKnown)) return {};
  return Misfit{"the starter weights know the views " + listed(theirs) + "; these sprites show " + listed(views),
                "name the views alike, or start with new weights"};
}

}  // namespace loom
