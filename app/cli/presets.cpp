// presets: what can be trained, and every setting of it.
#include <algorithm>

#include "app/cli/commands.h"

namespace loom::cli {
namespace {

std::string allowed(const Setting& setting) {
  if (setting.type == SettingType::kChoice) {
    std::string words;
    for (const std::string& choice : setting.choices) words += (words.empty() ? "" : "|") + choice;
    return words;
  }
  std::string text(settingTypeName(setting.type));
  if (setting.minimum) text += ", from " + numberText(*setting.minimum);
  if (setting.maximum) text += (setting.minimum ? " to " : ", up to ") + numberText(*setting.maximum);
  if (setting.multipleOf) text += " in steps of " + numberText(*setting.multipleOf);
  if (!setting.unit.empty()) text += ", " + setting.unit;
  return text;
}

std::string length(const Preset& preset) {
  return preset.steps > 0 ? counted(preset.steps, "step", "steps") : counted(preset.epochs, "epoch", "epochs");
}

/// `starter` is null where the program comes with no weights of the preset.
void show(const Preset& preset, const StarterWeights* starter, Output& output) {
  output.say(preset.name + " (" + preset.title + ", " + length(preset) + ")");
  output.say("  " + preset.makes);
  if (starter != nullptr) output.say("  starter weights: " + starter->card.title + " (" + starter->card.licence + ")");
  for (const Setting& setting : preset.schema.settings()) {
    output.say("    " + setting.name + " = " + setting.fallback.dump() + "  (" + allowed(setting) + ")  " +
               setting.help);
  }
  output.event("preset", {{"name", preset.name},
                          {"title", preset.title},
                          {"makes", preset.makes},
                          {"help", preset.help},
                          {"network", preset.network},
                          {"training", preset.training},
                          {"objective", preset.objective},
                          {"epochs", preset.epochs > 0 ? Json(preset.epochs) : Json()},
                          {"steps", preset.steps > 0 ? Json(preset.steps) : Json()},
                          {"starter", starter != nullptr ? Json(starter->card.title) : Json()},
                          {"settings", preset.schema.describe()}});
}

}  // namespace

void addPresets(CLI::App& app, Commands& commands) {
  addCommand(app, commands, "presets", "Lists the presets and their settings", [](Context& context) {
    Json names = Json::array();
    const std::vector<StarterWeights> starters = starterWeights();
    for (const Preset& preset : presets()) {
      const auto starter = std::ranges::find(starters, preset.name, &StarterWeights::preset);
      show(preset, starter == starters.end() ? nullptr : &*starter, context.output);
      names.push_back(preset.name);
    }
    context.output.done(counted(static_cast<std::int64_t>(names.size()), "preset", "presets"), {{"presets", names}});
  });
}

}  // namespace loom::cli
