#include "core/project/view.h"

#include <gtest/gtest.h>

namespace loom {
namespace {

TEST(View, NumbersAreThoseOfTinyHero) {
  EXPECT_EQ(parseView("0"), "back");
  EXPECT_EQ(parseView("1"), "left");
  EXPECT_EQ(parseView("2"), "front");
  EXPECT_EQ(parseView("3"), "right");
  EXPECT_EQ(parseView("4"), std::nullopt);
  EXPECT_EQ(parseView("00"), std::nullopt);
  EXPECT_EQ(parseViewWord("0"), std::nullopt);
}

TEST(View, WordsAreUnderstoodInAnyCaseAndWriting) {
  for (const char* word : {"back", "Back", "UP", "north", "rear", "back view", "facing_up"}) {
    EXPECT_EQ(parseView(word), "back") << word;
  }
  for (const char* word : {"front", "Down", "SOUTH", "front-view"}) EXPECT_EQ(parseView(word), "front") << word;
  for (const char* word : {"left", "West", "left side", "facing left"}) EXPECT_EQ(parseView(word), "left") << word;
  for (const char* word : {"right", "east", "RightSide"}) EXPECT_EQ(parseView(word), "right") << word;
  for (const char* word : {"back-left", "BackLeft", "up_left", "north west", "NW", "left-back"}) {
    EXPECT_EQ(parseView(word), "back-left") << word;
  }
  EXPECT_EQ(parseView("down-right"), "front-right");
}

TEST(View, OtherWordsAreNone) {
  for (const char* word : {"", "-", "knight", "view", "backpack", "upper", "frontier", "10"}) {
    EXPECT_EQ(parseView(word), std::nullopt) << word;
  }
}

TEST(View, OrderForTrainingAndForSheets) {
  const std::vector<std::string> views{"zenith", "any",   "right",      "front-left", "front",
                                       "left",   "above", "back-right", "back",       "front"};
  EXPECT_EQ(sortedViews(views), (std::vector<std::string>{"back", "left", "front", "right", "front-left", "back-right",
                                                          "above", "zenith", "any"}));
  EXPECT_EQ(lpcOrder(views), (std::vector<std::string>{"back", "left", "front", "right", "above", "back-right",
                                                       "front-left", "zenith", "any"}));
  EXPECT_TRUE(sortedViews({}).empty());
}

TEST(View, MirroringSwapsLeftAndRightAlone) {
  EXPECT_EQ(mirroredView("left"), "right");
  EXPECT_EQ(mirroredView("right"), "left");
  EXPECT_EQ(mirroredView("back-left"), "back-right");
  EXPECT_EQ(mirroredView("front-right"), "front-left");
  for (const char* view : {"front", "back", "any", "side", "cleft", "bright"}) EXPECT_EQ(mirroredView(view), view);
}

}  // namespace
}  // namespace loom
