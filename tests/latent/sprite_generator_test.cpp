#include "core/latent/sprite_generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include <algorithm>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyModel;
using test::tinyModelLedBy;

std::vector<Latent> latents(int count, int size, std::uint64_t seed = 7) {
  std::vector<Latent> made;
  for (int i = 0; i < count; ++i) made.push_back(sampleLatent(seed, static_cast<std::uint64_t>(i), size));
  return made;
}

TEST(SpriteGenerator, DrawsOneSpriteAPairAtTheModelsSize) {
  SpriteGenerator generator(tinyModel());
  const auto sprites = generator.generate(latents(3, 6), std::vector<int>{0, 1, 2});
  ASSERT_EQ(sprites.size(), 3U);
  for (const Sprite& sprite : sprites) {
    EXPECT_EQ(sprite.width(), 16);
    EXPECT_EQ(sprite.height(), 16);
  }
  EXPECT_NE(sprites[0], sprites[1]);
}

TEST(SpriteGenerator, AnswersNothingWithNothing) {
  SpriteGenerator generator(tinyModel());
  EXPECT_TRUE(generator.generate({}, {}).empty());
}

TEST(SpriteGenerator, ShowsOneLatentDifferentlyFromEachView) {
  SpriteGenerator generator(tinyModel());
  const std::vector<Latent> same(4, sampleLatent(3, 0, 6));
  const auto sprites = generator.generate(same, std::vector<int>{0, 1, 2, 3});
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t k = i + 1; k < 4; ++k) EXPECT_NE(sprites[i], sprites[k]) << i << " and " << k;
  }
}

TEST(SpriteGenerator, GivesTheSamePictureForTheSameQuestion) {
  const auto model = tinyModel();
  SpriteGenerator first(model);
  SpriteGenerator second(model);
  const std::vector<int> views(5, 2);
  EXPECT_EQ(first.generate(latents(5, 6), views), second.generate(latents(5, 6), views));
}

TEST(SpriteGenerator, DrawsMoreThanOnePassHoldsInTheOrderAskedFor) {
  SpriteGenerator generator(tinyModel());
  const auto many = latents(70, 6);
  const std::vector<int> views(70, 1);
  const auto together = generator.generate(many, views);
  ASSERT_EQ(together.size(), 70U);
  for (const std::size_t i : {std::size_t{0}, std::size_t{31}, std::size_t{32}, std::size_t{69}}) {
    const auto alone = generator.generate(std::span(many).subspan(i, 1), std::vector<int>{1});
    int far = 0;
    for (std::size_t p = 0; p < alone[0].pixels().size(); ++p) {
      far += std::abs(alone[0].pixels()[p].r - together[i].pixels()[p].r) > 1 ? 1 : 0;
    }
    EXPECT_LE(far, 2) << "sprite " << i;  // rounding may differ between batch sizes at alpha's threshold
  }
}

TEST(SpriteGenerator, RgbModelsGiveOpaqueSprites) {
  SpriteGenerator generator(tinyModel({.withViews = false, .channels = 3}));
  for (const Sprite& sprite : generator.generate(latents(4, 6), std::vector<int>(4, 0))) {
    EXPECT_TRUE(std::ranges::all_of(sprite.pixels(), [](const Rgba& p) { return p.a == 255; }));
  }
}

TEST(SpriteGenerator, CrispAlphaIsAllOrNothingAndSoftAlphaIsNot) {
  SpriteGenerator generator(tinyModel());
  const auto z = latents(4, 6);
  const std::vector<int> views(4, 0);
  std::set<int> crisp;
  for (const Sprite& sprite : generator.generate(z, views, {.crispAlpha = true})) {
    for (const Rgba& pixel : sprite.pixels()) {
      crisp.insert(pixel.a);
      EXPECT_TRUE(pixel.a != 0 || pixel == Rgba{});
    }
  }
  EXPECT_EQ(crisp, (std::set<int>{0, 255}));
  std::set<int> soft;
  for (const Sprite& sprite : generator.generate(z, views, {.crispAlpha = false})) {
    for (const Rgba& pixel : sprite.pixels()) soft.insert(pixel.a);
  }
  EXPECT_GT(soft.size(), 10U);
}

TEST(SpriteGenerator, CrispAndSoftPicturesAgreeWhereBothAreOpaque) {
  SpriteGenerator generator(tinyModel());
  const auto z = latents(2, 6);
  const std::vector<int> views(2, 3);
  const auto crisp = generator.generate(z, views, {.crispAlpha = true});
  const auto soft = generator.generate(z, views, {.crispAlpha = false});
  for (std::size_t i = 0; i < z.size(); ++i) {
    for (std::size_t p = 0; p < crisp[i].pixels().size(); ++p) {
      const Rgba a = crisp[i].pixels()[p];
      const Rgba b = soft[i].pixels()[p];
      EXPECT_EQ(a.a == 255, b.a >= 128) << "alpha " << int{b.a};
      EXPECT_TRUE(a.a == 0 || (a.r == b.r && a.g == b.g && a.b == b.b));
    }
  }
}

TEST(SpriteGenerator, NoTruncationLeftMakesAllLatentsOne) {
  SpriteGenerator generator(tinyModel());
  const auto z = latents(2, 6);
  const std::vector<int> views(2, 0);
  const auto mean = generator.generate(z, views, {.truncation = 0});
  EXPECT_EQ(mean[0], mean[1]);
  const auto full = generator.generate(z, views, {.truncation = 1});
  EXPECT_NE(full[0], full[1]);
}

TEST(SpriteGenerator, RefusesQuestionsThatDoNotFitTheModel) {
  SpriteGenerator generator(tinyModel());
  const std::vector<int> front{2};
  EXPECT_THROW(generator.generate(latents(1, 5), front), Error);
  EXPECT_THROW(generator.generate(latents(1, 7), front), Error);
  EXPECT_THROW(generator.generate(latents(2, 6), front), Error);
  EXPECT_THROW(generator.generate(latents(1, 6), std::vector<int>{4}), Error);
  EXPECT_THROW(generator.generate(latents(1, 6), std::vector<int>{-1}), Error);
  EXPECT_THROW(generator.generate(latents(1, 6), front, {.truncation = 2}), Error);
  auto broken = latents(1, 6);
  broken[0][3] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW(generator.generate(broken, front), Error);
  EXPECT_EQ(generator.generate(latents(1, 6), front).size(), 1U);  // and goes on working
}

TEST(SpriteGenerator, RefusesWeightsOfAnotherNetwork) {
  auto model = tinyModel();
  model->settings["features"] = 8;
  EXPECT_THROW(SpriteGenerator{model}, Error);
  model = tinyModel();
  model->weights.tensors.erase(model->weights.tensors.begin());
  EXPECT_THROW(SpriteGenerator{model}, Error);
  EXPECT_THROW(SpriteGenerator{nullptr}, Error);
}

TEST(SpriteGenerator, FindsTheDimensionThatChangesThePictureMost) {
  for (const int strong : {0, 3, 5}) {
    SpriteGenerator generator(tinyModelLedBy(strong));
    auto order = generator.dimensionsByEffect();
    ASSERT_EQ(order.size(), 6U);
    EXPECT_EQ(order.front(), strong);
    std::ranges::sort(order);
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5})) << "every dimension once";
  }
}

TEST(SampleLatent, IsTheSameEverywhereAndNormal) {
  EXPECT_EQ(sampleLatent(5, 9, 40), sampleLatent(5, 9, 40));
  EXPECT_NE(sampleLatent(5, 9, 40), sampleLatent(5, 10, 40));
  EXPECT_NE(sampleLatent(5, 9, 40), sampleLatent(6, 9, 40));
  double sum = 0;
  double squares = 0;
  constexpr int kCount = 20'000;
  for (const float value : sampleLatent(1, 1, kCount)) {
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / kCount, 0, .03);
  EXPECT_NEAR(squares / kCount, 1, .05);
}

TEST(SpriteGenerator, TrimsWhatWasPaddedForTraining) {
  const auto whole = tinyModel();
  auto trimmed = std::make_shared<Model>(*whole);
  trimmed->content = {4, 2, 8, 14};
  const std::vector<int> views{0, 1};
  const auto full = SpriteGenerator(whole).generate(latents(2, 6), views);
  const auto cut = SpriteGenerator(trimmed).generate(latents(2, 6), views);
  ASSERT_EQ(cut.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(cut[i], cropped(full[i], {4, 2, 8, 14}));
}

std::set<std::uint32_t> coloursOf(const Sprite& sprite) {
  std::set<std::uint32_t> colours;
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel.a > 0) colours.insert(std::uint32_t{pixel.r} << 16 | std::uint32_t{pixel.g} << 8 | pixel.b);
  }
  return colours;
}

/// Which pixels share a colour, whatever it is.
std::vector<std::size_t> patternOf(const Sprite& sprite) {
  std::vector<Rgba> order;
  std::vector<std::size_t> pattern;
  for (const Rgba& pixel : sprite.pixels()) {
    const auto found = std::ranges::find(order, pixel);
    pattern.push_back(static_cast<std::size_t>(found - order.begin()));
    if (found == order.end()) order.push_back(pixel);
  }
  return pattern;
}

TEST(LatentLayers, AHeroTakesItsColoursFromASecondLatent) {
  const std::shared_ptr<const Model> hero = test::tinyHero();
  ASSERT_EQ(latentLayers(*hero), (std::vector<std::string>{"drawing", "colours"}));
  SpriteGenerator generator(hero);
  const Latent one = sampleLatent(1, 0, 6), other = sampleLatent(1, 1, 6);
  Latent both = one;
  both.insert(both.end(), other.begin(), other.end());
  Latent twice = one;
  twice.insert(twice.end(), one.begin(), one.end());
  const std::vector<Latent> latents = {one, other, both, twice};
  const std::vector<int> views(4, 2);
  const std::vector<Sprite> sprites = generator.generate(latents, views);
  EXPECT_EQ(sprites[3], sprites[0]) << "the same one at both places";
  EXPECT_EQ(patternOf(sprites[2]), patternOf(sprites[0]));
  EXPECT_NE(coloursOf(sprites[2]), coloursOf(sprites[0]));
  EXPECT_EQ(generator.generate({&both, 1}, {views.data(), 1}).front(), sprites[2]) << "alone as beside others";
}

TEST(LatentLayers, OthersTakeOneLatentAlone) {
  const std::shared_ptr<const Model> model = test::tinyModel();
  EXPECT_EQ(latentLayers(*model).size(), 1U);
  SpriteGenerator generator(model);
  const std::vector<Latent> twice = {Latent(12)};
  const std::vector<int> views = {0};
  EXPECT_THROW(generator.generate(twice, views), Error);
}

}  // namespace
}  // namespace loom
