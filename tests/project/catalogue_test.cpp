#include "core/project/catalogue.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

NewSprite newSprite(int number, const std::string& character, const std::string& view) {
  return {.pixels = sampleSprite(number), .character = character, .view = view, .source = "a/" + character + ".png"};
}

class CatalogueTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return m_folder / "project.db"; }
  Catalogue open() const { return Catalogue(file()); }
  TempFolder m_folder;
};

TEST_F(CatalogueTest, ASpriteComesBackAsItWentIn) {
  NewSprite sprite = newSprite(3, "knight", "front");
  sprite.pixels = sampleSprite(3, 20, 11);
  sprite.licence = "CC-BY-SA 4.0";
  sprite.author = "Zoë \"the line\" O'Brien";
  sprite.tags = "steel sword";
  const SpriteId id = open().addSprite(sprite);

  const Catalogue catalogue = open();
  const std::vector<SpriteInfo> list = catalogue.sprites();
  ASSERT_EQ(list.size(), 1U);
  const SpriteInfo& info = list.front();
  EXPECT_EQ(info.id, id);
  EXPECT_EQ(info.character, "knight");
  EXPECT_EQ(info.view, "front");
  EXPECT_EQ(info.width, 20);
  EXPECT_EQ(info.height, 11);
  EXPECT_EQ(info.colours, countColours(sprite.pixels));
  EXPECT_EQ(info.hash, contentHash(sprite.pixels));
  EXPECT_EQ(info.source, sprite.source);
  EXPECT_EQ(info.licence, sprite.licence);
  EXPECT_EQ(info.author, sprite.author);
  EXPECT_EQ(info.tags, sprite.tags);
  EXPECT_FALSE(info.excluded);
  EXPECT_EQ(catalogue.pixels(id), sprite.pixels);
}

TEST_F(CatalogueTest, RefusesSpritesThatCannotBeKept) {
  Catalogue catalogue = open();
  NewSprite sprite = newSprite(1, "knight", "front");
  sprite.character.clear();
  EXPECT_THROW(catalogue.addSprite(sprite), Error);
  sprite = newSprite(1, "knight", "");
  EXPECT_THROW(catalogue.addSprite(sprite), Error);
  sprite = newSprite(1, std::string(limits::kMaxNameLength + 1, 'x'), "front");
  EXPECT_THROW(catalogue.addSprite(sprite), Error);
  sprite = newSprite(1, "knight", "front");
  sprite.pixels = Sprite();
  EXPECT_THROW(catalogue.addSprite(sprite), Error);
  sprite.pixels = Sprite(limits::kMaxSpriteSide + 1, 4);
  EXPECT_THROW(catalogue.addSprite(sprite), Error);
  EXPECT_TRUE(catalogue.sprites().empty());
  EXPECT_THROW(catalogue.pixels(SpriteId{77}), Error);
}

TEST_F(CatalogueTest, ListsChosenSpritesInTheOrderAskedFor) {
  Catalogue catalogue = open();
  const SpriteId a = catalogue.addSprite(newSprite(1, "a", "front"));
  const SpriteId b = catalogue.addSprite(newSprite(2, "b", "front"));
  const SpriteId c = catalogue.addSprite(newSprite(3, "c", "front"));
  const std::vector<SpriteId> one{b};
  catalogue.setBinned(one, true);
  const std::vector<SpriteId> asked{c, 999, b, a};
  const std::vector<SpriteInfo> infos = catalogue.sprites(asked);
  ASSERT_EQ(infos.size(), 3U);
  EXPECT_EQ(infos[0].character, "c");
  EXPECT_EQ(infos[1].character, "b");
  EXPECT_EQ(infos[2].character, "a");
  const std::vector<SpriteId> known{c, a};
  EXPECT_EQ(catalogue.pixels(known), (std::vector<Sprite>{sampleSprite(3), sampleSprite(1)}));
  EXPECT_THROW(catalogue.pixels(asked), Error);
}

TEST_F(CatalogueTest, TheBinHidesAndGivesBack) {
  Catalogue catalogue = open();
  const SpriteId a = catalogue.addSprite(newSprite(1, "a", "front"));
  const SpriteId b = catalogue.addSprite(newSprite(2, "b", "back"));
  const std::vector<SpriteId> ids{a};
  catalogue.setBinned(ids, true);
  ASSERT_EQ(catalogue.sprites().size(), 1U);
  EXPECT_EQ(catalogue.sprites().front().id, b);
  EXPECT_FALSE(catalogue.hasCharacter("a"));
  EXPECT_FALSE(catalogue.hasContent(contentHash(sampleSprite(1))));
  EXPECT_EQ(catalogue.counts().binned, 1);
  EXPECT_EQ(catalogue.pixels(a), sampleSprite(1)) << "what is in the bin can still be seen";
  catalogue.setBinned(ids, false);
  EXPECT_EQ(catalogue.sprites().size(), 2U);
  EXPECT_TRUE(catalogue.hasCharacter("a"));
  EXPECT_TRUE(catalogue.hasContent(contentHash(sampleSprite(1))));
}

TEST_F(CatalogueTest, RemovedForGoodIsGoneAndItsNumberNeverComesBack) {
  Catalogue catalogue = open();
  catalogue.addSprite(newSprite(1, "a", "front"));
  const SpriteId last = catalogue.addSprite(newSprite(2, "b", "front"));
  const std::vector<SpriteId> ids{last};
  catalogue.removeForGood(ids);
  EXPECT_THROW(catalogue.pixels(last), Error);
  EXPECT_TRUE(catalogue.sprites(ids).empty());
  EXPECT_GT(catalogue.addSprite(newSprite(3, "c", "front")), last);
  SQLite::Database raw(file().string());
  EXPECT_EQ(raw.execAndGet("SELECT count(*) FROM pixels").getInt(), 2) << "pixels go with their sprite";
}

TEST_F(CatalogueTest, CountsWhatAPersonWouldCount) {
  Catalogue catalogue = open();
  EXPECT_EQ(catalogue.counts().sprites, 0);
  catalogue.addSprite(newSprite(1, "a", "front"));
  catalogue.addSprite(newSprite(2, "a", "back"));
  catalogue.addSprite(newSprite(1, "b", "front"));
  catalogue.addSprite(newSprite(1, "c", "any"));
  const SpriteId excluded = catalogue.addSprite(newSprite(5, "d", "left"));
  const SpriteId binned = catalogue.addSprite(newSprite(1, "e", "right"));
  catalogue.setExcluded(std::vector{excluded}, true);
  catalogue.setBinned(std::vector{binned}, true);
  const CatalogueCounts counts = catalogue.counts();
  EXPECT_EQ(counts.sprites, 5);
  EXPECT_EQ(counts.excluded, 1);
  EXPECT_EQ(counts.binned, 1);
  EXPECT_EQ(catalogue.usable(), 4);
  EXPECT_EQ(counts.characters, 4);
  EXPECT_EQ(counts.duplicates, 2);
  EXPECT_EQ(counts.views, (std::vector<std::string>{"back", "left", "front"}));
  catalogue.setExcluded(std::vector{excluded}, false);
  EXPECT_EQ(catalogue.counts().excluded, 0);
}

TEST_F(CatalogueTest, DuplicatesAreGroupedByContent) {
  Catalogue catalogue = open();
  const SpriteId x1 = catalogue.addSprite(newSprite(1, "a", "front"));
  const SpriteId y1 = catalogue.addSprite(newSprite(2, "b", "front"));
  catalogue.addSprite(newSprite(3, "c", "front"));
  const SpriteId y2 = catalogue.addSprite(newSprite(2, "d", "front"));
  const SpriteId x2 = catalogue.addSprite(newSprite(1, "e", "front"));
  const SpriteId x3 = catalogue.addSprite(newSprite(1, "f", "front"));
  catalogue.setBinned(std::vector{x3}, true);
  EXPECT_EQ(catalogue.duplicateGroups(), (std::vector<std::vector<SpriteId>>{{x1, x2}, {y1, y2}}));
}

TEST_F(CatalogueTest, ARolledBackTransactionLeavesNothing) {
  Catalogue catalogue = open();
  catalogue.addSprite(newSprite(1, "before", "front"));
  {
    const Catalogue::Transaction transaction(catalogue);
    catalogue.addSprite(newSprite(2, "inside", "front"));
    catalogue.createRun("dcgan", {}, 10, {});
    catalogue.setValue("key", 1);
    EXPECT_EQ(catalogue.sprites().size(), 2U);
  }
  EXPECT_EQ(catalogue.sprites().size(), 1U);
  EXPECT_TRUE(catalogue.runs().empty());
  EXPECT_EQ(catalogue.value("key", "none"), "none");
}

TEST_F(CatalogueTest, TransactionsNestAndTheInnerOneMayFailAlone) {
  Catalogue catalogue = open();
  {
    Catalogue::Transaction outer(catalogue);
    catalogue.addSprite(newSprite(1, "kept", "front"));
    {
      const Catalogue::Transaction inner(catalogue);
      catalogue.addSprite(newSprite(2, "dropped", "front"));
    }
    EXPECT_THROW(catalogue.addMetrics(77, std::vector<MetricRow>{{1, {1.0F}}}), Error);
    catalogue.addSprite(newSprite(3, "also kept", "front"));
    EXPECT_TRUE(open().sprites().empty()) << "nobody else sees it before the commit";
    outer.commit();
  }
  const std::vector<SpriteInfo> list = open().sprites();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].character, "kept");
  EXPECT_EQ(list[1].character, "also kept");
}

TEST_F(CatalogueTest, ATransactionOutlivesTheMoveOfItsCatalogue) {
  Catalogue catalogue = open();
  auto transaction = std::make_unique<Catalogue::Transaction>(catalogue);
  Catalogue moved = std::move(catalogue);
  moved.addSprite(newSprite(1, "a", "front"));
  transaction->commit();
  EXPECT_EQ(open().sprites().size(), 1U);
}

TEST_F(CatalogueTest, RemembersSmallThings) {
  {
    Catalogue catalogue = open();
    EXPECT_EQ(catalogue.value("window"), Json());
    EXPECT_EQ(catalogue.value("window", 5), 5);
    catalogue.setValue("window", {{"zoom", 3}, {"text", "Grüße \xF0\x9F\x90\x99"}});
    catalogue.setValue("window", {{"zoom", 4}, {"text", "Grüße \xF0\x9F\x90\x99"}});
    catalogue.setValue("odd bytes", "\xFF");
  }
  EXPECT_EQ(open().value("window"), (Json{{"zoom", 4}, {"text", "Grüße \xF0\x9F\x90\x99"}}));
  EXPECT_EQ(open().value("odd bytes"), "\xEF\xBF\xBD");
}

TEST_F(CatalogueTest, FavouritesComeBackWithTheirPictures) {
  Favourite favourite{.name = "Red mage",
                      .run = 3,
                      .step = 1200,
                      .latent = {0.5F, -1.25F, std::numeric_limits<float>::min(), 3e8F},
                      .settings = {{"truncation", 0.7}, {"seed", 42}},
                      .views = {"back", "front"},
                      .sprites = {sampleSprite(1, 16, 16), sampleSprite(2, 16, 24)}};
  const std::int64_t first = open().addFavourite(favourite);
  Catalogue catalogue = open();
  const std::int64_t second = catalogue.addFavourite({.name = "bare", .created = "2020-01-01T00:00:00Z"});

  std::vector<Favourite> list = catalogue.favourites();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, first);
  EXPECT_EQ(list[0].name, "Red mage");
  EXPECT_EQ(list[0].run, 3);
  EXPECT_EQ(list[0].step, 1200);
  EXPECT_EQ(list[0].latent, favourite.latent);
  EXPECT_EQ(list[0].settings, favourite.settings);
  EXPECT_EQ(list[0].views, favourite.views);
  EXPECT_EQ(list[0].sprites, favourite.sprites);
  EXPECT_EQ(list[0].created.size(), 20U);
  EXPECT_EQ(list[1].created, "2020-01-01T00:00:00Z");
  EXPECT_TRUE(list[1].sprites.empty());

  catalogue.renameFavourite(first, "Blue mage");
  catalogue.setFavouriteRemoved(second, true);
  list = catalogue.favourites();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].name, "Blue mage");
  catalogue.setFavouriteRemoved(second, false);
  EXPECT_EQ(catalogue.favourites().size(), 2U);

  favourite.views.pop_back();
  EXPECT_THROW(catalogue.addFavourite(favourite), Error);
  EXPECT_EQ(catalogue.favourites().size(), 2U);
}

}  // namespace
}  // namespace loom
