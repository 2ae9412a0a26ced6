// APNG (PNG specification, third edition, 11.3.6): each frame becomes a PNG of its own for the decoder of still ones.
#include <zlib.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/image/byte_cursor.h"
#include "core/image/decoders.h"
#include "core/image/frame_readers.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;
constexpr std::size_t kSignatureBytes = 8;

struct Chunk {
  std::string_view type;
  Bytes content;
  bool whole = false;  ///< its checksum holds
};

std::uint32_t checksum(Bytes typeAndContent) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(typeAndContent.data()), typeAndContent.size()));
}

/// The next chunk; nothing where the bytes end.
std::optional<Chunk> nextChunk(ByteCursor& cursor, bool verify) {
  const std::uint32_t length = cursor.big32();
  const Bytes checked = cursor.take(std::size_t{4} + length);
  const std::uint32_t stated = cursor.big32();
  if (cursor.ranOut()) return std::nullopt;
  return Chunk{
      {reinterpret_cast<const char*>(checked.data()), 4}, checked.subspan(4), !verify || checksum(checked) == stated};
}

/// Builds a PNG around the data of one frame.
class PngWriter {
 public:
  PngWriter() { append({reinterpret_cast<const std::byte*>("\x89PNG\r\n\x1a\n"), kSignatureBytes}); }

  void chunk(std::string_view type, Bytes content) {
    big32(static_cast<std::uint32_t>(content.size()));
    const std::size_t from = m_bytes.size();
    append(std::as_bytes(std::span(type)));
    append(content);
    big32(checksum(Bytes(m_bytes).subspan(from)));
  }
  const std::vector<std::byte>& bytes() const { return m_bytes; }

 private:
  void append(Bytes bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
  void big32(std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) m_bytes.push_back(static_cast<std::byte>(value >> shift));
  }
  std::vector<std::byte> m_bytes;
};

/// A frame control chunk and the data that follow it.
struct Part {
  std::uint32_t width = 0, height = 0, x = 0, y = 0;
  int milliseconds = 0;
  Disposal disposal = Disposal::kKeep;
  bool over = false;
  std::vector<Bytes> data;
};

Part partFrom(Bytes control) {
  ByteCursor cursor(control, 4);
  Part part;
  part.width = cursor.big32();
  part.height = cursor.big32();
  part.x = cursor.big32();
  part.y = cursor.big32();
  const unsigned numerator = cursor.big16();
  const unsigned denominator = cursor.big16();
  part.milliseconds = static_cast<int>(numerator * 1000U / (denominator == 0 ? 100U : denominator));
  const unsigned disposal = cursor.byte();
  if (disposal == 1) part.disposal = Disposal::kClear;
  if (disposal == 2) part.disposal = Disposal::kRestore;
  part.over = cursor.byte() == 1;
  return part;
}

class Reader {
 public:
  Reader(Bytes bytes, const std::string& name, PictureSize size, FrameCanvas& canvas)
      : m_cursor(bytes, kSignatureBytes), m_name(name), m_size(size), m_canvas(canvas) {}

  void read() {
    while (!m_canvas.isComplete()) {
      const auto chunk = nextChunk(m_cursor, true);
      if (!chunk || chunk->type == "IEND") break;
      take(*chunk);
    }
    finishPart();
  }

 private:
  Error damaged(const std::string& why) const { return damagedPicture(m_name, ImageFormat::kPng, why); }

  void take(const Chunk& chunk) {
    const bool shared = chunk.type == "IHDR" || chunk.type == "PLTE" || chunk.type == "tRNS";
    const bool moving = chunk.type == "fcTL" || chunk.type == "fdAT";
    const bool data = chunk.type == "IDAT";
    if (!shared && !moving && !data) return;
    if (!chunk.whole) throw damaged("a checksum is wrong");
    if (shared && !m_dataSeen) m_shared.push_back(chunk);
    if (moving) checkOrder(chunk.content);
    if (chunk.type == "fcTL") {
      finishPart();
      if (!m_canvas.isComplete()) m_part = partFrom(chunk.content);
    }
    m_dataSeen = m_dataSeen || data;
    if (!m_part) return;  // the still picture for programs that know no APNG
    if (data) m_part->data.push_back(chunk.content);
    if (chunk.type == "fdAT") m_part->data.push_back(chunk.content.subspan(4));
  }

  /// Both kinds of chunk are numbered through.
  void checkOrder(Bytes content) {
    if (content.size() < 4 || ByteCursor(content).big32() != m_order++) throw damaged("its frames are out of order");
  }

  void finishPart() {
    if (!m_part || m_canvas.isComplete()) return;
    const Part part = std::move(*m_part);
    m_part.reset();
    const std::uint64_t right = std::uint64_t{part.x} + part.width;
    const std::uint64_t below = std::uint64_t{part.y} + part.height;
    if (part.width == 0 || part.height == 0 || right > static_cast<std::uint64_t>(m_size.width) ||
        below > static_cast<std::uint64_t>(m_size.height)) {
      throw damaged("a frame lies outside");
    }
    const PixelRect area{static_cast<int>(part.x), static_cast<int>(part.y), static_cast<int>(part.width),
                         static_cast<int>(part.height)};
    const Sprite picture = decodePng(pngOf(part), m_name);
    m_canvas.begin(area, part.disposal);
    if (part.over) {
      m_canvas.blend(picture, area.x, area.y);
    } else {
      paste(m_canvas.picture(), picture, area.x, area.y);
    }
    m_canvas.show(part.milliseconds);
  }

  std::vector<std::byte> pngOf(const Part& part) const {
    PngWriter png;
    for (const Chunk& chunk : m_shared) {
      if (chunk.type != "IHDR" || chunk.content.size() < 8) {
        png.chunk(chunk.type, chunk.content);
        continue;
      }
      std::vector<std::byte> header(chunk.content.begin(), chunk.content.end());
      for (std::size_t i = 0; i < 4; ++i) {
        header[i] = static_cast<std::byte>(part.width >> (24 - 8 * i));
        header[4 + i] = static_cast<std::byte>(part.height >> (24 - 8 * i));
      }
      png.chunk("IHDR", header);
    }
    for (const Bytes data : part.data) png.chunk("IDAT", data);
    png.chunk("IEND", {});
    return png.bytes();
  }

  ByteCursor m_cursor;
  const std::string& m_name;
  PictureSize m_size;
  FrameCanvas& m_canvas;
  std::vector<Chunk> m_shared;
  std::optional<Part> m_part;
  std::uint32_t m_order = 0;
  bool m_dataSeen = false;
};

}  // namespace

AnimationHead apngHead(Bytes bytes) {
  AnimationHead head;
  head.canvas = pictureSize(bytes).value_or(PictureSize{});
  head.frames = 1;
  std::int64_t stated = 0;
  std::int64_t found = 0;
  bool ended = false;
  ByteCursor cursor(bytes, kSignatureBytes);
  for (auto chunk = nextChunk(cursor, false); chunk && !ended; chunk = nextChunk(cursor, false)) {
    if (chunk->type == "acTL" && stated == 0) stated = ByteCursor(chunk->content).big32();
    if (chunk->type == "IDAT" && stated == 0) return head;
    if (chunk->type == "fcTL") ++found;
    ended = chunk->type == "IEND";
  }
  if (stated == 0 || found == 0) return head;
  head.frames = std::min(stated, found);
  if (!ended) head.problem = "its end is missing after frame " + std::to_string(head.frames);
  if (found < stated) {
    head.problem = std::to_string(stated) + " frames are announced, and only " + std::to_string(found) + " are there";
  }
  return head;
}

void readApngFrames(Bytes bytes, std::int64_t wanted, const std::string& name, Animation& animation) {
  const PictureSize size = pictureSize(bytes).value_or(PictureSize{});
  FrameCanvas canvas(size, wanted, animation);
  Reader(bytes, name, size, canvas).read();
}

}  // namespace loom
