// Small pictures for tests.
#pragma once

#include <cstdint>

#include "core/image/sprite.h"

namespace loom {

/// A picture of its own for every number: opaque and transparent pixels in several colours.
inline Sprite sampleSprite(int number, int width = 8, int height = 8) {
  Sprite sprite(width, height);
  auto state = static_cast<std::uint32_t>(number) * 2654435761U + 12345U;
  for (Rgba& pixel : sprite.pixels()) {
    state = state * 1664525U + 1013904223U;
    if ((state >> 30U) == 0) continue;
    pixel = {static_cast<std::uint8_t>(state >> 8U & 0xF0U), static_cast<std::uint8_t>(state >> 16U & 0xF0U),
             static_cast<std::uint8_t>(state >> 24U & 0xF0U), 255};
  }
  sprite.at(0, 0) = {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8), 7, 255};
  return sprite;
}

}  // namespace loom
