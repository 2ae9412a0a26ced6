#include "core/dataset/web_picture_size.h"

#include <cstdint>
#include <cstdlib>

#include "core/image/image_format.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

/// Numbers out of bytes; beyond the end everything is 0 and `ranOut`.
class Fields {
 public:
  explicit Fields(Bytes bytes) : m_bytes(bytes) {}
  std::uint32_t byte(std::size_t at) {
    if (at >= m_bytes.size()) m_ranOut = true;
    return at < m_bytes.size() ? std::to_integer<std::uint32_t>(m_bytes[at]) : 0;
  }
  std::uint32_t big16(std::size_t at) { return byte(at) << 8U | byte(at + 1); }
  std::uint32_t big32(std::size_t at) { return big16(at) << 16U | big16(at + 2); }
  std::uint32_t little16(std::size_t at) { return byte(at) | byte(at + 1) << 8U; }
  std::uint32_t little24(std::size_t at) { return little16(at) | byte(at + 2) << 16U; }
  std::uint32_t little32(std::size_t at) { return little16(at) | little16(at + 2) << 16U; }
  bool ranOut() const { return m_ranOut; }

 private:
  Bytes m_bytes;
  bool m_ranOut = false;
};

struct Sides {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

/// The first frame header (ITU T.81, B.2.2); segments before it are stepped over.
Sides jpegSides(Fields& fields) {
  for (std::size_t at = 2; !fields.ranOut();) {
    if (fields.byte(at) != 0xFF) break;
    const std::uint32_t marker = fields.byte(at + 1);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return {fields.big16(at + 7), fields.big16(at + 5)};
    const std::uint32_t length = fields.big16(at + 2);
    if (length < 2 || marker == 0xDA || marker == 0xD9) break;
    at += 2 + length;
  }
  return {};
}

/// VP8 (RFC 6386, 9.1), VP8L and VP8X (RFC 9649).
Sides webpSides(Fields& fields) {
  constexpr std::size_t kKind = 15;
  constexpr std::size_t kBody = 20;
  switch (fields.byte(kKind)) {
    case ' ':
      return {fields.little16(kBody + 6) & 0x3FFFU, fields.little16(kBody + 8) & 0x3FFFU};
    case 'L': {
      const std::uint32_t bits = fields.little32(kBody + 1);
      return {(bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1};
    }
    case 'X':
      return {std::int64_t{fields.little24(kBody + 4)} + 1, std::int64_t{fields.little24(kBody + 7)} + 1};
    default:
      return {};
  }
}

Sides bmpSides(Fields& fields) {
  constexpr std::uint32_t kOldHeader = 12;
  if (fields.little32(14) == kOldHeader) return {fields.little16(18), fields.little16(20)};
  return {static_cast<std::int32_t>(fields.little32(18)),
          std::llabs(static_cast<std::int32_t>(fields.little32(22)))};  // negative: rows from the top
}

Sides sidesOf(Fields& fields, ImageFormat format) {
  switch (format) {
    case ImageFormat::kPng:
      return {fields.big32(16), fields.big32(20)};
    case ImageFormat::kGif:
      return {fields.little16(6), fields.little16(8)};
    case ImageFormat::kJpeg:
      return jpegSides(fields);
    case ImageFormat::kWebp:
      return webpSides(fields);
    case ImageFormat::kBmp:
      return bmpSides(fields);
  }
  return {};
}

}  // namespace

std::optional<PictureSize> pictureSize(Bytes head) {
  constexpr std::int64_t kBeyondAnyPicture = 1 << 30;
  const auto format = imageFormat(head);
  if (!format) return std::nullopt;
  Fields fields(head);
  const Sides sides = sidesOf(fields, *format);
  const auto fits = [](std::int64_t side) { return side > 0 && side < kBeyondAnyPicture; };
  if (fields.ranOut() || !fits(sides.width) || !fits(sides.height)) return std::nullopt;
  return PictureSize{static_cast<int>(sides.width), static_cast<int>(sides.height)};
}

std::string pictureEnding(Bytes head) {
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
  }
  return {};
}

}  // namespace loom
