#include "core/dataset/lpc_composer_set.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_layers.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class LpcComposedSet : public testing::Test {
 protected:
  LpcComposedSet()
      : m_library(LpcLibrary::open(putMadeLayers(m_folder.path()), m_monitor)),
        m_project(Project::create(m_folder / "set.loom")) {}

  ImportReport compose(int count, std::uint64_t seed, const ComposedSetOptions& options = {}) {
    return importComposed(m_project, m_library, count, seed, options, m_monitor);
  }
  std::set<std::string> sheetFiles() const {
    std::set<std::string> names;
    if (!fs::exists(m_folder / "sheets")) return names;
    for (const auto& entry : fs::directory_iterator(m_folder / "sheets"))
      names.insert(entry.path().filename().string());
    return names;
  }

  TempFolder m_folder;
  JobMonitor m_monitor;
  LpcLibrary m_library;
  Project m_project;
};

TEST_F(LpcComposedSet, ArrivesWithViewsTagsSourceAndCredits) {
  const ImportReport report = compose(7, 4);
  EXPECT_EQ(report.imported, 28);
  EXPECT_EQ(report.characters, 7);
  EXPECT_EQ(report.views, (std::vector<std::string>{"back", "left", "front", "right"}));
  EXPECT_EQ(report.sizes, std::vector<std::string>{"64x64"});
  const Catalogue catalogue = m_project.catalogue();
  const std::vector<SpriteInfo> sprites = catalogue.sprites();
  ASSERT_EQ(sprites.size(), 28U);
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    const LpcCharacter character = randomCharacter(m_library, 4, i / 4);
    EXPECT_EQ(sprites[i].character, "lpc-4-" + std::to_string(i / 4));
    EXPECT_EQ(sprites[i].view, report.views[i % 4]);
    EXPECT_EQ(catalogue.pixels(sprites[i].id), composeViews(m_library, character)[i % 4]);
    EXPECT_EQ(sprites[i].tags, tagsOf(m_library, character));
    EXPECT_EQ(sprites[i].source, sourceOf(m_library, character));
    EXPECT_EQ(sprites[i].author, authorList(creditOf(m_library, character)));
    EXPECT_NE(sprites[i].author.find("Ann Archer"), std::string::npos) << "drew the bodies' animations";
    EXPECT_EQ(sprites[i].licence, "GPL-3.0 and CC-BY-SA 3.0");
  }
}

TEST_F(LpcComposedSet, GoesOnWhereItEnded) {
  compose(3, 1);
  EXPECT_EQ(compose(2, 1).imported, 8);
  const Catalogue catalogue = m_project.catalogue();
  for (int number = 0; number < 5; ++number) EXPECT_TRUE(catalogue.hasCharacter("lpc-1-" + std::to_string(number)));
  EXPECT_EQ(catalogue.counts().sprites, 20);
}

TEST_F(LpcComposedSet, KeepsSheetsAndCreditsWhenAskedTo) {
  compose(3, 2, {.sheets = m_folder / "sheets"});
  EXPECT_EQ(sheetFiles(), (std::set<std::string>{"0.png", "1.png", "2.png", "CREDITS.txt"}));
  EXPECT_EQ(readImage(m_folder / "sheets/1.png"), composeSheet(m_library, randomCharacter(m_library, 2, 1)));
  std::stringstream credits;
  credits << std::ifstream(m_folder / "sheets/CREDITS.txt").rdbuf();
  EXPECT_NE(credits.str().find("2.png"), std::string::npos);
  EXPECT_NE(credits.str().find("Ann Archer"), std::string::npos);
  EXPECT_NE(credits.str().find("GPL-3.0 and CC-BY-SA 3.0"), std::string::npos);
  EXPECT_NE(credits.str().find("body/"), std::string::npos);
}

TEST_F(LpcComposedSet, ReplacesNoFileUnasked) {
  putFile(m_folder / "sheets/1.png", "mine");
  EXPECT_THROW(compose(3, 2, {.sheets = m_folder / "sheets"}), Error);
  EXPECT_EQ(sheetFiles(), std::set<std::string>{"1.png"});
  EXPECT_EQ(m_project.catalogue().counts().sprites, 0);
  compose(3, 2, {.sheets = m_folder / "sheets", .replace = true});
  EXPECT_EQ(sheetFiles().size(), 4U);
  EXPECT_EQ(readImage(m_folder / "sheets/1.png").width(), 832);
}

TEST_F(LpcComposedSet, LeavesNothingWhenItIsCancelled) {
  for (const std::string stage : {"Drawing sheets", "Composing characters"}) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
      if (progress.stage == stage) stop.request_stop();
    });
    const ImportReport report = importComposed(m_project, m_library, 600, 2,
                                               {.sheets = stage[0] == 'D' ? m_folder / "sheets" : fs::path()}, monitor);
    EXPECT_TRUE(report.cancelled);
    EXPECT_EQ(report.imported, 0);
    EXPECT_EQ(m_project.catalogue().counts().sprites, 0);
    EXPECT_FALSE(fs::exists(m_folder / "sheets"));
  }
}

TEST_F(LpcComposedSet, RefusesANegativeCount) {
  EXPECT_THROW(compose(-1, 1), Error);
  EXPECT_EQ(compose(0, 1).imported, 0);
}

TEST(RealLpcLayers, MakeCharactersThatAreWholeAndCredited) {
  const fs::path layers = fs::path(SPRITELOOM_SOURCE_DIR) / "../shared/data/lpc-layers.zip";
  if (!fs::exists(layers)) GTEST_SKIP() << "lpc-layers.zip is not here";
  JobMonitor monitor;
  const LpcLibrary library = LpcLibrary::open(layers, monitor);
  EXPECT_GT(library.layers().size(), 2400U);
  std::set<std::vector<std::uint64_t>> looks;
  std::set<std::string> words;
  for (std::uint64_t number = 0; number < 200; ++number) {
    const LpcCharacter character = randomCharacter(library, 1, number);
    SCOPED_TRACE(sourceOf(library, character));
    EXPECT_TRUE(isSound(library, character));
    EXPECT_EQ(character, randomCharacter(library, 1, number));
    std::vector<std::uint64_t> look;
    for (const Sprite& view : composeViews(library, character)) {
      std::int64_t opaque = 0;
      for (const Rgba& pixel : view.pixels()) opaque += pixel.a > 0;
      EXPECT_GT(opaque, 500);
      look.push_back(contentHash(view));
    }
    EXPECT_TRUE(looks.insert(look).second) << "seen before";
    EXPECT_FALSE(creditOf(library, character).authors.empty());
    EXPECT_EQ(creditOf(library, character).licence, "GPL-3.0 and CC-BY-SA 3.0");
    for (const std::string& word : lpcWords(tagsOf(library, character))) words.insert(word);
  }
  for (const char* word : {"orc", "skeleton", "bigears", "spear", "dagger", "shield", "quiver", "robes", "helm"}) {
    EXPECT_TRUE(words.contains(word)) << word;
  }
  for (std::size_t i = 0; i < library.layers().size(); ++i) {
    EXPECT_FALSE(library.credit(static_cast<int>(i)).authors.empty()) << library.layers()[i].path;
  }
}

}  // namespace
}  // namespace loom
