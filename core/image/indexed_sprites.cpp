#include "core/image/indexed_sprites.h"

#include <algorithm>
#include <map>

#include "core/image/quantise.h"

namespace loom {
namespace {

/// By red, green, blue, alpha; all transparent colours are one.
std::uint32_t keyOf(Rgba colour) {
  if (colour.a == 0) return 0;
  return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
}

/// The place of every colour; of transparent black always 0.
std::map<std::uint32_t, std::size_t> placesOf(std::span<const Sprite> sprites) {
  std::map<std::uint32_t, std::size_t> places{{0, 0}};
  for (const Sprite& sprite : sprites) {
    for (const Rgba& pixel : sprite.pixels()) places.try_emplace(keyOf(pixel), 0);
  }
  std::size_t next = 0;
  for (auto& [key, place] : places) place = next++;
  return places;
}

void makeCrisp(Sprite& sprite) {
  constexpr int kHalf = 128;
  for (Rgba& pixel : sprite.pixels()) pixel = pixel.a < kHalf ? Rgba{} : Rgba{pixel.r, pixel.g, pixel.b, 255};
}

std::vector<Sprite> reduced(std::span<const Sprite> sprites, bool crisp) {
  std::vector<Sprite> fewer(sprites.begin(), sprites.end());
  if (crisp) std::ranges::for_each(fewer, makeCrisp);
  PaletteReducer reducer;
  for (const Sprite& sprite : fewer) reducer.add(sprite);
  const std::vector<Rgba> palette = reducer.reduced(static_cast<int>(kMostIndexedColours) - 1);
  if (palette.empty()) return fewer;
  for (Sprite& sprite : fewer) sprite = lockedTo(sprite, palette);
  return fewer;
}

IndexedSprites numbered(std::span<const Sprite> sprites, const std::map<std::uint32_t, std::size_t>& places) {
  IndexedSprites result;
  for (const auto& [key, place] : places) {
    result.palette.push_back({static_cast<std::uint8_t>(key >> 24), static_cast<std::uint8_t>(key >> 16),
                              static_cast<std::uint8_t>(key >> 8), static_cast<std::uint8_t>(key)});
  }
  for (const Sprite& sprite : sprites) {
    std::vector<std::uint8_t>& pixels = result.pixels.emplace_back();
    pixels.reserve(sprite.pixels().size());
    for (const Rgba& pixel : sprite.pixels()) {
      pixels.push_back(static_cast<std::uint8_t>(places.at(keyOf(pixel))));
    }
  }
  return result;
}

}  // namespace

IndexedSprites indexed(std::span<const Sprite> sprites) {
  auto places = placesOf(sprites);
  if (places.size() <= kMostIndexedColours) return numbered(sprites, places);
  std::vector<Sprite> fewer = reduced(sprites, /*crisp=*/false);
  places = placesOf(fewer);
  if (places.size() > kMostIndexedColours) {
    fewer = reduced(sprites, /*crisp=*/true);
    places = placesOf(fewer);
  }
  return numbered(fewer, places);
}

}  // namespace loom
