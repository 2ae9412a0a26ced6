// APNG (PNG specification, third edition, 11.3.6): each frame is the part that changed, packed by zlib.
#include <zlib.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/animation_encoders.h"

namespace loom {
namespace {

using Bytes = std::vector<std::byte>;
constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr std::int64_t kControlOffset = 8 + 25;  // behind signature and IHDR

void appendBig(Bytes& bytes, std::uint32_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::byte>(value >> shift));
}

void append(Bytes& bytes, std::span<const std::byte> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

Bytes chunk(std::string_view type, std::span<const std::byte> content) {
  Bytes bytes;
  appendBig(bytes, static_cast<std::uint32_t>(content.size()), 4);
  append(bytes, std::as_bytes(std::span(type)));
  append(bytes, content);
  const auto* checked = reinterpret_cast<const Bytef*>(bytes.data()) + 4;
  appendBig(bytes, static_cast<std::uint32_t>(crc32_z(0, checked, bytes.size() - 4)), 4);
  return bytes;
}

Bytes header(int width, int height) {
  Bytes bytes;
  appendBig(bytes, static_cast<std::uint32_t>(width), 4);
  appendBig(bytes, static_cast<std::uint32_t>(height), 4);
  constexpr std::uint32_t kDepth = 8, kRgba = 6;
  for (const std::uint32_t value : {kDepth, kRgba, 0U, 0U, 0U}) appendBig(bytes, value, 1);
  return chunk("IHDR", bytes);
}

Bytes animationControl(std::uint32_t frames, bool loops) {
  Bytes bytes;
  appendBig(bytes, frames, 4);
  appendBig(bytes, loops ? 0 : 1, 4);
  return chunk("acTL", bytes);
}

/// Rows with the filter that suits flat art: "up" where a row is the one above, none elsewhere.
Bytes filteredRows(const Sprite& picture, const PixelRect& area) {
  constexpr auto kNone = std::byte{0}, kUp = std::byte{2};
  const std::size_t rowBytes = static_cast<std::size_t>(area.width) * sizeof(Rgba);
  Bytes rows;
  rows.reserve((rowBytes + 1) * static_cast<std::size_t>(area.height));
  std::span<const Rgba> above;
  for (int y = area.y; y < area.y + area.height; ++y) {
    const std::span<const Rgba> row(&picture.at(area.x, y), static_cast<std::size_t>(area.width));
    const bool same = !above.empty() && std::ranges::equal(row, above);
    rows.push_back(same ? kUp : kNone);
    if (same) {
      rows.resize(rows.size() + rowBytes);
    } else {
      append(rows, std::as_bytes(row));
    }
    above = row;
  }
  return rows;
}

Bytes deflated(const Bytes& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes packed(size);
  const int result =
      compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  if (result != Z_OK) throw Error("there is not enough memory to write a PNG");
  packed.resize(size);
  return packed;
}

/// Hidden colours count for nothing, so that a pixel that stays transparent is no change.
void clearHidden(Sprite& sprite) {
  for (Rgba& pixel : sprite.pixels()) {
    if (pixel.a == 0) pixel = {};
  }
}

class ApngEncoder final : public AnimationEncoder {
 public:
  ApngEncoder(const std::filesystem::path& file, bool loops) : m_loops(loops), m_file(file) {}

  void add(Sprite frame, int milliseconds) override {
    clearHidden(frame);
    PixelRect area{0, 0, frame.width(), frame.height()};
    if (m_frames == 0) {
      m_file.write(std::as_bytes(std::span(kSignature)));
      m_file.write(header(frame.width(), frame.height()));
      m_file.write(animationControl(0, m_loops));
    } else {
      area = differenceBounds(m_shown, frame);
      if (area.width == 0) area = {0, 0, 1, 1};  // there is no frame without a pixel
    }
    m_file.write(frameControl(area, milliseconds));
    const Bytes packed = deflated(filteredRows(frame, area));
    if (m_frames == 0) {
      m_file.write(chunk("IDAT", packed));
    } else {
      Bytes numbered;
      appendBig(numbered, m_order++, 4);
      append(numbered, packed);
      m_file.write(chunk("fdAT", numbered));
    }
    m_shown = std::move(frame);
    ++m_frames;
  }

  void finish() override {
    m_file.write(chunk("IEND", {}));
    m_file.writeAt(kControlOffset, animationControl(m_frames, m_loops));
    m_file.commit();
  }

 private:
  /// The part replaces what was there, and stays.
  Bytes frameControl(const PixelRect& area, int milliseconds) {
    Bytes bytes;
    appendBig(bytes, m_order++, 4);
    for (const int value : {area.width, area.height, area.x, area.y}) {
      appendBig(bytes, static_cast<std::uint32_t>(value), 4);
    }
    constexpr std::uint32_t kKeep = 0, kReplace = 0, kASecond = 1000;
    appendBig(bytes, static_cast<std::uint32_t>(milliseconds), 2);
    appendBig(bytes, kASecond, 2);
    appendBig(bytes, kKeep, 1);
    appendBig(bytes, kReplace, 1);
    return chunk("fcTL", bytes);
  }

  bool m_loops;
  AtomicFile m_file;
  Sprite m_shown;
  std::uint32_t m_frames = 0;
  std::uint32_t m_order = 0;  ///< both kinds of frame chunk are numbered through
};

}  // namespace

std::unique_ptr<AnimationEncoder> apngEncoder(const std::filesystem::path& file, bool loops) {
  return std::make_unique<ApngEncoder>(file, loops);
}

}  // namespace loom
