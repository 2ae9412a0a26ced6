// The standing cells of an LPC sheet, without decoding the rest of it. Private to LpcLibrary.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "core/dataset/lpc_layers.h"

namespace loom {

/// Back, left, front, right of a PNG of 832x1344 pixels; the rows below them are never unpacked. Throws Error, worded
/// to follow the file's name and a colon, when the bytes are no such PNG.
std::array<LpcCell, 4> readStandingCells(std::span<const std::byte> bytes);

}  // namespace loom
