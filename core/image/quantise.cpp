#include "core/image/quantise.h"

#include <libimagequant.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

struct Destroy {
  void operator()(liq_attr* attributes) const { liq_attr_destroy(attributes); }
  void operator()(liq_histogram* histogram) const { liq_histogram_destroy(histogram); }
  void operator()(liq_image* image) const { liq_image_destroy(image); }
  void operator()(liq_result* result) const { liq_result_destroy(result); }
};
template <typename T>
using Owned = std::unique_ptr<T, Destroy>;

using ColourKey = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>;

void check(bool good) {
  if (!good) throw Error("the palette could not be reduced", "try another number of colours");
}

Owned<liq_attr> attributesFor(int colours) {
  Owned<liq_attr> attributes(liq_attr_create());
  check(attributes && liq_set_max_colors(attributes.get(), colours) == LIQ_OK);
  return attributes;
}

Owned<liq_image> imageOf(const liq_attr& attributes, std::span<const Rgba> pixels, int width, int height) {
  Owned<liq_image> image(liq_image_create_rgba(&attributes, pixels.data(), width, height, 0));
  check(image != nullptr);
  return image;
}

Rgba opaque(Rgba colour) {
  colour.a = 255;
  return colour;
}

std::vector<Rgba> visiblePixels(const Sprite& sprite) {
  std::vector<Rgba> pixels;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a > 0) pixels.push_back(opaque(pixel));
  }
  return pixels;
}

}  // namespace

struct PaletteReducer::Impl {
  Owned<liq_attr> attributes = attributesFor(kMostColours);
  Owned<liq_histogram> histogram{liq_histogram_create(attributes.get())};
  std::set<ColourKey> seen;  ///< up to one more than a palette can have: whether they are few is all that matters

  void note(const std::vector<Rgba>& pixels) {
    for (const Rgba& pixel : pixels) {
      if (seen.size() > kMostColours) return;
      seen.insert({pixel.r, pixel.g, pixel.b});
    }
  }
};

PaletteReducer::PaletteReducer() : m_impl(std::make_unique<Impl>()) {
  check(m_impl->histogram != nullptr);
}
PaletteReducer::~PaletteReducer() = default;
PaletteReducer::PaletteReducer(PaletteReducer&&) noexcept = default;
PaletteReducer& PaletteReducer::operator=(PaletteReducer&&) noexcept = default;

void PaletteReducer::add(const Sprite& sprite) {
  const std::vector<Rgba> pixels = visiblePixels(sprite);
  if (pixels.empty()) return;
  m_impl->note(pixels);
  const auto image = imageOf(*m_impl->attributes, pixels, static_cast<int>(pixels.size()), 1);
  check(liq_histogram_add_image(m_impl->histogram.get(), m_impl->attributes.get(), image.get()) == LIQ_OK);
}

std::vector<Rgba> PaletteReducer::reduced(int colours) const {
  if (colours < kFewestColours || colours > kMostColours) {
    throw Error("a palette cannot have " + std::to_string(colours) + " colours",
                "choose from " + std::to_string(kFewestColours) + " to " + std::to_string(kMostColours));
  }
  std::vector<Rgba> palette;
  if (m_impl->seen.size() <= static_cast<std::size_t>(colours)) {
    for (const auto& [r, g, b] : m_impl->seen) palette.push_back({r, g, b, 255});
    return palette;
  }
  const auto attributes = attributesFor(colours);
  liq_result* made = nullptr;
  const bool good = liq_histogram_quantize(m_impl->histogram.get(), attributes.get(), &made) == LIQ_OK;
  const Owned<liq_result> result(made);
  check(good && result != nullptr);
  const liq_palette& found = *liq_get_palette(result.get());
  std::set<ColourKey> ordered;
  for (unsigned i = 0; i < found.count; ++i) {
    ordered.insert({found.entries[i].r, found.entries[i].g, found.entries[i].b});
  }
  for (const auto& [r, g, b] : ordered) palette.push_back({r, g, b, 255});
  return palette;
}

Sprite quantised(const Sprite& sprite, int colours, double dither) {
  PaletteReducer reducer;
  reducer.add(sprite);
  const std::vector<Rgba> palette = reducer.reduced(colours);
  return palette.empty() ? sprite : lockedTo(sprite, palette, dither);
}

Sprite lockedTo(const Sprite& sprite, const std::vector<Rgba>& palette, double dither) {
  std::vector<Rgba> colours;
  for (const Rgba& colour : palette) {
    if (colour.a > 0 && std::ranges::find(colours, opaque(colour)) == colours.end()) colours.push_back(opaque(colour));
    if (colours.size() > kMostColours) break;
  }
  if (dither <= 0 || colours.size() < kFewestColours || colours.size() > kMostColours || sprite.empty()) {
    return lockedTo(sprite, palette);
  }
  Sprite solid = sprite;
  for (Rgba& pixel : solid.pixels()) pixel = pixel.a > 0 ? opaque(pixel) : colours.front();
  const auto attributes = attributesFor(static_cast<int>(colours.size()));
  const auto image = imageOf(*attributes, solid.pixels(), solid.width(), solid.height());
  for (const Rgba& colour : colours) {
    check(liq_image_add_fixed_color(image.get(), {colour.r, colour.g, colour.b, 255}) == LIQ_OK);
  }
  liq_result* made = nullptr;
  const bool good = liq_image_quantize(image.get(), attributes.get(), &made) == LIQ_OK;
  const Owned<liq_result> result(made);
  check(good && result != nullptr &&
        liq_set_dithering_level(result.get(), static_cast<float>(std::min(dither, 1.0))) == LIQ_OK);
  std::vector<std::uint8_t> places(solid.pixels().size());
  check(liq_write_remapped_image(result.get(), image.get(), places.data(), places.size()) == LIQ_OK);
  const liq_palette& found = *liq_get_palette(result.get());
  NearestColour exactly(colours);  // through libimagequant's gamma a colour may come back one step off
  Sprite drawn = sprite;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Rgba& pixel = drawn.pixels()[i];
    const liq_color& colour = found.entries[places[i]];
    if (pixel.a > 0) pixel = exactly({colour.r, colour.g, colour.b, pixel.a});
  }
  return drawn;
}

}  // namespace loom
