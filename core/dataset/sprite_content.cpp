#include "core/dataset/sprite_content.h"

#include <xxhash.h>

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "core/image/edit.h"

namespace loom {
namespace {

// A smaller picture that still looks "enlarged" is a plain shape: a box is no smaller box twice as large.
constexpr int kLeastReducedSide = 8;

std::uint32_t packed(const Rgba& colour) {
  return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
}

/// Numbers colours in the order they come; runs of one colour, the usual case, cost no search.
class ColourNumbers {
 public:
  explicit ColourNumbers(std::vector<Rgba>& colours) : m_colours(colours) {}
  std::uint32_t operator()(const Rgba& colour) {
    if (colour.a == 0) return 0;
    if (m_last != 0 && m_colours[m_last - 1] == colour) return m_last;
    const auto [place, isNew] = m_numbers.try_emplace(packed(colour), static_cast<std::uint32_t>(m_colours.size()) + 1);
    if (isNew) m_colours.push_back(colour);
    return m_last = place->second;
  }

 private:
  std::vector<Rgba>& m_colours;
  std::unordered_map<std::uint32_t, std::uint32_t> m_numbers;
  std::uint32_t m_last = 0;
};

/// The largest block size into which all runs of equal rows and columns divide.
int blockSize(const SpriteContent& content) {
  int size = std::gcd(content.width, content.height);
  for (int y = 0; y < content.height && size > 1; ++y) {
    const bool startsBlock = y % size == 0;
    for (int x = 1; x < content.width && size > 1; ++x) {
      if (content.at(x, y) != content.at(x - 1, y)) size = std::gcd(size, x);
    }
    if (y == 0 || startsBlock) continue;
    for (int x = 0; x < content.width && size > 1; ++x) {
      if (content.at(x, y) != content.at(x, y - 1)) size = std::gcd(size, y);
    }
  }
  return size;
}

void reduce(SpriteContent& content) {
  const int size = blockSize(content);
  if (size < 2 || std::max(content.width, content.height) / size < kLeastReducedSide) return;
  SpriteContent small = content;
  small.scale = size;
  small.width /= size;
  small.height /= size;
  small.filled /= size * size;
  small.dots.clear();
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) small.dots.push_back(content.at(x * size, y * size));
  }
  content = std::move(small);
}

std::uint64_t hashOf(const SpriteContent& content) {
  const std::uint64_t size = static_cast<std::uint64_t>(content.width) << 32 | static_cast<unsigned>(content.height);
  return XXH3_64bits_withSeed(content.dots.data(), content.dots.size() * sizeof(content.dots[0]), size);
}

}  // namespace

SpriteContent contentOf(const Sprite& sprite) {
  const PixelRect box = opaqueBounds(sprite);
  SpriteContent content{.canvasWidth = sprite.width(), .canvasHeight = sprite.height(), .x = box.x, .y = box.y};
  content.width = box.width;
  content.height = box.height;
  content.dots.reserve(static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height));
  ColourNumbers number(content.colours);
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      content.dots.push_back(number(sprite.at(box.x + x, box.y + y)));
      if (content.dots.back() != 0) ++content.filled;
    }
  }
  if (!content.empty()) reduce(content);
  return content;
}

SpriteContent mirrored(const SpriteContent& content) {
  SpriteContent result = content;
  result.x = content.canvasWidth - content.x - content.width * content.scale;
  result.dots.clear();
  result.colours.clear();
  std::vector<std::uint32_t> numbers(content.colours.size() + 1, 0);
  for (int y = 0; y < content.height; ++y) {
    for (int x = content.width - 1; x >= 0; --x) {
      const std::uint32_t dot = content.at(x, y);
      if (dot != 0 && numbers[dot] == 0) {
        result.colours.push_back(content.colours[dot - 1]);
        numbers[dot] = static_cast<std::uint32_t>(result.colours.size());
      }
      result.dots.push_back(numbers[dot]);
    }
  }
  return result;
}

std::uint64_t structureHash(const SpriteContent& content) {
  return std::min(hashOf(content), hashOf(mirrored(content)));
}

}  // namespace loom
