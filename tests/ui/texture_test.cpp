#include "ui/widgets/texture.h"

#include <gtest/gtest.h>

#include <vector>

namespace loom {
namespace {

constexpr QRgb kBlack = 0xff000000, kWhite = 0xffffffff;

constexpr int kRows = 8;

/// Rows of the same pixels.
QImage row(const std::vector<QRgb>& colours) {
  QImage image(static_cast<int>(colours.size()), kRows, QImage::Format_ARGB32_Premultiplied);
  for (int y = 0; y < kRows; ++y) {
    for (int x = 0; x < image.width(); ++x) image.setPixel(x, y, colours[static_cast<std::size_t>(x)]);
  }
  return image;
}

std::vector<int> greys(const QImage& image) {
  std::vector<int> greys;
  for (int x = 0; x < image.width(); ++x) greys.push_back(qRed(image.pixel(x, 0)));
  return greys;
}

TEST(Texture, NearestTakesThePixelUnderTheMiddleOfEach) {
  const Texture texture(row({kBlack, kWhite, kBlack, kWhite}));
  EXPECT_EQ(greys(texture.drawn({1, 0, 2, 1}, 2.5, TextureFilter::kNearest)), (std::vector<int>{255, 255, 0, 0, 0}));
}

TEST(Texture, LinearIsThePictureItselfAtItsOwnSize) {
  const Texture texture(row({kBlack, kWhite, 0xff808080, kWhite}));
  EXPECT_EQ(greys(texture.drawn({1, 0, 2, 1}, 1, TextureFilter::kLinear)), (std::vector<int>{255, 128}));
}

TEST(Texture, LinearMixesInNeighboursOutsideThePartAndStopsAtThePicture) {
  const Texture texture(row({kBlack, kWhite}));
  EXPECT_EQ(greys(texture.drawn({1, 0, 1, 1}, 2, TextureFilter::kLinear)), (std::vector<int>{191, 255}));
  EXPECT_EQ(greys(texture.drawn({0, 0, 1, 1}, 2, TextureFilter::kLinear)), (std::vector<int>{0, 63}));
}

TEST(Texture, TransparencyIsMixedWithoutAnEdgeOfItsHiddenColour) {
  const Texture texture(row({0x00000000, kWhite}));
  EXPECT_EQ(texture.drawn({1, 0, 1, 1}, 2, TextureFilter::kLinear).pixelColor(0, 0), QColor(255, 255, 255, 191));
}

TEST(Texture, MipmapsAverageWhereLinearSkipsPixels) {
  const Texture texture(row({kWhite, kBlack, kBlack, kWhite, kWhite, kBlack, kBlack, kWhite}));
  const QRect all(0, 0, 8, kRows);
  EXPECT_EQ(greys(texture.drawn(all, 0.25, TextureFilter::kLinear)), (std::vector<int>{0, 0}));
  for (const int grey : greys(texture.drawn(all, 0.25, TextureFilter::kMipmaps))) EXPECT_NEAR(grey, 128, 2);
  EXPECT_EQ(greys(texture.drawn(all, 2, TextureFilter::kMipmaps)),
            greys(texture.drawn(all, 2, TextureFilter::kLinear)));
}

TEST(Texture, APixelWhoseMiddleLiesOutsideIsLeftOut) {
  const QImage drawn = Texture(row({kWhite, kWhite, kWhite})).drawn({0, 0, 3, 1}, 0.75, TextureFilter::kNearest);
  ASSERT_EQ(drawn.width(), 3);
  EXPECT_EQ(qAlpha(drawn.pixel(1, 0)), 255);
  EXPECT_EQ(qAlpha(drawn.pixel(2, 0)), 0);
}

}  // namespace
}  // namespace loom
