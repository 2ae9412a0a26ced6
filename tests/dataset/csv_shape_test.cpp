#include "core/dataset/csv_shape.h"

#include <gtest/gtest.h>

#include "core/dataset/importer.h"
#include "core/dataset/starter.h"
#include "core/image/channels.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

/// The values of `sprite` as a row of floats.
std::vector<float> rowOf(const Sprite& sprite, int channels, bool planar) {
  const std::vector<std::uint8_t> values = channelValues(sprite, channels);
  const auto step = static_cast<std::size_t>(channels);
  std::vector<float> row;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t pixels = values.size() / step;
    row.push_back(values[planar ? i % pixels * step + i / pixels : i]);
  }
  return row;
}

TEST(CsvShape, ListsEveryPictureARowCanBe) {
  const auto shapes = possibleShapes(16384, {});
  ASSERT_EQ(shapes.size(), 3U) << "128x128 grayscale, 64x64 RGBA in either order";
  EXPECT_EQ(shapes[0].channels, 1);
  EXPECT_EQ(shapes[0].width, 128);
  EXPECT_EQ(shapes[1].channels, 4);
  EXPECT_FALSE(shapes[1].planar);
  EXPECT_TRUE(shapes[2].planar);
  EXPECT_EQ(possibleShapes(6400, {}).front().width, 80);
  EXPECT_EQ(possibleShapes(19200, {}).front().channels, 3);
  EXPECT_EQ(possibleShapes(19200, {}).front().width, 80);
  EXPECT_TRUE(possibleShapes(0, {}).empty());
  EXPECT_TRUE(possibleShapes(7, {}).empty());
  EXPECT_TRUE(possibleShapes(1025 * 1025, {}).empty()) << "too big for a sprite";
  EXPECT_EQ(possibleShapes(6, {.width = 3}).front().height, 2);
}

TEST(CsvShape, OneDrawnCharacterShowsItsChannelsAndTheirOrder) {
  int wrong = 0;
  constexpr int kCharacters = 60;
  for (int number = 0; number < kCharacters; ++number) {
    const Sprite sprite = starterCharacter(4, static_cast<std::uint64_t>(number)).views[2];
    for (const int channels : {1, 2, 3, 4}) {
      for (const bool planar : {false, true}) {
        if (channels == 1 && planar) continue;
        const std::vector<float> row = rowOf(sprite, channels, planar);
        const std::vector<std::span<const float>> rows{row};
        const CsvShape shape = smoothestShape(possibleShapes(row.size(), {}), rows);
        if (shape.channels != channels || shape.planar != planar) {
          ++wrong;
          ADD_FAILURE() << number << ": " << channels << " planar " << planar << " taken for " << shape.channels
                        << " planar " << shape.planar;
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(CsvShape, TheFirstRowsOfRealSpritesShowItToo) {
  const auto archive = std::filesystem::path(SPRITELOOM_SOURCE_DIR) / "../shared/data/tiny-hero.zip";
  if (!std::filesystem::exists(archive)) GTEST_SKIP() << "tiny-hero.zip is not here";
  const TempFolder folder;
  const Project project = Project::create(folder / "tiny.loom");
  JobMonitor monitor;
  const ImportReport report = importSprites(project, {archive}, monitor);
  const Catalogue catalogue = project.catalogue();
  constexpr std::size_t kRows = 20;  // as many as the reader looks at
  int files = 0;
  int wrong = 0;
  for (std::size_t from = 0; from + kRows <= report.sprites.size(); from += kRows) {
    const auto sprites = catalogue.pixels(std::span(report.sprites).subspan(from, kRows));
    for (const int channels : {1, 3, 4}) {
      for (const bool planar : {false, true}) {
        if (channels == 1 && planar) continue;
        std::vector<std::vector<float>> values;
        for (const Sprite& sprite : sprites) values.push_back(rowOf(sprite, channels, planar));
        const std::vector<std::span<const float>> rows(values.begin(), values.end());
        const CsvShape shape = smoothestShape(possibleShapes(values[0].size(), {}), rows);
        ++files;
        if (shape.channels != channels || shape.planar != planar) ++wrong;
      }
    }
  }
  EXPECT_EQ(files, 5 * 155);
  EXPECT_EQ(wrong, 0);
}

TEST(CsvShape, GreyPicturesSavedAsRgbKeepTheirOrder) {
  const Sprite sprite = starterCharacter(4, 1).views[0];
  const Sprite grey = spriteFromChannels(channelValues(sprite, 1), sprite.width(), sprite.height(), 1);
  for (const bool planar : {false, true}) {
    const std::vector<float> row = rowOf(grey, 3, planar);
    EXPECT_EQ(smoothestShape(possibleShapes(row.size(), {}), std::vector<std::span<const float>>{row}).planar, planar);
  }
}

TEST(CsvShape, WithoutAHintTheUsualOrderIsTaken) {
  const std::vector<float> flat(64 * 64 * 4, 9.0F);
  const CsvShape shape = smoothestShape(possibleShapes(flat.size(), {}), std::vector<std::span<const float>>{flat});
  EXPECT_EQ(shape.channels, 1);
  const std::vector<float> colour(64 * 64 * 3, 9.0F);
  EXPECT_FALSE(smoothestShape(possibleShapes(colour.size(), {}), std::vector<std::span<const float>>{colour}).planar);
}

}  // namespace
}  // namespace loom
