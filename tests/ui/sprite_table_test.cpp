#include "ui/models/sprite_table.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>

#include "core/project/project.h"

namespace loom {
namespace {

class SpriteTableTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(m_folder); }

  /// Adds one 16x16 sprite; equal `shade` makes equal pictures.
  void add(const std::string& character, const std::string& view, int shade, int side = 16) {
    Sprite sprite(side, side);
    sprite.at(3, 3) = {static_cast<std::uint8_t>(shade), 1, 2, 255};
    m_project.catalogue().addSprite({sprite, character, view, "from/" + character});
  }
  std::shared_ptr<const SpriteTable> load() { return loadSpriteTable(m_project.catalogue()); }

  std::filesystem::path m_folder =
      std::filesystem::temp_directory_path() / ("spriteloom-table-" + std::to_string(::getpid()) + ".loom");
  Project m_project = (std::filesystem::remove_all(m_folder), Project::create(m_folder));
};

TEST_F(SpriteTableTest, AnEmptyCatalogueGivesAnEmptyArrangement) {
  const auto table = load();
  EXPECT_EQ(table->characters(), 0);
  EXPECT_TRUE(arrangeSprites(*table, {}).rows.empty());
  EXPECT_TRUE(arrangeSprites(*table, {}).sections.empty());
}

TEST_F(SpriteTableTest, RowsAndSectionsCoverEachOtherInEveryGrouping) {
  for (int i = 0; i < 12; ++i) add("c" + std::to_string(i % 5), i % 2 ? "front" : "left", i / 2);
  const auto table = load();
  for (const auto grouping : {SpriteGrouping::kNone, SpriteGrouping::kCharacter, SpriteGrouping::kView}) {
    for (const auto show : {SpriteShow::kAll, SpriteShow::kDuplicates}) {
      const SpriteArrangement arranged = arrangeSprites(*table, {{}, show, grouping});
      EXPECT_EQ(arranged.rows.size(), 12U);
      int next = 0;
      for (const SpriteSection& section : arranged.sections) {
        EXPECT_EQ(section.first, next);
        next += section.count;
      }
      EXPECT_EQ(next, 12);
      for (std::size_t row = 0; row < arranged.rows.size(); ++row) {
        EXPECT_EQ(arranged.rowOf[static_cast<std::size_t>(arranged.rows[row])], static_cast<int>(row));
      }
    }
  }
}

TEST_F(SpriteTableTest, FilterWordsMayStandInDifferentFieldsButNotAcrossThem) {
  add("Älva", "front", 1);
  add("orc", "front", 2);
  const auto table = load();
  EXPECT_EQ(arrangeSprites(*table, {"älva FRONT"}).rows.size(), 1U);
  EXPECT_EQ(arrangeSprites(*table, {"from/orc"}).rows.size(), 1U);
  EXPECT_EQ(arrangeSprites(*table, {"orcfront"}).rows.size(), 0U);
  EXPECT_EQ(arrangeSprites(*table, {"  "}).rows.size(), 2U);
}

TEST_F(SpriteTableTest, DuplicatesAreThoseTheCatalogueFinds) {
  for (int i = 0; i < 9; ++i) add("c" + std::to_string(i), "front", i % 4);
  const auto table = load();
  std::vector<std::vector<SpriteId>> groups;
  for (const std::vector<int>& twins : table->twins) {
    groups.emplace_back();
    for (const int index : twins) groups.back().push_back(table->ids[static_cast<std::size_t>(index)]);
  }
  EXPECT_EQ(groups, m_project.catalogue().duplicateGroups());
  EXPECT_EQ(groups.size(), 4U);
}

TEST_F(SpriteTableTest, TheUsualSideIsWhatMostSpritesHave) {
  add("a", "front", 1, 32);
  add("b", "front", 1, 32);
  add("c", "front", 1, 128);
  EXPECT_EQ(load()->usualSide, 32);
}

TEST_F(SpriteTableTest, ASummaryCountsWhatIsGiven) {
  add("a", "front", 1, 32);
  add("a", "back", 2, 32);
  add("b", "front", 3, 48);
  const auto table = load();
  const std::vector<char> excluded = {0, 1, 1};
  const std::vector<int> indices = {0, 1, 2};
  const SpriteSummary summary = summariseSprites(*table, indices, excluded);
  EXPECT_EQ(summary.sprites, 3);
  EXPECT_EQ(summary.excluded, 2);
  EXPECT_EQ(summary.characters, 2);
  EXPECT_EQ(summary.views, (std::vector<std::pair<std::string, int>>{{"back", 1}, {"front", 2}}));
  EXPECT_EQ(summary.sizes, (std::vector<std::pair<std::string, int>>{{"32 × 32", 2}, {"48 × 48", 1}}));
}

}  // namespace
}  // namespace loom
