// Reads numbers out of a picture file's bytes from left to right, never past their end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace loom {

/// Once it has run past the end it gives zeros and says so.
class ByteCursor {
 public:
  explicit ByteCursor(std::span<const std::byte> bytes, std::size_t position = 0)
      : m_bytes(bytes), m_position(position) {}

  bool ranOut() const { return m_position > m_bytes.size(); }
  std::size_t position() const { return m_position; }
  std::size_t left() const { return ranOut() ? 0 : m_bytes.size() - m_position; }

  void skip(std::size_t count) { m_position = count <= left() ? m_position + count : m_bytes.size() + 1; }
  /// The next `count` bytes; empty, and run out, when there are not so many.
  std::span<const std::byte> take(std::size_t count) {
    const std::size_t at = m_position;
    const bool enough = !ranOut() && count <= left();
    skip(count);
    return enough ? m_bytes.subspan(at, count) : std::span<const std::byte>{};
  }
  std::span<const std::byte> rest() { return take(left()); }

  unsigned byte() {
    if (left() > 0) return std::to_integer<unsigned>(m_bytes[m_position++]);
    m_position = m_bytes.size() + 1;
    return 0;
  }
  unsigned big16() {
    const unsigned high = byte();
    return high << 8 | byte();
  }
  std::uint32_t big32() {
    const std::uint32_t high = big16();
    return high << 16 | big16();
  }
  unsigned little16() {
    const unsigned low = byte();
    return byte() << 8 | low;
  }
  std::uint32_t little32() {
    const std::uint32_t low = little16();
    return static_cast<std::uint32_t>(little16()) << 16 | low;
  }
  int signed16() { return static_cast<std::int16_t>(little16()); }
  int signed32() { return static_cast<std::int32_t>(little32()); }

 private:
  std::span<const std::byte> m_bytes;
  std::size_t m_position;
};

}  // namespace loom
