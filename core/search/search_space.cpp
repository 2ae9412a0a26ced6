#include "core/search/search_space.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr double kRounding = 1e-9;  // of a step, so that .3 / .1 counts as 3

const Setting& require(const SettingsSchema& schema, const std::string& name) {
  if (const Setting* setting = schema.find(name)) return *setting;
  schema.check(name, {});  // says which there are
  throw Error("there is no setting '" + name + "'");
}

std::optional<double> numberFrom(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

/// The shortest text that reads back as the same number.
std::string exactText(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string textOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

[[noreturn]] void refuse(const std::string& setting, std::string_view text, const std::string& why) {
  throw Error("'" + std::string(text) + "' is no range for '" + setting + "': " + why,
              "write it as 1e-5..1e-3, 1e-5..1e-3:log, 32|64|128, or any");
}

double stepOf(const Setting& setting) {
  return setting.multipleOf.value_or(setting.type == SettingType::kInteger ? 1 : 0);
}

/// Both ends within the setting's limits, and on its steps.
void checkEnds(const Setting& setting, std::string_view text, SearchRange& range) {
  for (const double end : {range.low, range.high}) {
    if ((setting.minimum && end < *setting.minimum) || (setting.maximum && end > *setting.maximum)) {
      SettingsSchema({setting}).parse(setting.name, exactText(end));  // throws, in the words of every other place
    }
  }
  if (range.low > range.high) refuse(setting.name, text, "the first number is above the second");
  if (range.kind == SearchRange::Kind::kLogarithmic && range.low <= 0) {
    refuse(setting.name, text, "a logarithmic range begins above 0");
  }
  if (range.step <= 0) return;
  range.low = std::ceil(range.low / range.step - kRounding) * range.step;
  range.high = std::floor(range.high / range.step + kRounding) * range.step;
  if (range.low > range.high) {
    refuse(setting.name, text, "nothing in it is a multiple of " + numberText(range.step));
  }
}

SearchRange numbers(const Setting& setting, std::string_view text, std::size_t dots) {
  if (setting.type != SettingType::kInteger && setting.type != SettingType::kReal) {
    refuse(setting.name, text, "its values are no numbers");
  }
  constexpr std::string_view kLog = ":log";
  std::string_view last = text.substr(dots + 2);
  const bool logarithmic = last.ends_with(kLog);
  if (logarithmic) last.remove_suffix(kLog.size());
  const auto low = numberFrom(text.substr(0, dots));
  const auto high = numberFrom(last);
  if (!low || !high) refuse(setting.name, text, "its ends are no numbers");
  SearchRange range{.setting = setting.name,
                    .kind = logarithmic ? SearchRange::Kind::kLogarithmic : SearchRange::Kind::kUniform,
                    .low = *low,
                    .high = *high,
                    .step = stepOf(setting)};
  checkEnds(setting, text, range);
  return range;
}

std::vector<Json> everyChoice(const Setting& setting, std::string_view text) {
  if (setting.type == SettingType::kBoolean) return {false, true};
  if (setting.type != SettingType::kChoice) refuse(setting.name, text, "it is not one of a few choices");
  return {setting.choices.begin(), setting.choices.end()};
}

SearchRange choices(const SettingsSchema& schema, const Setting& setting, std::string_view text) {
  SearchRange range{.setting = setting.name, .kind = SearchRange::Kind::kChoices};
  if (text == "any") {
    range.choices = everyChoice(setting, text);
    return range;
  }
  for (std::string_view rest = text;;) {
    const std::size_t bar = rest.find('|');
    const Json value = schema.parse(setting.name, rest.substr(0, bar));
    if (std::ranges::find(range.choices, value) == range.choices.end()) range.choices.push_back(value);
    if (bar == std::string_view::npos) return range;
    rest.remove_prefix(bar + 1);
  }
}

}  // namespace

std::string SearchRange::text() const {
  if (kind != Kind::kChoices) {
    return exactText(low) + ".." + exactText(high) + (kind == Kind::kLogarithmic ? ":log" : "");
  }
  std::string list;
  for (const Json& choice : choices) list += (list.empty() ? "" : "|") + textOf(choice);
  return list;
}

std::optional<std::int64_t> SearchRange::count() const {
  if (kind == Kind::kChoices) return static_cast<std::int64_t>(choices.size());
  if (low == high) return 1;
  if (step <= 0) return {};
  return std::llround((high - low) / step) + 1;
}

Json SearchRange::draw(RandomStream& random) const {
  if (kind == Kind::kChoices) return choices[random.below(static_cast<std::uint32_t>(choices.size()))];
  // Numbers in steps get a slice of equal width each, the last one too.
  const double end = high + step;
  double value =
      kind == Kind::kLogarithmic ? std::exp(random.uniform(std::log(low), std::log(end))) : random.uniform(low, end);
  if (step > 0) value = low + std::floor((value - low) / step + kRounding) * step;
  value = std::clamp(value, low, high);
  if (step >= 1 && step == std::floor(step)) return static_cast<std::int64_t>(std::llround(value));
  return value;
}

double SearchRange::position(const Json& value) const {
  if (kind == Kind::kChoices) {
    const auto found = std::ranges::find(choices, value);
    if (found == choices.end() || choices.size() < 2) return .5;
    return static_cast<double>(found - choices.begin()) / static_cast<double>(choices.size() - 1);
  }
  if (!value.is_number() || low == high) return .5;
  const auto place = [this](double x) { return kind == Kind::kLogarithmic ? std::log(x) : x; };
  return std::clamp((place(value.get<double>()) - place(low)) / (place(high) - place(low)), 0., 1.);
}

SearchSpace::SearchSpace(const SettingsSchema& schema, const Json& ranges) {
  if (!ranges.is_object()) throw Error("a search space must be an object of settings and ranges");
  // In the order of the form, whatever the order in which they were written down.
  for (const Setting& setting : schema.settings()) {
    const auto found = ranges.find(setting.name);
    if (found == ranges.end()) continue;
    if (!found->is_string()) throw Error("the range of '" + setting.name + "' is no text");
    add(schema, setting.name, found->get<std::string>());
  }
  for (const auto& [name, text] : ranges.items()) require(schema, name);
}

void SearchSpace::add(const SettingsSchema& schema, const std::string& name, std::string_view text) {
  const Setting& setting = require(schema, name);
  if (find(name) != nullptr) throw Error("'" + name + "' is searched twice", "give each setting one range");
  const std::size_t dots = text.find("..");
  SearchRange range = dots == std::string_view::npos ? choices(schema, setting, text) : numbers(setting, text, dots);
  const auto place = [&schema](const SearchRange& one) { return schema.find(one.setting); };  // kept in one array
  m_ranges.insert(std::ranges::upper_bound(m_ranges, schema.find(name), {}, place), std::move(range));
}

void SearchSpace::remove(std::string_view setting) {
  std::erase_if(m_ranges, [&](const SearchRange& range) { return range.setting == setting; });
}

const SearchRange* SearchSpace::find(std::string_view setting) const {
  const auto found = std::ranges::find(m_ranges, setting, &SearchRange::setting);
  return found == m_ranges.end() ? nullptr : &*found;
}

std::optional<std::int64_t> SearchSpace::count() const {
  constexpr std::int64_t kMost = std::int64_t{1} << 62;
  std::int64_t all = 1;
  for (const SearchRange& range : m_ranges) {
    const std::optional<std::int64_t> count = range.count();
    if (!count || *count > kMost / all) return {};
    all *= *count;
  }
  return all;
}

Json SearchSpace::draw(RandomStream& random) const {
  Json settings = Json::object();
  for (const SearchRange& range : m_ranges) settings[range.setting] = range.draw(random);
  return settings;
}

Json SearchSpace::toJson() const {
  Json json = Json::object();
  for (const SearchRange& range : m_ranges) json[range.setting] = range.text();
  return json;
}

SearchSpace readyMadeSpace(const Preset& preset) {
  return {preset.schema, preset.search.ranges};
}

}  // namespace loom
