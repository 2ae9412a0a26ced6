// import, held to the contract by its own program.
#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/dataset/starter.h"
#include "core/image/edit.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/loopback_server.h"
#include "tests/dataset/made_files.h"
#include "tests/dataset/zipped_pictures.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliProcess;
using test::CliResult;
using Words = std::vector<std::string>;
using Json = nlohmann::json;

Sprite starterView(int number) {
  return starterCharacter(5, static_cast<std::uint64_t>(number / 4)).views[static_cast<std::size_t>(number % 4)];
}

class CliImport : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(cli({"new", m_project}).exitCode, 0); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  CliResult import(const std::string& source, const Words& more = {}) const {
    Words words = {"import", m_project, source};
    words.insert(words.end(), more.begin(), more.end());
    return cli(words);
  }
  void put(const std::string& name, const Sprite& sprite) const {
    fs::create_directories((m_folder / name).parent_path());
    writePng(m_folder / name, sprite);
  }
  static std::map<std::string, Json> told(const CliResult& result) {
    std::map<std::string, Json> pictures;
    for (const Json& event : result.events) {
      if (event.at("event") == "sprite") pictures[fs::path(event.at("file").get<std::string>()).filename()] = event;
    }
    return pictures;
  }
  std::vector<SpriteInfo> sprites() const { return Project::open(m_project).catalogue().sprites(); }

  TempFolder m_folder;
  std::string m_project = path("p.loom");
};

TEST_F(CliImport, EachTellsNativeSizeScaleAndConfidence) {
  for (const int scale : {1, 2, 4, 7}) {
    put("set/s" + std::to_string(scale) + ".png", enlarged(starterView(scale), scale));
  }
  const CliResult result = import(path("set"), {"--each"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const auto pictures = told(result);
  ASSERT_EQ(pictures.size(), 4U);
  for (const int scale : {1, 2, 4, 7}) {
    const Json& picture = pictures.at("s" + std::to_string(scale) + ".png");
    EXPECT_EQ(picture.at("size"), (Json{64, 64}));
    EXPECT_EQ(picture.at("scale"), scale);
    EXPECT_TRUE(picture.at("confidence").is_number());
  }
  EXPECT_EQ(result.done().at("imported"), 4);
  EXPECT_EQ(result.done().at("upscaled"), 3);
  EXPECT_EQ(result.done().at("sizes"), Json{"64x64"});

  const CliResult reverted = cli({"clean", m_project, "--revert"});
  EXPECT_EQ(reverted.done().at("changed"), 3);
  std::set<int> widths;
  for (const SpriteInfo& sprite : sprites()) widths.insert(sprite.width);
  EXPECT_EQ(widths, (std::set<int>{64, 128, 256, 448}));
}

TEST_F(CliImport, ASheetIsCutByItsCellAndItsRowsNamed) {
  Sprite sheet(10 + 3 * 65 - 1, 10 + 4 * 65 - 1);
  for (int i = 0; i < 12; ++i) paste(sheet, starterView(i), 5 + i % 3 * 65, 5 + i / 3 * 65);
  put("hero.png", sheet);
  const CliResult result =
      import(path("hero.png"), {"--as",   "sheet",     "--cell",     "64x64",  "--margin",
                                "5",      "--spacing", "1",          "--rows", "back,walk left,front,right",
                                "--size", "32",        "--channels", "3",      "--licence",
                                "CC0",    "--author",  "me",         "--tags", "one two"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("imported"), 12);
  EXPECT_EQ(result.done().at("views"), (Json{"back", "left", "front", "right"}));
  EXPECT_EQ(result.done().at("sizes"), Json{"32x32"});
  const SpriteInfo left = sprites().at(4);
  EXPECT_EQ(left.animation, "walk");
  EXPECT_EQ(left.frame, 1);
  EXPECT_EQ(left.licence + left.author + left.tags, "CC0meone two");
  const Sprite pixels = Project::open(m_project).catalogue().pixels(left.id);
  EXPECT_FALSE(hasTransparency(pixels));
}

TEST_F(CliImport, TellsWrongUsage) {
  put("a.png", starterView(1));
  for (const Words& words : std::vector<Words>{{"--as", "nonsense"},
                                               {"--size", "0"},
                                               {"--size", "4096"},
                                               {"--channels", "5"},
                                               {"--as", "sheet", "--cell", "x"},
                                               {"--as", "csv", "--cell", "32"},
                                               {"--margin", "3"},
                                               {"--scale", "half"},
                                               {"--row-preset", "other"},
                                               {"--frames", "--older-lpc"}}) {
    EXPECT_EQ(import(path("a.png"), words).exitCode, 2) << testing::PrintToString(words);
  }
  EXPECT_EQ(import(path("nowhere.png")).exitCode, 1);
  EXPECT_TRUE(sprites().empty());
}

TEST_F(CliImport, ATableComesBackAsItWentOut) {
  ASSERT_EQ(cli({"starter", m_project, "--characters", "3", "--seed", "2"}).exitCode, 0);
  for (int channels = 1; channels <= 4; ++channels) {
    const std::string count = std::to_string(channels);
    const std::string table = path("set" + count + ".csv");
    const std::string other = path("q" + count + ".loom");
    ASSERT_EQ(cli({"export-data", m_project, "--as", "csv", "--channels", count, "--out", table}).exitCode, 0);
    ASSERT_EQ(cli({"new", other}).exitCode, 0);
    const CliResult result = cli({"import", other, table, "--as", "csv"});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    EXPECT_EQ(result.done().at("imported"), 12);
    EXPECT_EQ(result.done().at("views"), (Json{"back", "left", "front", "right"}));
    const std::string again = path("again" + count + ".csv");
    ASSERT_EQ(cli({"export-data", other, "--as", "csv", "--channels", count, "--out", again}).exitCode, 0);
    EXPECT_EQ(readTextFile(table, 1 << 24), readTextFile(again, 1 << 24));
  }
}

TEST_F(CliImport, StoppedItLeavesNothingAndGoesOnWhereItWas) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 8000; ++i) files.emplace_back(std::to_string(i) + ".png", pngBytes(i, 48, 48));
  putArchive(m_folder / "set.zip", ArchiveKind::kZip, files);
  for (const int signal : {SIGINT, SIGKILL}) {
    CliProcess process(m_folder.path(), {"import", m_project, path("set.zip"), "--json"});
    process.waitForEvent("progress");
    usleep(700'000);
    process.send(signal);
    const CliResult stopped = process.wait();
    if (signal == SIGINT) {
      EXPECT_TRUE(stopped.exitCode == 1 || stopped.exitCode == 0) << stopped.errors;
    }
    EXPECT_EQ(sprites().size() % files.size(), 0U);
  }
  const std::size_t before = sprites().size();
  const CliResult result = import(path("set.zip"));
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("imported"), files.size());
  EXPECT_EQ(sprites().size(), before + files.size());
  EXPECT_FALSE(fs::exists(fs::path(m_project) / "import.part"));
}

TEST_F(CliImport, APageComesWithItsLicenceAndLeavesNothingBehind) {
  LoopbackServer server;
  Served page;
  page.body = R"(<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">licence</a><img src="a.png">)";
  server.put("/p.html", page);
  Served picture;
  picture.type = "image/png";
  picture.body = pngBytes(3);
  server.put("/a.png", picture);
  const CliResult result = import(server.url("/p.html"), {"--each"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("imported"), 1);
  EXPECT_EQ(sprites().at(0).source, server.url("/a.png"));
  EXPECT_EQ(sprites().at(0).licence, "CC-BY-SA-4.0");
  EXPECT_TRUE(told(result).contains("a.png"));
  EXPECT_FALSE(fs::exists(fs::path(m_project) / "web-fetch"));
}

TEST_F(CliImport, LpcSheetsGiveTheirStandingViewsOrEveryFrame) {
  const fs::path archive = sharedFile("lpc-sheets.zip");
  if (archive.empty()) GTEST_SKIP() << "lpc-sheets.zip is not here";
  const auto standing = import(archive.string(), {"--as", "lpc-sheet"}).done();
  EXPECT_EQ(standing.at("imported"), 24);
  EXPECT_EQ(standing.at("characters"), 6);
  EXPECT_EQ(standing.at("views"), (Json{"back", "left", "front", "right"}));
  EXPECT_EQ(import(archive.string()).done().at("imported"), 24);
  EXPECT_EQ(import(archive.string(), {"--as", "lpc-sheet", "--older-lpc"}).done().at("imported"), 24);
  EXPECT_EQ(import(archive.string(), {"--as", "lpc-sheet", "--frames"}).done().at("imported"), 6 * 178);
}

}  // namespace
}  // namespace loom
