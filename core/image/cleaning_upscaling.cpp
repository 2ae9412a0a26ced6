#include "core/image/cleaning_upscaling.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr double kMostScale = 512;
constexpr std::array kKinds{GridKind::kExact, GridKind::kFractional, GridKind::kSmooth, GridKind::kCompressed};
constexpr std::array<const char*, 3> kFilters{"box", "bilinear", "bicubic"};

PixelGrid gridIn(const Json& settings) {
  const double scaleX = settings.at("scale").get<double>();
  const double scaleY = settings.at("scale_y").get<double>() > 0 ? settings.at("scale_y").get<double>() : scaleX;
  const auto kind = std::ranges::find_if(
      kKinds, [&](GridKind each) { return gridKindName(each) == settings.at("kind").get<std::string>(); });
  PixelGrid grid = pixelGrid(std::max(1.0, scaleX), std::max(1.0, scaleY), settings.at("offset_x").get<double>(),
                             settings.at("offset_y").get<double>(), kind == kKinds.end() ? GridKind::kExact : *kind);
  const auto filter = std::ranges::find(kFilters, settings.at("filter").get<std::string>());
  grid.filter = static_cast<GridFilter>(filter - kFilters.begin());
  return grid;
}

CleanedSprite undone(const Sprite& sprite, const Json& settings) {
  const double scale = settings.at("scale").get<double>();
  if (scale == 1 && settings.at("scale_y").get<double>() <= 1) return {sprite, "left at its own size"};
  const PixelGrid grid = scale > 0 ? gridIn(settings) : findPixelGrid(sprite);
  if (!grid.found()) return {sprite, "no upscaling was found"};
  if (scale <= 0 && grid.confidence < kSureGrid) {
    return {sprite, "may be enlarged x" + numberText(grid.scaleX) + ", too unsure: left as it is"};
  }
  Sprite native = undoUpscaling(sprite, grid);
  const bool changed = native != sprite;
  return {std::move(native),
          "enlarged x" + numberText(std::max(grid.scaleX, grid.scaleY)) + " (" + gridKindName(grid.kind) + "): undone",
          changed};
}

Setting real(const std::string& name, const std::string& title, double least, double most, const std::string& help) {
  return {.name = name,
          .title = title,
          .type = SettingType::kReal,
          .fallback = 0.0,
          .help = help,
          .unit = "px",
          .minimum = least,
          .maximum = most,
          .basic = true};
}

Setting choice(const std::string& name, const std::string& title, std::vector<std::string> choices,
               const std::string& help) {
  const std::string first = choices.front();
  return {.name = name,
          .title = title,
          .type = SettingType::kChoice,
          .fallback = first,
          .help = help,
          .choices = std::move(choices)};
}

}  // namespace

Json upscalingSettings(const PixelGrid& grid) {
  if (!grid.found()) return {{"scale", 1.0}};
  return {{"scale", grid.scaleX},
          {"scale_y", grid.scaleY},
          {"offset_x", grid.offsetX},
          {"offset_y", grid.offsetY},
          {"kind", gridKindName(grid.kind)},
          {"filter", kFilters.at(static_cast<std::size_t>(grid.filter))}};
}

CleaningKind cleaning::upscalingKind() {
  return {
      .name = "upscaling",
      .title = "Undo upscaling",
      .help = "Takes art that was enlarged back to the size it was drawn at. The scale is found unless it is given.",
      .mainSetting = "scale",
      .settings = SettingsSchema({
          real("scale", "One pixel takes", 0, kMostScale, "Pixels of the picture that a true one takes; 0: found."),
          real("scale_y", "Downwards", 0, kMostScale, "Where pixels are not square; 0: as across."),
          real("offset_x", "Grid begins at, across", -kMostScale, kMostScale,
               "Where a crop cut the first pixel: 0, or negative by what is missing."),
          real("offset_y", "Grid begins at, down", -kMostScale, kMostScale, "The same from the top."),
          choice("kind", "Enlarged", {"exact", "fractional", "smooth", "compressed"},
                 "How: whole steps, broken steps, interpolated, or saved as JPEG. With a scale given alone."),
          choice("filter", "Filter", {"box", "bilinear", "bicubic"}, "What smoothed it. With a scale given alone."),
      }),
      .apply = undone};
}

}  // namespace loom
