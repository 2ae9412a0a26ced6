// What everything that draws with a model asks first: which of its views, on how many threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/training/model.h"

namespace loom {

/// The indices of a model's views: all, or that of `view`. Throws Error when it has no such view; the hint names those
/// that it has.
std::vector<int> chosenViews(const Model& model, const std::optional<std::string>& view);

}  // namespace loom
