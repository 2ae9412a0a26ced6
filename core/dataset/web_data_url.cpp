#include "core/dataset/web_data_url.h"

#include <cstdint>
#include <string>

#include "core/dataset/web_picture_ending.h"
#include "core/dataset/web_url.h"
#include "core/image/picture_head.h"

namespace loom {
namespace {

int base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

std::vector<std::byte> fromBase64(std::string_view text) {
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    if (c == '=') break;
    const int digit = base64Digit(c);
    if (digit < 0) return {};
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<std::byte>(bits >> static_cast<unsigned>(count) & 0xFFU));
    }
  }
  return bytes;
}

}  // namespace

std::vector<std::byte> dataOf(std::string_view url) {
  const std::size_t comma = url.find(',');
  if (!isDataAddress(url) || comma == std::string_view::npos) return {};
  const std::string body = percentDecoded(url.substr(comma + 1));
  const std::string_view kind = url.substr(0, comma);
  if (kind.ends_with(";base64") || kind.ends_with(";BASE64")) return fromBase64(body);
  const auto* begin = reinterpret_cast<const std::byte*>(body.data());
  return {begin, begin + body.size()};
}

void readDataPicture(WebPicture& picture) {
  const std::vector<std::byte> bytes = dataOf(picture.url);
  picture.bytes = static_cast<std::int64_t>(bytes.size());
  picture.name = pictureEnding(bytes);
  if (const auto size = pictureSize(bytes)) {
    picture.width = static_cast<int>(size->width);
    picture.height = static_cast<int>(size->height);
  } else {
    picture.problem = "it is no picture that can be read (PNG, JPEG, BMP, GIF and WebP can)";
  }
}

}  // namespace loom
