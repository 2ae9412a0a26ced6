#include "core/latent/character_encoder.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

Sprite square(Rgba colour) {
  Sprite sprite(16, 16);
  for (int y = 4; y < 12; ++y) {
    for (int x = 4; x < 12; ++x) sprite.pixels()[static_cast<std::size_t>(16 * y + x)] = colour;
  }
  return sprite;
}

const Rgba kRed{200, 20, 20, 255};

TEST(CharacterEncoder, GivesEachCharacterALatentOfItsOwn) {
  CharacterEncoder encoder(test::tinyHero());
  const std::vector<std::vector<Sprite>> characters{{square(kRed), square(kRed), square(kRed)},
                                                    {square(kRed), {}, square(kRed)},
                                                    {square({20, 20, 200, 255}), {}, square(kRed)}};
  const std::vector<Latent> latents = encoder.encode(characters);
  ASSERT_EQ(latents.size(), 3U);
  EXPECT_EQ(latents[0].size(), 6U);
  EXPECT_NE(latents[0], latents[1]) << "a view that is not there is not one that is";
  EXPECT_NE(latents[1], latents[2]);
  const std::vector<Latent> alone = encoder.encode(std::span(characters).subspan(1, 1));
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(alone[0][i], latents[1][i], 1e-4);
}

TEST(CharacterEncoder, SeesPixelsAsOpaqueOrNotThereAsInTraining) {
  CharacterEncoder encoder(test::tinyHero());
  const auto encoded = [&](Rgba colour) {
    const std::vector<std::vector<Sprite>> one{{{}, {}, square(colour)}};
    return encoder.encode(one).front();
  };
  EXPECT_EQ(encoded({200, 20, 20, 180}), encoded(kRed));
  EXPECT_NE(encoded({200, 20, 20, 90}), encoded(kRed));
}

TEST(CharacterEncoder, RefusesModelsWithoutOneAndCharactersWithoutViews) {
  EXPECT_FALSE(encodesCharacters(*test::tinyModel()));
  EXPECT_FALSE(encodesCharacters(*test::tinyAutoencoder(true)));
  EXPECT_THROW(CharacterEncoder{test::tinyModel()}, Error);
  CharacterEncoder encoder(test::tinyHero());
  const std::vector<std::vector<Sprite>> none{{{}, {}, {}}}, few{{square(kRed)}};
  EXPECT_THROW(encoder.encode(none), Error);
  EXPECT_THROW(encoder.encode(few), Error);
}

}  // namespace
}  // namespace loom
