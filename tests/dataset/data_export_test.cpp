#include "core/dataset/data_export.h"

#include <gtest/gtest.h>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/dataset/csv_pictures.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class DataExportTest : public testing::Test {
 protected:
  SpriteId add(const Sprite& pixels, const std::string& character, const std::string& view,
               const std::string& author = {}) {
    return m_catalogue.addSprite({.pixels = pixels, .character = character, .view = view, .author = author});
  }
  std::string out(const fs::path& file) const { return fs::relative(file, m_folder.path()).string(); }
  int filesBelow() const {
    int count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(m_folder.path())) {
      if (entry.path().string().find(".loom") == std::string::npos) ++count;
    }
    return count;
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "p.loom");
  Catalogue m_catalogue = m_project.catalogue();
  JobMonitor m_monitor;
};

TEST_F(DataExportTest, FoldersHoldEverySpriteUnderItsViewAndName) {
  add(sampleSprite(1), "knight", "front");
  add(sampleSprite(2), "knight", "back");
  add(sampleSprite(3), "a/b", "front");
  add(sampleSprite(4), "A_B", "front");
  m_catalogue.addSprite(
      {.pixels = sampleSprite(5), .character = "knight", .view = "front", .animation = "walk", .frame = 2});
  m_catalogue.setExcluded(std::vector{add(sampleSprite(6), "excluded", "front")}, true);
  m_catalogue.setBinned(std::vector{add(sampleSprite(7), "binned", "front")}, true);
  const auto report = exportFolders(m_project, m_folder / "set", {}, m_monitor);
  std::vector<std::string> names;
  for (const fs::path& file : report.files) names.push_back(out(file));
  EXPECT_EQ(names, (std::vector<std::string>{"set/front/knight.png", "set/back/knight.png", "set/front/a_b.png",
                                             "set/front/A_B-2.png", "set/front/knight-walk-02.png"}));
  EXPECT_EQ(report.sprites, 5);
  EXPECT_TRUE(report.credits.empty()) << "nobody is known";
  EXPECT_EQ(readImage(m_folder / "set/front/knight-walk-02.png"), sampleSprite(5));
  EXPECT_EQ(filesBelow(), 3 + 5) << "no hidden folder is left";
}

TEST_F(DataExportTest, PicturesHaveTheColourTypeOfTheirChannels) {
  Sprite sprite = sampleSprite(3);
  sprite.at(2, 2) = {200, 100, 50, 128};
  add(sprite, "a", "front");
  const std::vector<int> pngTypes{0, 4, 2, 6};  // grayscale, with alpha, RGB, RGBA (PNG, section 11.2.1)
  const Rgba background{0, 40, 80, 255};
  for (int channels = 1; channels <= 4; ++channels) {
    const fs::path folder = m_folder / std::to_string(channels);
    const auto report = exportFolders(m_project, folder, {.channels = channels, .background = background}, m_monitor);
    const auto bytes = readFile(report.files.at(0), 1 << 20);
    EXPECT_EQ(std::to_integer<int>(bytes.at(25)), pngTypes[static_cast<std::size_t>(channels - 1)]);
    EXPECT_EQ(readImage(report.files[0]),
              spriteFromChannels(channelValues(sprite, channels, background), 8, 8, channels));
  }
}

TEST_F(DataExportTest, CsvIsReadBackWithItsLabels) {
  for (int number = 0; number < 6; ++number) {
    add(sampleSprite(number, 12, 8), "hero " + std::to_string(number), number % 2 == 0 ? "front" : "left");
  }
  for (const CsvLabelColumn label : {CsvLabelColumn::kNone, CsvLabelColumn::kView, CsvLabelColumn::kCharacter}) {
    for (int way = 0; way < 8; ++way) {
      const int channels = way % 4 + 1;
      const bool header = way < 4;
      const fs::path file = m_folder / "set.csv";
      const auto report = exportCsv(m_project, file, label, header, {.channels = channels, .force = true}, m_monitor);
      EXPECT_EQ(report.fitting, "");
      // Without a header nothing says that these are no squares.
      CsvPictures pictures(
          file, header ? CsvOptions{} : CsvOptions{.width = 12, .height = 8, .channels = channels, .planar = false});
      EXPECT_EQ(pictures.layout().header, header);
      EXPECT_EQ(pictures.layout().label, label == CsvLabelColumn::kNone ? CsvLabel::kNone : CsvLabel::kFirst);
      CsvPicture picture;
      for (int number = 0; number < 6; ++number) {
        ASSERT_TRUE(pictures.next(picture));
        EXPECT_EQ(picture.problem, "");
        EXPECT_EQ(picture.sprite,
                  spriteFromChannels(channelValues(sampleSprite(number, 12, 8), channels), 12, 8, channels));
        const std::string view = number % 2 == 0 ? "front" : "left";
        EXPECT_EQ(picture.label, label == CsvLabelColumn::kNone   ? ""
                                 : label == CsvLabelColumn::kView ? view
                                                                  : "hero " + std::to_string(number));
      }
      EXPECT_FALSE(pictures.next(picture));
    }
  }
}

TEST_F(DataExportTest, SpritesOfOtherSizesAreFittedAndSaidSo) {
  add(sampleSprite(1, 16, 16), "a", "front");
  add(sampleSprite(2, 16, 16), "b", "front");
  add(sampleSprite(3, 12, 10), "c", "front");
  const auto report = exportCsv(m_project, m_folder / "set.csv", CsvLabelColumn::kNone, true, {}, m_monitor);
  EXPECT_EQ(report.fitting, "1 padded");
  CsvPictures pictures(m_folder / "set.csv");
  CsvPicture picture;
  pictures.next(picture);
  pictures.next(picture);
  ASSERT_TRUE(pictures.next(picture));
  EXPECT_EQ(picture.sprite, fittedTo(sampleSprite(3, 12, 10), 16).sprite);
}

TEST_F(DataExportTest, CreditsGoWithTheSprites) {
  add(sampleSprite(1), "a", "front", "Anna");
  const SpriteId ben = add(sampleSprite(2), "b", "front", "Ben");
  const auto all = exportFolders(m_project, m_folder / "all", {}, m_monitor);
  ASSERT_EQ(all.credits.size(), 2U);
  EXPECT_NE(readTextFile(m_folder / "all/CREDITS.txt", 1 << 20).find("Anna"), std::string::npos);
  const auto some =
      exportCsv(m_project, m_folder / "some/set.csv", CsvLabelColumn::kView, false, {.sprites = {ben}}, m_monitor);
  EXPECT_EQ(some.sprites, 1);
  const std::string credits = readTextFile(m_folder / "some/CREDITS.csv", 1 << 20);
  EXPECT_NE(credits.find("Ben"), std::string::npos);
  EXPECT_EQ(credits.find("Anna"), std::string::npos);
}

TEST_F(DataExportTest, SeveralTablesInOneFolderKeepTheirCredits) {
  const SpriteId anna = add(sampleSprite(1), "a", "front", "Anna");
  const SpriteId ben = add(sampleSprite(2), "b", "front", "Ben");
  const auto write = [&](const std::string& name, int channels, SpriteId id) {
    return exportCsv(m_project, m_folder / name, CsvLabelColumn::kView, true, {.channels = channels, .sprites = {id}},
                     m_monitor);
  };
  write("grey.csv", 1, anna);
  EXPECT_EQ(write("colour.csv", 3, anna).credits[0], m_folder / "CREDITS.txt");
  EXPECT_EQ(write("ben.csv", 3, ben).credits[0], m_folder / "ben-CREDITS.txt");
  EXPECT_NE(readTextFile(m_folder / "CREDITS.txt", 1 << 20).find("Anna"), std::string::npos);
  EXPECT_NE(readTextFile(m_folder / "ben-CREDITS.csv", 1 << 20).find("Ben"), std::string::npos);
}

TEST_F(DataExportTest, NothingIsReplacedUnasked) {
  add(sampleSprite(1), "a", "front", "Anna");
  putFile(m_folder / "set/CREDITS.txt", "mine");
  putFile(m_folder / "x.csv", "mine");
  EXPECT_THROW(exportFolders(m_project, m_folder / "set", {}, m_monitor), Error);
  EXPECT_FALSE(fs::exists(m_folder / "set/front"));
  EXPECT_THROW(exportCsv(m_project, m_folder / "x.csv", CsvLabelColumn::kNone, true, {}, m_monitor), Error);
  EXPECT_EQ(readTextFile(m_folder / "x.csv", 100), "mine");
  EXPECT_FALSE(fs::exists(m_folder / "CREDITS.txt"));
  exportFolders(m_project, m_folder / "set", {.force = true}, m_monitor);
  exportCsv(m_project, m_folder / "x.csv", CsvLabelColumn::kNone, true, {.force = true}, m_monitor);
  EXPECT_EQ(readImage(m_folder / "set/front/a.png"), sampleSprite(1));
  EXPECT_NE(readTextFile(m_folder / "x.csv", 1 << 20), "mine");
  EXPECT_THROW(exportCsv(m_project, m_folder / "set", CsvLabelColumn::kNone, true, {.force = true}, m_monitor), Error);
}

TEST_F(DataExportTest, ACancelledExportLeavesNothing) {
  for (int number = 0; number < 9; ++number) add(sampleSprite(number), std::to_string(number), "front", "Anna");
  for (const bool csv : {false, true}) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
      if (progress.done > 0) stop.request_stop();
    });
    stop.request_stop();
    const fs::path out = m_folder / "new/deep";
    if (csv) {
      EXPECT_THROW(exportCsv(m_project, out / "set.csv", CsvLabelColumn::kView, true, {}, monitor), Cancelled);
    } else {
      EXPECT_THROW(exportFolders(m_project, out, {}, monitor), Cancelled);
    }
    EXPECT_FALSE(fs::exists(m_folder / "new"));
  }
  EXPECT_THROW(exportFolders(m_project, m_folder / "set", {.channels = 5}, m_monitor), Error);
  EXPECT_EQ(filesBelow(), 0);
}

TEST_F(DataExportTest, AnEmptySetIsSaid) {
  EXPECT_THROW(exportFolders(m_project, m_folder / "set", {}, m_monitor), Error);
  EXPECT_THROW(exportCsv(m_project, m_folder / "set.csv", CsvLabelColumn::kView, true, {}, m_monitor), Error);
}

}  // namespace
}  // namespace loom
