#include "core/image/image_format.h"

#include <cstdint>
#include <cstdlib>

#include "core/image/byte_cursor.h"
#include "core/image/jpeg_markers.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

bool startsWith(Bytes bytes, std::string_view magic, std::size_t at = 0) {
  if (bytes.size() < at + magic.size()) return false;
  for (std::size_t i = 0; i < magic.size(); ++i) {
    if (std::to_integer<char>(bytes[at + i]) != magic[i]) return false;
  }
  return true;
}

/// Segments are walked up to the picture's data: an embedded thumbnail has an end marker of its own.
bool jpegIsCutShort(Bytes bytes) {
  ByteCursor cursor(bytes, 2);
  for (unsigned marker = 0; marker != kJpegStartOfScan;) {
    marker = nextJpegMarker(cursor);
    const unsigned length = cursor.big16();
    if (marker == 0 || length < 2) return true;
    cursor.skip(length - 2);
  }
  for (unsigned previous = 0; !cursor.ranOut();) {
    const unsigned current = cursor.byte();
    if (previous == 0xFF && current == 0xD9 && !cursor.ranOut()) return false;
    previous = current;
  }
  return true;
}

bool bmpIsCutShort(Bytes bytes) {
  ByteCursor cursor(bytes, 10);
  const std::uint64_t pixelsAt = cursor.little32();
  constexpr std::uint32_t kOldHeader = 12;
  const bool old = cursor.little32() == kOldHeader;
  const auto width = old ? static_cast<std::int64_t>(cursor.little16()) : static_cast<std::int32_t>(cursor.little32());
  const auto height = old ? static_cast<std::int64_t>(cursor.little16()) : static_cast<std::int32_t>(cursor.little32());
  cursor.skip(2);
  const std::uint64_t depth = cursor.little16();
  const std::uint32_t compression = old ? 0 : cursor.little32();
  if (cursor.ranOut() || width <= 0) return true;
  constexpr std::uint32_t kRle8 = 1;
  constexpr std::uint32_t kRle4 = 2;
  if (compression == kRle8 || compression == kRle4) return false;  // their length is not known beforehand
  constexpr std::int64_t kBeyondAnyLimit = 1 << 20;
  if (width > kBeyondAnyLimit || std::llabs(height) > kBeyondAnyLimit) return false;  // refused for its size
  const std::uint64_t rowBytes = (static_cast<std::uint64_t>(width) * depth + 31) / 32 * 4;
  return pixelsAt + rowBytes * static_cast<std::uint64_t>(std::llabs(height)) > bytes.size();
}

void skipGifColourTable(ByteCursor& cursor, unsigned flags) {
  if ((flags & 0x80U) != 0) cursor.skip(std::size_t{3} << ((flags & 7U) + 1));
}

void skipGifBlocks(ByteCursor& cursor) {
  for (unsigned length = cursor.byte(); length != 0; length = cursor.byte()) cursor.skip(length);
}

bool gifIsCutShort(Bytes bytes) {
  constexpr unsigned kExtension = 0x21;
  constexpr unsigned kPicture = 0x2C;
  ByteCursor cursor(bytes, 10);
  const unsigned flags = cursor.byte();
  cursor.skip(2);
  skipGifColourTable(cursor, flags);
  for (;;) {
    const unsigned block = cursor.byte();
    if (block == kExtension) {
      cursor.skip(1);
      skipGifBlocks(cursor);
    } else if (block == kPicture) {
      cursor.skip(8);
      skipGifColourTable(cursor, cursor.byte());
      cursor.skip(1);
      skipGifBlocks(cursor);
      return cursor.ranOut();
    } else {
      return true;
    }
    if (cursor.ranOut()) return true;
  }
}

}  // namespace

std::string_view imageFormatName(ImageFormat format) {
  switch (format) {
    case ImageFormat::kPng:
      return "PNG";
    case ImageFormat::kJpeg:
      return "JPEG";
    case ImageFormat::kBmp:
      return "BMP";
    case ImageFormat::kGif:
      return "GIF";
    case ImageFormat::kWebp:
      return "WebP";
    case ImageFormat::kAseprite:
      return "Aseprite";
  }
  return "";
}

std::optional<ImageFormat> imageFormat(std::span<const std::byte> bytes) {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return ImageFormat::kPng;
  if (startsWith(bytes, "\xff\xd8\xff")) return ImageFormat::kJpeg;
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return ImageFormat::kGif;
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return ImageFormat::kWebp;
  if (startsWith(bytes, "BM") && bytes.size() >= 26) return ImageFormat::kBmp;
  constexpr std::size_t kFirstFrameMagicAt = 128 + 4;
  if (startsWith(bytes, "\xe0\xa5", 4) && startsWith(bytes, "\xfa\xf1", kFirstFrameMagicAt)) {
    return ImageFormat::kAseprite;
  }
  return {};
}

bool isCutShort(std::span<const std::byte> bytes, ImageFormat format) {
  switch (format) {
    case ImageFormat::kJpeg:
      return jpegIsCutShort(bytes);
    case ImageFormat::kBmp:
      return bmpIsCutShort(bytes);
    case ImageFormat::kGif:
      return gifIsCutShort(bytes);
    case ImageFormat::kPng:
    case ImageFormat::kWebp:
    case ImageFormat::kAseprite:
      return false;
  }
  return false;
}

}  // namespace loom
