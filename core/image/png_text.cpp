// PNG (Portable Network Graphics) Specification, third edition, W3C 2025: 5.3 chunk layout, 11.3.3.4 iTXt.
#include "core/image/png_text.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

constexpr std::array<unsigned char, 8> kSignature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::size_t kFrame = 12;  // length, type and checksum around a chunk's data
constexpr std::string_view kKind = "iTXt";

struct Chunk {
  std::string_view type;
  std::span<const std::byte> data;
  std::size_t begin = 0, end = 0;  ///< in the file, with its frame
};

std::uint32_t bigEndian(std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  for (const std::byte byte : bytes.first(4)) value = value << 8 | static_cast<std::uint32_t>(byte);
  return value;
}

void append(std::vector<std::byte>& target, std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  target.insert(target.end(), bytes.begin(), bytes.end());
}

void append(std::vector<std::byte>& target, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) target.push_back(static_cast<std::byte>(value >> shift & 0xff));
}

bool isPng(std::span<const std::byte> png) {
  return png.size() > kSignature.size() && std::memcmp(png.data(), kSignature.data(), kSignature.size()) == 0;
}

/// The chunk at `begin`; nothing when the file ends before it does.
std::optional<Chunk> chunkAt(std::span<const std::byte> png, std::size_t begin) {
  if (begin > png.size() || png.size() - begin < kFrame) return {};
  const std::uint32_t length = bigEndian(png.subspan(begin));
  if (length > png.size() - begin - kFrame) return {};
  return Chunk{.type = {reinterpret_cast<const char*>(png.data()) + begin + 4, 4},
               .data = png.subspan(begin + 8, length),
               .begin = begin,
               .end = begin + kFrame + length};
}

std::vector<std::byte> packed(const std::string& text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::vector<std::byte> bytes(size);
  const int result = compress2(reinterpret_cast<Bytef*>(bytes.data()), &size,
                               reinterpret_cast<const Bytef*>(text.data()), static_cast<uLong>(text.size()), 9);
  if (result != Z_OK) throw Error("the words of a PNG could not be packed");
  bytes.resize(size);
  return bytes;
}

/// Nothing for what is damaged or longer than is read.
std::optional<std::string> unpacked(std::span<const std::byte> bytes) {
  constexpr std::size_t kPiece = 64 << 10;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  int state = Z_OK;
  while (state == Z_OK && static_cast<std::int64_t>(text.size()) <= limits::kMaxJsonBytes) {
    const std::size_t before = text.size();
    text.resize(before + kPiece);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = kPiece;
    state = inflate(&stream, Z_NO_FLUSH);
    text.resize(text.size() - stream.avail_out);
    if (state == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break;  // its end is missing
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END || static_cast<std::int64_t>(text.size()) > limits::kMaxJsonBytes) return {};
  return text;
}

/// An iTXt chunk's text: keyword, 0, packed or not, method, language, 0, translated keyword, 0, text.
std::optional<std::string> textOf(std::span<const std::byte> data, const std::string& keyword) {
  const std::string_view all(reinterpret_cast<const char*>(data.data()), data.size());
  const std::size_t flags = keyword.size() + 1;
  if (!all.starts_with(keyword) || all.size() < flags + 2 || all[keyword.size()] != 0) return {};
  const std::size_t language = all.find('\0', flags + 2);
  const std::size_t translated = language == all.npos ? all.npos : all.find('\0', language + 1);
  if (translated == all.npos) return {};
  const std::size_t begin = translated + 1;
  if (all[flags] == 0) return std::string(all.substr(begin));
  return unpacked(data.subspan(begin));
}

}  // namespace

std::vector<std::byte> withPngText(std::span<const std::byte> png, const std::string& keyword,
                                   const std::string& text) {
  const auto head = isPng(png) ? chunkAt(png, kSignature.size()) : std::nullopt;
  if (!head || head->type != "IHDR") throw Error("this is no PNG that words could be put into");
  if (keyword.empty() || keyword.size() > 79) throw Error("a PNG's keyword has 1 to 79 letters");
  std::vector<std::byte> chunk;
  append(chunk, kKind);
  append(chunk, keyword);
  append(chunk, std::string_view("\0\1\0\0\0", 5));  // packed, by deflate; no language, no translation
  const std::vector<std::byte> body = packed(text);
  chunk.insert(chunk.end(), body.begin(), body.end());
  const auto sum =
      crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size()));
  std::vector<std::byte> whole(png.begin(), png.begin() + static_cast<std::ptrdiff_t>(head->end));
  append(whole, static_cast<std::uint32_t>(chunk.size() - kKind.size()));
  whole.insert(whole.end(), chunk.begin(), chunk.end());
  append(whole, static_cast<std::uint32_t>(sum));
  whole.insert(whole.end(), png.begin() + static_cast<std::ptrdiff_t>(head->end), png.end());
  return whole;
}

std::optional<std::string> pngText(std::span<const std::byte> png, const std::string& keyword) {
  if (!isPng(png)) return {};
  for (auto chunk = chunkAt(png, kSignature.size()); chunk; chunk = chunkAt(png, chunk->end)) {
    if (chunk->type != kKind) continue;
    if (auto text = textOf(chunk->data, keyword)) return text;
  }
  return {};
}

std::optional<std::string> pngText(const std::filesystem::path& file, const std::string& keyword) {
  try {
    return pngText(readFile(file, limits::kMaxFileBytes), keyword);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace loom
