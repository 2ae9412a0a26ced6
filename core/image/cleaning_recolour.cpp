// The steps that change colours and keep shapes: palette, lock, grayscale, channels.
#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/image/alpha_edges.h"
#include "core/image/channels.h"
#include "core/image/cleaning_kinds.h"
#include "core/image/edit.h"
#include "core/image/palette_files.h"
#include "core/image/quantise.h"

namespace loom::cleaning {
namespace {

constexpr const char* kPalette = "palette";

/// How many colours, whatever their alpha: what a palette limits.
std::size_t opaqueColours(const Sprite& sprite) {
  Sprite solid = sprite;
  for (Rgba& pixel : solid.pixels()) pixel.a = pixel.a > 0 ? 255 : 0;
  return static_cast<std::size_t>(countColours(solid));
}

std::string coloursText(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " colour" : " colours");
}

CleanedSprite reducedColours(const Sprite& sprite, const Json& settings) {
  const bool given = settings.contains(kPalette);
  if (!given && settings.at("scope") == "shared") {
    throw Error("the sprites' shared palette has not been made yet", "apply the step to a whole data set");
  }
  const double dither = settings.at("dither").get<double>();
  const Sprite result = given ? lockedTo(sprite, paletteIn(settings), dither)
                              : quantised(sprite, settings.at("colours").get<int>(), dither);
  const std::size_t before = opaqueColours(sprite);
  if (result == sprite) return {sprite, "has " + coloursText(before) + " already"};
  return {result, std::to_string(before) + " to " + coloursText(opaqueColours(result))};
}

Json withSharedPalette(const Json& settings, const SpriteWalk& sprites, JobMonitor& monitor) {
  if (settings.at("scope") != "shared" || settings.contains(kPalette)) return settings;
  PaletteReducer reducer;
  std::int64_t done = 0;
  monitor.begin("Finding a shared palette", 0);
  sprites([&](const Sprite& sprite) {
    reducer.add(sprite);
    monitor.advance(++done);
  });
  const std::vector<Rgba> colours = reducer.reduced(settings.at("colours").get<int>());
  if (colours.empty()) throw Error("there is no colour to make a palette of", "choose sprites with visible pixels");
  Json whole = settings;
  whole[kPalette] = paletteJson(colours);
  return whole;
}

CleanedSprite locked(const Sprite& sprite, const Json& settings) {
  const std::vector<Rgba> palette = paletteIn(settings);
  const bool hard = settings.at("alpha") == "harden";
  constexpr int kHalf = 128;
  const Sprite shape = hard ? hardenedAlpha(sprite, kHalf) : sprite;
  const Sprite result = lockedTo(shape, palette, settings.at("dither").get<double>());
  if (result == sprite) return {sprite, "in the palette's colours already"};
  return {result,
          "locked to " + coloursText(opaqueColours(result)) + " of the palette's " + std::to_string(palette.size())};
}

Json withColoursOfFile(const Json& settings, const SpriteWalk&, JobMonitor&) {
  Json whole = settings;
  if (!settings.contains(kPalette)) paletteIn(settings);  // says that one is needed
  if (settings.at(kPalette).is_string()) {
    whole[kPalette] = paletteJson(readPalette(settings.at(kPalette).get<std::string>()).colours);
  }
  return whole;
}

Sprite grey(const Sprite& sprite) {
  Sprite result = sprite;
  for (Rgba& pixel : result.pixels()) {
    const std::uint8_t level = luma(pixel);
    pixel = {level, level, level, pixel.a};
  }
  return result;
}

CleanedSprite grayscaled(const Sprite& sprite, const Json&) {
  const Sprite result = grey(sprite);
  return {result, result == sprite ? "gray already" : "made gray"};
}

CleanedSprite withChannels(const Sprite& sprite, const Json& settings) {
  const int channels = settings.at("channels").get<int>();
  const Rgba background = parseColour(settings.at("background").get<std::string>());
  switch (channels) {
    case 1:
      return {grey(flattened(sprite, background)), "1 channel: gray"};
    case 2:
      return {grey(sprite), "2 channels: gray and alpha"};
    case 3:
      return {flattened(sprite, background), "3 channels: opaque colour"};
    default:
      return {sprite, "4 channels: colour and alpha"};
  }
}

Setting ditherSetting() {
  return {.name = "dither",
          .title = "Dithering",
          .type = SettingType::kReal,
          .fallback = 0.0,
          .help = "Mixes neighbouring pixels to suggest colours in between: 0 none, 1 full. Pixel art wants none.",
          .minimum = 0,
          .maximum = 1};
}

}  // namespace

std::vector<Rgba> paletteIn(const Json& settings) {
  const auto found = settings.find(kPalette);
  if (found == settings.end()) throw Error("the step needs a palette", "name a palette file or a picture: lock=my.gpl");
  if (!found->is_array()) throw Error("the step's palette file has not been read yet", "resolve the step first");
  std::vector<Rgba> colours;
  for (const Json& colour : *found) colours.push_back(colourFromText(colour.get<std::string>()));
  return colours;
}

Json paletteJson(const std::vector<Rgba>& colours) {
  Json list = Json::array();
  for (const Rgba& colour : colours) list.push_back(colourText(colour));
  return list;
}

CleaningKind paletteKind() {
  return {.name = "palette",
          .title = "Reduce colours",
          .help = "Draws every sprite in fewer colours, found for it alone or for all sprites together.",
          .mainSetting = "colours",
          .settings = SettingsSchema({{.name = "colours",
                                       .title = "Colours",
                                       .type = SettingType::kInteger,
                                       .fallback = 16,
                                       .help = "At most so many; transparent pixels do not count.",
                                       .minimum = kFewestColours,
                                       .maximum = kMostColours,
                                       .basic = true},
                                      {.name = "scope",
                                       .title = "Palette",
                                       .type = SettingType::kChoice,
                                       .fallback = "sprite",
                                       .help = "sprite: a palette of its own for each. shared: one for all.",
                                       .choices = {"sprite", "shared"},
                                       .basic = true},
                                      ditherSetting()}),
          .palette = true,
          .apply = reducedColours,
          .resolve = withSharedPalette};
}

CleaningKind lockKind() {
  return {.name = "lock",
          .title = "Lock to a palette",
          .help =
              "Draws every pixel in the nearest colour (in OKLab) of your own palette, from a GPL, HEX, PAL, ASE or "
              "ACT file or from a picture.",
          .mainSetting = kPalette,
          .settings = SettingsSchema({{.name = "alpha",
                                       .title = "Partial alpha",
                                       .type = SettingType::kChoice,
                                       .fallback = "harden",
                                       .help = "harden: opaque from half on, else transparent. keep: as it is.",
                                       .choices = {"harden", "keep"},
                                       .basic = true},
                                      ditherSetting()}),
          .palette = true,
          .apply = locked,
          .resolve = withColoursOfFile};
}

CleaningKind grayscaleKind() {
  return {.name = "grayscale",
          .title = "Grayscale",
          .help = "Takes the colour out, with the weights of ITU-R BT.601; alpha stays.",
          .mainSetting = "",
          .settings = {},
          .apply = grayscaled};
}

CleaningKind channelsKind() {
  return {.name = "channels",
          .title = "Channels",
          .help = "Leaves only what a model of 1 to 4 channels sees.",
          .mainSetting = "channels",
          .settings = SettingsSchema({{.name = "channels",
                                       .title = "Channels",
                                       .type = SettingType::kInteger,
                                       .fallback = 4,
                                       .help = "1: gray on a background. 2: gray and alpha. 3: colour on a background. "
                                               "4: colour and alpha.",
                                       .minimum = 1,
                                       .maximum = 4,
                                       .basic = true},
                                      {.name = "background",
                                       .title = "Background",
                                       .type = SettingType::kColour,
                                       .fallback = "#ffffff",
                                       .help = "What shows where the sprite is transparent, for 1 and 3 channels.",
                                       .basic = true}}),
          .apply = withChannels};
}

}  // namespace loom::cleaning
