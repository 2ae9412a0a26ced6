#include "core/image/channels.h"

#include <png.h>

#include <string>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr int kMostChannels = 4;

void checkChannels(int channels) {
  if (channels >= 1 && channels <= kMostChannels) return;
  throw Error("a picture cannot have " + std::to_string(channels) + " channels",
              "1 is grayscale, 2 grayscale with alpha, 3 RGB, 4 RGBA");
}

png_uint_32 pngFormat(int channels) {
  switch (channels) {
    case 1:
      return PNG_FORMAT_GRAY;
    case 2:
      return PNG_FORMAT_GA;
    case 3:
      return PNG_FORMAT_RGB;
    default:
      return PNG_FORMAT_RGBA;
  }
}

}  // namespace

std::uint8_t luma(Rgba colour) {
  return static_cast<std::uint8_t>((19595 * colour.r + 38470 * colour.g + 7471 * colour.b + 32768) >> 16);
}

std::vector<std::uint8_t> channelValues(const Sprite& sprite, int channels, Rgba background) {
  checkChannels(channels);
  const bool hasAlpha = channels == 2 || channels == 4;
  const Sprite flat = hasAlpha ? Sprite() : flattened(sprite, background);
  const std::span<const Rgba> pixels = hasAlpha ? sprite.pixels() : flat.pixels();
  std::vector<std::uint8_t> values;
  values.reserve(pixels.size() * static_cast<std::size_t>(channels));
  for (const Rgba& pixel : pixels) {
    if (channels <= 2) {
      values.push_back(luma(pixel));
    } else {
      values.insert(values.end(), {pixel.r, pixel.g, pixel.b});
    }
    if (hasAlpha) values.push_back(pixel.a);
  }
  return values;
}

Sprite spriteFromChannels(std::span<const std::uint8_t> values, int width, int height, int channels) {
  checkChannels(channels);
  Sprite sprite(width, height);
  const auto step = static_cast<std::size_t>(channels);
  if (values.size() != sprite.pixels().size() * step) throw Error("a picture has too few or too many values");
  const std::uint8_t* value = values.data();
  for (Rgba& pixel : sprite.pixels()) {
    const bool grey = channels <= 2;
    pixel = {value[0], value[grey ? 0 : 1], value[grey ? 0 : 2], 255};
    if (channels == 2 || channels == 4) pixel.a = value[step - 1];
    value += step;
  }
  return sprite;
}

std::vector<std::byte> encodePng(const Sprite& sprite, int channels, Rgba background) {
  if (channels == kMostChannels) return encodePng(sprite);
  if (sprite.empty()) throw Error("there is no pixel to write");
  const std::vector<std::uint8_t> values = channelValues(sprite, channels, background);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(sprite.width());
  image.height = static_cast<png_uint_32>(sprite.height());
  image.format = pngFormat(channels);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::byte> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, values.data(), 0, nullptr) == 0) {
    const std::string reason = image.message;
    png_image_free(&image);
    throw Error("could not encode a PNG: " + reason);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace loom
