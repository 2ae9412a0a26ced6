// A sprite's pixels as one to four channels: what other programs call L, LA, RGB and RGBA.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

inline constexpr Rgba kWhite{255, 255, 255, 255};

/// How bright a colour looks, 0..255, by the weights of ITU-R BT.601 in the fixed-point form of Pillow's convert("L").
std::uint8_t luma(Rgba colour);

/// Width x height x `channels` values, pixel by pixel. 1: luma over `background`; 2: luma and alpha; 3: RGB over
/// `background`; 4: RGBA. Throws Error for another number.
std::vector<std::uint8_t> channelValues(const Sprite& sprite, int channels, Rgba background = kWhite);
/// The other way round; 1 and 3 channels are opaque. `values` holds width x height x `channels` values.
Sprite spriteFromChannels(std::span<const std::uint8_t> values, int width, int height, int channels);

/// A PNG of that colour type (grayscale for 1, …), not merely one that looks like it.
std::vector<std::byte> encodePng(const Sprite& sprite, int channels, Rgba background = kWhite);

}  // namespace loom
