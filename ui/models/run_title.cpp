#include "ui/models/run_title.h"

#include <QObject>
#include <QStringList>
#include <algorithm>
#include <array>
#include <map>

namespace loom {
namespace {

constexpr std::array<const char*, 3> kEnvironment{"seed", "device", "precision"};

const Json* find(const RunInfo& run, const std::string& key) {
  if (const auto setting = run.settings.find(key); setting != run.settings.end()) return &*setting;
  if (std::ranges::find(kEnvironment, key) == kEnvironment.end()) return nullptr;
  const auto value = run.environment.find(key);
  return value == run.environment.end() ? nullptr : &*value;
}

/// Of every preset, each once, as forms show them; then what no preset knows any more.
std::vector<std::string> allKeys(const std::vector<const RunInfo*>& runs) {
  std::vector<std::string> keys;
  const auto add = [&keys](const std::string& key) {
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  };
  for (const Preset& preset : presets()) {
    for (const Setting& setting : preset.schema.settings()) add(setting.name);
  }
  for (const RunInfo* run : runs) {
    for (const auto& [key, value] : run->settings.items()) add(key);
  }
  for (const char* key : kEnvironment) add(key);
  return keys;
}

}  // namespace

QString runTitle(const RunInfo& run) {
  const QString number = QObject::tr("Run %1").arg(run.number);
  return run.name.empty() ? number : number + QString::fromUtf8(" · ") + QString::fromStdString(run.name);
}

std::vector<std::string> differingSettings(const std::vector<const RunInfo*>& runs) {
  std::vector<std::string> keys = allKeys(runs);
  std::erase_if(keys, [&runs](const std::string& key) {
    std::map<std::string, const Json*> first;  // of each preset
    return std::ranges::none_of(runs, [&](const RunInfo* run) {
      const Json* value = find(*run, key);
      return value != nullptr && *first.try_emplace(run->preset, value).first->second != *value;
    });
  });
  return keys;
}

QString settingTitle(const std::string& key) {
  if (key == "seed") return QObject::tr("Seed");
  if (key == "device") return QObject::tr("Device");
  if (key == "precision") return QObject::tr("Precision");
  for (const Preset& preset : presets()) {
    if (const Setting* setting = preset.schema.find(key)) return QString::fromStdString(setting->title);
  }
  return QString::fromStdString(key);
}

QVariant settingValue(const RunInfo& run, const std::string& key) {
  const Json* value = find(run, key);
  if (value == nullptr) return {};
  if (value->is_boolean()) return static_cast<int>(value->get<bool>());
  if (value->is_number()) return value->get<double>();
  return value->is_string() ? QString::fromStdString(value->get<std::string>()) : QString::fromStdString(value->dump());
}

QString settingText(const RunInfo& run, const std::string& key) {
  const Json* value = find(run, key);
  if (value == nullptr) return {};
  if (value->is_boolean()) return value->get<bool>() ? QObject::tr("on") : QObject::tr("off");
  if (value->is_number_float()) return QString::number(value->get<double>(), 'g', 6);
  return value->is_string() ? QString::fromStdString(value->get<std::string>()) : QString::fromStdString(value->dump());
}

QString settingsText(const RunInfo& run, const std::vector<std::string>& keys) {
  QStringList parts;
  for (const std::string& key : keys) {
    const QString text = settingText(run, key);
    if (!text.isEmpty()) parts += settingTitle(key) + " " + text;
  }
  return parts.join(QString::fromUtf8(" · "));
}

}  // namespace loom
