#include "core/export/aseprite_file.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::size_t kHeadBytes = 128;
constexpr std::size_t kFrameHeadBytes = 16;
constexpr std::size_t kChunkHeadBytes = 6;
constexpr const char* kLayerName = "Sprites";

/// Little-endian numbers, one behind the other.
class Writer {
 public:
  Writer& byte(int value) { return number(value, 1); }
  Writer& word(std::int64_t value) { return number(value, 2); }
  Writer& dword(std::int64_t value) { return number(value, 4); }
  Writer& zeros(std::size_t count) {
    m_bytes.append(count, '\0');
    return *this;
  }
  Writer& text(std::string_view text) {
    constexpr std::size_t kLongest = 65535;
    const std::string_view kept = text.substr(0, kLongest);
    word(static_cast<std::int64_t>(kept.size()));
    m_bytes += kept;
    return *this;
  }
  Writer& colour(const Rgba& colour) { return byte(colour.r).byte(colour.g).byte(colour.b).byte(colour.a); }
  Writer& raw(std::string_view bytes) {
    m_bytes += bytes;
    return *this;
  }
  std::string take() { return std::move(m_bytes); }

 private:
  Writer& number(std::int64_t value, int count) {
    for (int i = 0; i < count; ++i) m_bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
    return *this;
  }
  std::string m_bytes;
};

std::string chunk(int type, const std::string& content) {
  return Writer().dword(static_cast<std::int64_t>(content.size() + kChunkHeadBytes)).word(type).raw(content).take();
}

std::string deflated(std::span<const std::byte> bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string packed(size, '\0');
  const int result =
      compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  if (result != Z_OK) throw Error("there is not enough memory to write an Aseprite file");
  packed.resize(size);
  return packed;
}

/// What every cel begins with: on the first layer, opaque, in its layer's order.
Writer celHead(int x, int y, int kind) {
  Writer writer;
  writer.word(0).word(x).word(y).byte(255).word(kind).word(0).zeros(5);
  return writer;
}

std::string colourProfileChunk() {
  constexpr int kSrgb = 1;
  return chunk(0x2007, Writer().word(kSrgb).word(0).dword(0).zeros(8).take());
}

std::string paletteChunk(const std::vector<Rgba>& palette) {
  const auto count = static_cast<std::int64_t>(palette.size());
  Writer writer;
  writer.dword(count).dword(0).dword(count - 1).zeros(8);
  for (const Rgba& colour : palette) writer.word(0).colour(colour);
  return chunk(0x2019, writer.take());
}

std::string layerChunk() {
  constexpr int kVisibleAndEditable = 3;
  Writer writer;
  writer.word(kVisibleAndEditable).word(0).word(0).word(0).word(0).word(0).byte(255).zeros(3).text(kLayerName);
  return chunk(0x2004, writer.take());
}

std::string tagsChunk(const std::vector<AsepriteFile::Tag>& tags) {
  Writer writer;
  writer.word(static_cast<std::int64_t>(tags.size())).zeros(8);
  for (const AsepriteFile::Tag& tag : tags) {
    // Forwards, over and over, in black.
    writer.word(tag.first).word(tag.last).byte(0).word(0).zeros(6).zeros(3).byte(0).text(tag.name);
  }
  return chunk(0x2018, writer.take());
}

}  // namespace

AsepriteFile::AsepriteFile(int width, int height, bool indexed, std::vector<Rgba> palette)
    : m_width(width), m_height(height), m_indexed(indexed), m_palette(std::move(palette)) {}

void AsepriteFile::addFrame(int milliseconds) {
  m_frames.push_back({milliseconds, 0, 0, {}});
}

void AsepriteFile::addFrame(int milliseconds, const PixelRect& area, std::span<const std::byte> pixels) {
  constexpr int kPacked = 2;
  Writer cel = celHead(area.x, area.y, kPacked);
  cel.word(area.width).word(area.height).raw(deflated(pixels));
  m_frames.push_back({milliseconds, area.x, area.y, chunk(0x2005, cel.take())});
}

void AsepriteFile::addLinkedFrame(int milliseconds, int other) {
  constexpr int kLinked = 1;
  const Frame& shown = m_frames.at(static_cast<std::size_t>(other));
  // A link that says another place than its picture is taken for a copy.
  const std::string cel = chunk(0x2005, celHead(shown.x, shown.y, kLinked).word(other).take());
  m_frames.push_back({milliseconds, shown.x, shown.y, cel});
}

std::string AsepriteFile::firstChunks() const {
  std::string chunks = colourProfileChunk();
  if (!m_palette.empty()) chunks += paletteChunk(m_palette);
  chunks += layerChunk();
  if (!m_tags.empty()) chunks += tagsChunk(m_tags);
  return chunks;
}

int AsepriteFile::firstChunkCount() const {
  return 2 + (m_palette.empty() ? 0 : 1) + (m_tags.empty() ? 0 : 1);
}

std::string AsepriteFile::head(std::size_t fileBytes) const {
  constexpr int kLayersHaveOpacity = 1, kMilliseconds = 100;
  Writer writer;
  writer.dword(static_cast<std::int64_t>(fileBytes)).word(0xA5E0).word(static_cast<std::int64_t>(m_frames.size()));
  writer.word(m_width).word(m_height).word(m_indexed ? 8 : 32).dword(kLayersHaveOpacity).word(kMilliseconds).zeros(8);
  writer.byte(0).zeros(3).word(static_cast<std::int64_t>(m_palette.size()));  // the first colour is the transparent one
  writer.byte(1).byte(1).word(0).word(0).word(0).word(0);                     // square pixels, no grid
  std::string head = writer.take();
  head.resize(kHeadBytes);
  return head;
}

std::string AsepriteFile::bytes() const {
  if (m_frames.empty()) throw Error("there is no frame to write to an Aseprite file");
  std::string frames;
  bool first = true;
  for (const Frame& frame : m_frames) {
    const std::string chunks = (first ? firstChunks() : std::string()) + frame.cel;
    const int count = (first ? firstChunkCount() : 0) + (frame.cel.empty() ? 0 : 1);
    frames += Writer()
                  .dword(static_cast<std::int64_t>(chunks.size() + kFrameHeadBytes))
                  .word(0xF1FA)
                  .word(count)
                  .word(frame.milliseconds)
                  .zeros(2)
                  .dword(count)
                  .raw(chunks)
                  .take();
    first = false;
  }
  return head(frames.size() + kHeadBytes) + frames;
}

}  // namespace loom
