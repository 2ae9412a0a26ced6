// A picture from the fuzzer's bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/image/sprite.h"

namespace loom {

/// Width from the first byte, two pixels a byte after it in 16 colours, one of them transparent.
inline Sprite smallPicture(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMostBytes = 4096;
  if (size < 2) return {};
  const std::size_t pixels = (size < kMostBytes ? size - 1 : kMostBytes) * 2;
  const int width = data[0] % 128 + 1;
  const auto height = static_cast<int>(pixels / static_cast<std::size_t>(width));
  if (height == 0) return {};
  Sprite sprite(width, height);
  for (std::size_t i = 0; i < sprite.pixels().size(); ++i) {
    const unsigned colour = i % 2 == 0 ? data[1 + i / 2] & 15U : data[1 + i / 2] >> 4U;
    if (colour == 0) continue;
    sprite.pixels()[i] = {static_cast<std::uint8_t>(colour * 16), static_cast<std::uint8_t>(colour * colour),
                          static_cast<std::uint8_t>(255 - colour * 9), static_cast<std::uint8_t>(colour == 1 ? 128 : 255)};
  }
  return sprite;
}

}  // namespace loom
