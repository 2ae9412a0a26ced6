#include "ui/widgets/sprite_image.h"

#include <algorithm>
#include <cstring>

namespace loom {

QImage toImage(const Sprite& sprite) {
  if (sprite.empty()) return {};
  QImage image(sprite.width(), sprite.height(), QImage::Format_RGBA8888);
  const auto rowBytes = static_cast<std::size_t>(sprite.width()) * sizeof(Rgba);
  for (int y = 0; y < sprite.height(); ++y) std::memcpy(image.scanLine(y), &sprite.at(0, y), rowBytes);
  return image;
}

Sprite fromImage(const QImage& image) {
  const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
  Sprite sprite(rgba.width(), rgba.height());
  for (int y = 0; y < rgba.height(); ++y) {
    std::copy_n(reinterpret_cast<const Rgba*>(rgba.constScanLine(y)), rgba.width(), &sprite.at(0, y));
  }
  return sprite;
}

QRect drawnBox(const QImage& picture) {
  QRect box;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (qAlpha(picture.pixel(x, y)) > 0 && !box.contains(x, y)) box |= QRect(x, y, 1, 1);
    }
  }
  return box;
}

void paintCheckerboard(QPainter& painter, const QRect& area, int cell) {
  static constexpr QRgb kLight = 0xff5a5d63;
  static constexpr QRgb kDark = 0xff4b4e54;
  QImage tile(2 * cell, 2 * cell, QImage::Format_RGB32);
  tile.fill(kDark);
  for (int y = 0; y < 2 * cell; ++y) {
    for (int x = 0; x < 2 * cell; ++x) {
      if ((x / cell + y / cell) % 2 == 0) tile.setPixel(x, y, kLight);
    }
  }
  painter.fillRect(area, QBrush(tile));
}

QRect pixelPerfectRect(const QSize& size, const QRect& area) {
  if (size.isEmpty() || area.isEmpty()) return {};
  const int factor = std::min(area.width() / size.width(), area.height() / size.height());
  const QSize shown = factor >= 1 ? size * factor : size.scaled(area.size(), Qt::KeepAspectRatio);
  QRect rect(QPoint(0, 0), shown);
  rect.moveCenter(area.center());
  return rect;
}

}  // namespace loom
