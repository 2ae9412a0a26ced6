// JSON from outside: read only when it is whole and not nested without end.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace loom {

using Json = nlohmann::json;

/// Nothing when `text` is no JSON, or nested deeper than limits::kMaxJsonDepth.
std::optional<Json> jsonFrom(std::string_view text);

/// The same for what must be JSON. Throws Error: "`what` is no JSON that can be read", or is nested too deep.
Json parseJson(std::string_view text, const std::string& what);

}  // namespace loom
