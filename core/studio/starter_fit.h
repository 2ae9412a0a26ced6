// Whether a run can, and should, start from the weights that come with the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/project/catalogue.h"
#include "core/studio/starter_weights.h"

namespace loom {

/// Sets of fewer characters are small: what the starter weights have learned from thousands is more than a model can
/// learn from them alone, so that starting from them is the default.
inline constexpr std::int64_t kFewCharacters = 300;
bool isSmallSet(const CatalogueCounts& counts);

/// `changes` to the defaults of `preset`, and, where they say nothing and the weights are of that preset, what shapes
/// the network as the weights have it.
Json settingsLike(const StarterWeights& starter, const Preset& preset, const Json& changes);

/// What keeps a run from starting from the weights, and what can be done.
struct Misfit {
  std::string what;
  std::string hint;
};
/// Nothing where they fit: for the preset that they are of all that shapes the network must agree, and the views that
/// the sprites show with those that the weights know (a turnaround may know more, a hero others); for another preset,
/// which takes over what fits, the size alone. `settings` are complete.
std::optional<Misfit> misfit(const StarterWeights& starter, const Preset& preset, const Json& settings,
                             const std::vector<std::string>& views);

}  // namespace loom
