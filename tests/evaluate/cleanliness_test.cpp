#include "core/evaluate/cleanliness.h"

#include <gtest/gtest.h>

#include <string>

#include "core/image/edit.h"

namespace loom {
namespace {

/// Eight rows of eight letters: r, g, b in full, p a red almost like r, h a red of half alpha, a dot for nothing.
Sprite drawn(const std::vector<std::string>& rows) {
  Sprite sprite(8, 8);
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) {
      switch (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]) {
        case 'r':
          sprite.at(x, y) = {200, 0, 0, 255};
          break;
        case 'p':
          sprite.at(x, y) = {208, 8, 0, 255};
          break;
        case 'h':
          sprite.at(x, y) = {200, 0, 0, 100};
          break;
        case 'g':
          sprite.at(x, y) = {0, 200, 0, 255};
          break;
        case 'b':
          sprite.at(x, y) = {0, 0, 200, 255};
          break;
        default:
          break;
      }
    }
  }
  return sprite;
}

const std::vector<std::string> kClean = {"........", "........", "..rrrr..", "..rggr..",
                                         "..rggr..", "..rrrr..", "........", "........"};
const std::vector<std::string> kStray = {"b.......", "........", "..rrrr..", "..rgbr..",
                                         "..rggr..", "..rrrr..", "........", ".......b"};

TEST(Cleanliness, CountsColoursExactly) {
  EXPECT_EQ(coloursPerSprite(std::vector{drawn(kClean)}), 2);
  EXPECT_EQ(coloursPerSprite(std::vector{drawn(kClean), drawn(kStray)}), 2.5);
  EXPECT_EQ(coloursPerSprite(std::vector{drawn(
                {"rp......", "........", "........", "........", "........", "........", "........", "........"})}),
            2)
      << "also those that look the same";
}

TEST(Cleanliness, AnOrphanResemblesNoneOfItsFourNeighbours) {
  EXPECT_EQ(orphanShare(std::vector{drawn(kClean)}), 0);
  EXPECT_DOUBLE_EQ(orphanShare(std::vector{drawn(kStray)}), 3. / 18) << "two alone, one among others";
  const Sprite diagonal =
      drawn({"r.......", ".r......", "..pr....", "........", "........", "........", "........", "........"});
  EXPECT_DOUBLE_EQ(orphanShare(std::vector{diagonal}), 2. / 4) << "p is red enough; a diagonal neighbour is none";
  EXPECT_EQ(orphanShare(std::vector{Sprite(8, 8)}), 0);
}

TEST(Cleanliness, PartialAlphaIsNeitherOpaqueNorEmpty) {
  Sprite sprite =
      drawn({"rrrh....", "........", "........", "........", "........", "........", "........", "........"});
  EXPECT_DOUBLE_EQ(partialAlphaShare(std::vector{sprite}), 1. / 4);
  sprite.at(0, 0).a = 250;
  sprite.at(5, 5).a = 5;
  EXPECT_DOUBLE_EQ(partialAlphaShare(std::vector{sprite}), 1. / 4) << "a few levels do not count";
}

TEST(Cleanliness, OffPaletteIsWhatNoColourInUseIsLike) {
  const ColoursInUse inUse(std::vector{drawn(kClean)});
  EXPECT_EQ(offPaletteShare(std::vector{drawn(kClean)}, inUse), 0);
  EXPECT_DOUBLE_EQ(offPaletteShare(std::vector{drawn(kStray)}, inUse), 3. / 18) << "blue";
  EXPECT_TRUE(inUse.contains({208, 8, 8, 255}));
  EXPECT_TRUE(inUse.contains({192, 0, 0, 255}));
  EXPECT_FALSE(inUse.contains({209, 0, 0, 255}));
  EXPECT_FALSE(inUse.contains({191, 0, 0, 255}));
  EXPECT_FALSE(inUse.contains({200, 9, 0, 255}));
}

TEST(Cleanliness, ColoursInUseReachEightLevelsEachWayAndNoFurther) {
  for (int base = 0; base < 256; base += 5) {
    Sprite one(1, 1);
    one.at(0, 0) = {static_cast<std::uint8_t>(base), 100, 255, 255};
    const ColoursInUse inUse(std::vector{one});
    for (int value = 0; value < 256; ++value) {
      EXPECT_EQ(inUse.contains({static_cast<std::uint8_t>(value), 100, 255, 255}), std::abs(value - base) <= 8)
          << base << " " << value;
    }
  }
}

const std::vector<std::string> kLeft = {"........", "...rr...", "...rr...", "..grr...",
                                        "...rr...", "...rr...", "...r....", "........"};

SpriteSet views(const Sprite& left, const Sprite& right) {
  SpriteSet set;
  set.add(left, 0, "left");
  set.add(right, 0, "right");
  set.add(drawn(kClean), 1, "left");  // without its other side
  return set;
}

TEST(Cleanliness, ViewsAgreeWhenOneIsTheOthersMirrorImage) {
  const Sprite left = drawn(kLeft);
  EXPECT_EQ(mirrorConsistency(views(left, mirrored(left))), 1);
  EXPECT_EQ(silhouetteOverlap(views(left, mirrored(left))), 1);
  Sprite other = mirrored(left);
  other.at(5, 3) = {0, 0, 200, 255};  // the green pixel in blue
  EXPECT_DOUBLE_EQ(*mirrorConsistency(views(left, other)), 1 - 1. / 12);
  EXPECT_EQ(silhouetteOverlap(views(left, other)), 1) << "the outline is the same";
  other.at(5, 3) = {};
  EXPECT_DOUBLE_EQ(*silhouetteOverlap(views(left, other)), 11. / 12);
}

TEST(Cleanliness, OutlinesOfBackAndFrontAgreeButNotTheirColours) {
  SpriteSet set;
  set.add(drawn(kLeft), 4, "front");
  Sprite back = mirrored(drawn(kLeft));
  for (Rgba& pixel : back.pixels()) pixel.b = pixel.a;
  set.add(back, 4, "back");
  EXPECT_EQ(silhouetteOverlap(set), 1);
  EXPECT_FALSE(mirrorConsistency(set)) << "nothing is left or right";
}

TEST(Cleanliness, SaysNothingOfViewsWithoutAPair) {
  SpriteSet set;
  set.add(drawn(kLeft), 0, "left");
  set.add(drawn(kLeft), 1, "right");
  EXPECT_FALSE(mirrorConsistency(set)) << "two characters";
  EXPECT_FALSE(silhouetteOverlap(set));
  EXPECT_FALSE(mirrorConsistency(views(Sprite(8, 8), Sprite(8, 8)))) << "nothing to be seen";
  EXPECT_EQ(mirrorConsistency(views(drawn(kLeft), Sprite(8, 8))), 0) << "one side is missing";
}

}  // namespace
}  // namespace loom
