#include "core/base/settings.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

bool isColour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' &&
         std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

std::string allowed(const Setting& setting) {
  switch (setting.type) {
    case SettingType::kBoolean:
      return "true or false";
    case SettingType::kColour:
      return "a colour as #rrggbb";
    case SettingType::kChoice: {
      std::string text = "one of";
      for (const std::string& choice : setting.choices) text += " " + choice;
      return text;
    }
    case SettingType::kInteger:
    case SettingType::kReal:
      break;
  }
  std::string text = setting.type == SettingType::kInteger ? "a whole number" : "a number";
  if (setting.minimum && setting.maximum) {
    text += " from " + numberText(*setting.minimum) + " to " + numberText(*setting.maximum);
  } else if (setting.minimum) {
    text += " of at least " + numberText(*setting.minimum);
  } else if (setting.maximum) {
    text += " of at most " + numberText(*setting.maximum);
  }
  if (setting.multipleOf) text += " in steps of " + numberText(*setting.multipleOf);
  return text;
}

bool numberFits(const Setting& setting, double value) {
  if (!std::isfinite(value)) return false;
  if (setting.minimum && value < *setting.minimum) return false;
  if (setting.maximum && value > *setting.maximum) return false;
  if (setting.multipleOf && std::abs(std::remainder(value, *setting.multipleOf)) > 1e-9) return false;
  return true;
}

bool fits(const Setting& setting, const Json& value) {
  switch (setting.type) {
    case SettingType::kBoolean:
      return value.is_boolean();
    case SettingType::kInteger:
      return value.is_number_integer() && numberFits(setting, value.get<double>());
    case SettingType::kReal:
      return value.is_number() && numberFits(setting, value.get<double>());
    case SettingType::kColour:
      return value.is_string() && isColour(value.get<std::string>());
    case SettingType::kChoice:
      return value.is_string() && std::ranges::find(setting.choices, value.get<std::string>()) != setting.choices.end();
  }
  return false;
}

}  // namespace

std::string numberText(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::string_view settingTypeName(SettingType type) {
  switch (type) {
    case SettingType::kInteger:
      return "integer";
    case SettingType::kReal:
      return "real";
    case SettingType::kBoolean:
      return "boolean";
    case SettingType::kChoice:
      return "choice";
    case SettingType::kColour:
      return "colour";
  }
  return "";
}

SettingsSchema::SettingsSchema(std::vector<Setting> settings) : m_settings(std::move(settings)) {}

const Setting* SettingsSchema::find(std::string_view name) const {
  const auto found = std::ranges::find(m_settings, name, &Setting::name);
  return found == m_settings.end() ? nullptr : &*found;
}

const Setting& SettingsSchema::require(std::string_view name) const {
  if (const Setting* setting = find(name)) return *setting;
  std::string known;
  for (const Setting& setting : m_settings) known += (known.empty() ? "" : ", ") + setting.name;
  throw Error("there is no setting '" + std::string(name) + "'", "the settings here are: " + known);
}

Json SettingsSchema::defaults() const {
  Json values = Json::object();
  for (const Setting& setting : m_settings) values[setting.name] = setting.fallback;
  return values;
}

Json SettingsSchema::complete(const Json& overrides) const {
  Json values = defaults();
  if (overrides.is_null()) return values;
  if (!overrides.is_object()) throw Error("settings must be a JSON object of names and values");
  for (const auto& [name, value] : overrides.items()) {
    check(name, value);
    values[name] = value;
  }
  return values;
}

Json SettingsSchema::parse(std::string_view name, std::string_view text) const {
  const Setting& setting = require(name);
  Json value = std::string(text);
  const bool isText = setting.type == SettingType::kChoice || setting.type == SettingType::kColour;
  if (!isText) {
    if (auto parsed = jsonFrom(text)) value = *std::move(parsed);
    const bool whole = value.is_number_float() && value.get<double>() == std::floor(value.get<double>());
    if (setting.type == SettingType::kInteger && whole && std::abs(value.get<double>()) < 1e15) {
      value = static_cast<std::int64_t>(value.get<double>());
    }
  }
  check(name, value);
  return value;
}

void SettingsSchema::check(std::string_view name, const Json& value) const {
  const Setting& setting = require(name);
  if (!fits(setting, value)) {
    throw Error("'" + setting.name + "' cannot be " + value.dump(-1, ' ', false, Json::error_handler_t::replace),
                "it must be " + allowed(setting));
  }
}

SettingsSchema SettingsSchema::withDefaults(const Json& defaults) const {
  SettingsSchema copy = *this;
  for (const auto& [name, value] : defaults.items()) {
    copy.check(name, value);
    std::ranges::find(copy.m_settings, name, &Setting::name)->fallback = value;
  }
  return copy;
}

Json SettingsSchema::describe() const {
  Json list = Json::array();
  for (const Setting& setting : m_settings) {
    Json entry = {{"name", setting.name},        {"title", setting.title}, {"type", settingTypeName(setting.type)},
                  {"default", setting.fallback}, {"help", setting.help},   {"group", setting.group},
                  {"unit", setting.unit},        {"basic", setting.basic}};
    if (setting.minimum) entry["minimum"] = *setting.minimum;
    if (setting.maximum) entry["maximum"] = *setting.maximum;
    if (setting.multipleOf) entry["multiple_of"] = *setting.multipleOf;
    if (!setting.choices.empty()) entry["choices"] = setting.choices;
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace loom
