#include "core/latent/turnaround.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/image/edit.h"
#include "core/latent/sprite_generator.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyTurnaround;
using Views = std::vector<std::optional<Sprite>>;

/// A sprite in `colours` colours and transparent pixels; `soft` with alpha of its own.
Sprite sprite(std::uint64_t seed, std::uint32_t colours, int width = 16, int height = 16, bool soft = false) {
  RandomStream random(seed);
  std::vector<Rgba> palette{{}};
  for (std::uint32_t i = 0; i < colours; ++i) {
    const auto part = [&random] { return static_cast<std::uint8_t>(random.below(256)); };
    palette.push_back(
        {part(), part(), part(), soft ? static_cast<std::uint8_t>(1 + random.below(255)) : std::uint8_t{255}});
  }
  Sprite made(width, height);
  for (Rgba& pixel : made.pixels()) pixel = palette[random.below(static_cast<std::uint32_t>(palette.size()))];
  return made;
}

std::set<std::uint32_t> coloursOf(const Sprite& sprite) {
  std::set<std::uint32_t> colours;
  for (const Rgba& pixel : sprite.pixels()) {
    colours.insert(static_cast<std::uint32_t>(pixel.r << 24 | pixel.g << 16 | pixel.b << 8 | pixel.a));
  }
  return colours;
}

TEST(Turnaround, DrawsEveryMissingViewInTheColoursOfThoseSeen) {
  Turnaround turnaround(tinyTurnaround());
  for (const bool soft : {false, true}) {
    for (unsigned shown = 1; shown < 15; ++shown) {
      Views views(4);
      std::set<std::uint32_t> worn;
      std::vector<int> missing, made;
      for (unsigned view = 0; view < 4; ++view) {
        if ((shown >> view & 1) == 0) {
          missing.push_back(static_cast<int>(view));
          continue;
        }
        views[view] = sprite(view + 1, 9, 16, 16, soft);
        worn.merge(coloursOf(*views[view]));
      }
      for (const TurnedView& turned : turnaround.missingViews(views)) {
        made.push_back(turned.view);
        EXPECT_EQ(turned.sprite.width(), 16);
        const std::set<std::uint32_t> colours = coloursOf(turned.sprite);
        EXPECT_TRUE(std::ranges::includes(worn, colours)) << "shown " << shown;
        ASSERT_EQ(turned.confidence.size(), 256U);
        EXPECT_GT(std::ranges::min(turned.confidence), 0);
        EXPECT_LE(std::ranges::max(turned.confidence), 1);
      }
      EXPECT_EQ(made, missing);
    }
  }
}

TEST(Turnaround, IsTheSameEveryTimeAndFollowsWhatItSees) {
  Turnaround turnaround(tinyTurnaround()), other(tinyTurnaround());
  const Views views{{}, {}, sprite(1, 6), {}}, changed{{}, {}, sprite(2, 6), {}};
  const auto once = turnaround.missingViews(views), again = other.missingViews(views);
  ASSERT_EQ(once.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(once[i].sprite, again[i].sprite);
    EXPECT_EQ(once[i].confidence, again[i].confidence);
  }
  EXPECT_NE(once[0].sprite, turnaround.missingViews(changed)[0].sprite);
}

TEST(Turnaround, DrawsOfAMirrorImageTheMirrorImage) {
  Turnaround turnaround(tinyTurnaround());
  const Views views{{}, sprite(1, 6), sprite(2, 6), {}};
  const Views reflected{{}, {}, loom::mirrored(*views[2]), loom::mirrored(*views[1])};
  const auto plain = turnaround.missingViews(views), other = turnaround.missingViews(reflected);
  EXPECT_EQ(loom::mirrored(plain[0].sprite), other[0].sprite) << "the back";
  EXPECT_EQ(loom::mirrored(plain[1].sprite), other[1].sprite) << "right and left";
  const auto once = turnaround.missingViews(views, {.mirrored = false});
  EXPECT_NE(once[0].confidence, plain[0].confidence) << "two judgements are not one";
}

TEST(Turnaround, DrawsPixelsThatAreSetAndFollowsThem) {
  Turnaround turnaround(tinyTurnaround());
  const Views views{{}, {}, sprite(1, 6), {}};
  const Rgba foreign{1, 2, 3, 255}, worn = views[2]->at(0, 0);
  const auto before = turnaround.missingViews(views);
  const std::vector<SetPixel> set{{.view = 0, .x = 4, .y = 5, .colour = worn},
                                  {.view = 0, .x = 4, .y = 5, .colour = foreign},
                                  {.view = 3, .x = 0, .y = 15, .colour = {9, 9, 9, 0}}};
  const auto after = turnaround.missingViews(views, {.set = set});
  EXPECT_EQ(after[0].sprite.at(4, 5), foreign) << "the last of two for one pixel";
  EXPECT_EQ(after[0].confidence[5 * 16 + 4], 1);
  EXPECT_EQ(after[0].likely[5 * 16 + 4][0].colour, foreign);
  EXPECT_EQ(after[2].sprite.at(0, 15), Rgba{}) << "what is transparent has no colour";
  int changed = 0;
  for (std::size_t i = 0; i < 256; ++i) changed += before[1].confidence[i] != after[1].confidence[i] ? 1 : 0;
  EXPECT_GT(changed, 0) << "other views follow";
}

TEST(Turnaround, TakesNoNoticeOfPixelsSetWhereNothingIsMade) {
  Turnaround turnaround(tinyTurnaround());
  const Views views{{}, {}, sprite(1, 6), {}};
  const Rgba colour{1, 2, 3, 255};
  const std::vector<SetPixel> set{{.view = 2, .x = 1, .y = 1, .colour = colour},
                                  {.view = 4, .x = 1, .y = 1, .colour = colour},
                                  {.view = -1, .x = 1, .y = 1, .colour = colour},
                                  {.view = 0, .x = 16, .y = 1, .colour = colour},
                                  {.view = 0, .x = 1, .y = -1, .colour = colour}};
  const auto before = turnaround.missingViews(views), after = turnaround.missingViews(views, {.set = set});
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(before[i].confidence, after[i].confidence);
}

TEST(Turnaround, NamesTheLikeliestColoursOfEachPixel) {
  Turnaround turnaround(tinyTurnaround());
  const Views views{{}, {}, sprite(1, 6), {}};
  for (const TurnedView& turned : turnaround.missingViews(views, {.likeliest = true})) {
    ASSERT_EQ(turned.likely.size(), 256U);
    for (std::size_t i = 0; i < 256; ++i) {
      const auto& likely = turned.likely[i];
      EXPECT_EQ(likely[0].colour, turned.sprite.pixels()[i]);
      EXPECT_FLOAT_EQ(likely[0].share, turned.confidence[i]);
      EXPECT_TRUE(std::ranges::is_sorted(likely, std::greater{}, &LikelyColour::share));
    }
  }
  const auto one = turnaround.missingViews(Views{{}, {}, Sprite(16, 16), {}});
  EXPECT_FLOAT_EQ(one[0].likely[0][0].share, 1) << "one colour, and it is transparent";
  EXPECT_EQ(one[0].likely[0][1].share, 0);
}

TEST(Turnaround, TakesTheLikeliestColourWhereItIsAskedFor) {
  Turnaround turnaround(tinyTurnaround());
  const Views views{{}, {}, sprite(1, 12), {}};
  const auto least = turnaround.missingViews(views), likeliest = turnaround.missingViews(views, {.likeliest = true});
  bool apart = false;
  for (std::size_t i = 0; i < least.size(); ++i) {
    for (std::size_t at = 0; at < 256; ++at) {
      EXPECT_GE(likeliest[i].confidence[at], least[i].confidence[at]);
      apart = apart || least[i].sprite.pixels()[at] != likeliest[i].sprite.pixels()[at];
    }
  }
  EXPECT_TRUE(apart);
}

TEST(Turnaround, GivesSpritesOfTheSizeOfThoseItSees) {
  Turnaround turnaround(tinyTurnaround());
  const auto made = turnaround.missingViews(Views{{}, sprite(1, 5, 10, 14), {}, {}});
  ASSERT_EQ(made.size(), 3U);
  for (const TurnedView& turned : made) {
    EXPECT_EQ(turned.sprite.width(), 10);
    EXPECT_EQ(turned.sprite.height(), 14);
    EXPECT_EQ(turned.confidence.size(), 140U);
  }
}

TEST(Turnaround, ReducesPalettesThatAreTooLong) {
  Turnaround turnaround(tinyTurnaround());
  Sprite many(16, 16);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x)
      many.at(x, y) = {static_cast<std::uint8_t>(16 * x), 90, static_cast<std::uint8_t>(16 * y), 255};
  }
  for (const TurnedView& turned : turnaround.missingViews(Views{many, sprite(3, 200), {}, {}})) {
    EXPECT_LE(countColours(turned.sprite), 254);
    for (const Rgba& pixel : turned.sprite.pixels()) EXPECT_TRUE(pixel.a == 0 || pixel.a == 255);
  }
}

TEST(Turnaround, RefusesWhatItCannotTurn) {
  EXPECT_THROW(Turnaround{test::tinyModel()}, Error);
  EXPECT_THROW(Turnaround{nullptr}, Error);
  Turnaround turnaround(tinyTurnaround());
  EXPECT_THROW(turnaround.missingViews(Views(4)), Error) << "nothing is seen";
  EXPECT_THROW(turnaround.missingViews(Views{sprite(1, 3), {}}), Error) << "not the model's views";
  EXPECT_THROW(turnaround.missingViews(Views{Sprite(), {}, {}, {}}), Error);
  const Views all(4, sprite(1, 3));
  EXPECT_TRUE(turnaround.missingViews(all).empty()) << "nothing is missing";
}

TEST(Turnaround, IsNoGenerator) {
  try {
    SpriteGenerator generator(tinyTurnaround());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("missing views"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace loom
