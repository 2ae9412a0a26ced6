#include "core/dataset/credits.h"

#include <gtest/gtest.h>

#include "core/base/atomic_file.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class CreditsTest : public testing::Test {
 protected:
  SpriteId add(const std::string& character, const std::string& source, const std::string& author,
               const std::string& licence) {
    return m_catalogue.addSprite({.pixels = sampleSprite(++m_number),
                                  .character = character,
                                  .view = "front",
                                  .source = source,
                                  .licence = licence,
                                  .author = author});
  }
  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "heroes.loom");
  Catalogue m_catalogue = m_project.catalogue();
  int m_number = 0;
};

TEST_F(CreditsTest, GroupsByAuthorLicenceAndOrigin) {
  add("knight-10", "/home/anna/set/front/knight-10.png", "Anna", "CC0");
  add("knight-9", "/home/anna/set/left/knight-9.png", "Anna", "CC0");
  add("knight-9", "/home/anna/set/front/knight-9.png", "Anna", "CC0");
  add("orc", "/home/anna/set/front/orc.png", "Ben", "CC0");
  add("elf", "/data/pack.zip!data/0/elf.png", "Ben", "CC-BY 4.0");
  add("elf", "/data/pack.zip!data/1/elf.png", "Ben", "CC-BY 4.0");
  add("imp", "https://example.org/sprites/imp.png?size=2", "", "");
  const auto credits = creditsOf(m_catalogue);
  ASSERT_EQ(credits.size(), 4U);
  EXPECT_EQ(credits[0].author, "Anna");
  EXPECT_EQ(credits[0].source, "set") << "views are no source of their own, and nobody learns where it lay";
  EXPECT_EQ(credits[0].sprites, 3);
  EXPECT_EQ(credits[0].characters, (std::vector<std::string>{"knight-9", "knight-10"}));
  EXPECT_EQ(credits[1].source, "pack.zip");
  EXPECT_EQ(credits[1].sprites, 2);
  EXPECT_EQ(credits[2].source, "https://example.org/sprites");
  EXPECT_EQ(credits[3].author, "Ben");
}

TEST_F(CreditsTest, OnlyTheSpritesAskedForAndNoneFromTheBin) {
  const SpriteId anna = add("a", "set", "Anna", "CC0");
  const SpriteId ben = add("b", "set", "Ben", "CC0");
  const auto credits = creditsOf(m_catalogue, std::vector{ben});
  ASSERT_EQ(credits.size(), 1U);
  EXPECT_EQ(credits[0].author, "Ben");
  m_catalogue.setBinned(std::vector{anna}, true);
  EXPECT_EQ(creditsOf(m_catalogue).size(), 1U);
}

TEST_F(CreditsTest, ComposedCharactersComeFromTheirArchive) {
  add("lpc-1", "layers.zip: body/female/dark, feet/shoes", "Anna, Ben", "CC0");
  add("lpc-2", "layers.zip: body/male/either/light", "Anna, Ben", "CC0");
  const auto credits = creditsOf(m_catalogue);
  ASSERT_EQ(credits.size(), 1U);
  EXPECT_EQ(credits[0].source, "layers.zip");
}

TEST_F(CreditsTest, MergedTheyNameEveryAuthorOfAnOriginOnce) {
  add("lpc-1", "layers.zip: body", "Anna, Ben", "CC0");
  add("lpc-2", "layers.zip: body, hat", "Ben, Cleo", "CC0");
  add("lpc-2", "layers.zip: body, hat", "Ben, Cleo", "CC0");
  add("orc", "pack.zip!orc.png", "Anna", "CC-BY 4.0");
  const auto merged = mergedByOrigin(creditsOf(m_catalogue));
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].author, "Ben, Cleo, Anna") << "in the order of the credits, most sprites first";
  EXPECT_EQ(merged[0].sprites, 3);
  EXPECT_EQ(merged[0].characters, (std::vector<std::string>{"lpc-1", "lpc-2"}));
  EXPECT_EQ(merged[1].author, "Anna");
  EXPECT_EQ(merged[1].licence, "CC-BY 4.0");
}

TEST_F(CreditsTest, TextAndCsvSayTheSame) {
  add("knight, the \"Bold\"", "set", "Anna; Ben", "CC-BY-SA 3.0, GPL-3.0");
  add("orc", "set", "", "");
  const auto credits = creditsOf(m_catalogue);
  const std::string text = creditsText(credits, "heroes");
  for (const char* word : {"heroes", "Anna; Ben", "CC-BY-SA 3.0, GPL-3.0", "not known", "1 sprite of 1 character"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
  EXPECT_EQ(creditsCsv(credits),
            "author,licence,source,sprites,characters\n"
            "\"\",\"\",set,1,orc\n"
            "\"Anna; Ben\",\"CC-BY-SA 3.0, GPL-3.0\",set,1,\"knight, the \"\"Bold\"\"\"\n");
}

TEST_F(CreditsTest, AreWrittenIntoTheProject) {
  add("orc", "set", "Anna", "CC0");
  const auto file = writeCredits(m_project);
  EXPECT_EQ(file, m_project.folder() / "CREDITS.txt");
  EXPECT_NE(readTextFile(file, 1 << 20).find("Anna"), std::string::npos);
  EXPECT_EQ(writeCredits(m_project, m_folder / "who.txt"), m_folder / "who.txt");
}

}  // namespace
}  // namespace loom
