#include "core/image/codec.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QImageWriter>
#include <fstream>
#include <functional>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/random_stream.h"
#include "core/image/image_format.h"
#include "tests/image/picture_bytes.h"

namespace loom {
namespace {

using test::Bytes;
using test::webpStill;
namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : m_path(fs::temp_directory_path() / ("loom-codec-" + std::to_string(::getpid()))) {
    fs::create_directories(m_path);
  }
  ~Folder() { fs::remove_all(m_path); }
  fs::path operator/(const std::string& name) const { return m_path / name; }

 private:
  fs::path m_path;
};

Bytes bytesOf(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// Opaque blocks of 8 x 8 with one colour each, which JPEG keeps nearly.
Sprite blocks() {
  Sprite sprite(24, 16);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 24; ++x) {
      sprite.at(x, y) = {static_cast<std::uint8_t>(x / 8 * 100), static_cast<std::uint8_t>(y / 8 * 200), 60, 255};
    }
  }
  return sprite;
}

Sprite noise(int width, int height, std::uint64_t seed) {
  RandomStream random(seed);
  Sprite sprite(width, height);
  for (Rgba& pixel : sprite.pixels()) {
    const std::uint32_t bits = random.next();
    pixel = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8),
             static_cast<std::uint8_t>(bits >> 16), static_cast<std::uint8_t>(bits >> 24)};
  }
  return sprite;
}

Bytes encodeWithQt(const Sprite& sprite, const char* format) {
  QImage image(sprite.width(), sprite.height(), QImage::Format_RGBA8888);
  for (int y = 0; y < sprite.height(); ++y) {
    for (int x = 0; x < sprite.width(); ++x) {
      const Rgba& pixel = sprite.at(x, y);
      image.setPixelColor(x, y, QColor(pixel.r, pixel.g, pixel.b, pixel.a));
    }
  }
  QByteArray data;
  QBuffer buffer(&data);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, format);
  writer.setQuality(100);
  EXPECT_TRUE(writer.write(image)) << writer.errorString().toStdString();
  const auto view = std::as_bytes(std::span(data.constData(), static_cast<std::size_t>(data.size())));
  return {view.begin(), view.end()};
}

void append(Bytes& bytes, const Bytes& more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

void appendLittle(Bytes& bytes, std::size_t value, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void appendChunk(Bytes& bytes, const std::string& name, const Bytes& content) {
  for (const char letter : name) bytes.push_back(static_cast<std::byte>(letter));
  appendLittle(bytes, content.size(), 4);
  append(bytes, content);
  if (content.size() % 2 != 0) bytes.push_back(std::byte{0});
}

/// An animation (the container of the WebP specification) of whole-canvas frames.
Bytes animatedWebp(const std::vector<Sprite>& frames) {
  Bytes body;
  for (const char letter : std::string("WEBP")) body.push_back(static_cast<std::byte>(letter));
  const auto width = static_cast<std::size_t>(frames[0].width()) - 1;
  const auto height = static_cast<std::size_t>(frames[0].height()) - 1;
  Bytes extended = bytesOf({0x12, 0, 0, 0});  // has alpha, is animated
  appendLittle(extended, width, 3);
  appendLittle(extended, height, 3);
  appendChunk(body, "VP8X", extended);
  appendChunk(body, "ANIM", bytesOf({0, 0, 0, 0, 0, 0}));
  for (const Sprite& frame : frames) {
    Bytes content = bytesOf({0, 0, 0, 0, 0, 0});
    appendLittle(content, width, 3);
    appendLittle(content, height, 3);
    appendLittle(content, 100, 3);
    content.push_back(std::byte{2});  // replaces, does not blend
    const Bytes still = webpStill(frame);
    content.insert(content.end(), still.begin() + 12, still.end());
    appendChunk(body, "ANMF", content);
  }
  Bytes file;
  appendChunk(file, "RIFF", body);
  return file;
}

/// 2 x 2 pixels red, blue / blue, red; then a second frame all blue.
Bytes gif() {
  return bytesOf({'G', 'I', 'F', '8',  '9', 'a', 2, 0, 2, 0, 0x80, 0,    0,    255,  0, 0,    0,    0,    255, 0x2C,
                  0,   0,   0,   0,    2,   0,   2, 0, 0, 2, 3,    0x44, 0x02, 0x05, 0, 0x21, 0xF9, 4,    0,   10,
                  0,   0,   0,   0x2C, 0,   0,   0, 0, 2, 0, 2,    0,    0,    2,    3, 0x4C, 0x92, 0x02, 0,   0x3B});
}

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.what();
    return error.what();
  }
  return {};
}

Bytes cut(const Bytes& bytes, double share) {
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(bytes.size()) * share)};
}

TEST(Codec, NeedsNoApplicationObject) {
  EXPECT_EQ(QCoreApplication::instance(), nullptr);
  EXPECT_EQ(decodeImage(encodeWithQt(blocks(), "jpeg"), "a.jpg").width(), 24);
}

TEST(Codec, PngKeepsEveryPixelAndThoseUnderAlphaZero) {
  const Sprite sprite = noise(37, 23, 5);
  EXPECT_EQ(decodeImage(encodePng(sprite), "noise.png"), sprite);
}

TEST(Codec, PngBytesAreTheSameEachTime) {
  EXPECT_EQ(encodePng(noise(16, 16, 1)), encodePng(noise(16, 16, 1)));
}

TEST(Codec, ReadsBmp) {
  EXPECT_EQ(decodeImage(encodeWithQt(blocks(), "bmp"), "a.bmp"), blocks());
}

TEST(Codec, ReadsJpegNearly) {
  const Sprite read = decodeImage(encodeWithQt(blocks(), "jpeg"), "a.jpg");
  ASSERT_EQ(read.width(), 24);
  ASSERT_EQ(read.height(), 16);
  for (int y = 4; y < 16; y += 8) {  // in the middle of each block: colours run at its edges
    for (int x = 4; x < 24; x += 8) {
      EXPECT_NEAR(read.at(x, y).r, blocks().at(x, y).r, 12);
      EXPECT_NEAR(read.at(x, y).g, blocks().at(x, y).g, 12);
      EXPECT_EQ(read.at(x, y).a, 255);
    }
  }
}

TEST(Codec, ReadsTheFirstFrameOfAGif) {
  const Sprite read = decodeImage(gif(), "a.gif");
  ASSERT_EQ(read.width(), 2);
  ASSERT_EQ(read.height(), 2);
  const Rgba red{255, 0, 0, 255};
  const Rgba blue{0, 0, 255, 255};
  EXPECT_EQ(read.at(0, 0), red);
  EXPECT_EQ(read.at(1, 0), blue);
  EXPECT_EQ(read.at(0, 1), blue);
  EXPECT_EQ(read.at(1, 1), red);
}

TEST(Codec, ReadsLosslessWebp) {
  const Sprite sprite = noise(19, 31, 9);
  EXPECT_EQ(decodeImage(webpStill(sprite), "a.webp"), sprite);
}

TEST(Codec, ReadsTheFirstFrameOfAnAnimatedWebp) {
  const Sprite first = blocks();
  Sprite second = first;
  second.at(0, 0) = {1, 2, 3, 255};
  EXPECT_EQ(decodeImage(animatedWebp({first, second}), "walk.webp"), first);
  EXPECT_EQ(decodeImage(animatedWebp({second, first}), "walk.webp"), second);
}

TEST(Codec, GoesByContentNotByExtension) {
  const Folder folder;
  const auto save = [&](const std::string& name, const Bytes& bytes) {
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  save("monster.png", gif());
  EXPECT_EQ(readImage(folder / "monster.png").width(), 2);
  save("hero.jpg", encodePng(blocks()));
  EXPECT_EQ(readImage(folder / "hero.jpg"), blocks());
  save("none", webpStill(blocks()));
  EXPECT_EQ(readImage(folder / "none"), blocks());
}

TEST(Codec, WritesAPngThatReadsBack) {
  const Folder folder;
  writePng(folder / "a.png", blocks());
  EXPECT_EQ(readImage(folder / "a.png"), blocks());
  EXPECT_FALSE(messageOf([&] { writePng(folder / "missing" / "a.png", blocks()); }).empty());
  EXPECT_THROW(writePng(folder / "empty.png", Sprite()), Error);
  EXPECT_FALSE(fs::exists(folder / "empty.png"));
}

TEST(Codec, RefusesWhatIsNoPicture) {
  EXPECT_NE(messageOf([] { decodeImage({}, "nothing.png"); }).find("nothing.png is empty"), std::string::npos);
  const std::string text = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>";
  EXPECT_NE(messageOf([&] { decodeImage(std::as_bytes(std::span(text)), "drawing.svg"); }).find("drawing.svg"),
            std::string::npos);
  EXPECT_THROW(readImage("/no/such/file.png"), Error);
}

TEST(Codec, RefusesCutFilesOfEveryFormat) {
  const std::vector<std::pair<std::string, Bytes>> whole = {
      {"png", encodePng(noise(40, 40, 2))},           {"jpeg", encodeWithQt(noise(40, 40, 2), "jpeg")},
      {"bmp", encodeWithQt(noise(40, 40, 2), "bmp")}, {"gif", cut(gif(), 34.0 / 57)},
      {"webp", webpStill(noise(40, 40, 2))},          {"animation", animatedWebp({noise(40, 40, 2)})}};
  for (const auto& [name, bytes] : whole) {
    for (const double share : {0.05, 0.3, 0.6, 0.9, 0.97}) {
      EXPECT_THROW(decodeImage(cut(bytes, share), name), Error) << name << " cut to " << share;
    }
  }
}

TEST(Codec, GarbageInsideNeverCrashes) {
  const std::uint64_t seed = 77;
  RandomStream random(seed);
  const std::vector<Bytes> whole = {encodePng(noise(12, 12, 2)),           encodeWithQt(noise(12, 12, 2), "jpeg"),
                                    encodeWithQt(noise(12, 12, 2), "bmp"), gif(),
                                    webpStill(noise(12, 12, 2)),           animatedWebp({noise(12, 12, 2)})};
  for (int round = 0; round < 300; ++round) {
    Bytes bytes = whole[static_cast<std::size_t>(round) % whole.size()];
    for (int i = 0; i < 4; ++i) {
      bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] = static_cast<std::byte>(random.next());
    }
    try {
      const Sprite sprite = decodeImage(bytes, "garbage");
      EXPECT_FALSE(sprite.empty()) << "seed " << seed << " round " << round;
    } catch (const Error&) {
      continue;
    }
  }
}

Bytes withPngSize(std::uint32_t width, std::uint32_t height) {
  Bytes bytes = encodePng(blocks());
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[16 + i] = static_cast<std::byte>(width >> (24 - 8 * i));
    bytes[20 + i] = static_cast<std::byte>(height >> (24 - 8 * i));
  }
  std::uint32_t crc = 0xFFFFFFFFU;  // the header's own checksum must hold, or the size is never looked at
  for (std::size_t i = 12; i < 29; ++i) {
    crc ^= std::to_integer<std::uint32_t>(bytes[i]);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
  }
  for (std::size_t i = 0; i < 4; ++i) bytes[29 + i] = static_cast<std::byte>(~crc >> (24 - 8 * i));
  return bytes;
}

TEST(Codec, RefusesHostileSizesBeforeDecoding) {
  EXPECT_EQ(decodeImage(withPngSize(24, 16), "same.png"), blocks());
  const auto message = [](const Bytes& bytes) { return messageOf([&] { decodeImage(bytes, "big"); }); };
  EXPECT_NE(message(withPngSize(1'000'000, 1'000'000)).find("1000000 x 1000000"), std::string::npos);
  EXPECT_NE(message(withPngSize(limits::kMaxImageSide + 1, 1)).find("16385 x 1 px"), std::string::npos);

  Bytes bmp = encodeWithQt(blocks(), "bmp");
  for (std::size_t i = 18; i < 26; ++i) bmp[i] = static_cast<std::byte>(i % 4 == 1 ? 0x7F : 0xFF);
  EXPECT_FALSE(message(bmp).empty());

  Bytes bigGif = gif();
  for (std::size_t i = 6; i < 10; ++i) bigGif[i] = std::byte{0xFF};
  EXPECT_NE(message(bigGif).find("65535 x 65535"), std::string::npos) << message(bigGif);

  Bytes webp = animatedWebp({blocks()});
  for (std::size_t i = 24; i < 30; ++i)
    webp[i] = std::byte{static_cast<unsigned char>(i % 3 == 1 ? 0x2F : i % 3 == 0 ? 0xFF : 0)};
  EXPECT_NE(message(webp).find("12288 x 12288"), std::string::npos);
}

TEST(ImageFormat, IsKnownByTheFirstBytes) {
  EXPECT_EQ(imageFormat(encodePng(blocks())), ImageFormat::kPng);
  EXPECT_EQ(imageFormat(encodeWithQt(blocks(), "jpeg")), ImageFormat::kJpeg);
  EXPECT_EQ(imageFormat(encodeWithQt(blocks(), "bmp")), ImageFormat::kBmp);
  EXPECT_EQ(imageFormat(gif()), ImageFormat::kGif);
  EXPECT_EQ(imageFormat(webpStill(blocks())), ImageFormat::kWebp);
  EXPECT_EQ(imageFormat(bytesOf({'B', 'M'})), std::nullopt);
  EXPECT_EQ(imageFormat({}), std::nullopt);
}

}  // namespace
}  // namespace loom
