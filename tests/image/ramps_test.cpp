#include "core/image/ramps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/image/oklab.h"

namespace loom {
namespace {

const Ramp kRed{{60, 10, 10, 255}, {140, 25, 25, 255}, {220, 60, 60, 255}};
const Ramp kBlue{{15, 20, 70, 255}, {40, 60, 160, 255}};
const Ramp kGrey{{0, 0, 0, 255}, {128, 128, 128, 255}, {250, 250, 250, 128}};

/// A row of the colours, the first `more` times as often.
Sprite row(const std::vector<Rgba>& colours, int more = 1) {
  Sprite sprite(static_cast<int>(colours.size()) + more, 1);
  for (int x = 0; x < sprite.width(); ++x) {
    sprite.at(x, 0) = colours[static_cast<std::size_t>(std::max(0, x - more))];
  }
  return sprite;
}

std::vector<Rgba> joined(const std::vector<Ramp>& ramps) {
  std::vector<Rgba> all;
  for (const Ramp& ramp : ramps) all.insert(all.end(), ramp.begin(), ramp.end());
  return all;
}

TEST(Ramps, AreOneHueEachFromDarkToLight) {
  std::vector<Rgba> colours = joined({kRed, kGrey, kBlue});
  std::ranges::reverse(colours);
  colours.push_back({9, 9, 9, 0});
  const std::vector<Sprite> sprites{row(colours, 0), row(kRed, 9)};
  EXPECT_EQ(rampsOf(sprites), (std::vector<Ramp>{kRed, kGrey, kBlue})) << "those with most pixels first";
  EXPECT_TRUE(rampsOf({}).empty());
}

TEST(Ramps, DoNotCreepAroundTheCircle) {
  std::vector<Rgba> wheel;
  for (int degrees = 0; degrees < 360; degrees += 10) {
    const float angle = static_cast<float>(degrees) * 3.14159265F / 180;
    wheel.push_back(fromOkLab({.7F, .1F * std::cos(angle), .1F * std::sin(angle)}));
  }
  const std::vector<Sprite> sprites{row(wheel)};
  const std::vector<Ramp> ramps = rampsOf(sprites);
  EXPECT_GE(ramps.size(), 6U);
  EXPECT_EQ(joined(ramps).size(), wheel.size());
}

TEST(Ramps, MoveTheirHueAndKeepTheirLightness) {
  for (const ColourChange& change : shifted(kBlue, {.hue = 100})) {
    const OkLab before = toOkLab(change.from), after = toOkLab(change.to);
    EXPECT_NEAR(after.L, before.L, .02);
    EXPECT_GT(std::abs(after.a - before.a) + std::abs(after.b - before.b), .03);
  }
  for (const ColourChange& change : shifted(kRed, {.chroma = 0})) EXPECT_LT(chroma(toOkLab(change.to)), .01);
  for (const ColourChange& change : shifted(kGrey, {.lightness = .1F})) EXPECT_EQ(change.to.a, change.from.a);
  for (const ColourChange& change : shifted(kRed, {})) EXPECT_EQ(change.to, change.from) << "not even rounded";
}

TEST(Ramps, TakeTheHuesOfAnother) {
  for (const ColourChange& change : inHuesOf(kBlue, kRed)) {
    EXPECT_NEAR(toOkLab(change.to).L, toOkLab(change.from).L, .02);
    EXPECT_LT(toOkLab(change.to).b, 0) << "bluer";
  }
  for (const ColourChange& change : inHuesOf(kRed, kBlue)) EXPECT_GT(toOkLab(change.to).a, .02) << "redder";
  EXPECT_TRUE(inHuesOf({}, kRed).empty());
  EXPECT_EQ(inHuesOf(kRed, kRed), shifted(kRed, {})) << "its own are where they were";
}

TEST(Ramps, AreFoundAgainByTheirHue) {
  const std::vector<Ramp> ramps{kRed, kGrey, kBlue};
  EXPECT_EQ(findRamp(ramps, nameOf(kBlue)), 2U);
  EXPECT_EQ(findRamp(ramps, nameOf(kGrey)), 1U);
  RampName near = nameOf(kRed);
  near.hue += 30;
  EXPECT_EQ(findRamp(ramps, near), 0U);
  near.hue += 30;
  EXPECT_EQ(findRamp(ramps, near), std::nullopt);
  EXPECT_EQ(findRamp({}, near), std::nullopt);
}

TEST(Ramps, AreEditedInAllPicturesOfACharacterAtOnce) {
  const std::vector<Sprite> views{row(kRed), row(joined({kRed, kBlue}))};
  const std::vector<RampEdit> swap{{.ramp = nameOf(kRed), .like = nameOf(kBlue)},
                                   {.ramp = nameOf(kBlue), .like = nameOf(kRed)},
                                   {.ramp = {.grey = true}, .shift = {.lightness = .5F}}};
  const std::vector<Sprite> after = recoloured(views, swap);
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].at(2, 0), after[1].at(2, 0)) << "one colour in every view";
  EXPECT_LT(toOkLab(after[0].at(2, 0)).b, 0);
  EXPECT_GT(toOkLab(after[1].at(5, 0)).a, .02);
  EXPECT_EQ(recoloured(views, std::vector<RampEdit>{}), views);
  const std::vector<RampEdit> none{{.ramp = nameOf(kRed)}};
  EXPECT_EQ(recoloured(views, none), views);
}

TEST(Ramps, RecolourWithoutMovingAPixel) {
  const Sprite before = row(joined({kRed, kBlue}));
  const std::vector<ColourChange> changes{{kRed[0], kRed[1]}, {kRed[1], kRed[0]}};
  const Sprite after = recoloured(before, changes);
  EXPECT_EQ(after.at(0, 0), kRed[1]);
  EXPECT_EQ(after.at(2, 0), kRed[0]) << "a swap is no chain";
  EXPECT_EQ(after.at(3, 0), kRed[2]);
  EXPECT_EQ(recoloured(after, changes), before);
}

}  // namespace
}  // namespace loom
