#include "core/base/json.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

/// How deep arrays and objects lie within each other, as far as the parser would get. Told before parsing: a value
/// nested a million times would be built, and everything that walks through it would need that much stack.
int depthOf(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size() && deepest <= limits::kMaxJsonDepth; ++i) {
    const char letter = text[i];
    if (inString) {
      if (letter == '\\') ++i;
      inString = letter != '"';
    } else if (letter == '"') {
      inString = true;
    } else if (letter == '[' || letter == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (letter == ']' || letter == '}') {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

std::optional<Json> jsonFrom(std::string_view text) {
  if (depthOf(text) > limits::kMaxJsonDepth) return std::nullopt;
  Json value = Json::parse(text, nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

Json parseJson(std::string_view text, const std::string& what) {
  if (auto value = jsonFrom(text)) return *std::move(value);
  if (depthOf(text) > limits::kMaxJsonDepth) {
    throw Error(what + " is nested deeper than the " + std::to_string(limits::kMaxJsonDepth) + " levels that are read",
                "no program writes such a file for sprites: leave it out");
  }
  throw Error(what + " is no JSON that can be read", "it is damaged or something else: write it anew, or leave it out");
}

}  // namespace loom
