// The JSON files under models/presets, as they were when the program was compiled. Made by cmake/EmbedPresets.cmake.
#pragma once

#include <span>
#include <string_view>

namespace loom {

/// One text a preset, the file names in order.
std::span<const std::string_view> presetFiles();

}  // namespace loom
