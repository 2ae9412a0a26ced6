#include "core/dataset/web_picture_ending.h"

#include "core/image/image_format.h"

namespace loom {

std::string pictureEnding(std::span<const std::byte> head) {
  const auto format = imageFormat(head);
  if (!format) return {};
  switch (*format) {
    case ImageFormat::kPng:
      return ".png";
    case ImageFormat::kJpeg:
      return ".jpg";
    case ImageFormat::kBmp:
      return ".bmp";
    case ImageFormat::kGif:
      return ".gif";
    case ImageFormat::kWebp:
      return ".webp";
    case ImageFormat::kAseprite:
      return ".aseprite";
  }
  return {};
}

}  // namespace loom
