#include "ui/models/sheet_presets.h"

#include <QCoreApplication>
#include <QSettings>
#include <QUrl>
#include <algorithm>

namespace loom {
namespace {

constexpr const char* kGroup = "export/presets";
constexpr int kLongestName = 60;
constexpr qsizetype kLongestText = 1 << 16;

QString tr(const char* text) {
  return QCoreApplication::translate("loom::SheetPresets", text);
}

/// Names may hold what separates keys; and keys that differ in case alone are one on some systems.
QString keyOf(const QString& name) {
  return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

Json parsed(const QString& text) {
  if (text.size() > kLongestText) return nullptr;
  return Json::parse(text.toStdString(), nullptr, false);
}

}  // namespace

const std::vector<SheetPreset>& builtInSheetPresets() {
  // Engines smooth textures: their cells keep away from each other and go on a little beyond their edges.
  static const std::vector<SheetPreset> kPresets = {
      {"Aseprite", {{"layoutBox", "grid"}, {"data-json-hash", false}, {"data-aseprite", true}}, true},
      {"Tiled",
       {{"layoutBox", "grid"}, {"paddingBox", 2}, {"extrudeBox", 1}, {"data-json-hash", false}, {"data-tsx", true}},
       true},
      {"Godot 4",
       {{"layoutBox", "packed"},
        {"trimBox", true},
        {"mergeBox", true},
        {"paddingBox", 2},
        {"extrudeBox", 1},
        {"data-json-hash", false},
        {"data-godot", true}},
       true},
      {"Unity",
       {{"layoutBox", "packed"},
        {"paddingBox", 4},
        {"extrudeBox", 2},
        {"powerOfTwoBox", true},
        {"maxSideBox", 2048},
        {"fullColourBox", true},
        {"data-json-hash", false},
        {"data-unity", true}},
       true},
      {"LPC", Json::object({{"layoutBox", "lpc"}}), true},
  };
  return kPresets;
}

std::vector<SheetPreset> sheetPresets() {
  std::vector<SheetPreset> presets = builtInSheetPresets();
  QSettings settings;
  settings.beginGroup(kGroup);
  std::vector<SheetPreset> own;
  for (const QString& key : settings.childKeys()) {
    const QString name = QUrl::fromPercentEncoding(key.toLatin1());
    Json values = parsed(settings.value(key).toString());
    if (values.is_object() && sheetPresetNameProblem(name).isEmpty()) own.push_back({name, std::move(values), false});
  }
  std::ranges::sort(own, [](const SheetPreset& left, const SheetPreset& right) {
    return QString::localeAwareCompare(left.name, right.name) < 0;
  });
  std::ranges::move(own, std::back_inserter(presets));
  return presets;
}

QString sheetPresetNameProblem(const QString& name) {
  if (name.trimmed().isEmpty()) return tr("A preset needs a name.");
  if (name.size() > kLongestName) return tr("The name is too long.");
  const bool taken = std::ranges::any_of(builtInSheetPresets(), [&](const SheetPreset& preset) {
    return preset.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0;
  });
  return taken ? tr("%1 comes with the program: choose another name.").arg(name.trimmed()) : QString();
}

void saveSheetPreset(const QString& name, const Json& values) {
  QSettings settings;
  settings.beginGroup(kGroup);
  settings.setValue(keyOf(name), QString::fromStdString(values.dump()));
}

void deleteSheetPreset(const QString& name) {
  QSettings settings;
  settings.beginGroup(kGroup);
  settings.remove(keyOf(name));
}

}  // namespace loom
