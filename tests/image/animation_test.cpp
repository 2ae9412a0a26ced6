#include "core/image/animation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "picture_bytes.h"

namespace loom {
namespace {

using test::Bytes;
using test::Part;
using test::plainSprite;

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kGreen{0, 255, 0, 255};
constexpr Rgba kBlue{0, 0, 255, 255};
constexpr Rgba kNone{};

std::string messageOf(const Bytes& bytes) {
  try {
    decodeAnimation(bytes, "walk");
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.what();
    return error.what();
  }
  return {};
}

/// Few colours, with holes.
Sprite pattern(int width, int height, int shift) {
  Sprite sprite(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int kind = (x * 3 + y * 5 + shift) % 7;
      if (kind > 0) sprite.at(x, y) = {static_cast<std::uint8_t>(kind * 36), static_cast<std::uint8_t>(y), 60, 255};
    }
  }
  return sprite;
}

std::vector<Bytes> walks(const std::vector<Part>& parts) {
  return {test::gifOf(24, 16, parts), test::apngOf(24, 16, parts), test::webpOf(24, 16, parts)};
}

TEST(Animation, EveryFormatRoundTripsFramesAndDurations) {
  std::vector<Part> parts;
  for (int i = 0; i < 3; ++i) {
    parts.push_back({.sprite = pattern(24, 16, i), .milliseconds = 70 + 10 * i, .disposal = 1});
  }
  for (const Bytes& bytes : walks(parts)) {
    EXPECT_TRUE(isAnimated(bytes));
    const Animation animation = decodeAnimation(bytes, "it");
    EXPECT_EQ(animation.problem, "");
    ASSERT_EQ(animation.frames.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(contentHash(animation.frames[i].sprite), contentHash(parts[i].sprite)) << i;
      EXPECT_EQ(animation.frames[i].milliseconds, parts[i].milliseconds);
    }
    EXPECT_EQ(contentHash(decodeImage(bytes, "it")), contentHash(parts[0].sprite));
  }
}

/// What a viewer shows: a red ground, then a green part that goes as `disposal` says, then a blue one elsewhere.
std::vector<Part> disposedOf(int disposal) {
  return {{.sprite = plainSprite(24, 16, kRed)},
          {.sprite = plainSprite(4, 4, kGreen), .x = 2, .y = 2, .disposal = disposal},
          {.sprite = plainSprite(2, 2, kBlue), .x = 10, .y = 10}};
}

TEST(Animation, PartsAreKeptClearedOrRestored) {
  for (int disposal = 0; disposal <= 2; ++disposal) {
    std::vector<Bytes> files = walks(disposedOf(disposal));
    if (disposal == 2) files.pop_back();  // WebP has no such
    for (const Bytes& bytes : files) {
      const Animation animation = decodeAnimation(bytes, "it");
      ASSERT_EQ(animation.frames.size(), 3U);
      const Sprite& second = animation.frames[1].sprite;
      EXPECT_EQ(second.at(3, 3), kGreen);
      EXPECT_EQ(second.at(0, 0), kRed);
      const Sprite& third = animation.frames[2].sprite;
      EXPECT_EQ(third.at(3, 3), disposal == 0 ? kGreen : disposal == 1 ? kNone : kRed) << "disposal " << disposal;
      EXPECT_EQ(third.at(11, 11), kBlue);
      EXPECT_EQ(third.at(6, 6), kRed);
    }
  }
}

TEST(Animation, APartIsBlendedOverOrReplaces) {
  Part veil{.sprite = plainSprite(24, 16, {0, 0, 255, 128})};
  for (const bool over : {false, true}) {
    veil.over = over;
    const std::vector<Part> parts{{.sprite = plainSprite(24, 16, kRed)}, veil};
    for (const Bytes& bytes : {test::apngOf(24, 16, parts), test::webpOf(24, 16, parts)}) {
      const Rgba pixel = decodeAnimation(bytes, "it").frames.at(1).sprite.at(5, 5);
      EXPECT_EQ(pixel, over ? (Rgba{127, 0, 128, 255}) : (Rgba{0, 0, 255, 128}));
    }
  }
}

TEST(Animation, BlendingTwoVeilsKeepsTheirShares) {
  const std::vector<Part> parts{{.sprite = plainSprite(4, 4, {255, 0, 0, 128})},
                                {.sprite = plainSprite(4, 4, {0, 0, 255, 128}), .over = true}};
  const Rgba pixel = decodeAnimation(test::apngOf(4, 4, parts), "it").frames.at(1).sprite.at(0, 0);
  EXPECT_EQ(pixel, (Rgba{85, 0, 170, 192}));  // alpha 128 + 128 * 127 / 255, of which 128 / 192 blue
}

TEST(Animation, TimesTooShortToSeeAreShownAsBrowsersDo) {
  const std::vector<Part> parts{{.sprite = pattern(24, 16, 0), .milliseconds = 0},
                                {.sprite = pattern(24, 16, 1), .milliseconds = 10},
                                {.sprite = pattern(24, 16, 2), .milliseconds = 20}};
  for (const Bytes& bytes : walks(parts)) {
    const Animation animation = decodeAnimation(bytes, "it");
    ASSERT_EQ(animation.frames.size(), 3U);
    EXPECT_EQ(animation.frames[0].milliseconds, 100);
    EXPECT_EQ(animation.frames[1].milliseconds, 100);
    EXPECT_EQ(animation.frames[2].milliseconds, 20);
  }
}

TEST(Gif, PartsBeyondTheScreenAreClippedAndHolesShowWhatIsBelow) {
  const Sprite part = pattern(9, 9, 2);
  const Animation animation = decodeAnimation(
      test::gifOf(12, 10, {{.sprite = plainSprite(12, 10, kRed)}, {.sprite = part, .x = 6, .y = 7}}), "it");
  ASSERT_EQ(animation.frames.size(), 2U);
  Sprite expected = plainSprite(12, 10, kRed);
  for (int y = 7; y < 10; ++y) {
    for (int x = 6; x < 12; ++x) {
      if (part.at(x - 6, y - 7).a != 0) expected.at(x, y) = part.at(x - 6, y - 7);
    }
  }
  EXPECT_EQ(animation.frames[1].sprite, expected);
}

TEST(Gif, InterlacedRowsFindTheirPlaces) {
  const Sprite sprite = pattern(13, 21, 4);
  EXPECT_EQ(decodeImage(test::gifOf(13, 21, {{.sprite = sprite}}, true), "it"), sprite);
}

TEST(Apng, TheDefaultPictureIsLeftOutWhereItIsNoFrame) {
  const std::vector<Part> parts{{.sprite = pattern(8, 8, 0)}, {.sprite = pattern(8, 8, 1)}};
  const Bytes bytes = test::apngOf(8, 8, parts, true);
  const Animation animation = decodeAnimation(bytes, "it");
  ASSERT_EQ(animation.frames.size(), 2U);
  EXPECT_EQ(animation.frames[0].sprite, parts[0].sprite);
  EXPECT_EQ(decodeImage(bytes, "it"), plainSprite(8, 8, {9, 9, 9, 255}));  // what programs without APNG show
}

/// A 4 x 4 animation of two frames that announces `frames` of them.
Bytes announcing(std::uint32_t frames) {
  Bytes bytes = test::apngOf(4, 4, {{.sprite = pattern(4, 4, 0)}, {.sprite = pattern(4, 4, 1)}});
  Bytes control;
  test::appendBig(control, frames, 4);
  test::appendBig(control, 0, 4);
  const Bytes chunk = test::pngChunk("acTL", control);
  std::ranges::copy(chunk, bytes.begin() + 33);
  return bytes;
}

TEST(Apng, FourBillionAnnouncedFramesAreTheTwoThatAreThere) {
  const Animation animation = decodeAnimation(announcing(0xFFFFFFFF), "it");
  EXPECT_EQ(animation.frames.size(), 2U);
  EXPECT_NE(animation.problem.find("4294967295 frames are announced"), std::string::npos) << animation.problem;
  EXPECT_EQ(decodeAnimation(announcing(2), "it").problem, "");
  EXPECT_EQ(decodeAnimation(announcing(0), "it").frames.size(), 1U);
}

TEST(Apng, AFrameWithAWrongChecksumEndsTheAnimation) {
  Bytes bytes = test::apngOf(4, 4, {{.sprite = pattern(4, 4, 0)}, {.sprite = pattern(4, 4, 1)}});
  bytes[bytes.size() - 20] = ~bytes[bytes.size() - 20];
  const Animation animation = decodeAnimation(bytes, "it");
  EXPECT_EQ(animation.frames.size(), 1U);
  EXPECT_NE(animation.problem.find("frame 2 is damaged"), std::string::npos) << animation.problem;
}

TEST(Animation, AStillPictureIsOneFrame) {
  const Sprite sprite = pattern(6, 6, 1);
  for (const Bytes& bytes :
       {encodePng(sprite), test::gifOf(6, 6, {{.sprite = sprite}}), test::encodedByQt(sprite, "bmp")}) {
    EXPECT_FALSE(isAnimated(bytes));
    EXPECT_EQ(decodeAnimation(bytes, "it").frames.size(), 1U);
  }
  EXPECT_FALSE(isAnimated({}));
  EXPECT_NE(messageOf({}).find("walk is empty"), std::string::npos);
}

TEST(Animation, TooManyFramesOrPixelsAreRefusedBeforeTheyAreDecoded) {
  std::vector<Part> parts(static_cast<std::size_t>(limits::kMaxAnimationFrames) + 1,
                          {.sprite = plainSprite(1, 1, kRed)});
  EXPECT_NE(messageOf(test::gifOf(1, 1, parts)).find("10001 frames"), std::string::npos);
  parts.resize(5);
  const std::string message = messageOf(test::gifOf(8000, 4000, parts));
  EXPECT_NE(message.find("5 frames of 8000 x 4000 px"), std::string::npos) << message;
  EXPECT_NE(messageOf(test::gifOf(20000, 2, parts)).find("20000 x 2 px"), std::string::npos);
  Bytes apng = test::apngOf(4, 4, {{.sprite = pattern(4, 4, 0)}, {.sprite = pattern(4, 4, 1)}});
  Bytes header;
  test::appendBig(header, 8192, 4);
  test::appendBig(header, 8192, 4);
  for (const int value : {8, 6, 0, 0, 0}) header.push_back(static_cast<std::byte>(value));
  std::ranges::copy(test::pngChunk("IHDR", header), apng.begin() + 8);
  EXPECT_NE(messageOf(apng).find("2 frames of 8192 x 8192 px"), std::string::npos) << messageOf(apng);
}

TEST(Animation, CutAnywhereItKeepsWholeFramesAndSaysSo) {
  const std::vector<Part> parts{
      {.sprite = pattern(24, 16, 0)}, {.sprite = pattern(24, 16, 1)}, {.sprite = pattern(24, 16, 2)}};
  for (const Bytes& bytes : walks(parts)) {
    std::size_t most = 0;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      try {
        const Animation cut = decodeAnimation(std::span(bytes).first(size), "it");
        EXPECT_LE(cut.frames.size(), 3U);
        EXPECT_TRUE(cut.frames.size() < 2 || !cut.problem.empty()) << size << " of " << bytes.size();
        most = std::max(most, cut.frames.size());
      } catch (const Error&) {
        continue;
      }
    }
    EXPECT_GE(most, 2U);
  }
}

TEST(Animation, SurvivesDamageAnywhere) {
  const std::vector<Part> parts{{.sprite = pattern(9, 8, 0)},
                                {.sprite = pattern(5, 4, 1), .x = 2, .y = 2, .disposal = 1, .over = true},
                                {.sprite = pattern(9, 8, 2), .disposal = 2}};
  std::vector<Part> forWebp = parts;
  forWebp[2].disposal = 0;
  for (const Bytes& bytes : {test::gifOf(9, 8, parts), test::gifOf(9, 8, parts, true), test::apngOf(9, 8, parts),
                             test::webpOf(9, 8, forWebp)}) {
    test::damageAndRead(bytes, 3000, 31, [](std::span<const std::byte> damaged) {
      const Animation animation = decodeAnimation(damaged, "it");
      ASSERT_FALSE(animation.frames.empty());
      for (const AnimationFrame& frame : animation.frames) {
        ASSERT_EQ(frame.sprite.width(), animation.frames[0].sprite.width());
        ASSERT_FALSE(frame.sprite.empty());
        ASSERT_GT(frame.milliseconds, 0);
      }
    });
  }
}

}  // namespace
}  // namespace loom
