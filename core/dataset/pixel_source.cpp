#include "core/dataset/pixel_source.h"

#include <algorithm>
#include <vector>

#include "core/base/parallel.h"

namespace loom {
namespace {

constexpr std::size_t kMostAtOnce = 512;
constexpr std::int64_t kMostPixelsAtOnce = 8LL << 20;
constexpr std::size_t kBlock = 16;

}  // namespace

PixelSource pixelsFrom(const Catalogue& catalogue) {
  return [&catalogue](SpriteId id) { return catalogue.pixels(id); };
}

void lookAtSprites(std::span<const SpriteInfo> sprites, const PixelSource& pixels, const std::string& stage,
                   const std::function<void(std::size_t, const Sprite&)>& look, JobMonitor& monitor) {
  monitor.begin(stage, static_cast<std::int64_t>(sprites.size()));
  std::vector<Sprite> chunk;
  for (std::size_t first = 0; first < sprites.size(); first += chunk.size()) {
    chunk.clear();
    std::int64_t held = 0;
    while (first + chunk.size() < sprites.size() && chunk.size() < kMostAtOnce && held < kMostPixelsAtOnce) {
      chunk.push_back(pixels(sprites[first + chunk.size()].id));
      held += static_cast<std::int64_t>(chunk.back().pixels().size());
      monitor.checkCancelled();
    }
    const auto body = [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) look(first + i, chunk[i]);
    };
    parallelFor(chunk.size(), kBlock, body, monitor, static_cast<std::int64_t>(first));
  }
}

}  // namespace loom
