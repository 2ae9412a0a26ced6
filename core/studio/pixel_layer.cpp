#include "core/studio/pixel_layer.h"

#include "core/image/palette.h"

namespace loom {

Sprite withLayer(const Sprite& sprite, const PixelLayer& layer) {
  Sprite drawn = sprite;
  for (const auto& [place, colour] : layer) {
    const auto& [y, x] = place;
    if (drawn.contains(x, y)) drawn.at(x, y) = colour;
  }
  return drawn;
}

Json toJson(const PixelLayer& layer) {
  Json list = Json::array();
  for (const auto& [place, colour] : layer) list.push_back({place.second, place.first, colourText(colour)});
  return list;
}

PixelLayer pixelLayerFrom(const Json& json) {
  PixelLayer layer;
  for (const Json& pixel : json) {
    layer.insert_or_assign({pixel.at(1).get<int>(), pixel.at(0).get<int>()},
                           colourFromText(pixel.at(2).get<std::string>()));
  }
  return layer;
}

}  // namespace loom
