// Figures put on backgrounds, and how well they come off again.
#pragma once

#include <QBuffer>
#include <QImage>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/image/sprite.h"

namespace loom {

using Painter = std::function<Rgba(int x, int y)>;

inline Painter solidPainter(Rgba colour) {
  return [colour](int, int) { return colour; };
}

inline Painter checkerPainter(Rgba first, Rgba second, int cell, int offsetX, int offsetY) {
  return [=](int x, int y) { return ((x + offsetX) / cell + (y + offsetY) / cell) % 2 == 0 ? first : second; };
}

/// From `first` in the top left corner to `second` in the bottom right one of a side x side picture.
inline Painter gradientPainter(Rgba first, Rgba second, int side) {
  return [=](int x, int y) {
    const auto mix = [&](int from, int to) {
      return static_cast<std::uint8_t>(from + (to - from) * (x + 2 * y) / (3 * (side - 1)));
    };
    return Rgba{mix(first.r, second.r), mix(first.g, second.g), mix(first.b, second.b), 255};
  };
}

inline Sprite painted(const Sprite& figure, const Painter& background) {
  Sprite result = figure;
  for (int y = 0; y < figure.height(); ++y) {
    for (int x = 0; x < figure.width(); ++x) {
      const Rgba pixel = figure.at(x, y);
      const Rgba behind = background(x, y);
      const auto mix = [&pixel](int top, int bottom) {
        return static_cast<std::uint8_t>((top * pixel.a + bottom * (255 - pixel.a) + 127) / 255);
      };
      result.at(x, y) = {mix(pixel.r, behind.r), mix(pixel.g, behind.g), mix(pixel.b, behind.b), 255};
    }
  }
  return result;
}

/// Through JPEG and back.
inline Sprite compressed(const Sprite& sprite, int quality) {
  const QImage image(reinterpret_cast<const uchar*>(sprite.pixels().data()), sprite.width(), sprite.height(),
                     static_cast<qsizetype>(sprite.width()) * 4, QImage::Format_RGBA8888);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.convertToFormat(QImage::Format_RGB888).save(&buffer, "jpeg", quality)) throw std::runtime_error("no JPEG");
  return decodeImage(std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), "made.jpg");
}

/// The figure with what it encloses: all that no path over sides of transparent pixels reaches from the border.
inline std::vector<bool> silhouette(const Sprite& figure, bool withEnclosed) {
  const int width = figure.width();
  const int height = figure.height();
  const auto place = [width](int x, int y) { return static_cast<std::size_t>(y * width + x); };
  constexpr int kHalf = 128;
  std::vector<bool> inside(figure.pixels().size(), true);
  std::vector<std::pair<int, int>> next;
  const auto visit = [&](int x, int y) {
    if (!figure.contains(x, y) || !inside[place(x, y)] || figure.at(x, y).a >= kHalf) return;
    inside[place(x, y)] = false;
    next.emplace_back(x, y);
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!withEnclosed || x == 0 || y == 0 || x == width - 1 || y == height - 1) visit(x, y);
    }
  }
  while (!next.empty()) {
    const auto [x, y] = next.back();
    next.pop_back();
    visit(x - 1, y);
    visit(x + 1, y);
    visit(x, y - 1);
    visit(x, y + 1);
  }
  return inside;
}

/// Intersection over union of two silhouettes, 0 to 1.
inline double overlap(const std::vector<bool>& left, const std::vector<bool>& right) {
  double both = 0;
  double either = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    both += left[i] && right[i] ? 1 : 0;
    either += left[i] || right[i] ? 1 : 0;
  }
  return either == 0 ? 1 : both / either;
}

/// The first `count` views of starter characters.
inline std::vector<Sprite> starterFigures(int count) {
  std::vector<Sprite> figures;
  for (std::uint64_t number = 0; static_cast<int>(figures.size()) < count; ++number) {
    const StarterCharacter character = starterCharacter(4, number);
    figures.push_back(character.views[number % 4]);
  }
  return figures;
}

}  // namespace loom
