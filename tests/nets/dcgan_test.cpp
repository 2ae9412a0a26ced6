#include "core/nets/dcgan.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/nets/network.h"

namespace loom {
namespace {

Json settings(int size, int channels, int features, int latent) {
  return {{"size", size},     {"channels", channels}, {"features", features},
          {"latent", latent}, {"view_embedding", 10}, {"dropout", .2}};
}

TEST(Dcgan, MakesAndJudgesEverySizeAndChannelCount) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(1);
  for (int size = 16; size <= 128; size += 16) {
    for (const int channels : {1, 2, 3, 4}) {
      for (const std::string network : {"dcgan", "conditional-dcgan"}) {
        SCOPED_TRACE(network + " " + std::to_string(size) + " x " + std::to_string(channels));
        const auto generator = makeGenerator(network, settings(size, channels, 4, 6), 3);
        const auto critic = makeCritic(network, settings(size, channels, 4, 6), 3);
        const at::Tensor pictures =
            generator->forward(at::randn({2, 6}, random), at::tensor({0, 2}, at::kLong), random);
        EXPECT_EQ(pictures.sizes(), at::IntArrayRef({2, channels, size, size}));
        EXPECT_LE(pictures.abs().max().item<float>(), 1);
        const Verdict verdict = critic->forward(pictures, random);
        EXPECT_EQ(verdict.score.sizes(), at::IntArrayRef({2}));
        EXPECT_EQ(verdict.views.defined(), networkKnowsViews(network));
        if (verdict.views.defined()) {
          EXPECT_EQ(verdict.views.sizes(), at::IntArrayRef({2, 3}));
        }
      }
    }
  }
}

TEST(Dcgan, HasAsManyParametersAsPublished) {
  // Radford 2016 at f 64, latent 100, RGB: the figures every implementation without biases has.
  EXPECT_EQ(parameterCount(*makeGenerator("dcgan", settings(64, 3, 64, 100), 0)), 3'576'704);
  EXPECT_EQ(parameterCount(*makeCritic("dcgan", settings(64, 3, 64, 100), 0)), 2'765'568);
  // By hand: 84*384*16 + 384*192*16 + 192*96*16 + 96*48*16 + 48*3*16 + 2*(384+192+96+48)
  EXPECT_EQ(parameterCount(*makeGenerator("dcgan", settings(64, 3, 48, 84), 0)), 2'068'128);
  // 50*512*16 + 512*256*16 + 256*128*16 + 128*64*16 + 64*4*16 + 2*(512+256+128+64) + 4*10
  EXPECT_EQ(parameterCount(*makeGenerator("conditional-dcgan", settings(64, 4, 64, 40), 4)), 3'168'168);
  // 4*64*16 + 64*128*16 + 128*256*16 + 256*512*16 + 512*16 + 2*(128+256+512), and 512*64*16 + 2*64 + 64*4 + 4
  EXPECT_EQ(parameterCount(*makeCritic("conditional-dcgan", settings(64, 4, 64, 40), 4)), 3'291'268);
}

TEST(Dcgan, DrawsAnotherPictureForAnotherView) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(2);
  const auto generator = makeGenerator("conditional-dcgan", settings(16, 4, 8, 6), 4);
  initialiseWeights(*generator, random);
  generator->eval();
  const at::Tensor latent = at::randn({1, 6}, random).repeat({4, 1});
  const at::Tensor pictures = generator->forward(latent, at::arange(4, at::kLong), random);
  for (int view = 1; view < 4; ++view) EXPECT_GT((pictures[view] - pictures[0]).abs().max().item<float>(), 0);
}

TEST(Dcgan, StartsWithTheDeviationsOfThePaper) {
  at::Generator random = at::detail::createCPUGenerator(3);
  const auto critic = makeCritic("conditional-dcgan", settings(64, 4, 32, 40), 4);
  initialiseWeights(*critic, random);
  for (const auto& item : critic->named_parameters()) {
    const std::string& name = item.key();
    const at::Tensor& value = item.value();
    if (name.find("bias") != std::string::npos) {
      EXPECT_EQ(value.abs().max().item<float>(), 0) << name;
    } else if (value.numel() > 5000) {
      EXPECT_NEAR(value.std().item<float>(), .02, .001) << name;
      EXPECT_NEAR(value.mean().item<float>(), 0, .002) << name;
    } else if (name.find("normalisation") != std::string::npos) {
      EXPECT_NEAR(value.mean().item<float>(), 1, .02) << name;
    }
  }
}

TEST(Dcgan, GivesTheSameWeightsForTheSameSeedWhateverElseUsesLibTorch) {
  const auto make = [] {
    at::Generator random = at::detail::createCPUGenerator(4);
    auto generator = makeGenerator("dcgan", settings(16, 4, 4, 6), 0);
    initialiseWeights(*generator, random);
    return generator;
  };
  const auto a = make();
  at::randn({100});  // another user of the global generator
  const auto b = make();
  for (const auto& item : a->named_parameters()) {
    EXPECT_TRUE(item.value().equal(b->named_parameters()[item.key()])) << item.key();
  }
}

TEST(Dcgan, KeepsItsConvolutionsChannelsLast) {
  const auto critic = makeCritic("dcgan", settings(64, 4, 8, 6), 0);
  for (const auto& item : critic->named_parameters()) {
    if (item.value().dim() == 4) {
      EXPECT_TRUE(item.value().is_contiguous(at::MemoryFormat::ChannelsLast)) << item.key();
    }
  }
}

TEST(Dcgan, TakesOtherKernels) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(7);
  for (const int size : {16, 80}) {
    for (const int kernel : {3, 4, 5, 6, 7}) {
      SCOPED_TRACE(std::to_string(size) + " by " + std::to_string(kernel));
      Json changed = settings(size, 3, 4, 6);
      changed["kernel"] = kernel;
      const auto generator = makeGenerator("dcgan", changed, 0);
      const at::Tensor pictures = generator->forward(at::randn({2, 6}, random), {}, random);
      EXPECT_EQ(pictures.sizes(), at::IntArrayRef({2, 3, size, size}));
      EXPECT_EQ(makeCritic("dcgan", changed, 0)->forward(pictures, random).score.sizes(), at::IntArrayRef({2}));
      EXPECT_EQ(generator->named_parameters()["blocks.1.convolution.weight"].size(2), kernel);
      EXPECT_EQ(generator->named_parameters()["blocks.0.convolution.weight"].size(2), size / 16);
    }
  }
}

TEST(Dcgan, NeedsNoBatchNormInItsCritic) {
  Json changed = settings(16, 4, 4, 6);
  changed["critic_norm"] = "none";
  const auto critic = makeCritic("conditional-dcgan", changed, 3);
  for (const auto& item : critic->named_parameters()) {
    EXPECT_EQ(item.key().find("normalisation"), std::string::npos) << item.key();
  }
  EXPECT_TRUE(critic->named_parameters().contains("blocks.0.convolution.bias"));
  EXPECT_TRUE(critic->named_parameters().contains("view_features.convolution.bias"));
  changed["critic_norm"] = "layer";
  EXPECT_THROW(makeCritic("dcgan", changed, 0), Error);
}

TEST(Dcgan, DropsOutInTheGeneratorOnRequest) {
  at::Generator random = at::detail::createCPUGenerator(8);
  const torch::NoGradGuard noGrad;
  Json changed = settings(16, 4, 4, 6);
  const at::Tensor latent = at::randn({4, 6}, random);
  const auto differs = [&](const Json& given) {
    const auto generator = makeGenerator("dcgan", given, 0);
    return !generator->forward(latent, {}, random).equal(generator->forward(latent, {}, random));
  };
  EXPECT_FALSE(differs(changed));
  changed["generator_dropout"] = .3;
  EXPECT_TRUE(differs(changed));
  changed["generator_dropout"] = 1.5;
  EXPECT_THROW(makeGenerator("dcgan", changed, 0), Error);
}

TEST(Dcgan, EncodesWithTheTrunkOfItsCritic) {
  at::Generator random = at::detail::createCPUGenerator(9);
  const auto encoder = makeEncoder("dcgan", settings(48, 3, 4, 6));
  initialiseWeights(*encoder, random);
  const auto critic = makeCritic("dcgan", settings(48, 3, 4, 6), 0);
  const auto own = encoder->named_parameters(), others = critic->named_parameters();
  int shared = 0;
  for (const auto& item : others) {
    if (!item.key().starts_with("blocks.")) continue;
    ASSERT_TRUE(own.contains(item.key())) << item.key();
    EXPECT_EQ(own[item.key()].sizes(), item.value().sizes());
    ++shared;
  }
  EXPECT_EQ(shared, 4 + 2 * 3);
  const Code code = encoder->forward(at::randn({5, 3, 48, 48}, random), random);
  EXPECT_EQ(code.mean.sizes(), at::IntArrayRef({5, 6}));
  EXPECT_FALSE(code.logVariance.defined());
  EXPECT_GT(code.mean.min().item<float>(), 0);
  EXPECT_LT(code.mean.max().item<float>(), 1);
}

TEST(Dropout, ComesFromItsOwnStreamAndOnlyInTraining) {
  at::Generator random = at::detail::createCPUGenerator(6);
  const auto critic = makeCritic("dcgan", settings(16, 4, 4, 6), 0);
  const torch::NoGradGuard noGrad;
  const at::Tensor pictures = at::randn({4, 4, 16, 16}, random);
  const at::Tensor state = random.get_state();
  const at::Tensor first = critic->forward(pictures, random).score;
  EXPECT_FALSE(critic->forward(pictures, random).score.equal(first));
  random.set_state(state);
  at::randn({50});
  EXPECT_TRUE(critic->forward(pictures, random).score.equal(first));
  critic->eval();
  const at::Tensor before = random.get_state();
  EXPECT_TRUE(critic->forward(pictures, random).score.equal(critic->forward(pictures, random).score));
  EXPECT_TRUE(random.get_state().equal(before));
}

TEST(Registry, SaysWhichNetworksThereAre) {
  EXPECT_EQ(networkNames(), (std::vector<std::string>{"dcgan", "conditional-dcgan", "residual", "convolutional-vae",
                                                      "hero", "turnaround"}));
  EXPECT_FALSE(networkKnowsViews("dcgan"));
  EXPECT_TRUE(networkKnowsViews("conditional-dcgan"));
  EXPECT_THROW(networkKnowsViews("gan"), Error);
  EXPECT_TRUE(networkHasCritic("residual") && networkHasCritic("dcgan") && networkHasCritic("conditional-dcgan"));
  EXPECT_FALSE(networkHasCritic("convolutional-vae"));
  EXPECT_TRUE(networkHasEncoder("convolutional-vae") && networkHasEncoder("dcgan"));
  EXPECT_TRUE(networkHasTurnaround("turnaround") && networkKnowsViews("turnaround"));
  EXPECT_FALSE(networkHasGenerator("turnaround") || networkHasCritic("turnaround") || networkHasEncoder("turnaround"));
  EXPECT_FALSE(networkHasTurnaround("dcgan"));
  EXPECT_FALSE(networkHasEncoder("residual") || networkHasEncoder("conditional-dcgan"));
  EXPECT_THROW(makeCritic("convolutional-vae", settings(16, 4, 4, 6), 0), Error);
  EXPECT_THROW(makeEncoder("residual", settings(16, 4, 4, 6)), Error);
  EXPECT_THROW(makeGenerator("gan", settings(16, 4, 4, 6), 0), Error);
}

TEST(Registry, RefusesSettingsThatMakeNoNetwork) {
  EXPECT_THROW(makeGenerator("dcgan", settings(20, 4, 4, 6), 0), Error);
  EXPECT_THROW(makeGenerator("dcgan", settings(144, 4, 4, 6), 0), Error);
  EXPECT_THROW(makeGenerator("dcgan", settings(16, 5, 4, 6), 0), Error);
  EXPECT_THROW(makeGenerator("dcgan", settings(16, 4, 0, 6), 0), Error);
  EXPECT_THROW(makeGenerator("dcgan", settings(16, 4, 4, -1), 0), Error);
  EXPECT_THROW(makeGenerator("dcgan", Json::object(), 0), Error);
  EXPECT_THROW(makeCritic("dcgan", Json::object(), 0), Error);
}

}  // namespace
}  // namespace loom
