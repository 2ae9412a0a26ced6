#include "core/image/picture_head.h"

#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>
#include <vector>

#include "core/image/byte_cursor.h"
#include "core/image/image_format.h"
#include "core/image/jpeg_markers.h"
#include "core/image/sprite.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;
constexpr std::int64_t kRgba = sizeof(Rgba);

PictureSize pngSize(ByteCursor& cursor) {
  cursor.skip(16);
  const std::int64_t width = cursor.big32();
  return {width, cursor.big32()};
}

PictureSize gifSize(ByteCursor& cursor) {
  cursor.skip(6);
  const std::int64_t width = cursor.little16();
  return {width, cursor.little16()};
}

PictureSize asepriteSize(ByteCursor& cursor) {
  cursor.skip(8);
  const std::int64_t width = cursor.little16();
  return {width, cursor.little16()};
}

struct BmpHead {
  PictureSize size;
  bool runLength = false;
};

BmpHead bmpHead(ByteCursor& cursor) {
  constexpr std::uint32_t kOldHeader = 12;
  cursor.skip(14);
  BmpHead head;
  if (cursor.little32() == kOldHeader) {
    head.size.width = cursor.little16();
    head.size.height = cursor.little16();
    return head;
  }
  head.size.width = cursor.signed32();
  head.size.height = std::llabs(std::int64_t{cursor.signed32()});  // negative: its rows run from top to bottom
  ByteCursor compression = cursor;
  compression.skip(4);
  const std::uint32_t method = compression.little32();
  head.runLength = method == 1 || method == 2;
  return head;
}

struct JpegHead {
  PictureSize size;               ///< as stored
  std::int64_t coefficients = 0;  ///< of all components
  bool buffered = false;          ///< comes in several scans: every coefficient is held until the last
};

std::int64_t roundedUp(std::int64_t value, std::int64_t step) {
  return (value + step - 1) / step * step;
}

/// Reads a frame header (ITU-T T.81, B.2.2), the cursor behind its length.
JpegHead jpegFrame(ByteCursor& cursor, unsigned marker, unsigned& components) {
  JpegHead head;
  cursor.skip(1);
  head.size.height = cursor.big16();
  head.size.width = cursor.big16();
  components = cursor.byte();
  head.buffered = marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE;
  std::vector<std::pair<std::int64_t, std::int64_t>> sampling;
  std::int64_t widest = 1;
  std::int64_t highest = 1;
  for (unsigned i = 0; i < components && !cursor.ranOut(); ++i) {
    cursor.skip(1);
    const unsigned factors = cursor.byte();
    cursor.skip(1);
    sampling.emplace_back(std::max(1U, factors >> 4), std::max(1U, factors & 15U));
    widest = std::max(widest, sampling.back().first);
    highest = std::max(highest, sampling.back().second);
  }
  constexpr std::int64_t kBlock = 8;
  const std::int64_t width = roundedUp(head.size.width, kBlock * widest);
  const std::int64_t height = roundedUp(head.size.height, kBlock * highest);
  for (const auto& [across, down] : sampling) head.coefficients += width * across / widest * (height * down / highest);
  return head;
}

bool isFrameHeader(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Calls `segment(marker, content)` for each up to the picture's data or until it returns false.
template <typename Segment>
void walkJpeg(Bytes bytes, const Segment& segment) {
  ByteCursor cursor(bytes, 2);
  while (const unsigned marker = nextJpegMarker(cursor)) {
    const unsigned length = cursor.big16();
    if (length < 2) return;
    const Bytes content = cursor.take(length - 2);
    if (cursor.ranOut() || !segment(marker, content) || marker == kJpegStartOfScan) return;
  }
}

JpegHead jpegHead(Bytes bytes) {
  JpegHead head;
  unsigned components = 0;
  walkJpeg(bytes, [&](unsigned marker, Bytes content) {
    ByteCursor cursor(content);
    if (isFrameHeader(marker)) head = jpegFrame(cursor, marker, components);
    if (marker == kJpegStartOfScan && cursor.byte() < components) head.buffered = true;
    return true;
  });
  return head;
}

/// The orientation in an EXIF block (TIFF 6.0's structure: an order mark, then directories of 12-byte entries).
int orientationIn(Bytes tiff) {
  ByteCursor head(tiff);
  const bool little = head.byte() == 'I';
  head.skip(1);
  const auto word = [little](ByteCursor& cursor) { return little ? cursor.little16() : cursor.big16(); };
  if (word(head) != 42) return 1;
  ByteCursor cursor(tiff, little ? head.little32() : head.big32());
  constexpr unsigned kOrientation = 0x0112;
  for (unsigned left = word(cursor); left > 0 && !cursor.ranOut(); --left) {
    const unsigned tag = word(cursor);
    cursor.skip(6);
    const unsigned value = word(cursor);
    cursor.skip(2);
    if (tag == kOrientation) return !cursor.ranOut() && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

PictureSize uprightJpegSize(Bytes bytes) {
  PictureSize size = jpegHead(bytes).size;
  if (jpegOrientation(bytes) >= 5) std::swap(size.width, size.height);
  return size;
}

std::optional<WebPBitstreamFeatures> webpHead(Bytes bytes) {
  WebPBitstreamFeatures features;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK) return std::nullopt;
  return features;
}

}  // namespace

int jpegOrientation(Bytes bytes) {
  constexpr std::array<char, 6> kMark{'E', 'x', 'i', 'f', 0, 0};
  int orientation = 1;
  walkJpeg(bytes, [&](unsigned marker, Bytes content) {
    const bool exif = marker == 0xE1 && content.size() > kMark.size() &&
                      std::equal(kMark.begin(), kMark.end(), content.begin(),
                                 [](char letter, std::byte byte) { return letter == std::to_integer<char>(byte); });
    if (exif) orientation = orientationIn(content.subspan(kMark.size()));
    return !exif;
  });
  return orientation;
}

std::optional<PictureSize> pictureSize(Bytes bytes) {
  const auto format = imageFormat(bytes);
  if (!format) return std::nullopt;
  ByteCursor cursor(bytes);
  PictureSize size;
  switch (*format) {
    case ImageFormat::kPng:
      size = pngSize(cursor);
      break;
    case ImageFormat::kJpeg:
      size = uprightJpegSize(bytes);
      break;
    case ImageFormat::kBmp:
      size = bmpHead(cursor).size;
      break;
    case ImageFormat::kGif:
      size = gifSize(cursor);
      break;
    case ImageFormat::kWebp:
      if (const auto head = webpHead(bytes)) size = {head->width, head->height};
      break;
    case ImageFormat::kAseprite:
      size = asepriteSize(cursor);
      break;
  }
  constexpr std::int64_t kMost = (1LL << 31) - 1;  // of any of the formats
  if (cursor.ranOut() || std::min(size.width, size.height) <= 0) return std::nullopt;
  if (std::max(size.width, size.height) > kMost) return std::nullopt;
  return size;
}

std::int64_t decodedBytes(Bytes bytes) {
  const auto size = pictureSize(bytes);
  if (!size) return 0;
  if (size->pixels() > (1LL << 48)) return std::numeric_limits<std::int64_t>::max();
  const std::int64_t pixels = size->pixels() * kRgba;
  switch (*imageFormat(bytes)) {
    case ImageFormat::kJpeg: {
      constexpr std::int64_t kCoefficient = 2;
      const JpegHead head = jpegHead(bytes);
      return pixels + (head.buffered ? head.coefficients * kCoefficient : 0);
    }
    case ImageFormat::kBmp: {
      ByteCursor cursor(bytes);
      return pixels + (bmpHead(cursor).runLength ? size->pixels() : 0);
    }
    case ImageFormat::kWebp: {
      constexpr int kLossy = 1;
      const auto head = webpHead(bytes);
      if (head->format != kLossy) return 2 * pixels;  // lossless: unpacked whole, then copied out
      return pixels + (head->has_alpha != 0 ? 2 * size->pixels() : 0);
    }
    default:
      return pixels;
  }
}

}  // namespace loom
