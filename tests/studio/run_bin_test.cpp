#include "core/studio/run_bin.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "core/studio/runs.h"
#include "core/studio/sprite_credits.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

class RunBinTest : public testing::Test {
 protected:
  RunInfo makeRun() {
    RunInfo run = m_catalogue.createRun("dcgan", Json::object(), 100, Json::object());
    fs::create_directories(m_project.runFolder(run));
    std::ofstream(m_project.runFolder(run) / "log.txt") << "twelve bytes";
    return run;
  }
  void bin(std::vector<int> numbers) { binRuns(m_project, m_catalogue, numbers); }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "bin.loom");
  Catalogue m_catalogue = m_project.catalogue();
};

TEST_F(RunBinTest, ADeletedRunIsFoundByNobodyButTheBinAndComesBackWhole) {
  makeRun();
  const RunInfo second = makeRun();
  bin({2});
  EXPECT_EQ(m_catalogue.runs().size(), 1U);
  EXPECT_EQ(m_catalogue.binnedRuns().front().number, 2);
  EXPECT_EQ(findRun(m_catalogue, "last").number, 1);
  try {
    findRun(m_catalogue, "2");
    FAIL() << "found";
  } catch (const Error& failure) {
    EXPECT_NE(failure.hint().find("restore"), std::string::npos) << failure.hint();
  }
  m_catalogue.setRunsBinned(std::array{2}, false);
  EXPECT_EQ(findRun(m_catalogue, "last").number, 2);
  EXPECT_TRUE(fs::exists(m_project.runFolder(second) / "log.txt"));
}

TEST_F(RunBinTest, ARunInTrainingIsNotDeletedNorAreThoseChosenWithIt) {
  makeRun();
  const RunInfo second = makeRun();
  {
    const RunLock training(m_project.runFolder(second), 2);
    EXPECT_THROW(bin({1, 2}), Error);
    EXPECT_THROW(removeRunForGood(m_project, 2), Error);
    EXPECT_EQ(m_catalogue.runs().size(), 2U);
  }
  EXPECT_NO_THROW(bin({1, 2}));
  EXPECT_TRUE(m_catalogue.runs().empty());
}

TEST_F(RunBinTest, ForGoodTakesRecordAndFilesAndSaysWhatWasFreed) {
  const RunInfo run = makeRun();
  m_catalogue.addMetrics(1, std::vector<MetricRow>{{1, {1.0F}}});
  bin({1});
  EXPECT_EQ(removeRunForGood(m_project, 1), 12);
  EXPECT_TRUE(m_catalogue.binnedRuns().empty());
  EXPECT_FALSE(fs::exists(m_project.runFolder(run)));
  EXPECT_THROW(m_catalogue.run(1), Error);
  EXPECT_THROW(m_catalogue.setRunsBinned(std::array{1}, false), Error) << "an undo finds it gone";
  EXPECT_THROW(removeRunForGood(m_project, 1), Error);
}

TEST_F(RunBinTest, ARunThatLostItsFolderCanBeDeletedToo) {
  fs::remove_all(m_project.runFolder(makeRun()));
  bin({1});
  EXPECT_EQ(removeRunForGood(m_project, 1), 0);
  EXPECT_TRUE(m_catalogue.binnedRuns().empty());
}

TEST_F(RunBinTest, FavouritesOutliveTheirRunWithTheirCredits) {
  NewSprite sprite;
  sprite.pixels = sampleSprite(1);
  sprite.character = "knight";
  sprite.view = "front";
  sprite.author = "Ada Pixel";
  sprite.licence = "CC-BY-4.0";
  const SpriteId id = m_catalogue.addSprite(sprite);
  const RunInfo run = makeRun();
  writeRunSprites(m_project.runFolder(run), {.ids = {id}, .hashes = {}});
  Favourite favourite;
  favourite.name = "mine";
  favourite.run = run.number;
  favourite.latent = {1, 2};
  const std::int64_t kept = m_catalogue.addFavourite(favourite);
  const std::string before = creditsForFavourites(m_project, std::array{kept});
  ASSERT_NE(before.find("Ada Pixel"), std::string::npos);
  bin({run.number});
  EXPECT_EQ(creditsForFavourites(m_project, std::array{kept}), before);
  removeRunForGood(m_project, run.number);
  EXPECT_EQ(creditsForFavourites(m_project, std::array{kept}), before);
  EXPECT_EQ(m_catalogue.favourites().size(), 1U);
}

}  // namespace
}  // namespace loom
