#include "core/image/indexed_picture.h"

#include <map>

#include "core/base/error.h"
#include "core/image/qt_png.h"

namespace loom {
namespace {

constexpr std::size_t kMostColours = 256;

/// By red, green, blue, alpha; all transparent colours are one, the first.
std::uint32_t keyOf(Rgba colour) {
  if (colour.a == 0) return 0;
  return std::uint32_t{colour.r} << 24 | std::uint32_t{colour.g} << 16 | std::uint32_t{colour.b} << 8 | colour.a;
}

Rgba colourOf(std::uint32_t key) {
  return {static_cast<std::uint8_t>(key >> 24), static_cast<std::uint8_t>(key >> 16),
          static_cast<std::uint8_t>(key >> 8), static_cast<std::uint8_t>(key)};
}

/// The place of every colour; empty as soon as there are too many.
std::map<std::uint32_t, std::uint8_t> placesOf(const Sprite& sprite) {
  std::map<std::uint32_t, std::uint8_t> places;
  std::optional<std::uint32_t> last;  // neighbours are mostly alike
  for (const Rgba& pixel : sprite.pixels()) {
    const std::uint32_t key = keyOf(pixel);
    if (key == last) continue;
    last = key;
    places.try_emplace(key, std::uint8_t{0});
    if (places.size() > kMostColours) return {};
  }
  if (places.size() < kMostColours) places.try_emplace(0, std::uint8_t{0});
  std::uint8_t next = 0;
  for (auto& [key, place] : places) place = next++;
  return places;
}

}  // namespace

std::optional<IndexedPicture> exactlyIndexed(const Sprite& sprite) {
  const auto places = placesOf(sprite);
  if (places.empty()) return {};
  IndexedPicture picture;
  picture.width = sprite.width();
  for (const auto& [key, place] : places) picture.palette.push_back(colourOf(key));
  picture.pixels.reserve(sprite.pixels().size());
  std::optional<std::uint32_t> last;
  for (const Rgba& pixel : sprite.pixels()) {
    const std::uint32_t key = keyOf(pixel);
    picture.pixels.push_back(key == last ? picture.pixels.back() : places.at(key));
    last = key;
  }
  return picture;
}

std::vector<std::byte> encodePng(const IndexedPicture& picture) {
  if (picture.pixels.empty() || picture.width < 1) throw Error("there is no pixel to write");
  if (picture.palette.size() > kMostColours) throw Error("a PNG's palette has at most 256 colours");
  const auto height = static_cast<int>(picture.pixels.size() / static_cast<std::size_t>(picture.width));
  QImage image(picture.pixels.data(), picture.width, height, picture.width, QImage::Format_Indexed8);
  QList<QRgb> colours;
  for (const Rgba& colour : picture.palette) colours.append(qRgba(colour.r, colour.g, colour.b, colour.a));
  image.setColorTable(colours);
  return pngOf(std::move(image));
}

}  // namespace loom
