// compose: from a folder of LPC layers to sprites with credits and sheets, through the program itself.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/image/codec.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_layers.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

using test::CliResult;
using test::runCli;

TEST(CliCompose, TurnsLayersIntoCreditedSpritesAndSheets) {
  const TempFolder folder;
  const std::string layers = putMadeLayers(folder.path()).string();
  const std::string project = (folder / "p.loom").string();
  const std::string sheets = (folder / "sheets").string();
  const auto cli = [&](const std::vector<std::string>& words) { return runCli(folder.path(), words); };
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  const CliResult composed =
      cli({"compose", project, "--layers", layers, "--count", "3", "--seed", "8", "--sheets", sheets});
  ASSERT_EQ(composed.exitCode, 0) << composed.errors;
  EXPECT_EQ(composed.done().at("imported"), 12);
  EXPECT_EQ(composed.done().at("characters"), 3);

  const auto info = cli({"info", project}).done();
  EXPECT_EQ(info.at("sprites"), 12);
  EXPECT_EQ(info.at("views"), (Json{"back", "left", "front", "right"}));
  for (const SpriteInfo& sprite : Project::open(project).catalogue().sprites()) {
    EXPECT_TRUE(sprite.character.starts_with("lpc-8-"));
    EXPECT_FALSE(sprite.author.empty());
    EXPECT_EQ(sprite.licence, "GPL-3.0 and CC-BY-SA 3.0");
  }
  const Sprite sheet = readImage(folder / "sheets/2.png");
  EXPECT_EQ(sheet.width(), 832);
  EXPECT_EQ(sheet.height(), 1344);
  EXPECT_TRUE(std::filesystem::exists(folder / "sheets/CREDITS.txt"));

  const std::string other = (folder / "q.loom").string();
  ASSERT_EQ(cli({"new", other}).exitCode, 0);
  const std::vector<std::string> again = {"compose", other,    "--layers", layers,     "--count",
                                          "3",       "--seed", "8",        "--sheets", sheets};
  const CliResult refused = cli(again);
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_NE(refused.error().find("would be replaced"), std::string::npos);
  std::vector<std::string> forced = again;
  forced.push_back("--force");
  EXPECT_EQ(cli(forced).done().at("imported"), 12);
}

TEST(CliCompose, SaysWhatIsWrongWithTheLayers) {
  const TempFolder folder;
  const std::string project = (folder / "p.loom").string();
  ASSERT_EQ(runCli(folder.path(), {"new", project}).exitCode, 0);
  std::filesystem::create_directory(folder / "empty");
  const CliResult empty = runCli(folder.path(), {"compose", project, "--layers", (folder / "empty").string()});
  EXPECT_EQ(empty.exitCode, 1);
  EXPECT_NE(empty.error().find("no LPC body"), std::string::npos);
  EXPECT_EQ(runCli(folder.path(), {"compose", project}).exitCode, 2) << "--layers is needed";
}

}  // namespace
}  // namespace loom
