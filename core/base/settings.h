// One description of every setting, from which the form, `--set key=value`, the check of JSON and the manual are made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace loom {

enum class SettingType { kInteger, kReal, kBoolean, kChoice, kColour };
std::string numberText(double value);                ///< as people write a bound: "16", "0.9999"
std::string_view settingTypeName(SettingType type);  ///< "integer", "real", "boolean", "choice", "colour"

struct Setting {
  std::string name;   ///< the key: "lr_critic"
  std::string title;  ///< for people: "Learning rate, critic"
  SettingType type = SettingType::kReal;
  Json fallback;                       ///< the default
  std::string help;                    ///< one or two sentences: what it does, when to change it
  std::string unit = {};               ///< "sprites", "px", "minutes"; empty for a bare number
  std::optional<double> minimum = {};  ///< included
  std::optional<double> maximum = {};  ///< included
  std::optional<double> multipleOf = {};
  std::vector<std::string> choices = {};
  std::string group = {};  ///< heading in the form: "Data", "Network", "Training", "Losses", …
  bool basic = false;      ///< shown before "all settings" is asked for
};

/// A set of settings by name, in the order in which a form shows them.
class SettingsSchema {
 public:
  SettingsSchema() = default;
  explicit SettingsSchema(std::vector<Setting> settings);

  const std::vector<Setting>& settings() const { return m_settings; }
  const Setting* find(std::string_view name) const;

  /// Every setting at its default.
  Json defaults() const;
  /// The defaults overlaid with `overrides` (an object). Throws Error naming the key, the value and what is allowed.
  Json complete(const Json& overrides) const;
  /// The value that `text` stands for ("3", "2e-4", "true", "#203040"), checked. Throws Error likewise.
  Json parse(std::string_view name, std::string_view text) const;
  /// Throws Error when `value` is not allowed for `name`.
  void check(std::string_view name, const Json& value) const;
  /// The same schema with other defaults (a preset over the shared settings). Throws Error for unknown keys.
  SettingsSchema withDefaults(const Json& defaults) const;
  /// An array of objects with every field above, as `presets --json` prints it.
  Json describe() const;

 private:
  const Setting& require(std::string_view name) const;
  std::vector<Setting> m_settings;
};

}  // namespace loom
