// What a fetched picture's file is called. Private to the web reader.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace loom {

/// ".png", ".jpg", …: what a file of this content is called; empty when it is no picture.
std::string pictureEnding(std::span<const std::byte> head);

}  // namespace loom
