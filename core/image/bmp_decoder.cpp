// BMP through Qt, in bands of rows: Qt's picture and ours are never whole at once.
#include <QBuffer>
#include <QByteArray>
#include <QImage>
#include <QImageReader>
#include <algorithm>
#include <cstring>

#include "core/image/byte_cursor.h"
#include "core/image/decoders.h"
#include "core/image/picture_head.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::int64_t kBandPixels = 1 << 20;

/// The reader is told the format, so that the other formats Qt knows (SVG among them) never open.
QImage readWithQt(QByteArray data, const std::string& name) {
  QBuffer buffer(&data);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, "bmp");
  reader.setAutoDetectImageFormat(false);
  QImage image = reader.read();
  if (image.isNull()) {
    throw damagedPicture(name, ImageFormat::kBmp, reader.errorString().toLower().toStdString());
  }
  return image;
}

/// Copies `image` into `sprite` from its row `top` on.
void copyInto(Sprite& sprite, int top, const QImage& image) {
  const int rows = static_cast<int>(std::max<std::int64_t>(1, kBandPixels / image.width()));
  const auto rowBytes = static_cast<std::size_t>(image.width()) * sizeof(Rgba);
  for (int first = 0; first < image.height(); first += rows) {
    const int count = std::min(rows, image.height() - first);
    const QImage part = count == image.height() ? image : image.copy(0, first, image.width(), count);
    const QImage rgba = part.convertToFormat(QImage::Format_RGBA8888);
    for (int y = 0; y < count; ++y) std::memcpy(&sprite.at(0, top + first + y), rgba.constScanLine(y), rowBytes);
  }
}

/// How the rows of a BMP lie; without compression any run of them is a BMP again, once its head says so.
struct Layout {
  std::size_t pixelsAt = 0;
  std::size_t rowBytes = 0;
  bool topDown = false;
  bool rowsApart = false;  ///< uncompressed, in the newer header
};

Layout layoutOf(Bytes bytes) {
  ByteCursor cursor(bytes, 10);
  Layout layout;
  layout.pixelsAt = cursor.little32();
  constexpr std::uint32_t kNewHeader = 40;
  if (cursor.little32() < kNewHeader) return layout;
  const auto width = static_cast<std::size_t>(std::max(0, cursor.signed32()));
  layout.topDown = cursor.signed32() < 0;
  cursor.skip(2);
  layout.rowBytes = (width * cursor.little16() + 31) / 32 * 4;
  const std::uint32_t compression = cursor.little32();
  constexpr std::uint32_t kBitFields = 3;
  constexpr std::size_t kLargestHead = std::size_t{1} << 16;
  layout.rowsApart = !cursor.ranOut() && (compression == 0 || compression == kBitFields) && layout.rowBytes > 0 &&
                     layout.pixelsAt <= std::min(kLargestHead, bytes.size());
  return layout;
}

/// The picture's head with another height, and `count` of its rows, the first in the file being `first`.
QByteArray bandOf(Bytes bytes, const Layout& layout, int first, int count) {
  const Bytes head = bytes.first(layout.pixelsAt);
  const std::size_t from = layout.pixelsAt + static_cast<std::size_t>(first) * layout.rowBytes;
  const std::size_t size = static_cast<std::size_t>(count) * layout.rowBytes;
  const Bytes rows =
      bytes.subspan(std::min(from, bytes.size()), std::min(size, bytes.size() - std::min(from, bytes.size())));
  QByteArray band(reinterpret_cast<const char*>(head.data()), static_cast<qsizetype>(head.size()));
  band.append(reinterpret_cast<const char*>(rows.data()), static_cast<qsizetype>(rows.size()));
  constexpr int kHeightAt = 22;
  const auto height = static_cast<std::uint32_t>(layout.topDown ? -count : count);
  for (int i = 0; i < 4; ++i) band[kHeightAt + i] = static_cast<char>(height >> (8 * i));
  return band;
}

}  // namespace

Sprite decodeBmp(Bytes bytes, const std::string& name) {
  const auto size = pictureSize(bytes);
  if (!size) throw damagedPicture(name, ImageFormat::kBmp);
  checkPictureSize(size->width, size->height, name);
  Sprite sprite(static_cast<int>(size->width), static_cast<int>(size->height));
  const Layout layout = layoutOf(bytes);
  const int rows =
      layout.rowsApart ? static_cast<int>(std::max<std::int64_t>(1, kBandPixels / size->width)) : sprite.height();
  for (int first = 0; first < sprite.height(); first += rows) {
    const int count = std::min(rows, sprite.height() - first);
    const bool whole = count == sprite.height();
    const QImage image = readWithQt(whole ? QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                                                    static_cast<qsizetype>(bytes.size()))
                                          : bandOf(bytes, layout, first, count),
                                    name);
    if (image.width() != sprite.width() || image.height() != count) throw damagedPicture(name, ImageFormat::kBmp);
    copyInto(sprite, layout.topDown ? first : sprite.height() - first - count, image);
  }
  return sprite;
}

}  // namespace loom
