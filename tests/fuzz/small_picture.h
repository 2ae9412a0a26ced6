// A small picture from the fuzzer's bytes, and back for the seeds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/image/sprite.h"

namespace loom {

inline constexpr int kSmallPictureSide = 128;  ///< pixels, the greatest width

/// The colours of a small picture: 0 transparent, 1 half transparent, then opaque ones.
inline Rgba smallColour(unsigned index) {
  if (index == 0) return {};
  return {static_cast<std::uint8_t>(index * 16), static_cast<std::uint8_t>(index * index),
          static_cast<std::uint8_t>(255 - index * 9), static_cast<std::uint8_t>(index == 1 ? 128 : 255)};
}

/// Width from the first byte, two pixels a byte after it, in few colours, so that sheets and grids come about by
/// chance. Empty when the bytes are not enough for one row; what goes beyond `mostBytes` does not count.
inline Sprite smallPicture(const std::uint8_t* data, std::size_t size, std::size_t mostBytes) {
  if (size < 2) return {};
  const std::size_t pixels = std::min(size - 1, mostBytes) * 2;
  const int width = data[0] % kSmallPictureSide + 1;
  const auto height = static_cast<int>(pixels / static_cast<std::size_t>(width));
  if (height == 0) return {};
  Sprite sprite(width, height);
  for (std::size_t i = 0; i < sprite.pixels().size(); ++i) {
    const unsigned pair = data[1 + i / 2];
    sprite.pixels()[i] = smallColour(i % 2 == 0 ? pair & 15U : pair >> 4U);
  }
  return sprite;
}

/// The bytes of a picture like `sprite`, at most kSmallPictureSide wide: opaque colours fall into 14.
inline std::string smallPictureBytes(const Sprite& sprite) {
  std::string bytes(1 + (sprite.pixels().size() + 1) / 2, '\0');
  bytes[0] = static_cast<char>(sprite.width() - 1);
  for (std::size_t i = 0; i < sprite.pixels().size(); ++i) {
    const Rgba pixel = sprite.pixels()[i];
    const unsigned sum = pixel.r / 32U + pixel.g / 64U + pixel.b / 64U;
    const unsigned index = pixel.a == 0 ? 0 : pixel.a < 255 ? 1 : 2 + sum % 14U;
    char& pair = bytes[1 + i / 2];
    pair = static_cast<char>(static_cast<unsigned char>(pair) | (i % 2 == 0 ? index : index << 4U));
  }
  return bytes;
}

}  // namespace loom
