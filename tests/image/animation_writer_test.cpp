#include "core/image/animation_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/quantise.h"
#include "picture_bytes.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::plainSprite;

const std::vector<std::string> kStillExact = {"it.gif", "it.png", "it.apng", "it.webp"};

/// Few colours, with holes that move.
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

/// `count` colours, a pixel each, from `first` on.
Sprite manyColours(int count, int first = 0) {
  Sprite sprite(count, 1);
  for (int i = 0; i < count; ++i) {
    const int number = first + i;
    sprite.at(i, 0) = {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number / 256), 7, 255};
  }
  return sprite;
}

class AnimationWriting : public testing::Test {
 protected:
  void write(const std::string& name, const std::vector<AnimationFrame>& frames, const AnimationOptions& options = {}) {
    AnimationWriter writer(m_folder / name, options);
    for (const AnimationFrame& frame : frames) writer.add(frame);
    writer.finish();
  }
  std::vector<AnimationFrame> read(const std::string& name) {
    const Animation animation = decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name);
    EXPECT_EQ(animation.problem, "");
    return animation.frames;
  }
  std::string text(const std::string& name) { return readTextFile(m_folder / name, limits::kMaxFileBytes); }
  int filesLeft() {
    return static_cast<int>(std::distance(fs::directory_iterator(m_folder.path()), fs::directory_iterator()));
  }
  static std::string messageOf(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      EXPECT_FALSE(error.hint().empty()) << error.what();
      return error.what();
    }
    return "nothing was thrown";
  }

  TempFolder m_folder;
};

TEST_F(AnimationWriting, EveryPixelAndEveryTimeComesBack) {
  std::vector<AnimationFrame> frames;
  for (int i = 0; i < 12; ++i) frames.push_back({pattern(23, 17, i), 30 + 10 * i});
  for (const std::string& name : kStillExact) {
    write(name, frames);
    const auto back = read(name);
    ASSERT_EQ(back.size(), frames.size()) << name;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(contentHash(back[i].sprite), contentHash(frames[i].sprite)) << name << ", frame " << i;
      EXPECT_EQ(back[i].milliseconds, frames[i].milliseconds) << name << ", frame " << i;
    }
  }
  EXPECT_EQ(filesLeft(), static_cast<int>(kStillExact.size())) << "nothing is left beside the files";
}

TEST_F(AnimationWriting, HalfTransparentPixelsAndAnyColoursStayInPngAndWebp) {
  std::vector<AnimationFrame> frames;
  for (std::uint64_t i = 0; i < 5; ++i) frames.push_back({test::noiseSprite(16, 12, i), 40});
  for (const std::string name : {"it.png", "it.webp"}) {
    write(name, frames);
    const auto back = read(name);
    ASSERT_EQ(back.size(), frames.size()) << name;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(contentHash(back[i].sprite), contentHash(frames[i].sprite)) << name << ", frame " << i;
    }
  }
}

TEST_F(AnimationWriting, PixelsThatVanishLeaveNoTrace) {
  Sprite one(20, 20), two(20, 20), three(20, 20);
  one.at(2, 3) = {255, 0, 0, 255};
  one.at(15, 16) = {0, 0, 255, 255};
  two.at(2, 3) = {255, 0, 0, 255};
  two.at(8, 8) = {0, 255, 0, 255};
  three.at(15, 16) = {0, 0, 255, 255};
  const std::vector<AnimationFrame> frames{{one, 50}, {two, 50}, {Sprite(20, 20), 50}, {three, 50}, {one, 50}};
  for (const std::string& name : kStillExact) {
    write(name, frames);
    const auto back = read(name);
    ASSERT_EQ(back.size(), frames.size()) << name;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      EXPECT_EQ(contentHash(back[i].sprite), contentHash(frames[i].sprite)) << name << ", frame " << i;
    }
  }
}

TEST_F(AnimationWriting, OneFrameAndAnEmptyOneAreFilms) {
  for (const std::string& name : kStillExact) {
    write(name, {{pattern(9, 5, 1), 70}});
    const auto one = read(name);
    ASSERT_EQ(one.size(), 1U) << name;
    EXPECT_EQ(contentHash(one[0].sprite), contentHash(pattern(9, 5, 1))) << name;
    write(name, {{Sprite(9, 5), 70}, {Sprite(9, 5), 50}});
    const auto empty = read(name);
    ASSERT_FALSE(empty.empty()) << name;
    EXPECT_EQ(contentHash(empty[0].sprite), contentHash(Sprite(9, 5))) << name;
  }
}

TEST_F(AnimationWriting, AFrameThatStaysIsShownForItsTime) {
  for (const std::string& name : kStillExact) {
    write(name, {{pattern(9, 5, 1), 70}, {pattern(9, 5, 1), 60}, {pattern(9, 5, 2), 50}});
    int whole = 0;
    for (const AnimationFrame& frame : read(name)) whole += frame.milliseconds;
    EXPECT_EQ(whole, 180) << name;
    EXPECT_EQ(contentHash(read(name).back().sprite), contentHash(pattern(9, 5, 2))) << name;
  }
}

TEST_F(AnimationWriting, GifTimesRoundWithoutLosingTime) {
  std::vector<AnimationFrame> frames;
  for (int i = 0; i < 30; ++i) frames.push_back({pattern(6, 6, i), i % 3 == 2 ? 34 : 33});
  write("it.gif", frames);
  int whole = 0;
  for (const AnimationFrame& frame : read("it.gif")) whole += frame.milliseconds;
  EXPECT_EQ(whole, 1000);
}

TEST_F(AnimationWriting, GifColoursAreExactUpTo256OfAllFramesTogether) {
  write("it.gif",
        {{manyColours(64), 50}, {manyColours(64, 64), 50}, {manyColours(64, 128), 50}, {manyColours(64, 192), 50}});
  const auto back = read("it.gif");
  ASSERT_EQ(back.size(), 4U);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(back[static_cast<std::size_t>(i)].sprite, manyColours(64, 64 * i)) << i;
  EXPECT_LT(text("it.gif").size(), 3 * 768U) << "one palette for all: one of its own would add 768 bytes a frame";
}

TEST_F(AnimationWriting, GifFramesBeyondThatHavePalettesOfTheirOwn) {
  // 100 + 200 are too many for one palette; each frame by itself is exact all the same.
  Sprite few = manyColours(200);
  for (int x = 100; x < 200; ++x) few.at(x, 0) = {};
  write("it.gif", {{few, 50}, {manyColours(200, 300), 50}, {few, 50}, {manyColours(200, 700), 50}});
  const auto back = read("it.gif");
  ASSERT_EQ(back.size(), 4U);
  EXPECT_EQ(contentHash(back[0].sprite), contentHash(few));
  EXPECT_EQ(back[1].sprite, manyColours(200, 300));
  EXPECT_EQ(contentHash(back[2].sprite), contentHash(few));
  EXPECT_EQ(back[3].sprite, manyColours(200, 700));
}

TEST_F(AnimationWriting, GifFramesOfTooManyColoursAreReducedWithoutDithering) {
  Sprite rich(64, 64);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      if (x + y > 8) rich.at(x, y) = {static_cast<std::uint8_t>(4 * x), static_cast<std::uint8_t>(4 * y), 90, 255};
    }
  }
  write("it.gif", {{rich, 50}, {Sprite(64, 64), 50}, {mirrored(rich), 50}});
  const auto back = read("it.gif");
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(contentHash(back[0].sprite), contentHash(quantised(rich, kMostColours - 1)));
  EXPECT_EQ(contentHash(back[1].sprite), contentHash(Sprite(64, 64)));
  EXPECT_EQ(contentHash(back[2].sprite), contentHash(quantised(mirrored(rich), kMostColours - 1)));
}

TEST_F(AnimationWriting, GifPixelsAreThereOrNot) {
  Sprite veil(2, 1);
  veil.at(0, 0) = {200, 10, 10, 127};
  veil.at(1, 0) = {10, 200, 10, 128};
  write("it.gif", {{veil, 50}});
  const Sprite back = read("it.gif").front().sprite;
  EXPECT_EQ(back.at(0, 0).a, 0);
  EXPECT_EQ(back.at(1, 0), (Rgba{10, 200, 10, 255}));
}

TEST_F(AnimationWriting, ScaleMakesBlocksAndTheBackgroundFillsHoles) {
  const std::vector<AnimationFrame> frames{{pattern(5, 4, 0), 50}, {pattern(5, 4, 1), 50}};
  const Rgba ground{10, 20, 30, 255};
  for (const std::string& name : kStillExact) {
    write(name, frames, {.scale = 3, .background = ground});
    const auto back = read(name);
    ASSERT_EQ(back.size(), 2U) << name;
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(back[i].sprite, enlarged(flattened(frames[i].sprite, ground), 3)) << name;
    }
  }
}

TEST_F(AnimationWriting, LoopsUnlessToldNotTo) {
  const std::vector<AnimationFrame> frames{{pattern(5, 4, 0), 50}, {pattern(5, 4, 1), 50}};
  write("loop.gif", frames);
  write("once.gif", frames, {.loops = false});
  EXPECT_NE(text("loop.gif").find(std::string("NETSCAPE2.0\x03\x01\0\0\0", 16)), std::string::npos);
  EXPECT_EQ(text("once.gif").find("NETSCAPE"), std::string::npos);
  write("loop.png", frames);
  write("once.png", frames, {.loops = false});
  EXPECT_NE(text("loop.png").find(std::string("acTL\0\0\0\x02\0\0\0\0", 12)), std::string::npos);
  EXPECT_NE(text("once.png").find(std::string("acTL\0\0\0\x02\0\0\0\x01", 12)), std::string::npos);
}

TEST_F(AnimationWriting, AnUnfinishedFilmLeavesNothingAndSparesWhatWasThere) {
  for (const std::string& name : kStillExact) {
    writeFileAtomically(m_folder / name, std::string_view("mine"));
    {
      AnimationWriter writer(m_folder / name, {});
      writer.add(pattern(9, 5, 1), 50);
      writer.add(pattern(9, 5, 2), 50);
    }
    EXPECT_EQ(text(name), "mine");
  }
  EXPECT_EQ(filesLeft(), static_cast<int>(kStillExact.size()));
}

TEST_F(AnimationWriting, SaysWhatCannotBeWritten) {
  AnimationWriter writer(m_folder / "it.gif", {.scale = 2});
  EXPECT_NE(messageOf([&] { writer.add(Sprite(5000, 4), 50); }).find("10000 x 8 px"), std::string::npos);
  writer.add(Sprite(5, 4), 50);
  EXPECT_NE(messageOf([&] { writer.add(Sprite(5, 5), 50); }).find("frame 2 has 5 x 5 px"), std::string::npos);
  EXPECT_NE(messageOf([&] { writer.add(Sprite(5, 4), 10); }).find("10 ms"), std::string::npos);
  EXPECT_NE(messageOf([&] { writer.add(Sprite(5, 4), 60'001); }).find("60001 ms"), std::string::npos);
  EXPECT_NE(messageOf([&] { AnimationWriter(m_folder / "it.mov", {}); }).find("it.mov"), std::string::npos);
  EXPECT_NE(messageOf([&] { AnimationWriter(m_folder / "it.gif", {.scale = 0}); }).find("0 times"), std::string::npos);
  EXPECT_THROW(AnimationWriter(m_folder / "none/it.gif", {}), Error);
  EXPECT_THROW(AnimationWriter(m_folder / "it.gif", {}).finish(), Error) << "a film without a frame";
  EXPECT_EQ(animationFormatOf("A.GIF"), AnimationFormat::kGif);
}

TEST_F(AnimationWriting, ALongFilmHasAllItsFrames) {
  constexpr int kFrames = 2000;
  for (const std::string name : {"it.gif", "it.png", "it.webp"}) {
    AnimationWriter writer(m_folder / name, {});
    for (int i = 0; i < kFrames; ++i) writer.add(manyColours(4, i), 20);
    writer.finish();
    const auto back = read(name);
    ASSERT_EQ(back.size(), static_cast<std::size_t>(kFrames)) << name;
    EXPECT_EQ(back[1234].sprite, manyColours(4, 1234)) << name;
    EXPECT_EQ(back.back().sprite, manyColours(4, kFrames - 1)) << name;
  }
}

}  // namespace
}  // namespace loom
