// Pictures of every format made in memory, to be read back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/animation.h"
#include "core/image/sprite.h"

namespace loom::test {

using Bytes = std::vector<std::byte>;

/// Every pixel another colour and alpha.
Sprite noiseSprite(int width, int height, std::uint64_t seed);
/// One opaque colour.
Sprite plainSprite(int width, int height, Rgba colour);

void append(Bytes& bytes, std::span<const std::byte> more);
void appendText(Bytes& bytes, std::string_view text);
void appendLittle(Bytes& bytes, std::uint64_t value, int count);
void appendBig(Bytes& bytes, std::uint64_t value, int count);
Bytes zlibPacked(std::span<const std::byte> bytes);

Bytes pngChunk(std::string_view type, std::span<const std::byte> content);
/// By libpng, with any of its colour types and depths; rows of random bits.
Bytes pngOfKind(int width, int height, int colourType, int depth, bool interlaced, bool transparency);
/// By Qt: "jpeg", "bmp", …
Bytes encodedByQt(const Sprite& sprite, const char* format, bool greyscale = false);
Sprite decodedByQt(std::span<const std::byte> bytes, const char* format);

/// A part of a frame, for formats whose frames are parts.
struct Part {
  Sprite sprite;
  int x = 0, y = 0;
  int milliseconds = 100;
  int disposal = 0;  ///< 0 keep, 1 clear, 2 restore what was before
  bool over = false;
};
/// Opaque pixels and holes only, at most 255 colours a part.
Bytes gifOf(int width, int height, const std::vector<Part>& parts, bool interlaced = false);
/// The first part is the default image too, unless `separateDefault`.
Bytes apngOf(int width, int height, const std::vector<Part>& parts, bool separateDefault = false);
/// Lossless, colours under alpha 0 kept.
Bytes webpStill(const Sprite& sprite);
/// Lossless; `disposal` 2 is not known to the format, x and y are even.
Bytes webpOf(int width, int height, const std::vector<Part>& parts);

/// Random damage: calls `read` with `rounds` copies of `whole` with a few bytes changed, then with every beginning of
/// it. What `read` throws besides Error passes through.
void damageAndRead(const Bytes& whole, int rounds, std::uint64_t seed,
                   const std::function<void(std::span<const std::byte>)>& read);

}  // namespace loom::test
