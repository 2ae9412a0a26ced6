// The measure a run is judged by: lower is better, whatever the preset.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace loom {

/// The place among a run's metric names: the loss on sprites held out, else the distance to them; nothing for a run
/// that measures neither.
std::optional<std::size_t> objectiveAmong(std::span<const std::string> metricNames);

}  // namespace loom
