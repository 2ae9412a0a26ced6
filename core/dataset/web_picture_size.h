// How large a picture is, told from its first bytes, before the rest has come. Private to the web reader.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace loom {

struct PictureSize {
  int width = 0;  ///< pixels
  int height = 0;
};

/// Nothing when the bytes are no picture's or end before the size is told (64 kB are enough for most).
std::optional<PictureSize> pictureSize(std::span<const std::byte> head);

/// ".png", ".jpg", …: what a file of this content is called; empty when it is no picture.
std::string pictureEnding(std::span<const std::byte> head);

}  // namespace loom
