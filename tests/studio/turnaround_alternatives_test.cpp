#include "core/studio/turnaround_alternatives.h"

#include <gtest/gtest.h>

namespace loom {
namespace {

constexpr Rgba kSkin{230, 180, 140, 255}, kHair{90, 50, 20, 255};

/// A row of four pixels of skin of which the model is sure of the third alone.
TurnedView row() {
  TurnedView turned{.view = 1, .sprite = Sprite(4, 1), .confidence = {.5F, .6F, .9F, .4F}, .likely = {}};
  for (Rgba& pixel : turned.sprite.pixels()) pixel = kSkin;
  for (const float sure : turned.confidence) {
    turned.likely.push_back({{{kSkin, sure}, {kHair, 1 - sure}, {{}, 0}, {{}, 0}}});
  }
  return turned;
}

TEST(Alternatives, AreOfTheUncertainPixelsAround) {
  const TurnedView turned = row();
  EXPECT_EQ(uncertainRegion(turned, 0, 0), (std::vector<PixelPlace>{{0, 0}, {1, 0}}));
  EXPECT_EQ(uncertainRegion(turned, 2, 0), (std::vector<PixelPlace>{{0, 0}, {1, 0}, {2, 0}, {3, 0}}))
      << "the pixel asked about belongs to it, however sure";
  EXPECT_EQ(uncertainRegion(turned, 3, 0), (std::vector<PixelPlace>{{3, 0}})) << "a sure pixel parts the region";
}

TEST(Alternatives, OfferTheLikelyColoursInTheirOrder) {
  const std::vector<Alternative> offered = alternatives(row(), 3, 0);
  ASSERT_EQ(offered.size(), 2U) << "colours that are no part of the palette are not offered";
  EXPECT_EQ(offered[0].colour.colour, kSkin);
  EXPECT_FLOAT_EQ(offered[0].colour.share, .4F);
  EXPECT_EQ(offered[1].colour.colour, kHair);
  for (const Alternative& one : offered) {
    ASSERT_EQ(one.set.size(), 1U);
    EXPECT_EQ(one.set[0].view, 1);
    EXPECT_EQ(one.set[0].x, 3);
    EXPECT_EQ(one.set[0].y, 0);
    EXPECT_EQ(one.set[0].colour, one.colour.colour);
  }
}

TEST(Alternatives, AreNoneOutsideThePicture) {
  EXPECT_TRUE(alternatives(row(), 4, 0).empty());
  EXPECT_TRUE(alternatives(row(), 0, -1).empty());
}

}  // namespace
}  // namespace loom
