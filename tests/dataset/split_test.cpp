#include "core/dataset/split.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

std::string name(int number) {
  return "hero-" + std::to_string(number);
}

SpriteInfo sprite(SpriteId id, const std::string& character) {
  return {.id = id, .character = character, .view = "front"};
}

DuplicateGroup group(SpriteId first, const std::vector<SpriteId>& others) {
  DuplicateGroup result{.first = first};
  for (const SpriteId other : others) result.members.push_back({other, {}});
  return result;
}

TEST(Split, HoldsOutAboutTheShareAskedFor) {
  for (const double fraction : {0., .1, .5, .9}) {
    int held = 0;
    for (int i = 0; i < 10'000; ++i) held += isHeldOut({.fraction = fraction, .seed = 3}, name(i));
    EXPECT_NEAR(held / 10'000., fraction, fraction == 0 ? 0 : .02);
  }
}

TEST(Split, AGrowingShareOnlyAdds) {
  for (int i = 0; i < 1000; ++i) {
    bool before = false;
    for (const double fraction : {.05, .1, .2, .4, .8}) {
      const bool held = isHeldOut({.fraction = fraction, .seed = 8}, name(i));
      EXPECT_TRUE(held || !before) << name(i) << " left the held-out part at " << fraction;
      before = held;
    }
  }
}

// Names and seed alone decide: these were drawn once, and must stay so with every later version and machine.
TEST(Split, StaysAsItIsForEver) {
  std::set<int> held;
  for (int i = 0; i < 40; ++i) {
    if (isHeldOut({.fraction = .1, .seed = 1}, name(i))) held.insert(i);
  }
  EXPECT_EQ(held, (std::set<int>{1, 33}));
}

TEST(Split, AnotherSeedHoldsOutOthers) {
  int different = 0;
  for (int i = 0; i < 1000; ++i) {
    different += isHeldOut({.fraction = .5, .seed = 1}, name(i)) != isHeldOut({.fraction = .5, .seed = 2}, name(i));
  }
  EXPECT_NEAR(different, 500, 80);
}

TEST(Split, PinsSpeakLast) {
  const SplitSettings settings{.fraction = .5, .pinned = {{"a", true}, {"b", false}}};
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    SplitSettings other = settings;
    other.seed = seed;
    EXPECT_TRUE(isHeldOut(other, "a"));
    EXPECT_FALSE(isHeldOut(other, "b"));
  }
}

TEST(Split, IsKeptWithTheProject) {
  const TempFolder folder;
  Catalogue catalogue(folder / "project.db");
  EXPECT_EQ(loadSplit(catalogue), SplitSettings{});
  const SplitSettings settings{
      .fraction = .15, .seed = 0xFFFF'FFFF'FFFF'FFF1ULL, .pinned = {{"elf \"of\" ü", true}, {"orc", false}}};
  saveSplit(catalogue, settings);
  EXPECT_EQ(loadSplit(catalogue), settings);
  EXPECT_THROW(saveSplit(catalogue, {.fraction = -.1}), Error);
  EXPECT_THROW(saveSplit(catalogue, {.fraction = 1}), Error);
  EXPECT_THROW(saveSplit(catalogue, {.fraction = std::nan("")}), Error);
  EXPECT_EQ(loadSplit(catalogue), settings);
  for (const Json& damaged : {Json(3), Json::object(), Json{{"fraction", "x"}, {"seed", 1}, {"pinned", Json::object()}},
                              Json{{"fraction", 5}, {"seed", 1}, {"pinned", Json::object()}}}) {
    catalogue.setValue("split", damaged);
    EXPECT_THROW(loadSplit(catalogue), Error) << damaged;
  }
}

TEST(Split, CountsBothSidesWithoutWhatIsExcluded) {
  std::vector<SpriteInfo> sprites{sprite(1, "a"), sprite(2, "a"), sprite(3, "b"), sprite(4, "b"), sprite(5, "c")};
  sprites[3].excluded = true;
  const SplitCounts counts = splitCounts({.pinned = {{"b", true}}}, sprites);
  EXPECT_EQ(counts,
            (SplitCounts{.trainingSprites = 3, .trainingCharacters = 2, .heldOutSprites = 1, .heldOutCharacters = 1}));
}

TEST(SplitLeaks, AreThePairsThatCrossAndCanBeClosed) {
  const std::vector<SpriteInfo> sprites{sprite(1, "a"), sprite(2, "b"), sprite(3, "c"),
                                        sprite(4, "d"), sprite(5, "e"), sprite(6, "f")};
  const std::vector<DuplicateGroup> groups{group(1, {2, 3}), group(3, {4}), group(5, {6}), group(77, {1})};
  const SplitSettings split{.pinned = {{"b", true}, {"e", true}}};
  const std::vector<SplitLeak> leaks = findLeaks(split, sprites, groups);
  ASSERT_EQ(leaks.size(), 2U);
  EXPECT_EQ(leaks[0].training, 1);
  EXPECT_EQ(leaks[0].heldOut, 2);
  EXPECT_EQ(leaks[0].heldOutCharacter, "b");
  EXPECT_EQ(leaks[1].training, 6) << "the first sprite of a group may be the one that is held out";
  EXPECT_EQ(leaks[1].heldOutCharacter, "e");

  const SplitSettings closed = withoutLeaks(split, sprites, groups);
  EXPECT_TRUE(findLeaks(closed, sprites, groups).empty());
  for (const char* character : {"a", "b", "c", "d"}) EXPECT_FALSE(isHeldOut(closed, character)) << character;
  EXPECT_EQ(withoutLeaks(closed, sprites, groups), closed) << "nothing is left to do";
  SplitSettings most = split;
  most.pinned = {{"a", true}, {"b", true}, {"c", true}};
  const SplitSettings all = withoutLeaks(most, sprites, groups);
  EXPECT_TRUE(isHeldOut(all, "d")) << "the most of its family are held out";
}

}  // namespace
}  // namespace loom
