// Which settings a search varies and what values it may give them: ranges, logarithmic ranges and choices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random_stream.h"
#include "core/base/settings.h"
#include "core/training/preset.h"

namespace loom {

/// The values one setting may take.
struct SearchRange {
  enum class Kind {
    kUniform,      ///< any number from low to high
    kLogarithmic,  ///< likewise, as many between 1 and 10 as between 10 and 100
    kChoices       ///< one of a list
  };
  std::string setting = {};
  Kind kind = Kind::kUniform;
  double low = 0;                  ///< included
  double high = 0;                 ///< included
  double step = 0;                 ///< numbers are low + a multiple of this; 0: any real number
  std::vector<Json> choices = {};  ///< for kChoices

  /// As a user writes it: "1e-05..0.001:log", "32|64|128".
  std::string text() const;
  /// How many values there are; nothing for real numbers.
  std::optional<std::int64_t> count() const;
  Json draw(RandomStream& random) const;
  /// Where a value lies on this setting's axis, from 0 to 1; choices are spread evenly.
  double position(const Json& value) const;
};

class SearchSpace {
 public:
  SearchSpace() = default;
  /// `ranges` is an object of settings and texts: {"lr": "1e-5..1e-3:log"}. Throws Error as add does.
  SearchSpace(const SettingsSchema& schema, const Json& ranges);

  /// Adds a setting of `schema`. `text` is LOW..HIGH, LOW..HIGH:log, a list A|B|C, or "any" for every choice there is.
  /// Whole numbers stay whole, and in the setting's own steps. Throws Error for an unknown setting, one that is here
  /// already, values outside the setting's limits, and a range with nothing in it.
  void add(const SettingsSchema& schema, const std::string& setting, std::string_view text);
  void remove(std::string_view setting);

  const std::vector<SearchRange>& ranges() const { return m_ranges; }  ///< in the order of the form
  bool empty() const { return m_ranges.empty(); }
  const SearchRange* find(std::string_view setting) const;
  /// How many different draws there are; nothing where a real number is among them, or more than fit in 62 bits.
  std::optional<std::int64_t> count() const;
  /// A value for each setting.
  Json draw(RandomStream& random) const;
  Json toJson() const;  ///< what the constructor takes

 private:
  std::vector<SearchRange> m_ranges;
};

/// The search that comes with a preset. Throws Error when its ranges do not fit its settings.
SearchSpace readyMadeSpace(const Preset& preset);

}  // namespace loom
