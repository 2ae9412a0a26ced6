// One decoder a format, each straight into a sprite's pixels. Private to the codec: decodeImage has checked the size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/image/image_format.h"
#include "core/image/sprite.h"

namespace loom {

/// All throw Error when the picture is damaged; `name` is used in messages alone.
Sprite decodePng(std::span<const std::byte> bytes, const std::string& name);
/// Turned upright as its EXIF block asks.
Sprite decodeJpeg(std::span<const std::byte> bytes, const std::string& name);
Sprite decodeBmp(std::span<const std::byte> bytes, const std::string& name);
/// A WebP that is no animation.
Sprite decodeStillWebp(std::span<const std::byte> bytes, const std::string& name);

/// Throws Error when `bytes` are no picture's.
ImageFormat readableFormat(std::span<const std::byte> bytes, const std::string& name);

/// "NAME is a damaged PNG file: WHY".
Error damagedPicture(const std::string& name, ImageFormat format, const std::string& why = {});

/// Throws Error when a picture of this size has no pixels or more than limits.h allows, or when `bytes` of memory to
/// decode it in, the file's included, are more.
void checkPictureSize(std::int64_t width, std::int64_t height, const std::string& name);
void checkDecodeMemory(std::int64_t bytes, const std::string& name);

}  // namespace loom
