#include "core/studio/touch_up.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr Rgba kRed{200, 30, 30, 255}, kBlue{30, 30, 200, 255}, kGlass{9, 8, 7, 100};

Sprite filled(int width, int height, Rgba colour) {
  Sprite sprite(width, height);
  std::ranges::fill(sprite.pixels(), colour);
  return sprite;
}

TouchUp sample() {
  TouchUp touchUp;
  const PixelPlace blue{1, 2}, glass{0, 0}, away{7, 7};
  touchUp.paint("front", {&blue, 1}, kBlue);
  touchUp.paint("front", {&glass, 1}, kGlass);
  touchUp.paint("left", {&away, 1}, Rgba{});
  return touchUp;
}

TEST(PixelLayer, LiesOverASpriteAndLeavesOutWhatIsOutside) {
  const Sprite drawn = withLayer(filled(2, 3, kRed), sample().layers.at("front"));
  EXPECT_EQ(drawn.at(1, 2), kBlue);
  EXPECT_EQ(drawn.at(0, 2), kRed);
  EXPECT_EQ(withLayer(filled(2, 3, kRed), sample().layers.at("left")), filled(2, 3, kRed)) << "7, 7 is outside";
}

TEST(TouchUp, IsDrawnOverItsOwnViewUnlessItIsHidden) {
  const std::vector<std::string> views = {"back", "front"};
  const std::vector<Sprite> made(2, filled(2, 3, kRed));
  TouchUp touchUp = sample();
  const std::vector<Sprite> shown = touchedUp(made, views, touchUp);
  EXPECT_EQ(shown[0], made[0]);
  EXPECT_EQ(shown[1].at(1, 2), kBlue);
  touchUp.hidden = true;
  EXPECT_EQ(touchedUp(made, views, touchUp), made);
}

TEST(TouchUp, WhatIsRestoredLeavesNothingBehind) {
  TouchUp touchUp;
  const std::vector<PixelPlace> places = {{1, 1}, {2, 1}};
  touchUp.paint("front", places, kRed);
  touchUp.restore("front", {places.data(), 1});
  EXPECT_EQ(touchUp.layers.at("front").size(), 1U);
  touchUp.restore("front", places);
  touchUp.restore("left", places);
  EXPECT_TRUE(touchUp.empty());
}

TEST(TouchUp, ComesBackFromJson) {
  TouchUp touchUp = sample();
  touchUp.hidden = true;
  EXPECT_EQ(touchUpFrom(Json::parse(toJson(touchUp).dump())), touchUp);
  EXPECT_EQ(touchUpFrom(toJson(TouchUp())), TouchUp());
}

TEST(TouchUp, OfDamagedJsonTheWholeLayersStay) {
  Json json = toJson(sample());
  json["layers"]["left"] = "nothing";
  json["layers"]["right"] = Json::array({Json::array({1, 2})});
  json["hidden"] = 3;
  const TouchUp touchUp = touchUpFrom(json);
  EXPECT_EQ(touchUp.layers.size(), 1U);
  EXPECT_EQ(touchUp.layers.at("front"), sample().layers.at("front"));
  EXPECT_FALSE(touchUp.hidden);
  for (const char* other : {"null", "[]", "{\"layers\": 4}", "7"}) EXPECT_TRUE(touchUpFrom(Json::parse(other)).empty());
}

TEST(RightFromLeft, MirrorsEverySideViewThatHasAnOpposite) {
  const std::vector<std::string> views = {"front", "left", "right", "back-left", "back-right"};
  std::vector<Sprite> sprites(5, filled(3, 2, kRed));
  sprites[1].at(0, 0) = kBlue;
  sprites[3].at(1, 1) = kGlass;
  const std::vector<Sprite> mirroredSides = rightFromLeft(sprites, views);
  EXPECT_EQ(mirroredSides[2], mirrored(sprites[1]));
  EXPECT_EQ(mirroredSides[4], mirrored(sprites[3]));
  EXPECT_EQ(mirroredSides[0], sprites[0]);
  EXPECT_EQ(mirroredSides[1], sprites[1]);
}

TEST(RightFromLeft, LeavesARightViewWithoutALeftOne) {
  const std::vector<std::string> views = {"front", "right"};
  const std::vector<Sprite> sprites(2, filled(3, 2, kRed));
  EXPECT_EQ(rightFromLeft(sprites, views), sprites);
  EXPECT_EQ(drawnView("right", views), "right");
  EXPECT_EQ(drawnView("front", views), "front");
}

}  // namespace
}  // namespace loom
