#include "core/studio/pixel_region.h"

#include <cstddef>

namespace loom {

std::vector<PixelPlace> colourRegion(const Sprite& sprite, int x, int y,
                                     const std::function<bool(int x, int y)>& among) {
  if (!sprite.contains(x, y)) return {};
  const Rgba colour = sprite.at(x, y);
  const auto same = [&](const Rgba& other) { return other == colour || (other.a == 0 && colour.a == 0); };
  const auto width = static_cast<std::size_t>(sprite.width());
  const auto index = [width](PixelPlace at) {
    return static_cast<std::size_t>(at.y) * width + static_cast<std::size_t>(at.x);
  };
  std::vector<char> inside(sprite.pixels().size());
  std::vector<PixelPlace> open{{x, y}};
  inside[index(open.front())] = 1;
  while (!open.empty()) {
    const PixelPlace at = open.back();
    open.pop_back();
    for (const PixelPlace next : {PixelPlace{at.x - 1, at.y}, {at.x + 1, at.y}, {at.x, at.y - 1}, {at.x, at.y + 1}}) {
      if (!sprite.contains(next.x, next.y) || inside[index(next)] || !same(sprite.at(next.x, next.y))) continue;
      if (among && !among(next.x, next.y)) continue;
      inside[index(next)] = 1;
      open.push_back(next);
    }
  }
  std::vector<PixelPlace> region;
  for (int row = 0; row < sprite.height(); ++row) {
    for (int column = 0; column < sprite.width(); ++column) {
      if (inside[index({column, row})]) region.push_back({column, row});
    }
  }
  return region;
}

}  // namespace loom
