// Archives of real artists' work, beside the source tree on some machines only.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "core/dataset/importer.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/zipped_pictures.h"

namespace loom {
namespace {

std::filesystem::path dataFile(const std::string& name) {
  return sharedFile(name);
}

TEST(RealArchives, TinyHeroArrivesWholeInFourViews) {
  if (!std::filesystem::exists(dataFile("tiny-hero.zip"))) GTEST_SKIP() << "tiny-hero.zip is not here";
  const TempFolder folder;
  const Project project = Project::create(folder / "tiny.loom");
  JobMonitor monitor;
  const ImportReport report = importSprites(project, {dataFile("tiny-hero.zip")}, monitor);
  EXPECT_EQ(report.imported, 3104);
  EXPECT_EQ(report.characters, 776);
  EXPECT_EQ(report.views, (std::vector<std::string>{"back", "left", "front", "right"}));
  EXPECT_EQ(report.sizes, std::vector<std::string>{"64x64"});
  EXPECT_TRUE(report.skipped.empty());
  const CatalogueCounts counts = project.catalogue().counts();
  EXPECT_EQ(counts.sprites, 3104);
  EXPECT_EQ(counts.characters, 776);
  EXPECT_EQ(counts.duplicates, report.duplicates);
  EXPECT_EQ(counts.views, report.views);
  std::map<std::string, std::set<std::string>> viewsOf;
  for (const SpriteInfo& info : project.catalogue().sprites()) {
    EXPECT_TRUE(viewsOf[info.character].insert(info.view).second) << info.character << " has " << info.view << " twice";
    const std::string number(1, "0123"[std::string("blfr").find(info.view[0])]);
    EXPECT_TRUE(info.source.ends_with("!data/" + number + "/" + info.character + ".png")) << info.source;
  }
  for (const auto& [character, views] : viewsOf) EXPECT_EQ(views.size(), 4U) << character;
}

TEST(RealArchives, TuxemonArrivesAlsoWhereAPngIsAGif) {
  if (!std::filesystem::exists(dataFile("tuxemon-front.zip"))) GTEST_SKIP() << "tuxemon-front.zip is not here";
  const TempFolder folder;
  const Project project = Project::create(folder / "tux.loom");
  JobMonitor monitor;
  const ImportReport report = importSprites(project, {dataFile("tuxemon-front.zip")}, monitor);
  EXPECT_EQ(report.imported, 300);
  EXPECT_EQ(report.characters, 300);
  EXPECT_EQ(report.views, std::vector<std::string>{"front"});
  EXPECT_TRUE(report.skipped.empty());
  EXPECT_TRUE(project.catalogue().hasCharacter("aardart"));
}

}  // namespace
}  // namespace loom
