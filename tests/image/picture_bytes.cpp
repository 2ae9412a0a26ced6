#include "picture_bytes.h"

#include <gif_lib.h>
#include <gtest/gtest.h>
#include <png.h>
#include <webp/encode.h>
#include <webp/mux.h>
#include <zlib.h>

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/image/codec.h"

namespace loom::test {

Sprite noiseSprite(int width, int height, std::uint64_t seed) {
  RandomStream random(seed);
  Sprite sprite(width, height);
  for (Rgba& pixel : sprite.pixels()) {
    const std::uint32_t bits = random.next();
    pixel = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8),
             static_cast<std::uint8_t>(bits >> 16), static_cast<std::uint8_t>(bits >> 24)};
  }
  return sprite;
}

Sprite plainSprite(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  std::ranges::fill(sprite.pixels(), colour);
  return sprite;
}

void append(Bytes& bytes, std::span<const std::byte> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

void appendText(Bytes& bytes, std::string_view text) {
  append(bytes, std::as_bytes(std::span(text)));
}

void appendLittle(Bytes& bytes, std::uint64_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(i < 8 ? value >> (8 * i) : 0));
}

void appendBig(Bytes& bytes, std::uint64_t value, int count) {
  for (int i = count - 1; i >= 0; --i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

Bytes zlibPacked(std::span<const std::byte> bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes packed(size);
  EXPECT_EQ(compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                     static_cast<uLong>(bytes.size())),
            Z_OK);
  packed.resize(size);
  return packed;
}

Bytes pngChunk(std::string_view type, std::span<const std::byte> content) {
  Bytes checked;
  appendText(checked, type);
  append(checked, content);
  Bytes chunk;
  appendBig(chunk, content.size(), 4);
  append(chunk, checked);
  appendBig(chunk, crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size()), 4);
  return chunk;
}

Bytes pngOfKind(int width, int height, int colourType, int depth, bool interlaced, bool transparency) {
  Bytes file;
  RandomStream random(static_cast<std::uint64_t>(colourType * 100 + depth));
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &file,
      [](png_structp writer, png_bytep data, std::size_t size) {
        append(*static_cast<Bytes*>(png_get_io_ptr(writer)), std::as_bytes(std::span(data, size)));
      },
      nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), depth, colourType,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  std::vector<png_color> palette(std::size_t{1} << std::min(depth, 8));
  for (png_color& colour : palette) {
    colour = {static_cast<png_byte>(random.next()), static_cast<png_byte>(random.next()),
              static_cast<png_byte>(random.next())};
  }
  std::vector<png_byte> alphas(palette.size() / 2 + 1);
  for (png_byte& alpha : alphas) alpha = static_cast<png_byte>(random.next());
  png_color_16 hole{.index = 0, .red = 1, .green = 1, .blue = 1, .gray = 1};
  const bool indexed = colourType == PNG_COLOR_TYPE_PALETTE;
  if (indexed) png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
  if (transparency) {
    png_set_tRNS(png, info, indexed ? alphas.data() : nullptr, indexed ? static_cast<int>(alphas.size()) : 0, &hole);
  }
  png_write_info(png, info);
  std::vector<std::vector<png_byte>> rows(static_cast<std::size_t>(height));
  std::vector<png_bytep> pointers;
  for (auto& row : rows) {
    row.resize(png_get_rowbytes(png, info));
    for (png_byte& byte : row) byte = random.below(8) == 0 ? png_byte{1} : static_cast<png_byte>(random.next());
    pointers.push_back(row.data());
  }
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return file;
}

Bytes encodedByQt(const Sprite& sprite, const char* format, bool greyscale) {
  QImage image(reinterpret_cast<const uchar*>(sprite.pixels().data()), sprite.width(), sprite.height(),
               sprite.width() * 4, QImage::Format_RGBA8888);
  if (greyscale) image = image.convertToFormat(QImage::Format_Grayscale8);
  QByteArray data;
  QBuffer buffer(&data);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, format);
  writer.setQuality(100);
  EXPECT_TRUE(writer.write(image)) << writer.errorString().toStdString();
  Bytes bytes;
  append(bytes, std::as_bytes(std::span(data.constData(), static_cast<std::size_t>(data.size()))));
  return bytes;
}

Sprite decodedByQt(std::span<const std::byte> bytes, const char* format) {
  QByteArray data(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
  QBuffer buffer(&data);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, format);
  reader.setAutoTransform(true);
  const QImage image = reader.read().convertToFormat(QImage::Format_RGBA8888);
  EXPECT_FALSE(image.isNull()) << reader.errorString().toStdString();
  Sprite sprite(image.width(), image.height());
  for (int y = 0; y < image.height(); ++y) {
    std::memcpy(&sprite.at(0, y), image.constScanLine(y), static_cast<std::size_t>(image.width()) * 4);
  }
  return sprite;
}

namespace {

/// A colour table of `sprite` with a hole at index 0, and its pixels as indices.
std::pair<std::vector<GifColorType>, std::vector<GifByteType>> indexed(const Sprite& sprite) {
  std::vector<GifColorType> colours(256);
  std::vector<GifByteType> indices;
  std::map<std::tuple<int, int, int>, std::size_t> known;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a == 0) {
      indices.push_back(0);
      continue;
    }
    const auto [at, added] = known.try_emplace({pixel.r, pixel.g, pixel.b}, known.size() + 1);
    if (added) colours[at->second] = {pixel.r, pixel.g, pixel.b};
    indices.push_back(static_cast<GifByteType>(at->second));
  }
  return {colours, indices};
}

void putGifPart(GifFileType* gif, const Part& part, bool interlaced) {
  GraphicsControlBlock control{};
  control.DelayTime = part.milliseconds / 10;
  control.TransparentColor = 0;
  control.DisposalMode = part.disposal == 2   ? DISPOSE_PREVIOUS
                         : part.disposal == 1 ? DISPOSE_BACKGROUND
                                              : DISPOSE_DO_NOT;
  GifByteType packed[4];
  EGifGCBToExtension(&control, packed);
  ASSERT_EQ(EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, 4, packed), GIF_OK);
  auto [colours, indices] = indexed(part.sprite);
  ColorMapObject* map = GifMakeMapObject(256, colours.data());
  const int width = part.sprite.width();
  const int height = part.sprite.height();
  ASSERT_EQ(EGifPutImageDesc(gif, part.x, part.y, width, height, interlaced, map), GIF_OK);
  GifFreeMapObject(map);
  std::vector<int> order;
  for (const auto& [first, step] : interlaced ? std::vector<std::pair<int, int>>{{0, 8}, {4, 8}, {2, 4}, {1, 2}}
                                              : std::vector<std::pair<int, int>>{{0, 1}}) {
    for (int y = first; y < height; y += step) order.push_back(y);
  }
  for (const int y : order) ASSERT_EQ(EGifPutLine(gif, indices.data() + y * width, width), GIF_OK);
}

Bytes imageData(const Bytes& png) {
  Bytes data;
  for (std::size_t at = 8; at + 12 <= png.size();) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | std::to_integer<std::size_t>(png[at + i]);
    if (std::memcmp(png.data() + at + 4, "IDAT", 4) == 0) append(data, std::span(png).subspan(at + 8, length));
    at += 12 + length;
  }
  return data;
}

}  // namespace

Bytes webpStill(const Sprite& sprite) {
  WebPConfig config;
  WebPConfigInit(&config);
  config.lossless = 1;
  config.exact = 1;
  WebPPicture picture;
  WebPPictureInit(&picture);
  picture.use_argb = 1;
  picture.width = sprite.width();
  picture.height = sprite.height();
  WebPPictureImportRGBA(&picture, reinterpret_cast<const std::uint8_t*>(sprite.pixels().data()), sprite.width() * 4);
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  EXPECT_NE(WebPEncode(&config, &picture), 0);
  Bytes bytes;
  append(bytes, std::as_bytes(std::span(writer.mem, writer.size)));
  WebPMemoryWriterClear(&writer);
  WebPPictureFree(&picture);
  return bytes;
}

Bytes gifOf(int width, int height, const std::vector<Part>& parts, bool interlaced) {
  Bytes file;
  int error = 0;
  GifFileType* gif = EGifOpen(
      &file,
      [](GifFileType* writer, const GifByteType* data, int size) {
        append(*static_cast<Bytes*>(writer->UserData), std::as_bytes(std::span(data, static_cast<std::size_t>(size))));
        return size;
      },
      &error);
  EGifSetGifVersion(gif, true);
  EXPECT_EQ(EGifPutScreenDesc(gif, width, height, 8, 0, nullptr), GIF_OK);
  for (const Part& part : parts) putGifPart(gif, part, interlaced);
  EXPECT_EQ(EGifCloseFile(gif, &error), GIF_OK);
  return file;
}

Bytes apngOf(int width, int height, const std::vector<Part>& parts, bool separateDefault) {
  Bytes file;
  appendText(file, "\x89PNG\r\n\x1a\n");
  Bytes header;
  appendBig(header, static_cast<std::uint64_t>(width), 4);
  appendBig(header, static_cast<std::uint64_t>(height), 4);
  for (const int value : {8, 6, 0, 0, 0}) header.push_back(static_cast<std::byte>(value));
  append(file, pngChunk("IHDR", header));
  Bytes control;
  appendBig(control, parts.size(), 4);
  appendBig(control, 0, 4);
  append(file, pngChunk("acTL", control));
  if (separateDefault) append(file, pngChunk("IDAT", imageData(encodePng(plainSprite(width, height, {9, 9, 9, 255})))));
  std::uint64_t order = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    Bytes frame;
    appendBig(frame, order++, 4);
    for (const int value : {part.sprite.width(), part.sprite.height(), part.x, part.y}) {
      appendBig(frame, static_cast<std::uint64_t>(value), 4);
    }
    appendBig(frame, static_cast<std::uint64_t>(part.milliseconds), 2);
    appendBig(frame, 1000, 2);
    appendBig(frame, static_cast<std::uint64_t>(part.disposal), 1);
    appendBig(frame, part.over ? 1 : 0, 1);
    append(file, pngChunk("fcTL", frame));
    Bytes data;
    const bool isDefault = i == 0 && !separateDefault;
    if (!isDefault) appendBig(data, order++, 4);
    append(data, imageData(encodePng(part.sprite)));
    append(file, pngChunk(isDefault ? "IDAT" : "fdAT", data));
  }
  append(file, pngChunk("IEND", {}));
  return file;
}

Bytes webpOf(int width, int height, const std::vector<Part>& parts) {
  WebPMux* mux = WebPMuxNew();
  for (const Part& part : parts) {
    const Bytes still = webpStill(part.sprite);
    WebPMuxFrameInfo info{};
    info.bitstream = {reinterpret_cast<const std::uint8_t*>(still.data()), still.size()};
    info.x_offset = part.x;
    info.y_offset = part.y;
    info.duration = part.milliseconds;
    info.id = WEBP_CHUNK_ANMF;
    info.dispose_method = part.disposal == 1 ? WEBP_MUX_DISPOSE_BACKGROUND : WEBP_MUX_DISPOSE_NONE;
    info.blend_method = part.over ? WEBP_MUX_BLEND : WEBP_MUX_NO_BLEND;
    EXPECT_EQ(WebPMuxPushFrame(mux, &info, 1), WEBP_MUX_OK);
  }
  const WebPMuxAnimParams endless{};
  EXPECT_EQ(WebPMuxSetAnimationParams(mux, &endless), WEBP_MUX_OK);
  EXPECT_EQ(WebPMuxSetCanvasSize(mux, width, height), WEBP_MUX_OK);
  WebPData data{};
  EXPECT_EQ(WebPMuxAssemble(mux, &data), WEBP_MUX_OK);
  Bytes file;
  append(file, std::as_bytes(std::span(data.bytes, data.size)));
  WebPDataClear(&data);
  WebPMuxDelete(mux);
  return file;
}

void damageAndRead(const Bytes& whole, int rounds, std::uint64_t seed,
                   const std::function<void(std::span<const std::byte>)>& read) {
  const auto attempt = [&read](const Bytes& bytes) {
    try {
      read(bytes);
    } catch (const Error&) {
      return;
    }
  };
  RandomStream random(seed);
  for (int round = 0; round < rounds; ++round) {
    Bytes bytes = whole;
    for (std::uint32_t left = 1 + random.below(4); left > 0; --left) {
      bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<std::byte>(random.next());
    }
    attempt(bytes);
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    attempt({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
  }
}

}  // namespace loom::test
