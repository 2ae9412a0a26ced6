// Which picture format bytes hold, and whether the first picture in them is all there.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace loom {

enum class ImageFormat { kPng, kJpeg, kBmp, kGif, kWebp, kAseprite };
std::string_view imageFormatName(ImageFormat format);  ///< "PNG", "JPEG", …

/// By the first bytes; nothing when they belong to no format that is read.
std::optional<ImageFormat> imageFormat(std::span<const std::byte> bytes);

/// Whether bytes are missing from the (first) picture. Decoders of JPEG, BMP and GIF fill what is missing with grey and
/// call that a success; here a cut file counts as damaged. The others are left to their decoders, which notice.
bool isCutShort(std::span<const std::byte> bytes, ImageFormat format);

}  // namespace loom
