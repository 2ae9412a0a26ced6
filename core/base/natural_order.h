// The order in which people count: "2" before "10", "knight-9" before "knight-10".
#pragma once

#include <string_view>

namespace loom {

/// Strict weak order: runs of digits by their number, all else byte by byte; texts that are equal so far by length.
bool naturalLess(std::string_view left, std::string_view right);

}  // namespace loom
