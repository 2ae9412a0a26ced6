#include "core/studio/touch_up.h"

#include <algorithm>
#include <cstddef>

#include "core/base/error.h"
#include "core/image/edit.h"
#include "core/project/view.h"

namespace loom {

void TouchUp::paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour) {
  for (const PixelPlace& at : places) layers[view].insert_or_assign({at.y, at.x}, colour);
}

void TouchUp::restore(const std::string& view, std::span<const PixelPlace> places) {
  const auto layer = layers.find(view);
  if (layer == layers.end()) return;
  for (const PixelPlace& at : places) layer->second.erase({at.y, at.x});
  if (layer->second.empty()) layers.erase(layer);
}

Json toJson(const TouchUp& touchUp) {
  Json json{{"hidden", touchUp.hidden}, {"layers", Json::object()}};
  for (const auto& [view, layer] : touchUp.layers) json["layers"][view] = toJson(layer);
  return json;
}

TouchUp touchUpFrom(const Json& json) {
  TouchUp touchUp;
  if (!json.is_object()) return touchUp;
  const auto hidden = json.find("hidden");
  touchUp.hidden = hidden != json.end() && hidden->is_boolean() && hidden->get<bool>();
  const auto layers = json.find("layers");
  if (layers == json.end() || !layers->is_object()) return touchUp;
  for (const auto& [view, pixels] : layers->items()) {
    try {
      PixelLayer layer = pixelLayerFrom(pixels);
      if (!layer.empty()) touchUp.layers.emplace(view, std::move(layer));
    } catch (const Json::exception&) {  // the other views' are still good
    } catch (const Error&) {
    }
  }
  return touchUp;
}

std::vector<Sprite> touchedUp(std::vector<Sprite> sprites, std::span<const std::string> views, const TouchUp& touchUp) {
  if (touchUp.hidden) return sprites;
  for (std::size_t i = 0; i < std::min(sprites.size(), views.size()); ++i) {
    const auto layer = touchUp.layers.find(views[i]);
    if (layer != touchUp.layers.end()) sprites[i] = withLayer(sprites[i], layer->second);
  }
  return sprites;
}

std::string drawnView(const std::string& view, std::span<const std::string> views) {
  const std::string opposite = mirroredView(view);
  const bool isRight = view.ends_with("right");
  return isRight && opposite != view && std::ranges::find(views, opposite) != views.end() ? opposite : view;
}

std::vector<Sprite> rightFromLeft(std::vector<Sprite> sprites, std::span<const std::string> views) {
  for (std::size_t i = 0; i < std::min(sprites.size(), views.size()); ++i) {
    const std::string source = drawnView(views[i], views);
    if (source == views[i]) continue;
    const auto left = static_cast<std::size_t>(std::ranges::find(views, source) - views.begin());
    if (left < sprites.size()) sprites[i] = mirrored(sprites[left]);
  }
  return sprites;
}

}  // namespace loom
