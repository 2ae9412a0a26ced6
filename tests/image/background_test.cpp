#include "core/image/background.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/dataset/importer.h"
#include "core/image/resample.h"
#include "tests/base/temp_folder.h"
#include "tests/image/painted_backgrounds.h"

namespace loom {
namespace {

constexpr Rgba kWhite{255, 255, 255, 255};
constexpr Rgba kGrey{204, 204, 204, 255};

using Maker = std::function<Sprite(const Sprite&)>;

/// Mean overlap of what is left with the figure; `note` has to be said each time.
double meanOverlap(const std::vector<Sprite>& figures, const Maker& make, const std::string& note, bool withEnclosed) {
  double sum = 0;
  for (const Sprite& figure : figures) {
    const Sprite picture = make(figure);
    const WithoutBackground result = withoutBackground(picture, {});
    EXPECT_NE(result.note.find(note), std::string::npos) << result.note;
    const Sprite truth = enlarged(figure, picture.width() / figure.width());
    sum += overlap(silhouette(result.sprite, withEnclosed), silhouette(truth, withEnclosed));
  }
  return sum / static_cast<double>(figures.size());
}

TEST(Background, HardEdgedFiguresComeOffPlainColoursToThePixel) {
  const std::vector<Sprite> figures = starterFigures(20);
  for (const Rgba colour : {Rgba{255, 0, 255, 255}, kWhite, Rgba{128, 128, 128, 255}, Rgba{120, 180, 230, 255}}) {
    const Maker make = [colour](const Sprite& figure) { return painted(figure, solidPainter(colour)); };
    EXPECT_DOUBLE_EQ(meanOverlap(figures, make, "background", true), 1.0) << int{colour.r} << " " << int{colour.g};
  }
}

TEST(Background, KeepsEveryPixelOfTheFigureAsItWas) {
  for (const Sprite& figure : starterFigures(20)) {
    const WithoutBackground result = withoutBackground(painted(figure, solidPainter({255, 0, 255, 255})), {});
    for (std::size_t i = 0; i < figure.pixels().size(); ++i) {
      if (figure.pixels()[i].a == 255) {
        ASSERT_EQ(result.sprite.pixels()[i], figure.pixels()[i]);
      }
    }
  }
}

TEST(Background, JpegLeavesLittleBehind) {
  const std::vector<Sprite> figures = starterFigures(20);
  for (const Rgba colour : {Rgba{255, 0, 255, 255}, kWhite, Rgba{128, 128, 128, 255}, Rgba{120, 180, 230, 255}}) {
    const Maker small = [colour](const Sprite& figure) {
      return compressed(painted(figure, solidPainter(colour)), 90);
    };
    EXPECT_GT(meanOverlap(figures, small, "background", true), 0.97) << int{colour.r} << " " << int{colour.g};
    const Maker large = [colour](const Sprite& figure) {
      return compressed(enlarged(painted(figure, solidPainter(colour)), 4), 75);
    };
    EXPECT_GT(meanOverlap(figures, large, "background", true), 0.95) << int{colour.r} << " " << int{colour.g};
  }
}

TEST(Background, FollowsAGradient) {
  const std::vector<Sprite> figures = starterFigures(20);
  const Painter sky = gradientPainter({40, 90, 160, 255}, {200, 220, 250, 255}, 64);
  EXPECT_GT(meanOverlap(
                figures, [&](const Sprite& figure) { return painted(figure, sky); }, "gradient", true),
            0.995);
  EXPECT_GT(meanOverlap(
                figures, [&](const Sprite& figure) { return compressed(painted(figure, sky), 90); }, "gradient", true),
            0.98);
}

TEST(Background, FindsCheckerboardsOfAnyCellAndOffset) {
  const std::vector<Sprite> figures = starterFigures(8);
  for (const int cell : {2, 3, 5, 8, 12, 16, 31}) {
    for (const int offset : {0, 1, cell / 2, cell}) {
      const Painter board = checkerPainter(kWhite, kGrey, cell, offset, cell - 1 - offset / 2);
      const std::string note = "checkerboard of #cccccc and #ffffff, " + std::to_string(cell) + " px";
      const Maker make = [&board](const Sprite& figure) { return painted(figure, board); };
      EXPECT_GT(meanOverlap(figures, make, note, false), 0.985) << cell << " px from " << offset;
    }
  }
}

TEST(Background, FindsDarkAndCompressedCheckerboards) {
  const std::vector<Sprite> figures = starterFigures(20);
  const Painter dark = checkerPainter({60, 60, 60, 255}, {80, 80, 80, 255}, 8, 3, 1);
  EXPECT_GT(meanOverlap(
                figures, [&](const Sprite& figure) { return painted(figure, dark); }, "checkerboard", false),
            0.985);
  for (const int cell : {2, 8, 16}) {
    const Painter light = checkerPainter(kWhite, kGrey, cell, 1, 1);
    const Maker make = [&light](const Sprite& figure) { return compressed(painted(figure, light), 95); };
    EXPECT_GT(meanOverlap(figures, make, "checkerboard", false), 0.97) << cell;
  }
  const Painter board = checkerPainter({153, 153, 153, 255}, {102, 102, 102, 255}, 5, 3, 1);
  const Maker large = [&board](const Sprite& figure) { return compressed(enlarged(painted(figure, board), 2), 80); };
  EXPECT_GT(meanOverlap(figures, large, "10 px", false), 0.97);
}

TEST(Background, LargestSquaresAreFoundInLargePictures) {
  Sprite figure(256, 256);
  for (int y = 90; y < 170; ++y) {
    for (int x = 60; x < 180; ++x) figure.at(x, y) = {200, 30, 40, 255};
  }
  const Sprite picture = painted(figure, checkerPainter(kGrey, kWhite, 64, 17, 40));
  const WithoutBackground result = withoutBackground(picture, {});
  EXPECT_NE(result.note.find("64 px"), std::string::npos) << result.note;
  EXPECT_EQ(result.sprite, figure);
}

/// A ring with background inside.
Sprite ring() {
  Sprite sprite(24, 24);
  for (int y = 4; y < 20; ++y) {
    for (int x = 4; x < 20; ++x) {
      if (x < 7 || x > 16 || y < 7 || y > 16) sprite.at(x, y) = {40, 20, 30, 255};
    }
  }
  return sprite;
}

TEST(Background, FloodKeepsEnclosedAreasAndSolidDoesNot) {
  const Sprite picture = painted(ring(), solidPainter(kWhite));
  const Sprite flooded = withoutBackground(picture, {.mode = BackgroundMode::kFlood}).sprite;
  EXPECT_EQ(flooded.at(12, 12), kWhite);
  EXPECT_EQ(flooded.at(0, 0).a, 0);
  EXPECT_EQ(withoutBackground(picture, {.mode = BackgroundMode::kSolid}).sprite, ring());
  EXPECT_EQ(withoutBackground(picture, {.mode = BackgroundMode::kColour, .colour = kWhite}).sprite, ring());
  EXPECT_EQ(withoutBackground(picture, {.mode = BackgroundMode::kColour, .colour = {0, 200, 0, 255}}).sprite, picture);
  const Sprite board = painted(ring(), checkerPainter(kWhite, kGrey, 4, 0, 0));
  EXPECT_EQ(withoutBackground(board, {}).sprite, ring()) << "an enclosed checkerboard is background all the same";
}

TEST(Background, TheToleranceGivenIsKeptTo) {
  Sprite picture = painted(ring(), solidPainter(kWhite));
  picture.at(1, 1) = {225, 225, 225, 255};  // .09 away
  const auto left = [&picture](double tolerance) {
    return withoutBackground(picture, {.mode = BackgroundMode::kFlood, .tolerance = tolerance}).sprite.at(1, 1).a;
  };
  EXPECT_EQ(left(0.05), 255);
  EXPECT_EQ(left(0.15), 0);
}

TEST(Background, LeavesAloneWhatIsNotClear) {
  for (const Sprite& figure : starterFigures(10)) {
    const WithoutBackground result = withoutBackground(figure, {});
    EXPECT_EQ(result.sprite, figure);
    EXPECT_NE(result.note.find("transparent already"), std::string::npos);
  }
  Sprite noise(32, 32);
  RandomStream random(3);
  for (Rgba& pixel : noise.pixels()) {
    const auto channel = [&random] { return static_cast<std::uint8_t>(random.below(256)); };
    pixel = {channel(), channel(), channel(), 255};
  }
  EXPECT_EQ(withoutBackground(noise, {}).sprite, noise);
  const Sprite plain = painted(Sprite(16, 16), solidPainter(kWhite));
  EXPECT_EQ(withoutBackground(plain, {}).sprite, plain) << "a picture of nothing else stays";
}

TEST(Background, NothingIsTakenTwice) {
  for (const Sprite& figure : starterFigures(10)) {
    const Sprite once = withoutBackground(painted(figure, solidPainter(kWhite)), {}).sprite;
    EXPECT_EQ(withoutBackground(once, {}).sprite, once);
  }
}

TEST(Background, SurvivesEverySize) {
  for (const int width : {1, 2, 3, 5}) {
    for (const int height : {1, 2, 4}) {
      const Sprite picture = painted(Sprite(width, height), checkerPainter(kWhite, kGrey, 2, 0, 0));
      for (const auto mode : {BackgroundMode::kAuto, BackgroundMode::kFlood, BackgroundMode::kSolid,
                              BackgroundMode::kCheckerboard, BackgroundMode::kColour}) {
        EXPECT_EQ(withoutBackground(picture, {.mode = mode}).sprite.width(), width);
      }
    }
  }
  EXPECT_TRUE(withoutBackground(Sprite(), {}).sprite.empty());
  EXPECT_THROW(backgroundModeNamed("magic"), Error);
}

/// Mean difference of alpha, and of colour where the truth is visible, over the pixels that are partly transparent.
struct RimError {
  double alpha = 0;
  double colour = 0;
};
RimError rimError(const Sprite& result, const Sprite& truth) {
  RimError error;
  int count = 0;
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    const Rgba& right = truth.pixels()[i];
    const Rgba& left = result.pixels()[i];
    if (right.a < 16 || right.a > 239) continue;
    ++count;
    error.alpha += std::abs(left.a - right.a);
    if (left.a > 0)
      error.colour += std::abs(left.r - right.r) + std::abs(left.g - right.g) + std::abs(left.b - right.b);
  }
  return {error.alpha / count, error.colour / count / 3};
}

TEST(Background, SoftEdgesGetTheirColourAndAlphaBack) {
  RimError kept;
  RimError softened;
  const std::vector<Sprite> figures = starterFigures(12);
  for (const Sprite& figure : figures) {
    const Sprite smooth = resampledArea(enlarged(figure, 4), 100, 100);
    const Sprite picture = painted(smooth, solidPainter({255, 0, 255, 255}));
    const RimError before = rimError(withoutBackground(picture, {.edges = BackgroundEdges::kKeep}).sprite, smooth);
    const RimError after = rimError(withoutBackground(picture, {}).sprite, smooth);
    kept = {kept.alpha + before.alpha, kept.colour + before.colour};
    softened = {softened.alpha + after.alpha, softened.colour + after.colour};
  }
  EXPECT_LT(softened.alpha, 0.4 * kept.alpha) << softened.alpha / 12 << " " << kept.alpha / 12;
  EXPECT_LT(softened.colour, 0.4 * kept.colour) << softened.colour / 12 << " " << kept.colour / 12;
}

TEST(Background, ArtistsFiguresComeOffAsWell) {
  const auto archive = std::filesystem::path(SPRITELOOM_SOURCE_DIR) / "../shared/data/tuxemon-front.zip";
  if (!std::filesystem::exists(archive)) GTEST_SKIP() << "tuxemon-front.zip is not here";
  const TempFolder folder;
  const Project project = Project::create(folder / "tux.loom");
  JobMonitor monitor;
  importSprites(project, {archive}, monitor);
  std::vector<Sprite> figures;
  for (const SpriteInfo& info : project.catalogue().sprites()) {
    const Sprite sprite = project.catalogue().pixels(info.id);
    const std::vector<bool> all(sprite.pixels().size(), true);
    if (overlap(silhouette(sprite, false), all) < 0.6) figures.push_back(sprite);
    if (figures.size() == 60) break;
  }
  ASSERT_EQ(figures.size(), 60U);
  const Maker plain = [](const Sprite& figure) { return painted(figure, solidPainter({255, 0, 255, 255})); };
  EXPECT_GT(meanOverlap(figures, plain, "background", true), 0.99);
  const Maker board = [](const Sprite& figure) { return painted(figure, checkerPainter(kWhite, kGrey, 8, 2, 3)); };
  EXPECT_GT(meanOverlap(figures, board, "checkerboard", false), 0.98);
}

}  // namespace
}  // namespace loom
