#include "core/studio/run_objective.h"

#include <algorithm>
#include <string_view>

namespace loom {

std::optional<std::size_t> objectiveAmong(std::span<const std::string> metricNames) {
  for (const std::string_view wanted : {"held_out_loss", "held_out_l1", "distance"}) {
    const auto found = std::ranges::find(metricNames, wanted);
    if (found != metricNames.end()) return static_cast<std::size_t>(found - metricNames.begin());
  }
  return std::nullopt;
}

}  // namespace loom
