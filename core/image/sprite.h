// A sprite: a small picture of straight-alpha RGBA pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loom {

struct Rgba {
  std::uint8_t r = 0, g = 0, b = 0, a = 0;
  friend bool operator==(const Rgba&, const Rgba&) = default;
};

class Sprite {
 public:
  Sprite() = default;
  /// A fully transparent picture of `width` x `height` pixels.
  Sprite(int width, int height)
      : m_width(width),
        m_height(height),
        m_pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

  int width() const { return m_width; }
  int height() const { return m_height; }
  bool empty() const { return m_pixels.empty(); }

  const Rgba& at(int x, int y) const { return m_pixels[index(x, y)]; }
  Rgba& at(int x, int y) { return m_pixels[index(x, y)]; }
  bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }

  /// Rows top to bottom, `width` pixels each.
  std::span<const Rgba> pixels() const { return m_pixels; }
  std::span<Rgba> pixels() { return m_pixels; }

  friend bool operator==(const Sprite&, const Sprite&) = default;

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
  }
  int m_width = 0;
  int m_height = 0;
  std::vector<Rgba> m_pixels;
};

}  // namespace loom
