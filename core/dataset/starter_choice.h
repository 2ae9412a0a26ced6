// How the starter set makes its choices: every draw comes from one stream a character.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

#include "core/base/random_stream.h"
#include "core/dataset/starter_design.h"

namespace loom::starter {

enum class Calling { kWarrior, kKnight, kMage, kRanger, kRogue, kVillager, kNoble, kCleric, kBarbarian };
/// Draws without rounding, so that they are the same everywhere.
class Chooser {
 public:
  Chooser(std::uint64_t seed, std::uint64_t number) : m_stream(seed, number) {}

  bool oneIn(int parts) { return m_stream.below(static_cast<std::uint32_t>(parts)) == 0; }
  bool percent(int chance) { return m_stream.between(0, 99) < chance; }
  int below(std::size_t bound) { return static_cast<int>(m_stream.below(static_cast<std::uint32_t>(bound))); }
  template <typename Value>
  Value of(std::initializer_list<Value> values) {
    return *(values.begin() + below(values.size()));
  }
  const Ramp& ramp(std::span<const Ramp> ramps) { return ramps[static_cast<std::size_t>(below(ramps.size()))]; }

 private:
  RandomStream m_stream;
};

/// Fills the palette and what follows from the skin; gives the tags of the colours.
std::string chooseColours(Chooser& choose, Design& design, Calling calling, std::uint64_t number);

}  // namespace loom::starter
