#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "aseprite_writer.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/random_stream.h"
#include "core/image/animation.h"
#include "core/image/aseprite.h"
#include "core/image/codec.h"
#include "core/image/image_format.h"
#include "core/image/picture_head.h"

namespace loom {
namespace {

using test::AsepriteWriter;
using test::Bytes;

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kGreen{0, 255, 0, 255};
constexpr Rgba kBlue{0, 0, 255, 255};
constexpr Rgba kNone{};

std::string messageOf(const Bytes& bytes) {
  try {
    decodeAnimation(bytes, "walk.aseprite");
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.what();
    return error.what();
  }
  return {};
}

TEST(Aseprite, RoundTripsPixelsDurationsTagsAndSlices) {
  const Sprite first = test::noiseSprite(12, 9, 1);
  const Sprite second = test::noiseSprite(12, 9, 2);
  AsepriteWriter writer(12, 9);
  writer.frame(80).layer({}).cel({}, first);
  writer.tags({{"walk", 0, 1}, {"idle", 2, 2}});
  writer.slice("head", {{0, 2, 1, 5, 4}, {2, 3, -1, 6, 4}}, true, true).slice("foot", {{1, 0, 8, 3, 1}}, false, false);
  writer.frame(0).rawCel({}, second);
  writer.frame(250).linkedCel({}, 0);
  const Bytes bytes = writer.bytes();
  EXPECT_EQ(imageFormat(bytes), ImageFormat::kAseprite);
  EXPECT_EQ(imageFormat(std::span(bytes).first(512 < bytes.size() ? 512 : bytes.size())), ImageFormat::kAseprite);
  EXPECT_EQ(pictureSize(bytes), (PictureSize{12, 9}));
  EXPECT_TRUE(isAnimated(bytes));
  const Animation animation = decodeAnimation(bytes, "it");
  EXPECT_EQ(animation.problem, "");
  ASSERT_EQ(animation.frames.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const Sprite& expected = i == 1 ? second : first;
    EXPECT_EQ(contentHash(animation.frames[i].sprite), contentHash(expected)) << i;
  }
  EXPECT_EQ(animation.frames[0].milliseconds, 80);
  EXPECT_EQ(animation.frames[1].milliseconds, 70);  // the head's, where a frame has none
  EXPECT_EQ(animation.frames[2].milliseconds, 250);
  ASSERT_EQ(animation.tags.size(), 2U);
  EXPECT_EQ(animation.tags[0].name, "walk");
  EXPECT_EQ(animation.tags[0].last, 1);
  EXPECT_EQ(animation.tags[1].first, 2);
  ASSERT_EQ(animation.slices.size(), 3U);
  EXPECT_EQ(animation.slices[1].name, "head");
  EXPECT_EQ(animation.slices[1].frame, 2);
  EXPECT_EQ(animation.slices[1].area, (PixelRect{3, -1, 6, 4}));
  EXPECT_EQ(animation.slices[2].area, (PixelRect{0, 8, 3, 1}));
  EXPECT_EQ(contentHash(decodeImage(bytes, "it")), contentHash(first));
}

TEST(Aseprite, TagsAndSlicesThatSpeakOfMissingFramesAreDropped) {
  AsepriteWriter writer(4, 4);
  writer.frame(100).layer({}).cel({}, test::plainSprite(4, 4, kRed));
  writer.tags({{"far", 7, 9}, {"long", 0, 9}, {"backwards", 1, 0}}).slice("late", {{5, 0, 0, 1, 1}}, false, false);
  const Animation animation = decodeAnimation(writer.bytes(), "it");
  ASSERT_EQ(animation.tags.size(), 1U);
  EXPECT_EQ(animation.tags[0].name, "long");
  EXPECT_EQ(animation.tags[0].last, 0);
  EXPECT_TRUE(animation.slices.empty());
}

TEST(Aseprite, HiddenAndReferenceLayersAndThoseInHiddenGroupsAreNotDrawn) {
  AsepriteWriter writer(2, 1);
  writer.frame(100).layer({.name = "shown"}).layer({.name = "hidden", .flags = 0});
  writer.layer({.name = "group", .flags = 0, .kind = 1}).layer({.name = "inner", .flags = 1, .level = 1});
  writer.layer({.name = "traced", .flags = 65}).layer({.name = "top"});
  for (const int layer : {1, 3, 4}) writer.cel({.layer = layer}, test::plainSprite(2, 1, kRed));
  writer.cel({.layer = 0}, test::plainSprite(2, 1, kGreen)).cel({.layer = 5, .x = 1}, test::plainSprite(1, 1, kBlue));
  const Sprite sprite = decodeImage(writer.bytes(), "it");
  EXPECT_EQ(sprite.at(0, 0), kGreen);
  EXPECT_EQ(sprite.at(1, 0), kBlue);
}

TEST(Aseprite, OpacitiesOfLayerAndCelMultiplyWhereTheHeadSaysTheyHold) {
  for (const int flags : {0, 1}) {
    AsepriteWriter writer(1, 1, 32, flags);
    writer.frame(100).layer({.opacity = 128}).cel({.opacity = 128}, test::plainSprite(1, 1, kRed));
    EXPECT_EQ(decodeImage(writer.bytes(), "it").at(0, 0).a, flags == 1 ? 64 : 128);
  }
}

TEST(Aseprite, CelsAreClippedToTheCanvas) {
  const Sprite big = test::noiseSprite(40, 40, 5);
  AsepriteWriter writer(6, 5);
  writer.frame(100).layer({}).cel({.x = -7, .y = -9}, big);
  writer.frame(100).cel({.x = 4, .y = 3}, big).frame(100).cel({.x = 3000, .y = -3000}, big);
  const Animation animation = decodeAnimation(writer.bytes(), "it");
  ASSERT_EQ(animation.frames.size(), 3U);
  EXPECT_EQ(contentHash(animation.frames[0].sprite), contentHash(cropped(big, {7, 9, 6, 5})));
  EXPECT_EQ(contentHash(animation.frames[1].sprite), contentHash(cropped(big, {-4, -3, 6, 5})));
  EXPECT_EQ(animation.frames[2].sprite, Sprite(6, 5));
}

TEST(Aseprite, ZIndexMovesACelBetweenLayers) {
  const auto topOf = [](int lowestMoved, int highestMoved) {
    AsepriteWriter writer(1, 1);
    writer.frame(100).layer({}).layer({}).layer({});
    writer.cel({.layer = 0, .zIndex = lowestMoved}, test::plainSprite(1, 1, kRed));
    writer.cel({.layer = 1}, test::plainSprite(1, 1, kGreen));
    writer.cel({.layer = 2, .zIndex = highestMoved}, test::plainSprite(1, 1, kBlue));
    return decodeImage(writer.bytes(), "it").at(0, 0);
  };
  EXPECT_EQ(topOf(0, 0), kBlue);
  EXPECT_EQ(topOf(2, 0), kRed);  // same place as the third: the greater index is drawn later
  EXPECT_EQ(topOf(0, -1), kGreen);
  EXPECT_EQ(topOf(1, -2), kRed);
}

TEST(Aseprite, IndexedPicturesUseThePaletteOfTheirFrameAndTheTransparentIndex) {
  Sprite indices(3, 1);
  for (int x = 0; x < 3; ++x) indices.at(x, 0).r = static_cast<std::uint8_t>(x);
  AsepriteWriter writer(3, 2, 8, 1, 1);
  writer.frame(100).palette({kRed, {1, 2, 3, 255}, {0, 0, 255, 90}});
  writer.layer({.name = "back", .flags = 9}).layer({});
  writer.cel({.layer = 0, .y = 1}, indices).cel({.layer = 1}, indices);
  writer.frame(100).linkedCel({.layer = 1}, 0).palette({kGreen}, 0);
  writer.frame(100).linkedCel({.layer = 1}, 1);
  const Animation animation = decodeAnimation(writer.bytes(), "it");
  ASSERT_EQ(animation.frames.size(), 3U);
  EXPECT_EQ(animation.frames[0].sprite.at(0, 0), kRed);
  EXPECT_EQ(animation.frames[0].sprite.at(1, 0), kNone);
  EXPECT_EQ(animation.frames[0].sprite.at(2, 0), (Rgba{0, 0, 255, 90}));
  EXPECT_EQ(animation.frames[0].sprite.at(1, 1), (Rgba{1, 2, 3, 255}));  // a background has no holes
  EXPECT_EQ(animation.frames[1].sprite.at(0, 0), kGreen);
  EXPECT_EQ(animation.frames[2].sprite.at(0, 0), kGreen);
  EXPECT_EQ(animation.frames[2].sprite.at(2, 0), (Rgba{0, 0, 255, 90}));
}

TEST(Aseprite, TheOldPaletteCountsUnlessThereIsANewOne) {
  for (const bool both : {false, true}) {
    AsepriteWriter writer(1, 1, 8, 1, 7);
    writer.frame(100);
    if (both) writer.palette({kBlue});
    writer.oldPalette({kGreen, kRed}).layer({}).cel({}, Sprite(1, 1));
    EXPECT_EQ(decodeImage(writer.bytes(), "it").at(0, 0), both ? kBlue : kGreen);
  }
}

TEST(Aseprite, ReadsGreyscale) {
  AsepriteWriter writer(1, 1, 16);
  writer.frame(100).layer({}).cel({}, test::plainSprite(1, 1, {90, 90, 90, 128}));
  EXPECT_EQ(decodeImage(writer.bytes(), "it").at(0, 0), (Rgba{90, 90, 90, 128}));
}

TEST(Aseprite, GroupsBlendAsOneWhereTheHeadSaysSo) {
  for (const int flags : {1, 3}) {
    AsepriteWriter writer(1, 1, 32, flags);
    writer.frame(100).layer({}).layer({.kind = 1, .opacity = 128});
    writer.layer({.level = 1}).layer({.level = 1});
    writer.cel({.layer = 0}, test::plainSprite(1, 1, {0, 0, 0, 255}));
    writer.cel({.layer = 2}, test::plainSprite(1, 1, kRed)).cel({.layer = 3}, test::plainSprite(1, 1, kBlue));
    const Rgba pixel = decodeImage(writer.bytes(), "it").at(0, 0);
    EXPECT_EQ(pixel, flags == 3 ? (Rgba{0, 0, 128, 255}) : kBlue);
  }
}

/// Tiles of 2 x 2: an empty one, then one of four colours.
Sprite tileStrip() {
  Sprite strip(2, 4);
  strip.at(0, 2) = {1, 0, 0, 255};
  strip.at(1, 2) = {2, 0, 0, 255};
  strip.at(0, 3) = {3, 0, 0, 255};
  strip.at(1, 3) = {4, 0, 0, 255};
  return strip;
}

TEST(Aseprite, TilemapsPlaceAndFlipTheirTiles) {
  constexpr std::uint32_t kFlipX = 0x80000000;
  constexpr std::uint32_t kFlipY = 0x40000000;
  constexpr std::uint32_t kSwap = 0x20000000;
  AsepriteWriter writer(10, 3);
  writer.frame(100).tileset(4, 2, 2, 2, tileStrip()).layer({.kind = 2, .tileset = 4});
  writer.tileCel({.y = 1}, 5, 1, {0, 1, 1 | kFlipX, 1 | kFlipY, 1 | kSwap});
  const Sprite sprite = decodeImage(writer.bytes(), "it");
  const auto reds = [&](int tile) {
    std::vector<int> list;
    for (int y = 1; y < 3; ++y) {
      for (int x = 0; x < 2; ++x) list.push_back(sprite.at(tile * 2 + x, y).r);
    }
    return list;
  };
  EXPECT_EQ(reds(0), (std::vector{0, 0, 0, 0}));
  EXPECT_EQ(reds(1), (std::vector{1, 2, 3, 4}));
  EXPECT_EQ(reds(2), (std::vector{2, 1, 4, 3}));
  EXPECT_EQ(reds(3), (std::vector{3, 4, 1, 2}));
  EXPECT_EQ(reds(4), (std::vector{1, 3, 2, 4}));
  EXPECT_EQ(sprite.at(2, 0), kNone);
}

TEST(Aseprite, AnOldTilesetCountsItsTilesFromZero) {
  AsepriteWriter writer(2, 2);
  writer.frame(100).tileset(0, 1, 1, 2, cropped(tileStrip(), {0, 2, 2, 1}), false).layer({.kind = 2});
  writer.tileCel({}, 2, 2, {0, 1, 0x1fffffff, 5});
  const Sprite sprite = decodeImage(writer.bytes(), "it");
  EXPECT_EQ(sprite.at(0, 0).r, 1);
  EXPECT_EQ(sprite.at(1, 0).r, 2);
  EXPECT_EQ(sprite.at(0, 1), kNone);
  EXPECT_EQ(sprite.at(1, 1), kNone);
}

/// The separable modes of "Compositing and Blending Level 1" over an opaque backdrop, in real numbers.
double reference(int mode, double b, double s) {
  const auto hard = [](double below, double above) {
    return above <= 0.5 ? below * 2 * above : below + 2 * above - 1 - below * (2 * above - 1);
  };
  const double lifted = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : std::sqrt(b);
  switch (mode) {
    case 1:
      return b * s;
    case 2:
      return b + s - b * s;
    case 3:
      return hard(s, b);
    case 4:
      return std::min(b, s);
    case 5:
      return std::max(b, s);
    case 6:
      return b == 0 ? 0 : s == 1 ? 1 : std::min(1.0, b / (1 - s));
    case 7:
      return b == 1 ? 1 : s == 0 ? 0 : 1 - std::min(1.0, (1 - b) / s);
    case 8:
      return hard(b, s);
    case 9:
      return s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (lifted - b);
    case 10:
      return std::abs(b - s);
    case 11:
      return b + s - 2 * b * s;
    case 16:
      return std::min(1.0, b + s);
    case 17:
      return std::max(0.0, b - s);
    case 18:
      return b == 0 ? 0 : s == 0 ? 1 : std::min(1.0, b / s);
    default:
      return s;
  }
}

TEST(AsepriteBlend, EveryChannelModeIsTheStandardsOne) {
  for (int mode = 0; mode <= 18; ++mode) {
    if (mode >= 12 && mode <= 15) continue;
    for (int b = 0; b < 256; b += 5) {
      for (int s = 0; s < 256; s += 3) {
        const Rgba backdrop{static_cast<std::uint8_t>(b), 7, 250, 255};
        const Rgba source{static_cast<std::uint8_t>(s), 90, 128, 255};
        const Rgba mixed = ase::blended(mode, backdrop, source, 255);
        ASSERT_NEAR(mixed.r, 255 * reference(mode, b / 255.0, s / 255.0), 1.01) << mode << ": " << b << " " << s;
        ASSERT_NEAR(mixed.g, 255 * reference(mode, 7 / 255.0, 90 / 255.0), 1.01) << mode;
        ASSERT_EQ(mixed.a, 255);
      }
    }
  }
}

TEST(AsepriteBlend, HueSaturationColourAndLuminosityKeepWhatTheyPromise) {
  const auto luminosity = [](const Rgba& c) { return 0.3 * c.r + 0.59 * c.g + 0.11 * c.b; };
  const auto range = [](const Rgba& c) { return std::max({c.r, c.g, c.b}) - std::min({c.r, c.g, c.b}); };
  RandomStream random(3);
  for (int round = 0; round < 2000; ++round) {
    const auto level = [&] { return static_cast<std::uint8_t>(random.below(256)); };
    const Rgba backdrop{level(), level(), level(), 255};
    const Rgba source{level(), level(), level(), 255};
    for (const int mode : {12, 13, 14}) {
      EXPECT_NEAR(luminosity(ase::blended(mode, backdrop, source, 255)), luminosity(backdrop), 1.5) << mode;
    }
    const Rgba lit = ase::blended(15, backdrop, source, 255);
    EXPECT_NEAR(luminosity(lit), luminosity(source), 1.5);
    EXPECT_LE(range(lit), range(backdrop) + 1);
    EXPECT_LE(range(ase::blended(13, backdrop, source, 255)), range(source) + 1);
  }
}

TEST(AsepriteBlend, NormalIsSourceOverAndKnowsTransparentBackdrops) {
  EXPECT_EQ(ase::blended(0, kNone, {10, 20, 30, 200}, 128), (Rgba{10, 20, 30, 100}));
  EXPECT_EQ(ase::blended(0, kRed, {0, 0, 255, 0}, 255), kRed);
  EXPECT_EQ(ase::blended(0, kRed, kBlue, 0), kRed);
  EXPECT_EQ(ase::blended(0, {0, 0, 0, 255}, {255, 255, 255, 128}, 255), (Rgba{128, 128, 128, 255}));
  EXPECT_EQ(ase::blended(1, kNone, {10, 20, 30, 200}, 255), (Rgba{10, 20, 30, 200}));
  EXPECT_EQ(ase::blended(99, kRed, kBlue, 255), kBlue);
}

TEST(Aseprite, KeepsTheFramesBeforeADamagedOneAndSaysSo) {
  AsepriteWriter writer(4, 4);
  writer.frame(100).layer({}).cel({}, test::plainSprite(4, 4, kRed));
  writer.frame(100).packedCel({}, 4, 4, test::zlibPacked(Bytes(10)));
  writer.frame(100).cel({}, test::plainSprite(4, 4, kRed));
  const Animation animation = decodeAnimation(writer.bytes(), "it");
  EXPECT_EQ(animation.frames.size(), 1U);
  EXPECT_NE(animation.problem.find("frame 2 is damaged"), std::string::npos) << animation.problem;
  EXPECT_EQ(decodeImage(writer.bytes(), "it"), test::plainSprite(4, 4, kRed));
}

TEST(Aseprite, RefusesSizesAndCountsBeforeAllocating) {
  AsepriteWriter big(16384, 16384);
  big.frame(100).layer({});
  EXPECT_NE(messageOf(big.bytes()).find("16384 x 16384 px"), std::string::npos) << messageOf(big.bytes());
  AsepriteWriter many(1, 1);
  for (int i = 0; i <= limits::kMaxAnimationFrames; ++i) many.frame(1);
  EXPECT_NE(messageOf(many.bytes()).find("10001 frames"), std::string::npos) << messageOf(many.bytes());
  AsepriteWriter both(4096, 4096);
  for (int i = 0; i < 5; ++i) both.frame(1);
  EXPECT_NE(messageOf(both.bytes()).find("5 frames of 4096 x 4096 px"), std::string::npos) << messageOf(both.bytes());
}

TEST(Aseprite, BombsAreRefusedOrCutAtTheCanvas) {
  const Bytes bomb = test::zlibPacked(Bytes(std::size_t{40} << 20));
  AsepriteWriter writer(4, 4);
  writer.frame(100).layer({}).packedCel({}, 4, 4, bomb);  // more than the cel has
  EXPECT_EQ(decodeImage(writer.bytes(), "it"), Sprite(4, 4));
  AsepriteWriter giant(4, 4);
  giant.frame(100).layer({}).packedCel({}, 65535, 65535, bomb);
  EXPECT_FALSE(messageOf(giant.bytes()).empty());
  AsepriteWriter tiles(4, 4);
  tiles.frame(100).tileset(0, 60000, 60000, 1000, Sprite(4, 4)).layer({.kind = 2}).tileCel({}, 1, 1, {1});
  EXPECT_NE(messageOf(tiles.bytes()).find("more than can be read"), std::string::npos) << messageOf(tiles.bytes());
  AsepriteWriter deep(4, 4, 32, 3);
  deep.frame(100);
  for (int i = 0; i < 3000; ++i) deep.layer({.kind = 1, .level = i});
  EXPECT_FALSE(messageOf(deep.bytes()).empty());
}

TEST(Aseprite, SurvivesDamageAnywhere) {
  AsepriteWriter writer(7, 5, 8, 3, 0);
  writer.frame(100).palette({kRed, kGreen, kBlue}).layer({}).layer({.kind = 1, .opacity = 99});
  writer.layer({.level = 1, .blend = 15}).tileset(1, 2, 2, 2, tileStrip()).layer({.kind = 2, .tileset = 1});
  writer.tags({{"walk", 0, 1}}).slice("all", {{0, 0, 0, 7, 5}}, true, true);
  writer.cel({.layer = 0}, test::noiseSprite(7, 5, 1))
      .cel({.layer = 2, .x = -1, .zIndex = 1}, test::noiseSprite(3, 3, 1));
  writer.frame(50).linkedCel({.layer = 0, .x = 2}, 0).tileCel({.layer = 3}, 2, 2, {0, 1, 1, 0x40000001});
  const Bytes whole = writer.bytes();
  ASSERT_EQ(decodeAnimation(whole, "it").frames.size(), 2U);
  test::damageAndRead(whole, 4000, 21, [](std::span<const std::byte> bytes) {
    const Animation animation = decodeAnimation(bytes, "it");
    ASSERT_FALSE(animation.frames.empty());
    for (const AnimationTag& tag : animation.tags) {
      EXPECT_LT(static_cast<std::size_t>(tag.last), animation.frames.size());
    }
  });
  for (std::size_t size = 0; size < whole.size(); ++size) {
    try {
      const Animation cut = decodeAnimation(std::span(whole).first(size), "it");
      EXPECT_EQ(cut.frames.size(), 1U);
      EXPECT_NE(cut.problem, "");
    } catch (const Error&) {
      continue;
    }
  }
}

}  // namespace
}  // namespace loom
