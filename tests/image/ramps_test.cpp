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
  const std::vector<Sprite> sprites{row(colours), row(kRed, 9)};
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

TEST(Ramps, ExchangeTheirHues) {
  const std::vector<ColourChange> changes = swapped(kRed, kBlue);
  ASSERT_EQ(changes.size(), kRed.size() + kBlue.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const OkLab before = toOkLab(changes[i].from), after = toOkLab(changes[i].to);
    EXPECT_NEAR(after.L, before.L, .02);
    if (i < kRed.size()) {
      EXPECT_LT(after.b, 0) << "bluer";
    } else {
      EXPECT_GT(after.a, .02) << "redder";
    }
  }
  EXPECT_TRUE(swapped(kRed, {}).empty());
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
