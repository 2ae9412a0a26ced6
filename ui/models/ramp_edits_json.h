// Edits of ramps as a favourite's settings keep them.
#pragma once

#include <vector>

#include "core/base/json.h"
#include "core/image/ramps.h"

namespace loom {

/// A list of {"hue" (null: the greys), "turn", "chroma", "lightness", "like" (as "hue"; left out: nothing)}.
Json toJson(const std::vector<RampEdit>& edits);
/// The other way; what is not of that form is passed over.
std::vector<RampEdit> rampEditsFrom(const Json& json);

}  // namespace loom
