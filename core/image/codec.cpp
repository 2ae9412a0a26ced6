#include "core/image/codec.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <algorithm>
#include <cstring>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/image_format.h"

namespace loom {
namespace {

/// Qt takes the thread that first uses it for the main one, and at exit frees that thread's data once more: heap
/// corruption if it was a worker that has ended. Asking here, before main, makes it the thread that starts the program.
/// (QCoreApplicationData's destructor in Qt's qcoreapplication.cpp; a QCoreApplication made first would do the same.)
const QThread* const kStartingThread = QBuffer().thread();

constexpr const char* kDamagedHint = "open it in a picture editor and save it again, or leave it out";

void checkSize(std::int64_t width, std::int64_t height, const std::string& name) {
  if (width <= 0 || height <= 0) throw Error(name + " is damaged: it has no size", kDamagedHint, name);
  if (width > limits::kMaxImageSide || height > limits::kMaxImageSide || width * height > limits::kMaxImagePixels) {
    throw Error(name + " is " + std::to_string(width) + " x " + std::to_string(height) + " px, more than is read",
                "make it at most " + std::to_string(limits::kMaxImageSide) + " px wide and high", name);
  }
}

QByteArray qtFormat(ImageFormat format) {
  switch (format) {
    case ImageFormat::kJpeg:
      return "jpeg";
    case ImageFormat::kBmp:
      return "bmp";
    case ImageFormat::kGif:
      return "gif";
    default:
      return "png";
  }
}

/// Width and height as the file's head states them; Qt does not tell a GIF's before it has decoded it.
QSize statedSize(std::span<const std::byte> bytes, ImageFormat format, const QImageReader& reader) {
  if (format != ImageFormat::kGif) return reader.size();
  const auto little16 = [bytes](std::size_t at) {
    return std::to_integer<int>(bytes[at]) | std::to_integer<int>(bytes[at + 1]) << 8;
  };
  return {little16(6), little16(8)};
}

Sprite toSprite(const QImage& image) {
  const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
  Sprite sprite(rgba.width(), rgba.height());
  const auto rowBytes = static_cast<std::size_t>(rgba.width()) * sizeof(Rgba);
  for (int y = 0; y < rgba.height(); ++y) std::memcpy(&sprite.at(0, y), rgba.constScanLine(y), rowBytes);
  return sprite;
}

void raiseAllocationLimit() {
  constexpr std::int64_t kBytesPerPixel = 8;  // 16 bits a channel
  static const bool done = [] {
    QImageReader::setAllocationLimit(static_cast<int>(limits::kMaxImagePixels * kBytesPerPixel >> 20));
    return true;
  }();
  (void)done;
}

/// The reader is told the format found, so that the other formats Qt knows (SVG among them) never open.
Sprite decodeWithQt(std::span<const std::byte> bytes, ImageFormat format, const std::string& name) {
  raiseAllocationLimit();
  QByteArray data =
      QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
  QBuffer buffer(&data);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, qtFormat(format));
  reader.setAutoDetectImageFormat(false);
  reader.setAutoTransform(true);
  const QSize size = statedSize(bytes, format, reader);
  if (size.isValid()) checkSize(size.width(), size.height(), name);
  const QImage image = reader.read();
  if (image.isNull()) {
    throw Error(name + " is a damaged " + std::string(imageFormatName(format)) +
                    " file: " + reader.errorString().toLower().toStdString(),
                kDamagedHint, name);
  }
  checkSize(image.width(), image.height(), name);
  return toSprite(image);
}

Sprite decodeWebp(std::span<const std::byte> bytes, const std::string& name) {
  const Error damaged(name + " is a damaged WebP file", kDamagedHint, name);
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK) throw damaged;
  checkSize(features.width, features.height, name);
  Sprite sprite(features.width, features.height);
  auto* pixels = reinterpret_cast<std::uint8_t*>(sprite.pixels().data());
  const std::size_t size = sprite.pixels().size_bytes();
  const int stride = sprite.width() * static_cast<int>(sizeof(Rgba));
  if (features.has_animation == 0) {
    if (WebPDecodeRGBAInto(data, bytes.size(), pixels, size, stride) == nullptr) throw damaged;
    return sprite;
  }
  const WebPData input{data, bytes.size()};
  const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(WebPAnimDecoderNew(&input, nullptr),
                                                                                   &WebPAnimDecoderDelete);
  std::uint8_t* frame = nullptr;
  int time = 0;
  if (!decoder || WebPAnimDecoderGetNext(decoder.get(), &frame, &time) == 0) throw damaged;
  std::memcpy(pixels, frame, size);
  return sprite;
}

}  // namespace

Sprite decodeImage(std::span<const std::byte> bytes, const std::string& name) {
  const auto format = imageFormat(bytes);
  if (!format) {
    throw Error(name + (bytes.empty() ? " is empty" : " is no picture that can be read"),
                "PNG, JPEG, BMP, GIF and WebP pictures are read", name);
  }
  if (isCutShort(bytes, *format)) {
    throw Error(name + " is a damaged " + std::string(imageFormatName(*format)) + " file: its end is missing",
                kDamagedHint, name);
  }
  return *format == ImageFormat::kWebp ? decodeWebp(bytes, name) : decodeWithQt(bytes, *format, name);
}

Sprite readImage(const std::filesystem::path& path) {
  return decodeImage(readFile(path, limits::kMaxFileBytes), path.string());
}

std::vector<std::byte> encodePng(const Sprite& sprite) {
  if (sprite.empty()) throw Error("there is no pixel to write");
  QImage image(reinterpret_cast<const uchar*>(sprite.pixels().data()), sprite.width(), sprite.height(),
               static_cast<qsizetype>(sprite.width()) * static_cast<qsizetype>(sizeof(Rgba)), QImage::Format_RGBA8888);
  constexpr int kDotsPerMetre = 2835;  // 72 dpi: Qt's own value depends on the screen, and the bytes must not
  image.setDotsPerMeterX(kDotsPerMetre);
  image.setDotsPerMeterY(kDotsPerMetre);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "png");
  if (!writer.write(image)) throw Error("could not encode a PNG: " + writer.errorString().toStdString());
  const auto view = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  return {view.begin(), view.end()};
}

void writePng(const std::filesystem::path& path, const Sprite& sprite) {
  writeFileAtomically(path, encodePng(sprite));
}

}  // namespace loom
