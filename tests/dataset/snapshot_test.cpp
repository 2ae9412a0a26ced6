#include "core/dataset/snapshot.h"

#include <gtest/gtest.h>

#include <stop_token>

#include "core/base/error.h"
#include "core/dataset/split.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

class SnapshotTest : public testing::Test {
 protected:
  SpriteId add(const Sprite& pixels, const std::string& character, const std::string& view) {
    return m_catalogue.addSprite({.pixels = pixels, .character = character, .view = view});
  }
  std::shared_ptr<const Snapshot> take(int side, const std::vector<SpriteId>& ids = {}) {
    JobMonitor monitor;
    return takeSnapshot(m_catalogue, side, ids, monitor);
  }
  TempFolder m_folder;
  Catalogue m_catalogue{m_folder / "project.db"};
};

TEST_F(SnapshotTest, HoldsTheIncludedSpritesAtTheSide) {
  const SpriteId front = add(sampleSprite(1, 16, 16), "knight", "front");
  const SpriteId back = add(sampleSprite(2, 16, 16), "knight", "back");
  const SpriteId small = add(sampleSprite(3, 12, 10), "mage", "front");
  const SpriteId excluded = add(sampleSprite(4, 16, 16), "orc", "left");
  const SpriteId binned = add(sampleSprite(5, 16, 16), "elf", "right");
  m_catalogue.setExcluded(std::vector{excluded}, true);
  m_catalogue.setBinned(std::vector{binned}, true);

  const auto snapshot = take(16);
  ASSERT_EQ(snapshot->size(), 3);
  EXPECT_EQ(snapshot->side(), 16);
  EXPECT_EQ(snapshot->characters(), 2);
  EXPECT_EQ(snapshot->views(), (std::vector<std::string>{"back", "front"}));
  EXPECT_EQ(snapshot->items()[0].id, front);
  EXPECT_EQ(snapshot->items()[0].view, 1);
  EXPECT_EQ(snapshot->items()[1].id, back);
  EXPECT_EQ(snapshot->items()[1].view, 0);
  EXPECT_EQ(snapshot->items()[0].character, snapshot->items()[1].character);
  EXPECT_EQ(snapshot->items()[2].id, small);
  EXPECT_NE(snapshot->items()[2].character, snapshot->items()[0].character);
  EXPECT_EQ(snapshot->sprite(0), sampleSprite(1, 16, 16));
  EXPECT_EQ(snapshot->sprite(2), fittedTo(sampleSprite(3, 12, 10), 16).sprite);
  EXPECT_EQ(snapshot->fitting(), "2 unchanged, 1 padded");
}

TEST_F(SnapshotTest, GivenNumbersAreTakenInTheirOrderWhateverHasHappenedSince) {
  const SpriteId a = add(sampleSprite(1), "a", "front");
  const SpriteId b = add(sampleSprite(2), "b", "front");
  const SpriteId c = add(sampleSprite(3), "c", "front");
  const SpriteId d = add(sampleSprite(4), "d", "front");
  m_catalogue.setExcluded(std::vector{b}, true);
  m_catalogue.setBinned(std::vector{c}, true);
  const auto snapshot = take(8, {c, a, b});
  ASSERT_EQ(snapshot->size(), 3);
  EXPECT_EQ(snapshot->items()[0].id, c);
  EXPECT_EQ(snapshot->items()[1].id, a);
  EXPECT_EQ(snapshot->items()[2].id, b);
  EXPECT_EQ(snapshot->sprite(0), sampleSprite(3));
  m_catalogue.removeForGood(std::vector{c});
  EXPECT_EQ(take(8, {c, a, b})->fitting(), "2 unchanged, 1 no longer in the project");
  EXPECT_EQ(take(8)->items().back().id, d);
}

TEST_F(SnapshotTest, SpritesWithoutAViewAreAViewOfTheirOwnAtTheEnd) {
  add(sampleSprite(1), "a", "any");
  add(sampleSprite(2), "b", "right");
  add(sampleSprite(3), "b", "back");
  const auto snapshot = take(8);
  EXPECT_EQ(snapshot->views(), (std::vector<std::string>{"back", "right", "any"}));
  EXPECT_EQ(snapshot->items()[0].view, 2);
}

TEST_F(SnapshotTest, StaysAsItWasWhenTheCatalogueChanges) {
  const SpriteId a = add(sampleSprite(1), "a", "any");
  const auto snapshot = take(8);
  m_catalogue.removeForGood(std::vector{a});
  EXPECT_EQ(snapshot->size(), 1);
  EXPECT_EQ(snapshot->sprite(0), sampleSprite(1));
}

TEST_F(SnapshotTest, RefusesWhatCannotBeTrainedOn) {
  EXPECT_THROW(take(16), Error) << "nothing is there";
  const SpriteId a = add(sampleSprite(1), "a", "any");
  m_catalogue.setExcluded(std::vector{a}, true);
  EXPECT_THROW(take(16), Error) << "all are excluded";
  EXPECT_THROW(take(16, {a + 1}), Error) << "the one asked for is not there";
  EXPECT_THROW(take(0, {a}), Error);
  EXPECT_THROW(take(100'000, {a}), Error);
}

TEST_F(SnapshotTest, LeavesHeldOutCharactersOutAndGivesThemApart) {
  for (int i = 0; i < 40; ++i) {
    for (const char* view : {"left", "right"}) add(sampleSprite(2 * i + (*view == 'l')), "c" + std::to_string(i), view);
  }
  EXPECT_EQ(take(8)->characters(), 40) << "nothing is held out unless someone asks for it";
  JobMonitor monitor;
  EXPECT_THROW(takeSnapshot(m_catalogue, 8, {}, monitor, SnapshotPart::kHeldOut), Error);

  const SplitSettings split{.fraction = .25, .pinned = {{"c0", true}, {"c1", false}}};
  saveSplit(m_catalogue, split);
  const auto training = take(8);
  const auto heldOut = takeSnapshot(m_catalogue, 8, {}, monitor, SnapshotPart::kHeldOut);
  EXPECT_EQ(training->characters() + heldOut->characters(), 40);
  EXPECT_EQ(training->size(), 2 * training->characters());
  EXPECT_EQ(heldOut->size(), 2 * heldOut->characters());
  EXPECT_GE(heldOut->characters(), 4);
  EXPECT_LE(heldOut->characters(), 18);
  for (const auto& [snapshot, held] : {std::pair(training, false), std::pair(heldOut, true)}) {
    for (const Snapshot::Item& item : snapshot->items()) {
      const SpriteInfo info = m_catalogue.sprites(std::vector{item.id}).front();
      EXPECT_EQ(isHeldOut(split, info.character), held) << info.character;
    }
  }
  const SpriteId held = heldOut->items().front().id;
  EXPECT_EQ(take(8, {held})->size(), 1) << "a sprite asked for by number is taken whichever part it is in";
}

TEST_F(SnapshotTest, RefusesASplitThatLeavesOneSideEmpty) {
  add(sampleSprite(1), "a", "any");
  add(sampleSprite(2), "b", "any");
  JobMonitor monitor;
  saveSplit(m_catalogue, {.pinned = {{"a", true}, {"b", true}}});
  EXPECT_THROW(take(8), Error);
  EXPECT_THROW(takeSnapshot(m_catalogue, 8, {}, monitor, SnapshotPart::kHeldOut), Error);
  saveSplit(m_catalogue, {.fraction = .1, .pinned = {{"a", false}, {"b", false}}});
  EXPECT_THROW(take(8), Error) << "a share was asked for, and nobody is in it";
  saveSplit(m_catalogue, {.pinned = {{"a", true}}});
  EXPECT_EQ(take(8)->size(), 1);
  EXPECT_EQ(takeSnapshot(m_catalogue, 8, {}, monitor, SnapshotPart::kHeldOut)->size(), 1);
}

TEST_F(SnapshotTest, CanBeCancelled) {
  for (int i = 0; i < 10; ++i) add(sampleSprite(i), "a" + std::to_string(i), "any");
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress&) { stop.request_stop(); });
  EXPECT_THROW(takeSnapshot(m_catalogue, 8, {}, monitor), Cancelled);
}

TEST_F(SnapshotTest, KnowsWhatSpritesThatAreNoSquaresFill) {
  add(sampleSprite(1, 8, 16), "knight", "front");
  add(sampleSprite(2, 8, 16), "mage", "front");
  EXPECT_EQ(take(16)->content(), (PixelRect{4, 0, 8, 16}));
  EXPECT_EQ(take(32)->content(), (PixelRect{8, 0, 16, 32})) << "enlarged x2";
  EXPECT_EQ(take(20)->content(), (PixelRect{6, 4, 8, 16}));
  add(sampleSprite(3, 16, 16), "orc", "front");
  EXPECT_EQ(take(16)->content(), (PixelRect{0, 0, 16, 16}));
}

}  // namespace
}  // namespace loom
