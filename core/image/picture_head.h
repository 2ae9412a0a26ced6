// What a picture's first bytes tell before it is decoded: its size, and the memory that decoding will take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace loom {

struct PictureSize {
  std::int64_t width = 0, height = 0;
  std::int64_t pixels() const { return width * height; }
  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

/// The size that decodeImage would give (for a JPEG, after it is turned upright), without decoding and whatever the
/// limits. Needs the bytes up to the picture's data; nothing when they are no picture's, or end before its size.
std::optional<PictureSize> pictureSize(std::span<const std::byte> bytes);

/// Bytes of memory that decodeImage takes for it at its peak, those of the file not counted: 4 a pixel for most, more
/// for what must be held whole before the first pixel is known (progressive JPEG, lossless WebP). 0 for no picture.
std::int64_t decodedBytes(std::span<const std::byte> bytes);

/// Of a JPEG: 1 to 8 as in EXIF's tag 0x0112; 1 (upright) when it says nothing.
int jpegOrientation(std::span<const std::byte> bytes);

}  // namespace loom
