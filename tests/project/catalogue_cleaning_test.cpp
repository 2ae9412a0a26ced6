#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/project/catalogue.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

Json step(const std::string& name) {
  return {{"name", name}, {"settings", Json::object()}};
}

class CatalogueCleaningTest : public testing::Test {
 protected:
  SpriteId add(int number) {
    return m_catalogue.addSprite(
        {.pixels = sampleSprite(number), .character = std::to_string(number), .view = "front"});
  }
  ChangeId change(SpriteId id, int number, int width, const Json& steps) {
    const ChangeId made = m_catalogue.addChange("trimmed");
    m_catalogue.changePixels(made, {id, packSprite(sampleSprite(number, width, 5)), steps});
    return made;
  }
  SpriteInfo info(SpriteId id) const { return m_catalogue.sprites(std::span(&id, 1)).front(); }

  TempFolder m_folder;
  Catalogue m_catalogue{m_folder / "project.db"};
};

TEST_F(CatalogueCleaningTest, AChangeGivesNewPixelsAndKeepsTheOriginal) {
  const SpriteId id = add(1);
  EXPECT_FALSE(info(id).cleaned);
  change(id, 2, 6, Json::array({step("trim")}));
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(2, 6, 5));
  EXPECT_EQ(m_catalogue.originalPixels(id), sampleSprite(1));
  EXPECT_EQ(m_catalogue.steps(id), Json::array({step("trim")}));
  EXPECT_EQ(info(id).width, 6);
  EXPECT_EQ(info(id).hash, contentHash(sampleSprite(2, 6, 5)));
  EXPECT_TRUE(info(id).cleaned);
}

TEST_F(CatalogueCleaningTest, ASecondChangeKeepsTheFirstOriginal) {
  const SpriteId id = add(1);
  change(id, 2, 6, Json::array({step("trim")}));
  change(id, 3, 7, Json::array({step("trim"), step("halo")}));
  EXPECT_EQ(m_catalogue.originalPixels(id), sampleSprite(1));
}

TEST_F(CatalogueCleaningTest, SwappingIsUndoAndRedo) {
  const SpriteId one = add(1);
  const SpriteId other = add(10);
  const ChangeId made = m_catalogue.addChange("trimmed");
  m_catalogue.changePixels(made, {one, packSprite(sampleSprite(2, 6, 5)), Json::array({step("trim")})});
  m_catalogue.changePixels(made, {other, packSprite(sampleSprite(20, 3, 9)), Json::array({step("trim")})});
  EXPECT_EQ(m_catalogue.changedSprites(made), (std::vector<SpriteId>{one, other}));

  m_catalogue.swapChange(made);
  EXPECT_EQ(m_catalogue.pixels(one), sampleSprite(1));
  EXPECT_EQ(m_catalogue.pixels(other), sampleSprite(10));
  EXPECT_EQ(m_catalogue.steps(one), Json::array());
  EXPECT_FALSE(info(one).cleaned);
  EXPECT_EQ(info(other).colours, packSprite(sampleSprite(10)).colours);

  m_catalogue.swapChange(made);
  EXPECT_EQ(m_catalogue.pixels(one), sampleSprite(2, 6, 5));
  EXPECT_EQ(m_catalogue.pixels(other), sampleSprite(20, 3, 9));
  EXPECT_EQ(info(other).height, 9);
  EXPECT_TRUE(info(other).cleaned);
}

TEST_F(CatalogueCleaningTest, ChangesTakenBackInTurnLeadToTheOriginal) {
  const SpriteId id = add(1);
  const ChangeId first = change(id, 2, 6, Json::array({step("trim")}));
  const ChangeId second = change(id, 3, 7, Json::array({step("trim"), step("halo")}));
  m_catalogue.swapChange(second);
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(2, 6, 5));
  m_catalogue.swapChange(first);
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(1));
  change(id, 4, 2, Json::array({step("fit")}));
  EXPECT_EQ(m_catalogue.originalPixels(id), sampleSprite(1));
}

TEST_F(CatalogueCleaningTest, AChangeIsUndoneAndDoneNoMoreThanOnce) {
  const SpriteId id = add(1);
  const ChangeId made = change(id, 2, 6, Json::array({step("trim")}));
  m_catalogue.setChangeUndone(made, false);
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(2, 6, 5));
  for (int i = 0; i < 2; ++i) {
    m_catalogue.setChangeUndone(made, true);
    EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(1));
  }
  m_catalogue.setChangeUndone(made, false);
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(2, 6, 5));
  EXPECT_THROW(m_catalogue.setChangeUndone(made + 1, true), Error);
}

TEST_F(CatalogueCleaningTest, OldChangesAreForgottenButOriginalsStay) {
  const SpriteId id = add(1);
  const ChangeId first = change(id, 2, 6, Json::array({step("trim")}));
  for (int i = 0; i < Catalogue::kKeptChanges; ++i) m_catalogue.addChange("nothing");
  EXPECT_THROW(m_catalogue.swapChange(first), Error);
  EXPECT_EQ(m_catalogue.originalPixels(id), sampleSprite(1));
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(2, 6, 5));
}

TEST_F(CatalogueCleaningTest, AChangeOfASpriteThatIsGoneIsRefused) {
  const ChangeId made = m_catalogue.addChange("trimmed");
  EXPECT_THROW(m_catalogue.changePixels(made, {77, packSprite(sampleSprite(2)), Json::array()}), Error);
  EXPECT_THROW(m_catalogue.changePixels(made, {add(1), packSprite(sampleSprite(2)), Json::object()}), Error);
}

TEST_F(CatalogueCleaningTest, AnImportCanBringTheOriginalAlong) {
  const SpriteId id = add(1);
  m_catalogue.setOriginal(id, packSprite(sampleSprite(5, 64, 32)), Json::array({step("upscaling")}));
  EXPECT_EQ(m_catalogue.originalPixels(id), sampleSprite(5, 64, 32));
  EXPECT_EQ(m_catalogue.pixels(id), sampleSprite(1));
  EXPECT_TRUE(info(id).cleaned);
}

TEST_F(CatalogueCleaningTest, StoredPixelsComeBack) {
  const std::int64_t number = m_catalogue.storePixels(packSprite(sampleSprite(5, 9, 3)));
  EXPECT_EQ(m_catalogue.storedPixels(number), sampleSprite(5, 9, 3));
  EXPECT_THROW(m_catalogue.storedPixels(number + 1), Error);
}

TEST_F(CatalogueCleaningTest, FieldsAreEditedInBulkAndGivenBackOneByOne) {
  const std::vector<SpriteId> ids{add(1), add(2)};
  m_catalogue.setField(ids, SpriteField::kLicence, "CC0");
  EXPECT_EQ(info(ids[0]).licence, "CC0");
  EXPECT_EQ(info(ids[1]).licence, "CC0");
  const std::vector<std::pair<SpriteId, std::string>> before{{ids[0], "GPL-3.0"}, {ids[1], ""}};
  m_catalogue.setField(SpriteField::kLicence, before);
  EXPECT_EQ(info(ids[0]).licence, "GPL-3.0");
  EXPECT_EQ(info(ids[1]).licence, "");
  EXPECT_THROW(m_catalogue.setField(ids, SpriteField::kCharacter, ""), Error);
  EXPECT_THROW(m_catalogue.setField(ids, SpriteField::kView, ""), Error);
}

TEST_F(CatalogueCleaningTest, AnimationFramesComeBackAsTheyWentIn) {
  const SpriteId id = m_catalogue.addSprite({.pixels = sampleSprite(1),
                                             .character = "knight",
                                             .view = "left",
                                             .animation = "walk",
                                             .frame = 3,
                                             .milliseconds = 80});
  EXPECT_EQ(info(id).animation, "walk");
  EXPECT_EQ(info(id).frame, 3);
  EXPECT_EQ(info(id).milliseconds, 80);
}

}  // namespace
}  // namespace loom
