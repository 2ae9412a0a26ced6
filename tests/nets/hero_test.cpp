#include "core/nets/hero.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"

namespace loom {
namespace {

Json settings(int size, const Json& changes = Json::object()) {
  Json all = {{"size", size}, {"channels", 4}, {"features", 6}, {"latent", 5}, {"colours", 7}};
  all.update(changes);
  return all;
}

template <class Network>
std::shared_ptr<Network> withWeights(std::shared_ptr<Network> network) {
  at::Generator random = at::detail::createCPUGenerator(3);
  initialiseWeights(*network, random);
  network->eval();
  return network;
}

class HeroTest : public testing::Test {
 protected:
  at::Tensor drawn(HeroDecoder& decoder, const at::Tensor& latents, std::vector<std::int64_t> views) {
    return decoder.forward(latents, at::tensor(views, at::kLong), random);
  }
  torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(1);
};

TEST_F(HeroTest, DrawsEverySizeAndNumberOfViews) {
  for (const int size : {16, 32, 48, 64}) {
    for (const int views : {1, 4, 8}) {
      SCOPED_TRACE(std::to_string(size) + " x " + std::to_string(views));
      const auto decoder = withWeights(std::make_shared<HeroDecoder>(settings(size), views));
      const PaletteMixture mixture = decoder->mixture(at::randn({2, 5}, random), random);
      EXPECT_EQ(mixture.logits.sizes(), at::IntArrayRef({2 * views * size * size, 7}));
      EXPECT_EQ(mixture.palette.sizes(), at::IntArrayRef({2, 7, 4}));
      const auto encoder = withWeights(std::make_shared<HeroEncoder>(settings(size), views));
      const Code code = encoder->forward(at::rand({2, views, 4, size, size}, random), at::ones({2, views}), random);
      EXPECT_EQ(code.mean.sizes(), at::IntArrayRef({2, 5}));
      EXPECT_EQ(code.logVariance.sizes(), at::IntArrayRef({2, 5}));
    }
  }
}

TEST_F(HeroTest, RefusesWhatItCannotDraw) {
  EXPECT_THROW(HeroDecoder(settings(24), 4), Error);
  EXPECT_THROW(HeroEncoder(settings(24), 4), Error);
  EXPECT_THROW(HeroDecoder(settings(16, {{"colours", 1}}), 4), Error);
  EXPECT_THROW(HeroDecoder(settings(16, {{"colours", 257}}), 4), Error);
}

TEST_F(HeroTest, TakesEveryPixelFromOnePaletteWhoseFirstColourIsTransparent) {
  const auto decoder = withWeights(std::make_shared<HeroDecoder>(settings(16), 4));
  const at::Tensor latents = at::randn({1, 5}, random);
  const at::Tensor palette = decoder->mixture(latents, random).palette[0];
  EXPECT_TRUE(palette[0].eq(-1).all().item<bool>());
  EXPECT_TRUE(palette.narrow(0, 1, 6).select(1, 3).eq(1).all().item<bool>()) << "all others are opaque";
  const at::Tensor all = drawn(*decoder, latents.expand({4, -1}), {0, 1, 2, 3});
  const at::Tensor pixels = all.permute({0, 2, 3, 1}).reshape({-1, 1, 4});
  EXPECT_EQ((pixels - palette.unsqueeze(0)).abs().sum(2).amin(1).max().item<float>(), 0);
}

TEST_F(HeroTest, DrawsAViewTheSameWhateverStandsBesideIt) {
  const auto decoder = withWeights(std::make_shared<HeroDecoder>(settings(16), 4));
  const at::Tensor latents = at::randn({2, 5}, random);
  const at::Tensor rows = latents.index_select(0, at::tensor({0, 0, 1, 0}, at::kLong));
  const at::Tensor together = drawn(*decoder, rows, {2, 0, 2, 2});
  EXPECT_TRUE(at::allclose(together[0], together[3], 1e-4, 1e-4));
  EXPECT_FALSE(together[0].equal(together[2])) << "another character";
  EXPECT_FALSE(together[0].equal(together[1])) << "another view";
  EXPECT_TRUE(at::allclose(drawn(*decoder, latents.narrow(0, 1, 1), {2})[0], together[2], 1e-4, 1e-4));
}

TEST_F(HeroTest, IsToldWhichViewsThereAre) {
  const auto encoder = withWeights(std::make_shared<HeroEncoder>(settings(16), 2));
  const at::Tensor pictures = at::full({1, 2, 4, 16, 16}, -1.F);
  const at::Tensor both = encoder->forward(pictures, at::ones({1, 2}), random).mean;
  const at::Tensor one = encoder->forward(pictures, at::tensor({1.F, 0.F}).view({1, 2}), random).mean;
  EXPECT_FALSE(both.equal(one)) << "an empty view is not a missing one";
}

}  // namespace
}  // namespace loom
