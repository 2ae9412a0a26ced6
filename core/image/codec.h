// Pictures from bytes and back: what a file is, is decided by its content, never by its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/image/sprite.h"

namespace loom {

/// Decodes PNG, JPEG (turned upright), BMP, GIF, WebP or Aseprite; of an animation its first frame (animation.h gives
/// all). Throws Error: unknown format, damaged, or larger than limits.h allows. `name` is used in messages alone.
Sprite decodeImage(std::span<const std::byte> bytes, const std::string& name);
Sprite readImage(const std::filesystem::path& path);

std::vector<std::byte> encodePng(const Sprite& sprite);
/// Writes aside and renames. Throws Error.
void writePng(const std::filesystem::path& path, const Sprite& sprite);

/// Lossless compact form for the catalogue, and back. unpackPixels throws Error when the bytes are damaged.
std::vector<std::byte> packPixels(const Sprite& sprite);
Sprite unpackPixels(std::span<const std::byte> bytes, int width, int height);

/// XXH3 of size and pixels; fully transparent pixels count as equal whatever their colour.
std::uint64_t contentHash(const Sprite& sprite);

}  // namespace loom
