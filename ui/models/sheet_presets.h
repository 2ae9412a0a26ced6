// Export settings under a name: those that come with the program, and the user's own.
#pragma once

#include <QString>
#include <vector>

#include "core/base/settings.h"

namespace loom {

struct SheetPreset {
  QString name;
  Json values = Json::object();  ///< as SheetOptionsForm::values() has them; what is missing is as in a new form
  bool builtIn = false;
};

/// Aseprite, Tiled, Godot 4, Unity, LPC.
const std::vector<SheetPreset>& builtInSheetPresets();

/// Those of the program, then the user's by name. What cannot be read as a preset is passed over.
std::vector<SheetPreset> sheetPresets();

/// Why no preset may have that name, a sentence; empty when one may. A user's own may be saved again.
QString sheetPresetNameProblem(const QString& name);
/// In QSettings, one JSON a preset.
void saveSheetPreset(const QString& name, const Json& values);
void deleteSheetPreset(const QString& name);

}  // namespace loom
