// A character being turned round: the views that somebody gave, and the pixels decided in those that a model draws.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/image/ramps.h"
#include "core/latent/turnaround.h"
#include "core/project/catalogue.h"
#include "core/studio/pixel_layer.h"
#include "core/studio/pixel_region.h"

namespace loom {

struct GivenView {
  Sprite sprite;
  bool accepted = false;  ///< drawn by a model, then taken as given
  friend bool operator==(const GivenView&, const GivenView&) = default;
};

/// Views go by name, so that a draft outlives the model it was begun with. A view is given, or else its decided pixels
/// count.
struct TurnaroundDraft {
  std::string name;  ///< of the character; may be empty
  std::map<std::string, GivenView> given;
  std::map<std::string, PixelLayer> decided;  ///< in the made sprites; no view of it is without pixels
  bool likeliest = false;                     ///< TurnaroundOptions
  std::vector<SpriteId> origins;              ///< the sprites of the data set that views came from

  bool isGiven(const std::string& view) const { return given.contains(view); }
  bool hasDecided(const std::string& view) const { return decided.contains(view); }

  /// Replaces the view, and forgets the pixels decided in it.
  void give(const std::string& view, Sprite sprite, bool accepted = false);
  /// The view is for a model to draw, as it likes.
  void release(const std::string& view);
  /// Paints a given view; decides pixels of another one. What lies outside of a given view is left out.
  void paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour);
  /// In all views, given and decided.
  void recolour(const ColourChange& change);

  /// What Turnaround takes: a sprite for each of `views` that is given. Throws nothing.
  std::vector<std::optional<Sprite>> seen(std::span<const std::string> views) const;
  /// The pixels decided in the missing ones of `views`, those within width x height: of the sprites a model will make.
  TurnaroundOptions options(std::span<const std::string> views, int width, int height) const;
  /// The colours of the given views and the decided pixels with alpha > 0, and how many pixels each has; the most
  /// frequent first.
  std::vector<std::pair<Rgba, int>> colours() const;

  friend bool operator==(const TurnaroundDraft&, const TurnaroundDraft&) = default;
};

/// For the project's catalogue. draftFromJson throws Error for what toJson did not write.
Json toJson(const TurnaroundDraft& draft);
TurnaroundDraft draftFromJson(const Json& json);

}  // namespace loom
