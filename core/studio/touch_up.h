// What somebody drew by hand over the pictures that a model makes of one character.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/studio/pixel_layer.h"
#include "core/studio/pixel_region.h"

namespace loom {

/// A layer a view, by the view's name, so that it can lie over what another model draws.
struct TouchUp {
  std::map<std::string, PixelLayer> layers;  ///< none of them is empty
  bool hidden = false;                       ///< kept, but not shown

  bool empty() const { return layers.empty(); }
  void paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour);
  /// What the model draws shows again.
  void restore(const std::string& view, std::span<const PixelPlace> places);

  friend bool operator==(const TouchUp&, const TouchUp&) = default;
};

/// {"hidden": false, "layers": {"front": [[x, y, "#rrggbb"], …]}}.
Json toJson(const TouchUp& touchUp);
/// The other way; layers and pixels that are not of that form are left out.
TouchUp touchUpFrom(const Json& json);

/// The pictures of a character with what was drawn over them; sprites[i] shows views[i].
std::vector<Sprite> touchedUp(std::vector<Sprite> sprites, std::span<const std::string> views, const TouchUp& touchUp);

/// Every view to the right becomes the mirror image of the one to the left where there is one: "right" of "left",
/// "back-right" of "back-left". sprites[i] shows views[i].
std::vector<Sprite> rightFromLeft(std::vector<Sprite> sprites, std::span<const std::string> views);
/// The view that rightFromLeft() makes `view` of, or `view` itself.
std::string drawnView(const std::string& view, std::span<const std::string> views);

}  // namespace loom
