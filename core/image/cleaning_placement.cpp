// The steps that move pixels about: trim, centre, fit, mirror.
#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/limits.h"
#include "core/image/cleaning_kinds.h"
#include "core/image/edit.h"
#include "core/image/resample.h"

namespace loom::cleaning {
namespace {

constexpr const char* kNothingVisible = "no pixel is visible";

std::string sizeText(int width, int height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

CleanedSprite trimmed(const Sprite& sprite, const Json& settings) {
  const PixelRect bounds = opaqueBounds(sprite);
  if (bounds.width == 0) return {sprite, kNothingVisible};
  // What was there before may be larger than the limit; a margin never is the reason.
  const int room = (limits::kMaxSpriteSide - std::max(bounds.width, bounds.height)) / 2;
  const int margin = std::clamp(settings.at("margin").get<int>(), 0, std::max(room, 0));
  const PixelRect area{bounds.x - margin, bounds.y - margin, bounds.width + 2 * margin, bounds.height + 2 * margin};
  if (area == PixelRect{0, 0, sprite.width(), sprite.height()}) return {sprite, "nothing to trim"};
  return {cropped(sprite, area), "trimmed to " + sizeText(area.width, area.height)};
}

/// How far the middle of the visible pixels lies from the left of `bounds`, in half pixels.
int middleOf(const Sprite& sprite, const PixelRect& bounds, bool byMass) {
  if (!byMass) return bounds.width;
  double mass = 0;
  double moment = 0;
  for (int y = bounds.y; y < bounds.y + bounds.height; ++y) {
    for (int x = 0; x < bounds.width; ++x) {
      const int alpha = sprite.at(bounds.x + x, y).a;
      mass += alpha;
      moment += alpha * (x + 0.5);
    }
  }
  return static_cast<int>(std::lround(2 * moment / mass));
}

CleanedSprite centred(const Sprite& sprite, const Json& settings) {
  const PixelRect bounds = opaqueBounds(sprite);
  if (bounds.width == 0) return {sprite, kNothingVisible};
  const auto side = [&settings](const char* name, int own) {
    const int given = settings.at(name).get<int>();
    return given > 0 ? given : own;
  };
  const int width = side("width", sprite.width());
  const int height = side("height", sprite.height());
  const int base = settings.at("base").get<int>();
  if (bounds.width > width || bounds.height + base > height) {
    return {sprite, "larger than " + sizeText(width, height) + ": left as it is"};
  }
  const int middle = middleOf(sprite, bounds, settings.at("by") == "mass");
  const int x = std::clamp((width - middle) / 2, 0, width - bounds.width);
  Sprite result(width, height);
  paste(result, cropped(sprite, bounds), x, height - base - bounds.height);
  return {result, result == sprite ? "in its place already" : "centred on " + sizeText(width, height)};
}

/// A canvas that holds every sprite's visible part.
Json withCommonCanvas(const Json& settings, const SpriteWalk& sprites, JobMonitor& monitor) {
  Json whole = settings;
  if (settings.at("width") != 0 && settings.at("height") != 0) return whole;
  int width = 1;
  int height = 1;
  std::int64_t done = 0;
  monitor.begin("Finding a common canvas", 0);
  sprites([&](const Sprite& sprite) {
    const PixelRect bounds = opaqueBounds(sprite);
    width = std::max(width, bounds.width);
    height = std::max(height, bounds.height);
    monitor.advance(++done);
  });
  const int tall = height + settings.at("base").get<int>();
  if (settings.at("width") == 0) whole["width"] = std::min(width, limits::kMaxSpriteSide);
  if (settings.at("height") == 0) whole["height"] = std::min(tall, limits::kMaxSpriteSide);
  return whole;
}

CleanedSprite fitted(const Sprite& sprite, const Json& settings) {
  const Fitted result = fittedTo(sprite, settings.at("size").get<int>(), fitModeNamed(settings.at("mode")));
  return {result.sprite, result.how};
}

}  // namespace

CleaningKind trimKind() {
  return {.name = "trim",
          .title = "Trim",
          .help = "Cuts off transparent rows and columns around the sprite.",
          .mainSetting = "margin",
          .settings = SettingsSchema({{.name = "margin",
                                       .title = "Margin",
                                       .type = SettingType::kInteger,
                                       .fallback = 0,
                                       .help = "Transparent pixels left on every side.",
                                       .unit = "px",
                                       .minimum = 0,
                                       .maximum = 64,
                                       .basic = true}}),
          .apply = trimmed};
}

CleaningKind centreKind() {
  const auto side = [](const char* name, const char* title) {
    return Setting{.name = name,
                   .title = title,
                   .type = SettingType::kInteger,
                   .fallback = 0,
                   .help = "Of the canvas. 0: what the largest of the sprites needs.",
                   .unit = "px",
                   .minimum = 0,
                   .maximum = limits::kMaxSpriteSide,
                   .basic = true};
  };
  return {.name = "centre",
          .title = "Re-centre",
          .help = "Places every sprite in the middle of a canvas of one size, its feet on one base line.",
          .mainSetting = "by",
          .settings = SettingsSchema({{.name = "by",
                                       .title = "Middle",
                                       .type = SettingType::kChoice,
                                       .fallback = "bounds",
                                       .help = "bounds: as much room to the left as to the right. mass: the centre of "
                                               "mass in the middle, so that a long weapon does not push the body "
                                               "aside.",
                                       .choices = {"bounds", "mass"},
                                       .basic = true},
                                      side("width", "Width"),
                                      side("height", "Height"),
                                      {.name = "base",
                                       .title = "Base line",
                                       .type = SettingType::kInteger,
                                       .fallback = 0,
                                       .help = "Rows left free under the feet.",
                                       .unit = "px",
                                       .minimum = 0,
                                       .maximum = 512}}),
          .apply = centred,
          .resolve = withCommonCanvas};
}

CleaningKind fitKind() {
  return {.name = "fit",
          .title = "Fit to size",
          .help =
              "Brings sprites to a square of one size, without resampling where that is possible; the note says "
              "what was done. What is not square is padded and stands on the bottom edge.",
          .mainSetting = "size",
          .settings = SettingsSchema({{.name = "size",
                                       .title = "Size",
                                       .type = SettingType::kInteger,
                                       .fallback = 64,
                                       .help = "Width and height.",
                                       .unit = "px",
                                       .minimum = 1,
                                       .maximum = limits::kMaxSpriteSide,
                                       .basic = true},
                                      {.name = "mode",
                                       .title = "How",
                                       .type = SettingType::kChoice,
                                       .fallback = "auto",
                                       .help = "auto: padding, then whole-number scale, then resampling, nearest for "
                                               "few colours and area for many. pad: never scales. whole: scales by "
                                               "whole numbers alone. nearest, area: resamples to the full size.",
                                       .choices = {"auto", "pad", "whole", "nearest", "area"},
                                       .basic = true}}),
          .apply = fitted};
}

CleaningKind mirrorKind() {
  return {.name = "mirror",
          .title = "Mirror",
          .help = "Swaps left and right.",
          .mainSetting = "",
          .settings = {},
          .apply = [](const Sprite& sprite, const Json&) -> CleanedSprite {
            return {mirrored(sprite), "mirrored"};
          }};
}

}  // namespace loom::cleaning
