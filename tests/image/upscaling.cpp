#include "tests/image/upscaling.h"

#include <libimagequant.h>
#include <webp/encode.h>

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "core/image/codec.h"

namespace loom {
namespace {

struct Tap {
  int source;
  double weight;
};
using Taps = std::vector<Tap>;
using Colour = std::array<double, 4>;  ///< red, green, blue times alpha; alpha

double kernel(double distance, Resampling resampling) {
  const double d = std::abs(distance);
  if (resampling == Resampling::kBilinear) return std::max(0.0, 1 - d);
  if (resampling == Resampling::kLanczos) {
    if (d < 1e-9) return 1;
    const double angle = std::numbers::pi * d;
    return d < 3 ? std::sin(angle) * std::sin(angle / 3) * 3 / (angle * angle) : 0;
  }
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

std::vector<Taps> tapsFor(int from, int to, Resampling resampling) {
  std::vector<Taps> taps(static_cast<std::size_t>(to));
  for (int x = 0; x < to; ++x) {
    const double centre = (x + 0.5) * from / to;
    Taps& mine = taps[static_cast<std::size_t>(x)];
    if (resampling == Resampling::kNearest) {
      mine = {{std::min(from - 1, static_cast<int>(centre)), 1.0}};
      continue;
    }
    double sum = 0;
    for (int i = std::max(0, static_cast<int>(centre) - 3); i <= std::min(from - 1, static_cast<int>(centre) + 3);
         ++i) {
      const double weight = kernel(i + 0.5 - centre, resampling);
      if (weight != 0) mine.push_back({i, weight});
      sum += weight;
    }
    for (Tap& tap : mine) tap.weight /= sum;
  }
  return taps;
}

std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

Rgba straight(const Colour& colour) {
  const std::uint8_t alpha = rounded(colour[3]);
  if (alpha == 0) return {};
  const double by = 255 / colour[3];
  return {rounded(colour[0] * by), rounded(colour[1] * by), rounded(colour[2] * by), alpha};
}

QImage asImage(const Sprite& sprite) {
  return QImage(reinterpret_cast<const uchar*>(sprite.pixels().data()), sprite.width(), sprite.height(),
                4 * sprite.width(), QImage::Format_RGBA8888);
}

}  // namespace

Sprite upscaled(const Sprite& sprite, int width, int height, Resampling resampling) {
  const std::vector<Taps> across = tapsFor(sprite.width(), width, resampling);
  const std::vector<Taps> down = tapsFor(sprite.height(), height, resampling);
  Sprite result(width, height);
  std::vector<Colour> lines(static_cast<std::size_t>(width) * static_cast<std::size_t>(sprite.height()));
  const auto line = [&](int x, int y) -> Colour& {
    return lines[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  };
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < width; ++x) {
      for (const Tap& tap : across[static_cast<std::size_t>(x)]) {
        const Rgba& pixel = sprite.at(tap.source, y);
        const double weight = tap.weight * pixel.a / 255;
        Colour& sum = line(x, y);
        sum = {sum[0] + weight * pixel.r, sum[1] + weight * pixel.g, sum[2] + weight * pixel.b, sum[3] + weight * 255};
      }
    }
  }
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      Colour sum{};
      for (const Tap& tap : down[static_cast<std::size_t>(y)]) {
        for (std::size_t c = 0; c < 4; ++c) sum[c] += tap.weight * line(x, tap.source)[c];
      }
      result.at(x, y) = straight(sum);
    }
  }
  return result;
}

Sprite upscaled(const Sprite& sprite, double scale, Resampling resampling) {
  return upscaled(sprite, static_cast<int>(std::lround(sprite.width() * scale)),
                  static_cast<int>(std::lround(sprite.height() * scale)), resampling);
}

Sprite upscaledFromCorners(const Sprite& sprite, double scale) {
  Sprite result(static_cast<int>(std::lround(sprite.width() * scale)),
                static_cast<int>(std::lround(sprite.height() * scale)));
  for (int y = 0; y < result.height(); ++y) {
    for (int x = 0; x < result.width(); ++x) {
      result.at(x, y) = sprite.at(x * sprite.width() / result.width(), y * sprite.height() / result.height());
    }
  }
  return result;
}

Sprite upscaledByQt(const Sprite& sprite, double scale) {
  const QImage large = asImage(sprite)
                           .scaled(static_cast<int>(std::lround(sprite.width() * scale)),
                                   static_cast<int>(std::lround(sprite.height() * scale)), Qt::IgnoreAspectRatio,
                                   Qt::SmoothTransformation)
                           .convertToFormat(QImage::Format_RGBA8888);
  Sprite result(large.width(), large.height());
  for (int y = 0; y < large.height(); ++y) {
    std::copy_n(reinterpret_cast<const Rgba*>(large.constScanLine(y)), large.width(), &result.at(0, y));
  }
  return result;
}

Sprite throughJpeg(const Sprite& picture, int quality) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "jpg");
  writer.setQuality(quality);
  if (!writer.write(asImage(picture).convertToFormat(QImage::Format_RGB888))) {
    throw std::runtime_error(writer.errorString().toStdString());
  }
  return decodeImage(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), "a JPEG");
}

Sprite throughWebP(const Sprite& picture, int quality) {
  std::uint8_t* output = nullptr;
  const std::size_t size =
      WebPEncodeRGBA(reinterpret_cast<const std::uint8_t*>(picture.pixels().data()), picture.width(), picture.height(),
                     4 * picture.width(), static_cast<float>(quality), &output);
  const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> bytes(output, &WebPFree);
  return decodeImage(std::as_bytes(std::span(output, size)), "a WebP");
}

Sprite withNoise(const Sprite& picture, int strength, RandomStream& random) {
  Sprite result = picture;
  const auto shaken = [&](std::uint8_t value) {
    return static_cast<std::uint8_t>(std::clamp(value + random.between(-strength, strength), 0, 255));
  };
  for (Rgba& pixel : result.pixels()) {
    if (pixel.a != 0) pixel = {shaken(pixel.r), shaken(pixel.g), shaken(pixel.b), pixel.a};
  }
  return result;
}

Sprite quantised(const Sprite& picture, int colours, bool dithered) {
  liq_attr* const attributes = liq_attr_create();
  liq_set_max_colors(attributes, colours);
  liq_image* const image =
      liq_image_create_rgba(attributes, picture.pixels().data(), picture.width(), picture.height(), 0);
  liq_result* chosen = nullptr;
  if (liq_image_quantize(image, attributes, &chosen) != LIQ_OK) throw std::runtime_error("libimagequant failed");
  liq_set_dithering_level(chosen, dithered ? 1.0F : 0.0F);
  std::vector<std::uint8_t> indices(picture.pixels().size());
  liq_write_remapped_image(chosen, image, indices.data(), indices.size());
  const liq_palette* const palette = liq_get_palette(chosen);
  Sprite result(picture.width(), picture.height());
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const liq_color& colour = palette->entries[indices[i]];
    result.pixels()[i] = {colour.r, colour.g, colour.b, colour.a};
  }
  liq_result_destroy(chosen);
  liq_image_destroy(image);
  liq_attr_destroy(attributes);
  return result;
}

}  // namespace loom
