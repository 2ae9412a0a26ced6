// Numbers of sprites as undo steps keep them: 100,000 that follow each other take no more room than one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/json.h"

namespace loom {

/// [first, how many, first, how many, …] in the order of `ids`.
Json idRanges(std::span<const std::int64_t> ids);
/// The other way. Throws Error or a Json::exception for what idRanges did not write.
std::vector<std::int64_t> idsFrom(const Json& ranges);

}  // namespace loom
