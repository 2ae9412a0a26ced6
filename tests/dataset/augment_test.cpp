#include "core/dataset/augment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace loom {
namespace {

const std::vector<std::string> kViews{"back", "left", "front", "right"};

TEST(Augmenter, ChangesNothingWhenEverythingIsOff) {
  RandomStream random(5);
  Augmenter augmenter(AugmentOptions::from(Json::object()), kViews, random);
  const Augmentation change = augmenter.next(3);
  EXPECT_FALSE(change.mirror);
  EXPECT_EQ(change.view, 3);
  EXPECT_EQ(change.dx, 0);
  EXPECT_EQ(change.dy, 0);
  EXPECT_EQ(change.brightness, 1);
  EXPECT_EQ(change.hue, 0);
  EXPECT_EQ(augmenter.random().save(), random.save());
}

TEST(Augmenter, SwapsLeftAndRightWhenItMirrors) {
  Augmenter augmenter({.mirror = true}, kViews, RandomStream(6));
  int mirrored = 0;
  for (int round = 0; round < 400; ++round) {
    const int view = round % 4;
    const Augmentation change = augmenter.next(view);
    mirrored += change.mirror ? 1 : 0;
    const int opposite = view == 1 ? 3 : view == 3 ? 1 : view;
    EXPECT_EQ(change.view, change.mirror ? opposite : view);
  }
  EXPECT_GT(mirrored, 150);
  EXPECT_LT(mirrored, 250);
}

TEST(Augmenter, NeverMirrorsAViewWhoseOppositeIsUnknown) {
  Augmenter augmenter({.mirror = true}, {"front", "left"}, RandomStream(7));
  bool front = false;
  for (int round = 0; round < 100; ++round) {
    front = front || augmenter.next(0).mirror;
    const Augmentation left = augmenter.next(1);
    EXPECT_FALSE(left.mirror);
    EXPECT_EQ(left.view, 1);
  }
  EXPECT_TRUE(front);
}

TEST(Augmenter, StaysWithinItsRanges) {
  const Json settings = {
      {"shift", 2}, {"jitter_brightness", .3}, {"jitter_contrast", .2}, {"jitter_saturation", .1}, {"jitter_hue", .05},
      {"batch", 7}};
  Augmenter augmenter(AugmentOptions::from(settings), kViews, RandomStream(8));
  bool left = false, right = false;
  double brightest = 0;
  for (int round = 0; round < 500; ++round) {
    const Augmentation change = augmenter.next(0);
    EXPECT_LE(std::abs(change.dx), 2);
    EXPECT_LE(std::abs(change.dy), 2);
    EXPECT_LE(std::abs(change.brightness - 1), .3);
    EXPECT_LE(std::abs(change.contrast - 1), .2);
    EXPECT_LE(std::abs(change.saturation - 1), .1);
    EXPECT_LE(std::abs(change.hue), .05);
    EXPECT_FALSE(change.mirror);
    left = left || change.dx == -2;
    right = right || change.dx == 2;
    brightest = std::max(brightest, change.brightness);
  }
  EXPECT_TRUE(left && right);
  EXPECT_GT(brightest, 1.28);
}

TEST(Augmenter, ContinuesFromItsStream) {
  Augmenter augmenter({.shift = 3, .hue = .1}, kViews, RandomStream(9));
  augmenter.next(0);
  Augmenter restored({.shift = 3, .hue = .1}, kViews, RandomStream::restore(augmenter.random().save()));
  for (int round = 0; round < 10; ++round) {
    const Augmentation a = augmenter.next(1), b = restored.next(1);
    EXPECT_EQ(a.dx, b.dx);
    EXPECT_EQ(a.hue, b.hue);
  }
}

TEST(AugmentOptions, AreSwitchedOnTogetherByOneWord) {
  const AugmentOptions off = AugmentOptions::from({{"augment", "off"}, {"shift", 2}});
  EXPECT_EQ(off.shift, 2);
  EXPECT_FALSE(off.recolours());
  const AugmentOptions gentle = AugmentOptions::from({{"augment", "gentle"}});
  EXPECT_TRUE(gentle.moves() && gentle.recolours());
  EXPECT_FALSE(gentle.mirror) << "a sword would change hands";
  EXPECT_EQ(gentle.shift, 1);
  const AugmentOptions strong = AugmentOptions::from({{"augment", "strong"}, {"shift", 5}, {"jitter_hue", .01}});
  EXPECT_TRUE(strong.mirror);
  EXPECT_EQ(strong.shift, 5) << "the larger holds";
  EXPECT_GT(strong.hue, gentle.hue);
  EXPECT_GT(strong.brightness, gentle.brightness);
  EXPECT_EQ(strong.palette, 0) << "not every set bears green skin";
}

TEST(Augmenter, ExchangesColoursOfTheShareAskedFor) {
  Augmenter augmenter({.palette = .5}, kViews, RandomStream(8));
  std::map<std::array<int, 3>, int> seen;
  for (int round = 0; round < 1200; ++round) ++seen[augmenter.next(0).palette];
  EXPECT_EQ(seen.size(), 6U);
  EXPECT_NEAR((seen[{0, 1, 2}]), 600, 80);
  EXPECT_NEAR((seen[{2, 1, 0}]), 120, 50);
  for (const auto& [order, count] : seen) {
    EXPECT_EQ(order[0] + order[1] + order[2], 3) << "each channel once";
    EXPECT_NE(order[0], order[1]);
  }
}

}  // namespace
}  // namespace loom
