#include "core/evaluate/nearest_sprites.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/random_stream.h"

namespace loom {
namespace {

constexpr int kSide = 16;

/// Ten pixels in a row, at x, y, of one colour.
Sprite bar(int x, int y, Rgba colour) {
  Sprite sprite(kSide, kSide);
  for (int i = 0; i < 10; ++i) sprite.at(x + i, y) = colour;
  return sprite;
}

constexpr Rgba kRed{255, 0, 0, 255}, kGreen{0, 255, 0, 255}, kBlue{0, 0, 255, 255};

std::vector<NearestTwo> nearest(const std::vector<Sprite>& training, const std::vector<Sprite>& sprites) {
  JobMonitor monitor;
  return NearestSprites(training, kSide, monitor).find(sprites, monitor);
}

TEST(NearestSprites, MeasuresTheDifferenceOfThePixelsShown) {
  const std::vector<Sprite> training = {bar(3, 8, kRed), bar(3, 3, kBlue)};
  Sprite asked = training[0];
  asked.at(5, 8) = kGreen;
  const NearestTwo found = nearest(training, {asked}).front();
  EXPECT_EQ(found.nearest, 0U);
  EXPECT_EQ(found.second, 1U);
  EXPECT_NEAR(found.difference, 2. * 255 / (10 * 4 * 255), 1e-9) << "red gone and green come in one pixel of ten";
  EXPECT_FALSE(found.isCopy());
}

/// 5 x 5 blocks of 2 x 2 pixels in random colours, the corner at x, y.
Sprite blocks(std::uint64_t seed, int x, int y, int darker = 0) {
  RandomStream random(seed);
  Sprite sprite(kSide, kSide);
  for (int row = 0; row < 5; ++row) {
    for (int column = 0; column < 5; ++column) {
      Rgba colour = random.chance(.5) ? kRed : random.chance(.5) ? kGreen : kBlue;
      colour.r = static_cast<std::uint8_t>(std::max(0, colour.r - darker));
      for (int i = 0; i < 4; ++i) sprite.at(x + 2 * column + i % 2, y + 2 * row + i / 2) = colour;
    }
  }
  return sprite;
}

TEST(NearestSprites, FindsACopyThatWasMovedAndALittleRecoloured) {
  std::vector<Sprite> training;
  for (std::uint64_t seed = 0; seed < 40; ++seed) training.push_back(blocks(seed, 3, 3));
  const std::vector<NearestTwo> found = nearest(training, {blocks(17, 4, 1, 8), blocks(99, 3, 3)});
  EXPECT_EQ(found[0].nearest, 17U);
  EXPECT_TRUE(found[0].isCopy());
  EXPECT_LT(found[0].ratio(), .1) << "no other sprite is near";
  EXPECT_FALSE(found[1].isCopy());
  EXPECT_GT(found[1].ratio(), .7) << "many are as near as the nearest";
}

TEST(NearestSprites, CountsTwinsAsOneSprite) {
  const std::vector<Sprite> training = {bar(3, 8, kRed), bar(3, 8, kRed), bar(3, 8, kGreen)};
  const NearestTwo found = nearest(training, {training[1]}).front();
  EXPECT_EQ(found.nearest, 0U);
  EXPECT_EQ(found.second, 2U);
  EXPECT_EQ(found.difference, 0);
  EXPECT_EQ(found.ratio(), 0);
  EXPECT_THROW(nearest({training[0], training[1]}, {training[0]}), Error) << "one sprite alone";
}

TEST(NearestSprites, AnEmptySpriteIsNoCopyOfAFullOne) {
  const NearestTwo found = nearest({bar(3, 8, kRed), bar(3, 3, kBlue)}, {Sprite(kSide, kSide)}).front();
  EXPECT_FALSE(found.isCopy());
}

TEST(NearestSprites, StopsWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  JobMonitor monitor(stop.get_token(), {});
  const std::vector<Sprite> training = {bar(3, 8, kRed), bar(3, 3, kBlue)};
  EXPECT_THROW(NearestSprites(training, kSide, monitor), Cancelled);
}

TEST(NearerThanHeldOut, IsHowOftenAMadeSpriteIsNearer) {
  const std::vector<NearestTwo> far = {{.difference = .2}, {.difference = .4}},
                                mixed = {{.difference = .1}, {.difference = .3}};
  EXPECT_EQ(nearerThanHeldOut(far, far), .5);
  EXPECT_EQ(nearerThanHeldOut(mixed, far), .75);
  EXPECT_EQ(nearerThanHeldOut(std::vector<NearestTwo>{{.difference = 0}}, far), 1);
}

}  // namespace
}  // namespace loom
