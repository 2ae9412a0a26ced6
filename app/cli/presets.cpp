// presets: what can be trained, and every setting of it.
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

void show(const Preset& preset, Output& output) {
  output.say(preset.name + " (" + preset.title + ", " + length(preset) + ")");
  output.say("  " + preset.makes);
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
                          {"settings", preset.schema.describe()}});
}

}  // namespace

void addPresets(CLI::App& app, Commands& commands) {
  addCommand(app, commands, "presets", "Lists the presets and their settings", [](Context& context) {
    Json names = Json::array();
    for (const Preset& preset : presets()) {
      show(preset, context.output);
      names.push_back(preset.name);
    }
    context.output.done(counted(static_cast<std::int64_t>(names.size()), "preset", "presets"), {{"presets", names}});
  });
}

}  // namespace loom::cli
