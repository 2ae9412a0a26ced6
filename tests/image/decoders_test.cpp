// Each decoder against Qt's, which read these formats before, and against hostile files.
#include <gtest/gtest.h>
// libjpeg's header needs stdio before it.
#include <cstdio>
// then
#include <jpeglib.h>
#include <png.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/picture_head.h"
#include "picture_bytes.h"

namespace loom {
namespace {

using test::Bytes;

std::string messageOf(const Bytes& bytes) {
  try {
    decodeImage(bytes, "it");
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.what();
    return error.what();
  }
  return {};
}

/// Colours under alpha 0 apart: Qt drops some of them.
int largestDifference(const Sprite& a, const Sprite& b) {
  EXPECT_EQ(a.width(), b.width());
  EXPECT_EQ(a.height(), b.height());
  int largest = 0;
  for (std::size_t i = 0; i < std::min(a.pixels().size(), b.pixels().size()); ++i) {
    const Rgba& x = a.pixels()[i];
    const Rgba& y = b.pixels()[i];
    if (x.a == 0 && y.a == 0) continue;
    largest = std::max({largest, std::abs(x.r - y.r), std::abs(x.g - y.g), std::abs(x.b - y.b), std::abs(x.a - y.a)});
  }
  return largest;
}

/// `whole` with a chunk before its picture data.
Bytes withChunk(const Bytes& whole, std::string_view type, const Bytes& content) {
  constexpr std::size_t kHeaderEnd = 8 + 25;
  Bytes bytes(whole.begin(), whole.begin() + kHeaderEnd);
  test::append(bytes, test::pngChunk(type, content));
  test::append(bytes, std::span(whole).subspan(kHeaderEnd));
  return bytes;
}

struct PngKind {
  int colourType, depth;
  bool transparency;
};

TEST(PngDecoder, ReadsEveryKindAsQtDoes) {
  std::vector<PngKind> kinds;
  for (const bool transparency : {false, true}) {
    for (const int depth : {1, 2, 4, 8, 16}) {
      kinds.push_back({PNG_COLOR_TYPE_GRAY, depth, transparency});
      if (depth <= 8) kinds.push_back({PNG_COLOR_TYPE_PALETTE, depth, transparency});
      if (depth >= 8) kinds.push_back({PNG_COLOR_TYPE_RGB, depth, transparency});
    }
  }
  for (const int depth : {8, 16}) {
    kinds.push_back({PNG_COLOR_TYPE_GRAY_ALPHA, depth, false});
    kinds.push_back({PNG_COLOR_TYPE_RGB_ALPHA, depth, false});
  }
  for (const PngKind& kind : kinds) {
    for (const bool interlaced : {false, true}) {
      if (kind.colourType == PNG_COLOR_TYPE_RGB && kind.depth == 16 && kind.transparency) continue;  // Qt 6.4 errs
      const Bytes png = test::pngOfKind(37, 21, kind.colourType, kind.depth, interlaced, kind.transparency);
      EXPECT_LE(largestDifference(decodeImage(png, "it"), test::decodedByQt(png, "png")), kind.depth == 16 ? 1 : 0)
          << "colour type " << kind.colourType << ", " << kind.depth << " bits, transparency " << kind.transparency
          << ", interlaced " << interlaced;
    }
  }
}

TEST(PngDecoder, MakesOneColourOf16BitsTransparent) {
  const Sprite opaque = decodeImage(test::pngOfKind(37, 21, PNG_COLOR_TYPE_RGB, 16, false, false), "it");
  Sprite read = decodeImage(test::pngOfKind(37, 21, PNG_COLOR_TYPE_RGB, 16, false, true), "it");
  EXPECT_EQ(read, opaque);  // no pixel has exactly that colour
  Bytes white = test::pngOfKind(5, 4, PNG_COLOR_TYPE_RGB, 8, false, false);
  const Rgba first = decodeImage(white, "it").at(0, 0);
  Bytes hole;
  for (const int level : {first.r, first.g, first.b}) test::appendBig(hole, static_cast<std::uint64_t>(level), 2);
  EXPECT_EQ(decodeImage(withChunk(white, "tRNS", hole), "it").at(0, 0).a, 0);
}

TEST(PngDecoder, StepsOverPackedTextAndProfilesWhateverTheyHold) {
  const Sprite sprite = test::noiseSprite(8, 8, 1);
  const Bytes bomb = test::zlibPacked(Bytes(std::size_t{64} << 20));
  for (const std::string type : {"zTXt", "iCCP", "iTXt"}) {
    Bytes content;
    test::appendText(content, "name");
    test::appendLittle(content, 0, type == "iTXt" ? 1 : 2);
    if (type == "iTXt") test::appendLittle(content, 1, 4);
    test::append(content, bomb);
    EXPECT_EQ(decodeImage(withChunk(encodePng(sprite), type, content), "it"), sprite) << type;
  }
  EXPECT_EQ(decodeImage(withChunk(encodePng(sprite), "eXIf", Bytes(std::size_t{20} << 20)), "it"), sprite);
}

TEST(PngDecoder, GammaChangesNothing) {
  Bytes gamma;
  test::appendBig(gamma, 100'000, 4);
  const Sprite sprite = test::noiseSprite(8, 8, 1);
  EXPECT_EQ(decodeImage(withChunk(encodePng(sprite), "gAMA", gamma), "it"), sprite);
}

TEST(PngDecoder, SaysNothingOnStandardErrorAndNamesTheDamage) {
  Bytes png = encodePng(test::noiseSprite(20, 20, 3));
  png[60] = ~png[60];
  testing::internal::CaptureStderr();
  const std::string message = messageOf(png);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_NE(message.find("it is a damaged PNG file: "), std::string::npos) << message;
}

/// EXIF with an orientation, in either byte order, behind the start mark.
Bytes oriented(const Bytes& jpeg, int orientation, bool little) {
  Bytes exif;
  test::appendText(exif, "Exif");
  test::appendLittle(exif, 0, 2);
  test::appendText(exif, little ? "II" : "MM");
  const auto put = [&](std::uint64_t value, int count) {
    little ? test::appendLittle(exif, value, count) : test::appendBig(exif, value, count);
  };
  put(42, 2);
  put(8, 4);
  put(1, 2);
  put(0x0112, 2);
  put(3, 2);
  put(1, 4);
  put(static_cast<std::uint64_t>(orientation), 2);
  put(0, 2);
  put(0, 4);
  Bytes bytes(jpeg.begin(), jpeg.begin() + 2);
  test::appendBig(bytes, 0xFFE1, 2);
  test::appendBig(bytes, exif.size() + 2, 2);
  test::append(bytes, exif);
  test::append(bytes, std::span(jpeg).subspan(2));
  return bytes;
}

TEST(JpegDecoder, TurnsAllEightOrientationsUprightAsQtDoes) {
  const Bytes jpeg = test::encodedByQt(test::noiseSprite(45, 22, 4), "jpeg");
  for (int orientation = 0; orientation <= 9; ++orientation) {
    for (const bool little : {false, true}) {
      const Bytes turned = oriented(jpeg, orientation, little);
      const Sprite read = decodeImage(turned, "it");
      EXPECT_LE(largestDifference(read, test::decodedByQt(turned, "jpeg")), 0) << "orientation " << orientation;
      EXPECT_EQ(pictureSize(turned), (PictureSize{read.width(), read.height()}));
    }
  }
}

TEST(JpegDecoder, ReadsGreyAsQtDoes) {
  const Bytes jpeg = test::encodedByQt(test::noiseSprite(33, 17, 4), "jpeg", true);
  EXPECT_EQ(largestDifference(decodeImage(jpeg, "it"), test::decodedByQt(jpeg, "jpeg")), 0);
}

TEST(JpegDecoder, BytesBetweenAJpegsSegmentsAreNoSize) {
  const Bytes jpeg = test::encodedByQt(test::noiseSprite(33, 17, 4), "jpeg");
  constexpr std::size_t kSegmentsAt = 20;  // behind the first one
  Bytes bytes(jpeg.begin(), jpeg.begin() + kSegmentsAt);
  for (const int value : {0xC2, 0, 11, 8, 0, 1, 0, 1, 1, 0x11, 0}) bytes.push_back(static_cast<std::byte>(value));
  for (const int value : {0xFF, 0xD0, 0xFF, 0}) bytes.push_back(static_cast<std::byte>(value));
  test::append(bytes, std::span(jpeg).subspan(kSegmentsAt));
  EXPECT_EQ(decodeImage(bytes, "it"), decodeImage(jpeg, "it"));
  EXPECT_EQ(pictureSize(bytes), (PictureSize{33, 17}));
  EXPECT_EQ(decodedBytes(bytes), decodedBytes(jpeg));
}

struct JpegOptions {
  J_COLOR_SPACE space = JCS_RGB;
  bool progressive = false;
};

Bytes jpegOf(int width, int height, const JpegOptions& options) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* target = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &target, &size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.in_color_space = options.space == JCS_RGB ? JCS_RGB : JCS_CMYK;
  info.input_components = options.space == JCS_RGB ? 3 : 4;
  jpeg_set_defaults(&info);
  if (options.space != JCS_RGB) jpeg_set_colorspace(&info, options.space);
  if (options.progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  std::vector<JSAMPLE> row(static_cast<std::size_t>(width * info.input_components));
  while (info.next_scanline < info.image_height) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<JSAMPLE>(i * 5 + info.next_scanline * 9);
    JSAMPROW rows = row.data();
    jpeg_write_scanlines(&info, &rows, 1);
  }
  jpeg_finish_compress(&info);
  Bytes bytes;
  test::append(bytes, std::as_bytes(std::span(target, size)));
  jpeg_destroy_compress(&info);
  std::free(target);
  return bytes;
}

TEST(JpegDecoder, ReadsInksAndProgressionAsQtDoes) {
  for (const JpegOptions& options :
       {JpegOptions{JCS_CMYK, false}, JpegOptions{JCS_YCCK, false}, JpegOptions{JCS_RGB, true}}) {
    const Bytes jpeg = jpegOf(61, 35, options);
    EXPECT_EQ(largestDifference(decodeImage(jpeg, "it"), test::decodedByQt(jpeg, "jpeg")), 0) << options.space;
  }
}

TEST(JpegDecoder, CountsTheCoefficientsThatProgressionHolds) {
  const std::int64_t pixels = 64 * 32;
  EXPECT_EQ(decodedBytes(jpegOf(64, 32, {JCS_RGB, false})), pixels * 4);
  EXPECT_EQ(decodedBytes(jpegOf(64, 32, {JCS_RGB, true})), pixels * 4 + pixels * 3 / 2 * 2);  // colour at half size
}

TEST(JpegDecoder, RefusesAProgressiveGiantBeforeDecoding) {
  Bytes jpeg = jpegOf(64, 32, {JCS_RGB, true});
  const auto frame = std::ranges::search(jpeg, std::vector{std::byte{0xFF}, std::byte{0xC2}}).begin();
  for (int i = 0; i < 4; ++i) *(frame + 5 + i) = static_cast<std::byte>(i % 2 == 0 ? 0x20 : 0);  // 8192 x 8192
  *(frame + 11) = std::byte{0x11};  // full colour resolution
  EXPECT_NE(messageOf(jpeg).find("MB of memory"), std::string::npos) << messageOf(jpeg);
}

TEST(BmpDecoder, ReadsBandByBandWhatQtReadsWhole) {
  const Bytes bmp = test::encodedByQt(test::noiseSprite(1200, 1900, 6), "bmp");  // three bands
  EXPECT_EQ(decodeImage(bmp, "it"), test::decodedByQt(bmp, "bmp"));
}

TEST(BmpDecoder, ReadsRowsFromTopToBottom) {
  const Sprite sprite = test::noiseSprite(1100, 1000, 7);
  Bytes bmp;
  test::appendText(bmp, "BM");
  for (const int value : {0, 0, 54, 40, 1100, -1000}) test::appendLittle(bmp, static_cast<std::uint32_t>(value), 4);
  test::appendLittle(bmp, 1, 2);
  test::appendLittle(bmp, 32, 2);
  for (int i = 0; i < 6; ++i) test::appendLittle(bmp, 0, 4);
  for (const Rgba& pixel : sprite.pixels()) {
    for (const std::uint8_t level : {pixel.b, pixel.g, pixel.r, pixel.a}) bmp.push_back(static_cast<std::byte>(level));
  }
  const Sprite read = decodeImage(bmp, "it");
  EXPECT_EQ(read, test::decodedByQt(bmp, "bmp"));
  EXPECT_EQ(read.at(3, 900).g, sprite.at(3, 900).g);
}

TEST(PictureSize, IsTheDecodedOneForEveryFormat) {
  const Sprite sprite = test::plainSprite(24, 16, {1, 2, 3, 255});
  for (const Bytes& bytes : {encodePng(sprite), test::encodedByQt(sprite, "jpeg"), test::encodedByQt(sprite, "bmp"),
                             test::gifOf(24, 16, {{sprite}}), test::webpOf(24, 16, {{sprite}, {sprite}})}) {
    EXPECT_EQ(pictureSize(bytes), (PictureSize{24, 16}));
    EXPECT_GE(decodedBytes(bytes), 24 * 16 * 4);
    EXPECT_EQ(pictureSize(std::span(bytes).first(7)), std::nullopt);
  }
  EXPECT_EQ(pictureSize({}), std::nullopt);
  EXPECT_EQ(decodedBytes({}), 0);
}

TEST(PictureSize, SurvivesDamage) {
  const Sprite sprite = test::noiseSprite(9, 9, 8);
  for (const Bytes& bytes :
       {encodePng(sprite), oriented(test::encodedByQt(sprite, "jpeg"), 6, true), test::encodedByQt(sprite, "bmp")}) {
    test::damageAndRead(bytes, 1500, 11, [](std::span<const std::byte> damaged) {
      EXPECT_GE(decodedBytes(damaged), 0);
      decodeImage(damaged, "it");
    });
  }
}

}  // namespace
}  // namespace loom
