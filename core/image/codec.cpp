#include "core/image/codec.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <iterator>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/animation.h"
#include "core/image/decoders.h"
#include "core/image/frame_readers.h"
#include "core/image/image_format.h"
#include "core/image/picture_head.h"
#include "core/image/qt_png.h"

namespace loom {
namespace {

/// Qt takes the thread that first uses it for the main one, and at exit frees that thread's data once more: heap
/// corruption if it was a worker that has ended. Asking here, before main, makes it the thread that starts the program.
/// (QCoreApplicationData's destructor in Qt's qcoreapplication.cpp; a QCoreApplication made first would do the same.)
const QThread* const kStartingThread = QBuffer().thread();

constexpr const char* kDamagedHint = "open it in a picture editor and save it again, or leave it out";

/// The first frame of what is animated or drawn in layers.
Sprite firstFrame(std::span<const std::byte> bytes, ImageFormat format, const std::string& name) {
  Animation animation = decodeFrames(bytes, format, 1, name);
  return std::move(animation.frames.front().sprite);
}

Sprite decodeAs(ImageFormat format, std::span<const std::byte> bytes, const std::string& name) {
  switch (format) {
    case ImageFormat::kPng:
      return decodePng(bytes, name);
    case ImageFormat::kJpeg:
      return decodeJpeg(bytes, name);
    case ImageFormat::kBmp:
      return decodeBmp(bytes, name);
    case ImageFormat::kWebp:
      return isAnimated(bytes) ? firstFrame(bytes, format, name) : decodeStillWebp(bytes, name);
    case ImageFormat::kGif:
    case ImageFormat::kAseprite:
      return firstFrame(bytes, format, name);
  }
  throw damagedPicture(name, format);
}

}  // namespace

Error damagedPicture(const std::string& name, ImageFormat format, const std::string& why) {
  return Error(
      name + " is a damaged " + std::string(imageFormatName(format)) + " file" + (why.empty() ? "" : ": " + why),
      kDamagedHint, name);
}

void checkPictureSize(std::int64_t width, std::int64_t height, const std::string& name) {
  if (width <= 0 || height <= 0) throw Error(name + " is damaged: it has no size", kDamagedHint, name);
  if (width > limits::kMaxImageSide || height > limits::kMaxImageSide || width * height > limits::kMaxImagePixels) {
    throw Error(name + " is " + std::to_string(width) + " x " + std::to_string(height) + " px, more than is read",
                "make it at most " + std::to_string(limits::kMaxImageSide) + " px wide and high, and " +
                    std::to_string(limits::kMaxImagePixels >> 20) + " megapixels",
                name);
  }
}

void checkDecodeMemory(std::int64_t bytes, const std::string& name) {
  if (bytes <= limits::kMaxDecodeBytes) return;
  throw Error(name + " takes " + std::to_string(bytes >> 20) + " MB of memory to read, and " +
                  std::to_string(limits::kMaxDecodeBytes >> 20) + " MB are the most",
              "cut it into smaller pictures, or save a big one as an ordinary PNG or JPEG", name);
}

ImageFormat readableFormat(std::span<const std::byte> bytes, const std::string& name) {
  if (const auto format = imageFormat(bytes)) return *format;
  throw Error(name + (bytes.empty() ? " is empty" : " is no picture that can be read"),
              "PNG, JPEG, BMP, GIF, WebP and Aseprite files are read", name);
}

Sprite decodeImage(std::span<const std::byte> bytes, const std::string& name) {
  const ImageFormat format = readableFormat(bytes, name);
  if (isCutShort(bytes, format)) throw damagedPicture(name, format, "its end is missing");
  const auto size = pictureSize(bytes);
  if (!size) throw damagedPicture(name, format, "it has no size");
  checkPictureSize(size->width, size->height, name);
  checkDecodeMemory(decodedBytes(bytes) + std::ssize(bytes), name);
  return decodeAs(format, bytes, name);
}

Sprite readImage(const std::filesystem::path& path) {
  return decodeImage(readFile(path, limits::kMaxFileBytes), path.string());
}

std::vector<std::byte> pngOf(QImage image) {
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

std::vector<std::byte> encodePng(const Sprite& sprite) {
  if (sprite.empty()) throw Error("there is no pixel to write");
  return pngOf(QImage(reinterpret_cast<const uchar*>(sprite.pixels().data()), sprite.width(), sprite.height(),
                      static_cast<qsizetype>(sprite.width()) * static_cast<qsizetype>(sizeof(Rgba)),
                      QImage::Format_RGBA8888));
}

void writePng(const std::filesystem::path& path, const Sprite& sprite) {
  writeFileAtomically(path, encodePng(sprite));
}

}  // namespace loom
