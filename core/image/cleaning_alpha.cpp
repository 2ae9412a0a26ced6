// The steps that work on what is transparent and what is not: background, halo, alpha, fill.
#include <string>

#include "core/image/alpha_edges.h"
#include "core/image/background.h"
#include "core/image/cleaning_kinds.h"
#include "core/image/colour_fill.h"
#include "core/image/edit.h"
#include "core/image/palette.h"

namespace loom::cleaning {
namespace {

CleanedSprite withoutBackgroundStep(const Sprite& sprite, const Json& settings) {
  BackgroundOptions options;
  options.mode = backgroundModeNamed(settings.at("mode").get<std::string>());
  options.tolerance = settings.at("tolerance").get<double>();
  options.colour = parseColour(settings.at("colour").get<std::string>());
  options.edges = backgroundEdgesNamed(settings.at("edges").get<std::string>());
  const WithoutBackground result = withoutBackground(sprite, options);
  return {result.sprite, result.note};
}

CleanedSprite withoutHalo(const Sprite& sprite, const Json& settings) {
  if (!hasTransparency(sprite)) return {sprite, "nothing is transparent: remove the background first"};
  const std::string given = settings.at("matte").get<std::string>();
  const int width = settings.at("width").get<int>();
  std::optional<Rgba> matte;
  if (given == "white") matte = Rgba{255, 255, 255, 255};
  if (given == "black") matte = Rgba{0, 0, 0, 255};
  if (given == "colour") matte = parseColour(settings.at("colour").get<std::string>());
  if (given == "auto") matte = guessedMatte(sprite, width);
  if (!matte) return {sprite, "no halo found"};
  const RimEdges edges = settings.at("edges") == "hard" ? RimEdges::kHard : RimEdges::kSoft;
  const Unmatted result = unmatted(
      sprite, [&matte](int, int) { return *matte; }, width, edges);
  const std::string name = colourText(*matte);
  if (result.sprite == sprite) return {sprite, "no halo of " + name + " found"};
  return {result.sprite, "took " + name + " out of " + std::to_string(result.blends) + " pixels of the rim"};
}

CleanedSprite withHardAlpha(const Sprite& sprite, const Json& settings) {
  if (!hasPartialAlpha(sprite)) return {sprite, "no pixel is partly transparent"};
  const bool recolour = settings.at("colours") == "inside";
  const Sprite base = recolour ? withColoursFromInside(sprite) : sprite;
  return {hardenedAlpha(base, settings.at("threshold").get<int>()), "partial alpha hardened"};
}

/// `pixel` over an opaque colour.
Rgba over(Rgba pixel, Rgba background) {
  const auto mix = [&pixel](int top, int bottom) {
    return static_cast<std::uint8_t>((top * pixel.a + bottom * (255 - pixel.a) + 127) / 255);
  };
  return {mix(pixel.r, background.r), mix(pixel.g, background.g), mix(pixel.b, background.b), 255};
}

CleanedSprite filled(const Sprite& sprite, const Json& settings) {
  const Rgba mean = meanColour(sprite);
  if (mean.a == 0) return {sprite, "no pixel is visible"};
  if (!hasTransparency(sprite)) return {sprite, "nothing is transparent"};
  const bool isBlurred = settings.at("with") == "blurred";
  const bool keepsAlpha = settings.at("alpha") == "keep";
  const Sprite blurred = isBlurred ? blurredColours(sprite, settings.at("radius").get<int>()) : Sprite();
  Sprite result = sprite;
  for (std::size_t i = 0; i < result.pixels().size(); ++i) {
    Rgba& pixel = result.pixels()[i];
    const Rgba background = isBlurred ? blurred.pixels()[i] : mean;
    if (!keepsAlpha) pixel = over(pixel, background);
    if (keepsAlpha && pixel.a == 0) pixel = {background.r, background.g, background.b, 0};
  }
  return {result, isBlurred ? "filled with its blurred colours" : "filled with " + colourText(mean)};
}

Setting colourSetting(const char* fallback, const char* help) {
  return {.name = "colour", .title = "Colour", .type = SettingType::kColour, .fallback = fallback, .help = help};
}

}  // namespace

CleaningKind backgroundKind() {
  return {.name = "background",
          .title = "Remove the background",
          .help = "Makes the background transparent: a plain colour, a gradient, or a checkerboard painted in.",
          .mainSetting = "mode",
          .settings = SettingsSchema(
              {{.name = "mode",
                .title = "Background",
                .type = SettingType::kChoice,
                .fallback = "auto",
                .help = "auto: decided by the border, and left alone when it is not clear. flood: the border's colour, "
                        "from the border inwards, so that enclosed areas stay. solid: the border's colour wherever it "
                        "is. checkerboard: painted squares that stand for transparency. colour: the colour below, "
                        "wherever it is.",
                .choices = {"auto", "flood", "solid", "checkerboard", "colour"},
                .basic = true},
               colourSetting("#ff00ff", "What the background is, for the choice colour."),
               {.name = "tolerance",
                .title = "Tolerance",
                .type = SettingType::kReal,
                .fallback = 0.0,
                .help = "How far a pixel may be from the background's colour, in OKLab (.02 is just visible). 0: as "
                        "much as the background's own noise asks for.",
                .minimum = 0,
                .maximum = 0.5,
                .basic = true},
               {.name = "edges",
                .title = "Edges",
                .type = SettingType::kChoice,
                .fallback = "auto",
                .help = "Pixels at the rim that are part figure, part background. soft: the figure's colour with "
                        "partial alpha. hard: the figure's colour or nothing. keep: as they are. auto: soft where "
                        "there are many.",
                .choices = {"auto", "soft", "hard", "keep"}}}),
          .apply = withoutBackgroundStep};
}

CleaningKind haloKind() {
  return {
      .name = "halo",
      .title = "Remove a halo",
      .help = "Takes what an earlier background left out of the rim, with colours from inside the figure.",
      .mainSetting = "matte",
      .settings = SettingsSchema({{.name = "matte",
                                   .title = "Earlier background",
                                   .type = SettingType::kChoice,
                                   .fallback = "auto",
                                   .help = "auto: found from the rim; nothing is done where it is not clear.",
                                   .choices = {"auto", "white", "black", "colour"},
                                   .basic = true},
                                  colourSetting("#808080", "The earlier background, for the choice colour."),
                                  {.name = "edges",
                                   .title = "Edges",
                                   .type = SettingType::kChoice,
                                   .fallback = "hard",
                                   .help = "hard: rim pixels become opaque or vanish. soft: they get partial alpha.",
                                   .choices = {"hard", "soft"},
                                   .basic = true},
                                  {.name = "width",
                                   .title = "Width",
                                   .type = SettingType::kInteger,
                                   .fallback = 1,
                                   .help = "How far the halo reaches in.",
                                   .unit = "px",
                                   .minimum = 1,
                                   .maximum = 4}}),
      .apply = withoutHalo};
}

CleaningKind alphaKind() {
  return {
      .name = "alpha",
      .title = "Harden alpha",
      .help = "Makes every pixel either opaque or transparent.",
      .mainSetting = "threshold",
      .settings = SettingsSchema({{.name = "threshold",
                                   .title = "Opaque from",
                                   .type = SettingType::kInteger,
                                   .fallback = 128,
                                   .help = "Alpha from here on becomes opaque, below transparent.",
                                   .minimum = 1,
                                   .maximum = 255,
                                   .basic = true},
                                  {.name = "colours",
                                   .title = "Colours",
                                   .type = SettingType::kChoice,
                                   .fallback = "own",
                                   .help = "Of pixels that become opaque. own: as they are. inside: from the opaque "
                                           "pixels next to them, where an old background shows in their own.",
                                   .choices = {"own", "inside"}}}),
      .apply = withHardAlpha};
}

CleaningKind fillKind() {
  return {.name = "fill",
          .title = "Fill the background",
          .help =
              "Puts the sprite's own colours where it is transparent, for models without alpha: plain or hard "
              "surroundings are what such a model learns first.",
          .mainSetting = "with",
          .settings = SettingsSchema({{.name = "with",
                                       .title = "With",
                                       .type = SettingType::kChoice,
                                       .fallback = "blurred",
                                       .help = "blurred: its colours, spread out. mean: its mean colour.",
                                       .choices = {"blurred", "mean"},
                                       .basic = true},
                                      {.name = "radius",
                                       .title = "Radius",
                                       .type = SettingType::kInteger,
                                       .fallback = 8,
                                       .help = "Of the blur.",
                                       .unit = "px",
                                       .minimum = 1,
                                       .maximum = 128,
                                       .basic = true},
                                      {.name = "alpha",
                                       .title = "Alpha",
                                       .type = SettingType::kChoice,
                                       .fallback = "drop",
                                       .help = "drop: the sprite becomes opaque. keep: the colours lie hidden under "
                                               "transparent pixels.",
                                       .choices = {"drop", "keep"}}}),
          .apply = filled};
}

}  // namespace loom::cleaning
