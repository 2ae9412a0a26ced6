#include "core/evaluate/nearest_sprites.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <unordered_set>
#include <utility>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluate/feature_space.h"
#include "core/image/codec.h"

namespace loom {
namespace {

constexpr int kShift = 2;
constexpr int kReducedBy = 4;  // so that shifts of 2 pixels change little
constexpr std::int64_t kCandidates = 12;
constexpr std::size_t kAtOnce = 256;  // pictures in memory as floats
constexpr std::size_t kBlock = 8;     // sprites a thread takes at a time

/// Bytes of a sprite within a transparent margin, colours multiplied by alpha.
class Framed {
 public:
  Framed(const Sprite& sprite, int margin)
      : m_width(sprite.width() + 2 * margin),
        m_height(sprite.height() + 2 * margin),
        m_bytes(static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height) * 4) {
    for (int y = 0; y < sprite.height(); ++y) {
      std::uint8_t* target = m_bytes.data() + offset(margin, y + margin);
      for (int x = 0; x < sprite.width(); ++x) {
        const Rgba& pixel = sprite.at(x, y);
        for (const int colour : {pixel.r, pixel.g, pixel.b}) {
          *target++ = static_cast<std::uint8_t>((colour * pixel.a + 127) / 255);
        }
        *target++ = pixel.a;
      }
    }
  }
  int height() const { return m_height; }
  std::span<const std::uint8_t> row(int x, int y, int width) const {
    return std::span(m_bytes).subspan(offset(x, y), static_cast<std::size_t>(width) * 4);
  }
  int width() const { return m_width; }

 private:
  std::size_t offset(int x, int y) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x)) * 4;
  }
  int m_width, m_height;
  std::vector<std::uint8_t> m_bytes;
};

/// `sprite` has twice the margin of `other`, and is seen through its frame at x, y. Beyond `most` it need not be exact.
std::int64_t differenceAt(const Framed& sprite, const Framed& other, int x, int y, std::int64_t most) {
  std::int64_t sum = 0;
  for (int row = 0; row < other.height() && sum < most; ++row) {
    const auto one = sprite.row(x, y + row, other.width()), two = other.row(0, row, other.width());
    int ofRow = 0;
    for (std::size_t i = 0; i < one.size(); ++i) ofRow += std::abs(one[i] - two[i]);
    sum += ofRow;
  }
  return sum;
}

std::int64_t leastDifference(const Framed& sprite, const Framed& other, std::int64_t most) {
  std::int64_t least = std::min(most, differenceAt(sprite, other, kShift, kShift, most));
  for (int y = 0; y <= 2 * kShift; ++y) {
    for (int x = 0; x <= 2 * kShift; ++x) least = std::min(least, differenceAt(sprite, other, x, y, least));
  }
  return least;
}

double visiblePixels(const Sprite& sprite) {
  const auto visible = std::ranges::count_if(sprite.pixels(), [](const Rgba& pixel) { return pixel.a > 0; });
  return static_cast<double>(std::max<std::ptrdiff_t>(1, visible));
}

}  // namespace

NearestSprites::NearestSprites(std::span<const Sprite> training, int side, JobMonitor& monitor)
    : m_training(training), m_side(side) {
  std::unordered_set<std::uint64_t> seen;
  std::vector<at::Tensor> parts;
  for (std::size_t from = 0; from < training.size(); from += kAtOnce) {
    monitor.checkCancelled();
    std::vector<Sprite> different;
    for (std::size_t i = from; i < std::min(from + kAtOnce, training.size()); ++i) {
      if (!seen.insert(contentHash(training[i])).second) continue;
      m_different.push_back(i);
      different.push_back(training[i]);
    }
    if (!different.empty()) parts.push_back(reduced(different));
  }
  if (m_different.size() < 2) throw Error("there are too few different training sprites to compare with");
  m_reduced = at::cat(parts);
}

at::Tensor NearestSprites::reduced(std::span<const Sprite> sprites) const {
  const torch::NoGradGuard noGrad;
  std::vector<at::Tensor> parts;
  for (std::size_t from = 0; from < sprites.size(); from += kAtOnce) {
    const auto some = sprites.subspan(from, std::min(kAtOnce, sprites.size() - from));
    parts.push_back(at::avg_pool2d(spritePictures(some, m_side), kReducedBy).flatten(1));
  }
  return at::cat(parts);
}

std::vector<NearestTwo> NearestSprites::find(std::span<const Sprite> sprites, JobMonitor& monitor) const {
  const std::int64_t most = std::min(kCandidates, m_reduced.size(0));
  const at::Tensor alike = at::cdist(reduced(sprites), m_reduced);
  const at::Tensor candidates = std::get<1>(alike.topk(most, 1, /*largest=*/false)).contiguous();
  const auto* row = candidates.const_data_ptr<std::int64_t>();
  std::vector<NearestTwo> found(sprites.size());
  const auto look = [&](std::size_t index) {
    const Framed sprite(sprites[index], 2 * kShift);
    std::int64_t nearest = std::numeric_limits<std::int64_t>::max(), second = nearest;
    for (std::int64_t i = 0; i < most; ++i) {
      const std::size_t other = m_different[static_cast<std::size_t>(row[static_cast<std::int64_t>(index) * most + i])];
      const std::int64_t difference = leastDifference(sprite, Framed(m_training[other], kShift), second);
      if (difference < nearest) {
        second = std::exchange(nearest, difference);
        found[index].second = std::exchange(found[index].nearest, other);
      } else if (difference < second) {
        second = difference;
        found[index].second = other;
      }
    }
    const double whole = visiblePixels(sprites[index]) * 4 * 255;
    found[index].difference = static_cast<double>(nearest) / whole;
    found[index].secondDifference = static_cast<double>(second) / whole;
  };
  monitor.begin("Looking for copies", static_cast<std::int64_t>(sprites.size()));
  parallelFor(
      sprites.size(), kBlock,
      [&look](std::size_t begin, std::size_t end) {
        for (std::size_t index = begin; index < end; ++index) look(index);
      },
      monitor);
  return found;
}

double nearerThanHeldOut(std::span<const NearestTwo> made, std::span<const NearestTwo> heldOut) {
  double nearer = 0;
  for (const NearestTwo& one : made) {
    for (const NearestTwo& other : heldOut) {
      nearer += one.difference < other.difference ? 1 : one.difference == other.difference ? .5 : 0;
    }
  }
  return nearer / static_cast<double>(made.size() * heldOut.size());
}

}  // namespace loom
