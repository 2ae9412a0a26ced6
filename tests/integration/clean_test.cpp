// clean, held to the contract by its own program.
#include <gtest/gtest.h>

#include <set>

#include "core/image/cleaning.h"
#include "core/image/edit.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

using test::CliResult;
using Words = std::vector<std::string>;

class CliClean : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(cli({"new", m_project}).exitCode, 0);
    ASSERT_EQ(cli({"starter", m_project, "--characters", "4", "--seed", "3"}).exitCode, 0);
    m_before = pixels();
    putFile(m_folder / "my.gpl", "GIMP Palette\nName: x\n#\n0 0 0 a\n255 255 255 b\n200 40 40 c\n");
  }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  CliResult clean(const Words& more) const {
    Words words = {"clean", m_project};
    words.insert(words.end(), more.begin(), more.end());
    return cli(words);
  }
  std::vector<Sprite> pixels() const {
    const Catalogue catalogue = Project::open(m_project).catalogue();
    std::vector<SpriteId> ids;
    for (const SpriteInfo& sprite : catalogue.sprites()) ids.push_back(sprite.id);
    return catalogue.pixels(ids);
  }

  TempFolder m_folder;
  std::string m_project = (m_folder / "p.loom").string();
  std::vector<Sprite> m_before;
};

TEST_F(CliClean, EveryStepRunsAndIsRevertedToThePixel) {
  for (const CleaningKind& kind : cleaningKinds()) {
    const std::string step = kind.name == "lock" ? "lock=" + (m_folder / "my.gpl").string() : kind.name;
    const CliResult result = clean({"--step", step});
    ASSERT_EQ(result.exitCode, 0) << step << result.errors;
    std::int64_t different = 0;
    const std::vector<Sprite> after = pixels();
    for (std::size_t i = 0; i < after.size(); ++i) different += after[i] != m_before[i] ? 1 : 0;
    EXPECT_EQ(result.done().at("changed"), different) << step;
    EXPECT_EQ(result.done().at("looked"), 16) << step;
    EXPECT_EQ(clean({"--revert"}).done().at("changed"), different) << step;
    EXPECT_EQ(pixels(), m_before) << step;
  }
}

TEST_F(CliClean, StepsFollowEachOtherOnThoseThatAreMeant) {
  const CliResult result = clean({"--step", "trim", "--step", "fit=32", "--where", "view:front"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("changed"), 4);
  for (const SpriteInfo& sprite : Project::open(m_project).catalogue().sprites()) {
    EXPECT_EQ(sprite.width, sprite.view == "front" ? 32 : 64);
    EXPECT_EQ(sprite.cleaned, sprite.view == "front");
  }
  EXPECT_EQ(clean({"--revert", "--step", "upscaling=1"}).done().at("changed"), 4)
      << "what was reverted has changed too";
  EXPECT_EQ(pixels(), m_before);
}

TEST_F(CliClean, APaletteOfAllAndOneOfAFileAreKeptTo) {
  const auto colours = [this] {
    std::set<std::uint32_t> all;
    for (const Sprite& sprite : pixels()) {
      for (const Rgba& pixel : sprite.pixels()) {
        if (pixel.a != 0) all.insert(static_cast<std::uint32_t>(pixel.r << 16 | pixel.g << 8 | pixel.b));
      }
    }
    return all;
  };
  ASSERT_EQ(clean({"--step", "palette=8,scope=shared"}).exitCode, 0);
  EXPECT_LE(colours().size(), 8U);
  ASSERT_EQ(clean({"--revert", "--step", "lock=" + (m_folder / "my.gpl").string()}).exitCode, 0);
  EXPECT_LE(colours().size(), 3U);
  EXPECT_TRUE(colours().contains(0xC82828U));
}

TEST_F(CliClean, TellsWhatIsWrongAndChangesNothing) {
  for (const Words& words : std::vector<Words>{{},
                                               {"--step", "nonsense"},
                                               {"--step", "fit=abc"},
                                               {"--step", "fit=99999"},
                                               {"--step", "trim,nothing=3"},
                                               {"--step", "trim", "--where", "colour:red"}}) {
    const CliResult result = clean(words);
    EXPECT_EQ(result.exitCode, 2) << testing::PrintToString(words);
    EXPECT_FALSE(result.events.back().at("hint").get<std::string>().empty()) << testing::PrintToString(words);
  }
  for (const Words& words : std::vector<Words>{{"--step", "trim", "--where", "view:nowhere"},
                                               {"--step", "lock"},
                                               {"--step", "lock=" + (m_folder / "nowhere.gpl").string()}}) {
    const CliResult result = clean(words);
    EXPECT_EQ(result.exitCode, 1) << testing::PrintToString(words);
    EXPECT_FALSE(result.events.back().at("hint").get<std::string>().empty()) << testing::PrintToString(words);
  }
  EXPECT_EQ(pixels(), m_before);
}

}  // namespace
}  // namespace loom
