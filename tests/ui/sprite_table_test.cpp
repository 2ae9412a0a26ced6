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

TEST_F(SpriteTableTest, AFilterKnowsKeysAndWhatIsHalfTypedHidesNothing) {
  add("orc", "front", 1);
  add("orc", "back", 2, 32);
  add("elf", "front", 1);
  const auto table = load();
  const auto found = [&](const char* text) { return arrangeSprites(*table, {text}).rows.size(); };
  EXPECT_EQ(found("view:front"), 2U);
  EXPECT_EQ(found("view:front orc"), 1U);
  EXPECT_EQ(found("size:32x32"), 1U);
  EXPECT_EQ(found("-view:front"), 1U);
  EXPECT_EQ(found("duplicate:yes"), 2U);
  EXPECT_EQ(found("view:"), 3U);  // the value is still to come
  EXPECT_EQ(found("orc tag:"), 2U);
  EXPECT_EQ(found("view:\"front"), 2U);  // as is the quote
  EXPECT_EQ(found("\""), 3U);
  EXPECT_EQ(found("size:huge"), 0U);  // a word that nobody has
  EXPECT_EQ(found("from/orc http://x"), 0U);
  EXPECT_EQ(found("-"), 0U);
}

TEST_F(SpriteTableTest, FindingsKeepTheirOrderAndAreFilteredToo) {
  add("a", "front", 1);
  add("b", "front", 2);
  add("c", "back", 3);
  const auto table = load();
  const auto findings = std::make_shared<SpriteFindings>();
  findings->groups = {{"first", {table->ids[2], table->ids[0], 999}}, {"second", {table->ids[0], table->ids[1]}}};
  SpriteQuery query;
  query.findings = findings;
  const SpriteArrangement all = arrangeSprites(*table, query);
  EXPECT_EQ(all.rows, (std::vector<int>{2, 0, 1}));
  ASSERT_EQ(all.sections.size(), 2U);
  EXPECT_EQ(all.sections[0].count, 2);
  query.text = "view:front";
  const SpriteArrangement front = arrangeSprites(*table, query);
  EXPECT_EQ(front.rows, (std::vector<int>{0, 1}));
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
