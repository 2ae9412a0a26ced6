#include "core/image/pixel_grid.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "tests/image/upscaling.h"

namespace loom {
namespace {

constexpr std::array<Rgba, 6> kPalette{Rgba{20, 16, 30, 255},   Rgba{140, 60, 40, 255},   Rgba{230, 170, 90, 255},
                                       Rgba{60, 110, 180, 255}, Rgba{245, 240, 230, 255}, Rgba{50, 140, 70, 255}};

/// A figure of blots of a few colours on nothing, with an outline's worth of single pixels.
Sprite figure(int width, int height, RandomStream& random) {
  Sprite sprite(width, height);
  for (int blot = 0; blot < 12; ++blot) {
    const double x = random.uniform(0.25, 0.75) * width;
    const double y = random.uniform(0.2, 0.8) * height;
    const double radius = random.uniform(0.08, 0.25) * width;
    const Rgba colour = kPalette[random.below(kPalette.size())];
    for (int v = 0; v < height; ++v) {
      for (int u = 0; u < width; ++u) {
        if (std::hypot(u - x, v - y) < radius) sprite.at(u, v) = colour;
      }
    }
  }
  for (int i = 0; i < width; ++i) {
    sprite.at(random.between(width / 4, 3 * width / 4), random.between(height / 4, 3 * height / 4)) = kPalette[0];
  }
  return sprite;
}

double meanError(const Sprite& a, const Sprite& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    const Rgba& p = a.pixels()[i];
    const Rgba& q = b.pixels()[i];
    if (p.a == 0 && q.a == 0) continue;
    sum += std::abs(p.r - q.r) + std::abs(p.g - q.g) + std::abs(p.b - q.b) + std::abs(p.a - q.a);
  }
  return sum / (4.0 * static_cast<double>(a.pixels().size()));
}

TEST(PixelGrid, AWholeScaleIsUndoneToThePixel) {
  RandomStream random(1);
  for (int scale = 2; scale <= 12; ++scale) {
    const Sprite sprite = figure(random.between(16, 48), random.between(16, 48), random);
    const Sprite large = enlarged(sprite, scale);
    const PixelGrid grid = findPixelGrid(large);
    EXPECT_EQ(grid.kind, GridKind::kExact);
    EXPECT_EQ(grid.scaleX, scale);
    EXPECT_EQ(grid.scaleY, scale);
    EXPECT_GT(grid.confidence, 0.9);
    EXPECT_EQ(undoUpscaling(large, grid), sprite);
  }
}

TEST(PixelGrid, ACropAtAnyOffsetKeepsTheCellsOfWhichHalfIsThere) {
  RandomStream random(2);
  const Sprite sprite = figure(32, 24, random);
  const Sprite large = enlarged(sprite, 5);
  for (int left = 0; left < 5; ++left) {
    for (int right = 0; right < 5; ++right) {
      const Sprite part = cropped(large, {left, 0, large.width() - left - right, large.height()});
      const PixelGrid grid = findPixelGrid(part);
      ASSERT_EQ(grid.scaleX, 5);
      EXPECT_EQ(grid.offsetX, -left);
      const int first = left > 2 ? 1 : 0;
      const int last = right > 2 ? 31 : 32;
      EXPECT_EQ(undoUpscaling(part, grid), cropped(sprite, {first, 0, last - first, 24})) << left << ", " << right;
    }
  }
}

TEST(PixelGrid, ABrokenScaleIsUndoneToThePixel) {
  RandomStream random(3);
  for (const double scale : {1.5, 2.5, 3.3, 4.75, 7.1}) {
    const Sprite sprite = figure(40, 36, random);
    for (const Sprite& large : {upscaled(sprite, scale, Resampling::kNearest), upscaledFromCorners(sprite, scale)}) {
      const PixelGrid grid = findPixelGrid(large);
      EXPECT_EQ(grid.kind, GridKind::kFractional);
      EXPECT_NEAR(grid.scaleX, scale, 0.01 * scale);
      EXPECT_EQ(undoUpscaling(large, grid), sprite) << scale;
    }
  }
}

TEST(PixelGrid, MiddlesThatLieOnABorderMayFallToEitherSide) {
  RandomStream random(31);
  for (int round = 0; round < 20; ++round) {
    const Sprite art = figure(64, 64, random);
    const double leaning = random.uniform(-1e-6, 1e-6);
    Sprite picture(160, 160);
    for (int y = 0; y < 160; ++y) {
      for (int x = 0; x < 160; ++x) {
        // As where a program adds up 0.4 pixel by pixel: the sum is a little off, here or there, either way.
        const double off = (x / 23) % 2 == 0 ? leaning : -leaning;
        picture.at(x, y) = art.at(static_cast<int>((x + 0.5) / 2.5 + off), static_cast<int>((y + 0.5) / 2.5 + leaning));
      }
    }
    const PixelGrid grid = findPixelGrid(picture);
    EXPECT_EQ(grid.scaleX, 2.5) << round;
    EXPECT_EQ(undoUpscaling(picture, grid), art) << round;
  }
}

TEST(PixelGrid, PixelsMayBeWiderThanHigh) {
  RandomStream random(4);
  const Sprite sprite = figure(40, 40, random);
  const Sprite wide = upscaled(sprite, 160, 80, Resampling::kNearest);
  const PixelGrid grid = findPixelGrid(wide);
  EXPECT_EQ(grid.scaleX, 4);
  EXPECT_EQ(grid.scaleY, 2);
  EXPECT_EQ(undoUpscaling(wide, grid), sprite);
}

TEST(PixelGrid, InterpolationIsTurnedBackIntoPixelsWithHardSilhouettes) {
  RandomStream random(5);
  for (const Resampling by : {Resampling::kBilinear, Resampling::kBicubic, Resampling::kLanczos}) {
    for (const double scale : {2.0, 3.0, 4.5, 8.0}) {
      const Sprite sprite = figure(32, 40, random);
      const Sprite large = upscaled(sprite, scale, by);
      const PixelGrid grid = findPixelGrid(large);
      EXPECT_EQ(grid.kind, GridKind::kSmooth);
      const Sprite native = undoUpscaling(large, grid);
      ASSERT_EQ(native.width(), 32) << scale;
      ASSERT_EQ(native.height(), 40) << scale;
      EXPECT_FALSE(hasPartialAlpha(native));
      EXPECT_LT(meanError(native, sprite), by == Resampling::kLanczos ? 3.0 : 1.0);
    }
  }
}

TEST(PixelGrid, AJpegComesBackWithFewColoursAndNoSpeckle) {
  RandomStream random(6);
  for (int scale = 3; scale <= 8; ++scale) {
    const Sprite sprite = flattened(figure(40, 40, random), {200, 220, 240, 255});
    const Sprite large = throughJpeg(enlarged(sprite, scale), 80);
    ASSERT_GT(countColours(large), 500);
    const PixelGrid grid = findPixelGrid(large);
    EXPECT_EQ(grid.kind, GridKind::kCompressed);
    ASSERT_EQ(grid.scaleX, scale);
    const Sprite native = undoUpscaling(large, grid);
    ASSERT_EQ(native.width(), 40);
    EXPECT_LT(meanError(native, sprite), 2.5);
    EXPECT_LE(countColours(native), 3 * countColours(sprite)) << scale;
  }
}

TEST(PixelGrid, AShadowsAlphaIsKept) {
  RandomStream random(7);
  Sprite sprite = figure(32, 32, random);
  for (int y = 28; y < 31; ++y) {
    for (int x = 8; x < 24; ++x) sprite.at(x, y) = {0, 0, 0, 96};
  }
  const Sprite large = upscaled(sprite, 4, Resampling::kBilinear);
  const Sprite native = undoUpscaling(large, findPixelGrid(large));
  ASSERT_EQ(native.width(), 32);
  EXPECT_NEAR(native.at(16, 29).a, 96, 2);
  EXPECT_EQ(native.at(2, 29).a, 0);
}

TEST(PixelGrid, NativeArtIsLeftAlone) {
  RandomStream random(8);
  for (int i = 0; i < 60; ++i) {
    const Sprite sprite = figure(random.between(12, 64), random.between(12, 64), random);
    EXPECT_LT(findPixelGrid(sprite).confidence, kSureGrid);
    EXPECT_LT(findPixelGrid(flattened(sprite, {9, 99, 199, 255})).confidence, kSureGrid);
    EXPECT_LT(findPixelGrid(withNoise(sprite, 4, random)).confidence, kSureGrid);
  }
  EXPECT_FALSE(findPixelGrid(Sprite()).found());
  EXPECT_FALSE(findPixelGrid(Sprite(1, 900)).found());
  EXPECT_FALSE(findPixelGrid(Sprite(64, 64)).found());
  EXPECT_FALSE(findPixelGrid(flattened(Sprite(64, 64), {1, 2, 3, 255})).found()) << "one colour says nothing";
}

TEST(PixelGrid, FewEdgesAreNoProof) {
  Sprite square(32, 32);
  for (int y = 8; y < 24; ++y) {
    for (int x = 8; x < 24; ++x) square.at(x, y) = {200, 30, 30, 255};
  }
  EXPECT_LT(findPixelGrid(square).confidence, kSureGrid);
  Sprite stripes(32, 32);
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) stripes.at(x, y) = kPalette[static_cast<std::size_t>(x + y) % 2];
  }
  EXPECT_FALSE(findPixelGrid(stripes).found()) << "a dither of single pixels";
  Sprite sky(64, 64);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) sky.at(x, y) = {20, static_cast<std::uint8_t>(y / 4 * 10), 200, 255};
  }
  EXPECT_FALSE(findPixelGrid(sky).found()) << "bands of 4 pixels that say nothing of columns";
}

TEST(PixelGrid, ColoursThatCannotBeSeenAreNoEdges) {
  RandomStream random(9);
  const Sprite sprite = figure(30, 30, random);
  Sprite large = enlarged(sprite, 4);
  for (Rgba& pixel : large.pixels()) {
    if (pixel.a == 0) pixel = {static_cast<std::uint8_t>(random.below(256)), 0, 0, 0};
  }
  const PixelGrid grid = findPixelGrid(large);
  EXPECT_EQ(grid.kind, GridKind::kExact);
  EXPECT_EQ(grid.scaleX, 4);
}

TEST(PixelGrid, AGridGivenByHandIsChecked) {
  const PixelGrid grid = pixelGrid(4, 3, 9, -7);
  EXPECT_EQ(grid.offsetX, -3);
  EXPECT_EQ(grid.offsetY, -1);
  EXPECT_EQ(grid.confidence, 1);
  EXPECT_THROW(pixelGrid(0.5, 1), Error);
  EXPECT_THROW(pixelGrid(1, 1e9), Error);
  EXPECT_THROW(pixelGrid(std::nan(""), 2), Error);
  EXPECT_THROW(pixelGrid(2, 2, std::numeric_limits<double>::infinity()), Error);
  RandomStream random(10);
  const Sprite sprite = figure(20, 20, random);
  EXPECT_EQ(undoUpscaling(enlarged(sprite, 6), pixelGrid(6, 6)), sprite);
}

TEST(PixelGrid, BordersCoverThePictureInOrder) {
  EXPECT_EQ(gridColumns(pixelGrid(4, 4), 12), (std::vector{0, 4, 8, 12}));
  EXPECT_EQ(gridColumns(pixelGrid(4, 4, -1), 12), (std::vector{0, 3, 7, 11})) << "a quarter of a cell is left out";
  EXPECT_EQ(gridColumns(pixelGrid(4, 4, -3), 12), (std::vector{1, 5, 9, 12})) << "three quarters are kept";
  EXPECT_EQ(gridRows(pixelGrid(1, 2.5), 10), (std::vector{0, 2, 5, 7, 10}));
  EXPECT_EQ(nativeSize(pixelGrid(4, 2.5), 12, 10), (PixelSize{3, 4}));
  EXPECT_EQ(nativeSize(pixelGrid(100, 100), 12, 10), (PixelSize{1, 1}));
  RandomStream random(11);
  for (int i = 0; i < 2000; ++i) {
    const PixelGrid grid = pixelGrid(random.uniform(1, 30), 1, random.uniform(-50, 50));
    const int width = random.between(1, 200);
    const std::vector<int> borders = gridColumns(grid, width);
    ASSERT_GE(borders.size(), 2U);
    EXPECT_GE(borders.front(), 0);
    EXPECT_LE(borders.back(), width);
    for (std::size_t k = 1; k < borders.size(); ++k) EXPECT_LE(borders[k - 1], borders[k]);
  }
}

TEST(PixelGrid, AnyGridCanBeTriedOnAnyPicture) {
  RandomStream random(12);
  for (int i = 0; i < 300; ++i) {
    const Sprite picture = withNoise(figure(random.between(4, 40), random.between(4, 40), random), 20, random);
    PixelGrid grid = pixelGrid(random.uniform(1, 60), random.uniform(1, 60), random.uniform(-9, 9),
                               random.uniform(-9, 9), static_cast<GridKind>(random.below(5)));
    if (random.chance(0.3)) grid.filter = GridFilter::kBicubic;
    const Sprite native = undoUpscaling(picture, grid);
    EXPECT_FALSE(native.empty());
    EXPECT_TRUE(grid.found() || native == picture);
    findPixelGrid(picture);
  }
}

}  // namespace
}  // namespace loom
