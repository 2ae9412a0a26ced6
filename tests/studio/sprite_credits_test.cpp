#include "core/studio/sprite_credits.h"

#include <gtest/gtest.h>

#include "core/base/atomic_file.h"
#include "core/studio/run_files.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class SpriteCreditsTest : public testing::Test {
 protected:
  SpriteId add(int number, const std::string& author) {
    return m_project.catalogue().addSprite({.pixels = sampleSprite(number),
                                            .character = std::to_string(number),
                                            .view = "front",
                                            .source = "pack.zip!a.png",
                                            .licence = author.empty() ? "" : "CC-BY-4.0",
                                            .author = author});
  }
  RunInfo runOn(const std::vector<SpriteId>& ids) {
    RunInfo run = m_project.catalogue().createRun("dcgan", Json::object(), 1, Json::object());
    std::filesystem::create_directories(m_project.runFolder(run));
    writeRunSprites(m_project.runFolder(run), {ids, {}});
    return run;
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "a.loom");
};

TEST_F(SpriteCreditsTest, SpritesNameTheirArtists) {
  const std::vector<SpriteId> ids{add(1, "Ada"), add(2, "Brom")};
  const std::string text = creditsForSprites(m_project, std::span(ids).first(1));
  EXPECT_NE(text.find("Ada"), std::string::npos);
  EXPECT_NE(text.find("CC-BY-4.0"), std::string::npos);
  EXPECT_EQ(text.find("Brom"), std::string::npos);
}

TEST_F(SpriteCreditsTest, NothingIsWrittenWhereNobodyIsKnown) {
  const std::vector<SpriteId> ids{add(1, "")};
  EXPECT_EQ(creditsForSprites(m_project, ids), "");
  EXPECT_TRUE(saveCreditsBeside(m_folder / "sheet.png", "").empty());
  EXPECT_FALSE(std::filesystem::exists(m_folder / "sheet.credits.txt"));
}

TEST_F(SpriteCreditsTest, WhatARunDrewNamesWhomItLearntFrom) {
  const SpriteId seen = add(1, "Ada");
  add(2, "Brom");
  const RunInfo run = runOn({seen});
  const std::string text = creditsForRun(m_project, run);
  EXPECT_NE(text.find("Ada"), std::string::npos);
  EXPECT_EQ(text.find("Brom"), std::string::npos);
  EXPECT_NE(text.find("trained on"), std::string::npos);

  const std::int64_t kept = m_project.catalogue().addFavourite({.name = "x", .run = run.number, .latent = {1}});
  EXPECT_EQ(creditsForFavourites(m_project, std::vector{kept}), text);
  EXPECT_EQ(creditsForFavourites(m_project, std::vector{kept + 1}), "");
}

TEST_F(SpriteCreditsTest, ARunWhoseListIsGoneHasNone) {
  const RunInfo run = runOn({add(1, "Ada")});
  std::filesystem::remove(m_project.runFolder(run) / "sprites.json");
  EXPECT_EQ(creditsForRun(m_project, run), "");
}

TEST_F(SpriteCreditsTest, TheyLieBesideThePicture) {
  const auto files = saveCreditsBeside(m_folder / "sheet.png", "Ada\n");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0], m_folder / "sheet.credits.txt");
  EXPECT_EQ(readTextFile(files[0], 100), "Ada\n");
  EXPECT_EQ(files[1], m_folder / "sheet.credits.csv");
  EXPECT_EQ(saveCreditsInto(m_folder.path(), "Ada\n").front(), m_folder / "CREDITS.txt");
}

TEST_F(SpriteCreditsTest, TheySayWhatTheLicencesAllowTogether) {
  const std::vector<SpriteId> ids{add(1, "Ada"), add(2, "Brom")};
  const std::string text = creditsForSprites(m_project, ids);
  EXPECT_EQ(creditsWarning(text), "");
  const auto files = saveCreditsBeside(m_folder / "sheet.png", text);
  EXPECT_NE(readTextFile(files[1], 1000).find("Brom,CC-BY-4.0"), std::string::npos);
  const std::string other = text + "\nAuthor:     Cyd\nLicence:    CC-BY-ND 4.0\n";
  EXPECT_NE(creditsWarning(other).find("CC-BY-ND 4.0"), std::string::npos);
  EXPECT_NE(readTextFile(saveCreditsBeside(m_folder / "b.png", other)[0], 1000).find("All together"),
            std::string::npos);
}

}  // namespace
}  // namespace loom
