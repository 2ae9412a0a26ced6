#include "core/studio/turnaround_alternatives.h"

#include <cstddef>

namespace loom {
namespace {

std::size_t indexOf(const TurnedView& turned, int x, int y) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(turned.sprite.width()) + static_cast<std::size_t>(x);
}

}  // namespace

std::vector<PixelPlace> uncertainRegion(const TurnedView& turned, int x, int y) {
  return colourRegion(turned.sprite, x, y, [&](int column, int row) {
    return turned.confidence[indexOf(turned, column, row)] < kSureOfPixel;
  });
}

std::vector<Alternative> alternatives(const TurnedView& turned, int x, int y) {
  const std::vector<PixelPlace> region = uncertainRegion(turned, x, y);
  if (region.empty()) return {};
  std::vector<Alternative> all;
  for (const LikelyColour& colour : turned.likely[indexOf(turned, x, y)]) {
    if (colour.share <= 0) break;
    Alternative alternative{.colour = colour, .set = {}};
    for (const PixelPlace& at : region) alternative.set.push_back({turned.view, at.x, at.y, colour.colour});
    all.push_back(std::move(alternative));
  }
  return all;
}

}  // namespace loom
