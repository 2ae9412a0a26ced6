// export-data, held to the contract by its own program: what it writes is read again.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "core/dataset/csv_pictures.h"
#include "core/image/channels.h"
#include "core/image/codec.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliResult;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class ExportData : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(cli({"new", m_project}).exitCode, 0);
    ASSERT_EQ(cli({"starter", m_project, "--characters", "5", "--seed", "3"}).exitCode, 0);
    const Catalogue catalogue = Project::open(m_project).catalogue();
    m_sprites = catalogue.sprites();
    for (const SpriteInfo& sprite : m_sprites) m_pixels.push_back(catalogue.pixels(sprite.id));
    ASSERT_EQ(m_sprites.size(), 20U);
  }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  CliResult exportData(const Words& more) const {
    Words words = {"export-data", m_project};
    words.insert(words.end(), more.begin(), more.end());
    return cli(words);
  }
  Sprite expected(std::size_t index, int channels, Rgba background = kWhite) const {
    const Sprite& sprite = m_pixels[index];
    return spriteFromChannels(channelValues(sprite, channels, background), sprite.width(), sprite.height(), channels);
  }

  TempFolder m_folder;
  std::string m_project = path("p.loom");
  std::vector<SpriteInfo> m_sprites;
  std::vector<Sprite> m_pixels;
};

TEST_F(ExportData, FoldersHoldTheSetInEveryChannelCount) {
  for (int channels = 1; channels <= 4; ++channels) {
    const std::string out = path("set" + std::to_string(channels));
    const CliResult result = exportData({"--as", "folders", "--channels", std::to_string(channels), "--out", out});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    EXPECT_EQ(result.done().at("files").size(), m_sprites.size());
    for (std::size_t i = 0; i < m_sprites.size(); ++i) {
      const fs::path file = fs::path(out) / m_sprites[i].view / (m_sprites[i].character + ".png");
      EXPECT_EQ(readImage(file), expected(i, channels)) << file;
      EXPECT_EQ(result.done().at("files")[i], file.string());
    }
    EXPECT_TRUE(fs::exists(fs::path(out) / "CREDITS.txt"));
    EXPECT_TRUE(fs::exists(fs::path(out) / "CREDITS.csv"));
  }
  const std::string second = path("second.loom");
  ASSERT_EQ(cli({"new", second}).exitCode, 0);
  const CliResult imported = cli({"import", second, path("set4"), "--as", "folders"});
  EXPECT_EQ(imported.done().at("imported"), 20) << "it comes back as it went";
  EXPECT_EQ(imported.done().at("characters"), 5);
  EXPECT_EQ(imported.done().at("views"), (Json{"back", "left", "front", "right"}));
}

TEST_F(ExportData, ACsvHoldsTheSameInEveryChannelCount) {
  struct Case {
    int channels;
    bool header;
    std::string label;
  };
  // Every combination is held to by DataExportTest; here each option is seen to arrive.
  for (const Case& wanted : std::vector<Case>{
           {1, true, "none"}, {2, false, "view"}, {3, true, "character"}, {4, false, "none"}, {1, false, "view"}}) {
    const std::string file = path("set.csv");
    const CliResult result =
        exportData({"--as", "csv", "--channels", std::to_string(wanted.channels),
                    wanted.header ? "--header" : "--no-header", "--label", wanted.label, "--out", file, "--force"});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    EXPECT_EQ(result.done().at("files"), (Json{file}));
    SCOPED_TRACE(testing::Message() << wanted.channels << " channels, header " << wanted.header << ", label "
                                    << wanted.label);
    CsvPictures pictures(file);
    EXPECT_EQ(pictures.layout().header, wanted.header);
    EXPECT_EQ(pictures.layout().channels, wanted.channels);
    CsvPicture picture;
    for (std::size_t i = 0; i < m_sprites.size(); ++i) {
      ASSERT_TRUE(pictures.next(picture));
      EXPECT_EQ(picture.problem, "");
      EXPECT_EQ(picture.sprite, expected(i, wanted.channels));
      EXPECT_EQ(picture.label, wanted.label == "none"   ? ""
                               : wanted.label == "view" ? m_sprites[i].view
                                                        : m_sprites[i].character);
    }
    EXPECT_FALSE(pictures.next(picture));
  }
}

TEST_F(ExportData, ABackgroundAndAFilterAreObeyed) {
  const CliResult result = exportData({"--as", "csv", "--channels", "3", "--background", "#102030", "--where",
                                       "view:front -0000", "--out", path("front.csv")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("sprites"), 4);
  CsvPictures pictures(fs::path(path("front.csv")));
  CsvPicture picture;
  for (std::size_t i = 0; i < m_sprites.size(); ++i) {
    if (m_sprites[i].view != "front" || m_sprites[i].character.ends_with("0000")) continue;
    ASSERT_TRUE(pictures.next(picture));
    EXPECT_EQ(picture.sprite, expected(i, 3, {16, 32, 48, 255}));
  }
  EXPECT_FALSE(pictures.next(picture));
  EXPECT_EQ(exportData({"--as", "csv", "--where", "dragon", "--out", path("none.csv")}).exitCode, 1);
  EXPECT_FALSE(fs::exists(path("none.csv")));
}

TEST_F(ExportData, NeverReplacesAFileUnasked) {
  for (const Words& words :
       std::vector<Words>{{"--as", "csv", "--out", path("a/set.csv")}, {"--as", "folders", "--out", path("b")}}) {
    const CliResult first = exportData(words);
    ASSERT_EQ(first.exitCode, 0) << first.errors;
    const fs::path file = first.done().at("files")[0].get<std::string>();
    std::ofstream(file, std::ios::trunc) << "mine";
    const CliResult refused = exportData(words);
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_NE(refused.events.back().at("hint").get<std::string>().find("--force"), std::string::npos);
    EXPECT_EQ(fs::file_size(file), 4U);
    Words forced = words;
    forced.emplace_back("--force");
    EXPECT_EQ(exportData(forced).exitCode, 0);
    EXPECT_GT(fs::file_size(file), 4U);
  }
}

TEST_F(ExportData, TellsWrongUsage) {
  for (const Words& words :
       std::vector<Words>{{"--out", path("x")},
                          {"--as", "csv"},
                          {"--as", "zip", "--out", path("x")},
                          {"--as", "csv", "--channels", "5", "--out", path("x")},
                          {"--as", "csv", "--label", "size", "--out", path("x")},
                          {"--as", "folders", "--label", "view", "--out", path("x")},
                          {"--as", "folders", "--no-header", "--out", path("x")},
                          {"--as", "csv", "--background", "#ffffff", "--out", path("x")},
                          {"--as", "csv", "--channels", "1", "--background", "red", "--out", path("x")},
                          {"--as", "csv", "--where", "colour:red", "--out", path("x")}}) {
    const CliResult result = exportData(words);
    EXPECT_EQ(result.exitCode, 2) << testing::PrintToString(words) << result.errors;
    EXPECT_FALSE(result.error().empty());
  }
  EXPECT_FALSE(fs::exists(path("x")));
}

}  // namespace
}  // namespace loom
