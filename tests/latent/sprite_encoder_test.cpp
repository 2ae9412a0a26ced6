#include "core/latent/sprite_encoder.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/image/edit.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyAutoencoder;
using test::tinyModel;

/// Sprites that differ from each other.
std::vector<Sprite> sprites(int count) {
  std::vector<Sprite> made;
  for (int i = 0; i < count; ++i) {
    Sprite sprite(16, 16);
    for (int y = 2; y < 16; ++y) {
      for (int x = 2; x < 6 + i % 8; ++x) {
        sprite.at(x, y) = {static_cast<std::uint8_t>(20 * i), static_cast<std::uint8_t>(255 - 10 * y), 90, 255};
      }
    }
    made.push_back(std::move(sprite));
  }
  return made;
}

class SpriteEncoders : public testing::TestWithParam<bool> {};

TEST_P(SpriteEncoders, GiveLatentsThatTheGeneratorTurnsIntoTheReconstruction) {
  for (const int channels : {1, 2, 3, 4}) {
    const auto model = tinyAutoencoder(GetParam(), {.withViews = false, .channels = channels});
    const std::vector<Sprite> shown = sprites(3);
    const std::vector<int> views(3, 0);
    SpriteEncoder encoder(model);
    const std::vector<Latent> latents = encoder.encode(shown);
    const auto made = encoder.reconstruct(shown, views);
    const auto drawn = SpriteGenerator(model).generate(latents, views);
    ASSERT_EQ(made.size(), 3U);
    for (std::size_t i = 0; i < made.size(); ++i) {
      ASSERT_EQ(latents[i].size(), 6U);
      EXPECT_EQ(made[i].latent, latents[i]);
      int far = 0;  // the way through the prior and back rounds
      for (std::size_t p = 0; p < drawn[i].pixels().size(); ++p) {
        const Rgba a = drawn[i].pixels()[p], b = made[i].sprite.pixels()[p];
        far += std::abs(a.r - b.r) > 1 || std::abs(a.g - b.g) > 1 || a.a != b.a ? 1 : 0;
      }
      EXPECT_LE(far, 2) << channels << " channels";
      EXPECT_GT(made[i].l1, 0);
      EXPECT_EQ(made[i].strongestChannel.has_value(), channels > 1);
    }
    EXPECT_NE(latents[0], latents[2]);
  }
}

TEST_P(SpriteEncoders, GoThroughMoreThanOnePassHoldsInOrder) {
  SpriteEncoder encoder(tinyAutoencoder(GetParam()));
  const std::vector<Sprite> many = sprites(40);
  const std::vector<Latent> all = encoder.encode(many);
  ASSERT_EQ(all.size(), 40U);
  const std::vector<Latent> one = encoder.encode(std::span(many).subspan(37, 1));
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(all[37][i], one[0][i], 1e-3);
}

TEST_P(SpriteEncoders, FitSpritesOfAnotherSize) {
  SpriteEncoder encoder(tinyAutoencoder(GetParam()));
  const std::vector<Sprite> shown = sprites(2);
  const std::vector<Sprite> large{enlarged(shown[1], 3)};
  EXPECT_EQ(encoder.encode(large), encoder.encode(std::span(shown).subspan(1, 1)));
  EXPECT_EQ(encoder.reconstruct(large, std::vector<int>{0})[0].sprite.width(), 16);
}

TEST_P(SpriteEncoders, ShowNoiseAndJudgeByTheCleanSprite) {
  SpriteEncoder encoder(tinyAutoencoder(GetParam()));
  const std::vector<Sprite> shown = sprites(4);
  const std::vector<int> views(4, 0);
  const auto clean = encoder.reconstruct(shown, views);
  const auto first = encoder.reconstruct(shown, views, {.noise = .5, .seed = 3});
  const auto again = encoder.reconstruct(shown, views, {.noise = .5, .seed = 3});
  const auto other = encoder.reconstruct(shown, views, {.noise = .5, .seed = 4});
  EXPECT_EQ(clean[0].shown, shown[0]);
  EXPECT_NE(first[0].shown, shown[0]);
  EXPECT_EQ(first[2].shown, again[2].shown);
  EXPECT_NE(first[2].shown, other[2].shown);
  const auto alone =
      encoder.reconstruct(std::span(shown).subspan(2, 1), std::vector<int>{0}, {.noise = .5, .seed = 3, .first = 2});
  EXPECT_EQ(alone[0].shown, first[2].shown) << "a sprite's noise does not depend on those beside it";
}

INSTANTIATE_TEST_SUITE_P(PlainAndVariational, SpriteEncoders, testing::Bool());

TEST(SpriteEncoder, IsOnlyThereForAutoencoders) {
  EXPECT_FALSE(hasEncoder(*tinyModel()));
  EXPECT_TRUE(hasEncoder(*tinyAutoencoder(false)));
  EXPECT_THROW(SpriteEncoder{tinyModel()}, Error);
  EXPECT_THROW(SpriteEncoder{nullptr}, Error);
  auto broken = tinyAutoencoder(true);
  broken->weights.tensors.erase(broken->weights.tensors.lower_bound("encoder."));
  EXPECT_THROW(SpriteEncoder{broken}, Error);
}

TEST(SpriteEncoder, RefusesWhatDoesNotFit) {
  SpriteEncoder encoder(tinyAutoencoder(false));
  EXPECT_THROW(encoder.reconstruct(sprites(2), std::vector<int>{0}), Error);
  EXPECT_THROW(encoder.reconstruct(sprites(1), std::vector<int>{1}), Error);
  EXPECT_THROW(encoder.encode(std::vector<Sprite>(1)), Error);
  EXPECT_TRUE(encoder.encode({}).empty());
}

}  // namespace
}  // namespace loom
