// Reading a network's settings, each checked. What an older file does not have takes the value that it was made with.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/settings.h"

namespace loom {

/// Width and height of the sprites, 16 to 128 in steps of 16, and their channels, 1 to 4. Throws Error for others.
struct SpriteShape {
  std::int64_t size = 64;
  std::int64_t channels = 4;
};
SpriteShape spriteShape(const Json& settings);

/// The whole number `name`, 1 to 65536. Throws Error for others, Json::exception when it is missing.
std::int64_t positive(const Json& settings, const char* name);
/// "kernel", 3 to 7; `fallback` where it is missing. Throws Error.
std::int64_t kernelOf(const Json& settings, std::int64_t fallback);
/// A share from 0 to 1, 0 where it is missing. Throws Error.
double share(const Json& settings, const char* name);
/// One of two words; `fallback` where it is missing. Returns whether it is `first`. Throws Error for a third.
bool chosen(const Json& settings, const char* name, const std::string& first, const std::string& second,
            const std::string& fallback);

}  // namespace loom
