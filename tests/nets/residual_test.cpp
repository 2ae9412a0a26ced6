#include "core/nets/residual.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/nets/state.h"

namespace loom {
namespace {

Json settings(int size = 16, int channels = 4, const Json& changes = Json::object()) {
  Json all = {{"size", size}, {"channels", channels}, {"features", 4}, {"latent", 6}, {"dropout", 0}};
  all.update(changes);
  return all;
}

template <class Network>
std::shared_ptr<Network> withWeights(std::shared_ptr<Network> network, std::uint64_t seed = 1) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  initialiseWeights(*network, random);
  return network;
}

bool has(const torch::nn::Module& network, const std::string& text) {
  for (const auto& item : network.named_modules()) {
    if (item.key().find(text) != std::string::npos) return true;
  }
  return false;
}

TEST(Residual, MakesAndJudgesEverySizeAndChannelCount) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(1);
  for (int size = 16; size <= 128; size += 16) {
    for (int channels = 1; channels <= 4; ++channels) {
      SCOPED_TRACE(std::to_string(size) + " x " + std::to_string(channels));
      const auto generator = withWeights(makeGenerator("residual", settings(size, channels), 0));
      const at::Tensor pictures = generator->forward(at::randn({2, 6}, random), {}, random);
      EXPECT_EQ(pictures.sizes(), at::IntArrayRef({2, channels, size, size}));
      EXPECT_LE(pictures.abs().max().item<float>(), 1);
      const auto critic = withWeights(makeCritic("residual", settings(size, channels), 0));
      EXPECT_EQ(critic->forward(pictures, random).score.sizes(), at::IntArrayRef({2}));
      const auto mapping = makeCritic("residual", settings(size, channels, {{"spatial_score", true}}), 0);
      EXPECT_EQ(mapping->forward(pictures, random).score.sizes(), at::IntArrayRef({2, size / 4, size / 4}));
    }
  }
}

TEST(Residual, IsAsWideAsItSays) {
  // 128 x 9216 + 9216, then in*out*9 + out*out*9 + in*out + 3*out (two biases, a strength) a doubling, 16*4 + 4
  const auto doubling = [](int in, int out) { return in * out * 9 + out * out * 9 + in * out + 3 * out; };
  const Json full{{"size", 96}, {"channels", 4}, {"features", 64}, {"latent", 128}};
  EXPECT_EQ(parameterCount(*makeGenerator("residual", full, 0)),
            129 * 9216 + doubling(256, 128) + doubling(128, 64) + doubling(64, 32) + doubling(32, 16) + 68);
  // in*in*9 + in*out*16 + in*out + in + out (biases) + 1 (mask) a halving
  const auto halving = [](int in, int out) { return in * in * 9 + in * out * 17 + in + out + 1; };
  EXPECT_EQ(parameterCount(*makeCritic("residual", full, 0)),
            4 * 32 * 16 + 32 + halving(32, 64) + halving(64, 128) + halving(128, 256) + 257 * 256 * 9 + 256 + 9216 + 1);
  const Json wide{{"size", 16}, {"channels", 4}, {"features", 256}, {"latent", 6}};
  EXPECT_EQ(makeGenerator("residual", wide, 0)->named_parameters()["start.weight"].size(0), 512) << "the cap";
}

TEST(Residual, EverySwitchOfTheGeneratorChangesIt) {
  const auto full = makeGenerator("residual", settings(), 0);
  const auto changed = [](const Json& changes) { return makeGenerator("residual", settings(16, 4, changes), 0); };
  EXPECT_TRUE(has(*full, "pixel_norm") && has(*full, "noise") && has(*full, "skip") && has(*full, "refine"));
  EXPECT_FALSE(has(*changed({{"pixel_norm", false}}), "pixel_norm"));
  EXPECT_TRUE(has(*changed({{"pixel_norm", false}}), "normalisation"));
  EXPECT_FALSE(has(*changed({{"noise", false}}), "noise"));
  EXPECT_FALSE(has(*changed({{"residual", false}}), "skip"));
  EXPECT_FALSE(has(*changed({{"residual", false}}), "refine"));
  EXPECT_EQ(full->named_parameters()["blocks.0.up.convolution.weight"].size(2), 3);
  EXPECT_EQ(changed({{"upsampling", "transposed"}})->named_parameters()["blocks.0.up.convolution.weight"].size(2), 4);
  EXPECT_THROW(changed({{"upsampling", "bilinear"}}), Error);
}

TEST(Residual, EverySwitchOfTheCriticChangesIt) {
  const auto full = makeCritic("residual", settings(), 0);
  const auto changed = [](const Json& changes) { return makeCritic("residual", settings(16, 4, changes), 0); };
  EXPECT_TRUE(has(*full, "skip") && has(*full, "mask") && has(*full, "minibatch") && !has(*full, "normalisation"));
  EXPECT_FALSE(has(*changed({{"residual", false}}), "skip"));
  EXPECT_FALSE(has(*changed({{"centre_mask", false}}), "mask"));
  EXPECT_FALSE(has(*changed({{"minibatch", false}}), "minibatch"));
  EXPECT_TRUE(has(*changed({{"critic_norm", "batch"}}), "normalisation"));
  EXPECT_TRUE(has(*changed({{"spatial_score", true}}), "scores"));
}

TEST(Residual, DropsOutWhereItIsAskedTo) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(2);
  const at::Tensor latent = at::randn({3, 6}, random), pictures = at::randn({3, 4, 16, 16}, random);
  const auto generates = [&](double share) {
    const auto network =
        withWeights(makeGenerator("residual", settings(16, 4, {{"generator_dropout", share}, {"noise", false}}), 0));
    return !network->forward(latent, {}, random).equal(network->forward(latent, {}, random));
  };
  const auto judges = [&](double share) {
    const auto network = withWeights(makeCritic("residual", settings(16, 4, {{"dropout", share}}), 0));
    return !network->forward(pictures, random).score.equal(network->forward(pictures, random).score);
  };
  EXPECT_FALSE(generates(0));
  EXPECT_TRUE(generates(.3));
  EXPECT_FALSE(judges(0));
  EXPECT_TRUE(judges(.3));
}

TEST(Residual, DrawsTheSamePictureOfALatentWheneverItRests) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(3);
  const auto generator = withWeights(makeGenerator("residual", settings(), 0), 4);
  for (auto& item : generator->named_parameters()) {
    if (item.key().ends_with("strength")) item.value().normal_(0, 1, random);
  }
  const at::Tensor latent = at::randn({2, 6}, random);
  EXPECT_FALSE(generator->forward(latent, {}, random).equal(generator->forward(latent, {}, random)));
  TensorFile file;
  saveModule(file, "generator.", *generator);
  EXPECT_EQ(file.tensors.count("generator.blocks.0.up.noise.noise"), 1U);
  const auto other = withWeights(makeGenerator("residual", settings(), 0), 5);
  loadModule(file, "generator.", *other);
  generator->eval();
  other->eval();
  const at::Tensor before = random.get_state();
  EXPECT_TRUE(other->forward(latent, {}, random).equal(generator->forward(latent, {}, random)));
  EXPECT_TRUE(random.get_state().equal(before));
}

TEST(Residual, StillFollowsTheLengthOfALatent) {
  // PixelNorm stands inside the branches alone: an artist's truncation must go on meaning something.
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(4);
  const auto generator = withWeights(makeGenerator("residual", settings(), 0));
  generator->eval();
  const at::Tensor latent = at::randn({4, 6}, random);
  const at::Tensor near = generator->forward(latent * .3, {}, random), far = generator->forward(latent, {}, random);
  EXPECT_GT((near - far).abs().mean().item<double>(), .02);
}

TEST(Residual, StartsWithSignalsOfMiddlingSize) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(5);
  const Json wide = settings(64, 4, {{"features", 16}, {"latent", 32}});
  const at::Tensor pictures =
      withWeights(makeGenerator("residual", wide, 0))->forward(at::randn({8, 32}, random), {}, random);
  EXPECT_GT(pictures.std().item<double>(), .2);
  EXPECT_LT(pictures.std().item<double>(), .9);
  const at::Tensor features = at::randn({8, 4, 64, 64}, random);
  const auto critic = withWeights(makeCritic("residual", wide, 0));
  EXPECT_LT(critic->forward(features, random).score.abs().max().item<double>(), 10);
  EXPECT_GT(critic->forward(features, random).score.abs().max().item<double>(), .05);
  const at::Tensor weight = critic->named_parameters()["last.convolution.weight"];
  EXPECT_NEAR(weight.std().item<double>(), gainAfterRelu(kLeak) / std::sqrt(65 * 9), .003);
  const auto plain =
      withWeights(makeCritic("residual", settings(64, 4, {{"features", 16}, {"scaled_init", false}}), 0));
  EXPECT_NEAR(plain->named_parameters()["last.convolution.weight"].std().item<double>(), .02, .002);
}

TEST(Residual, IsDifferentiableTwiceInEveryWeight) {
  at::Generator random = at::detail::createCPUGenerator(6);
  for (const bool spatial : {false, true}) {
    const auto critic = withWeights(makeCritic("residual", settings(32, 3, {{"spatial_score", spatial}}), 0));
    at::Tensor pictures = at::randn({3, 3, 32, 32}, random).requires_grad_(true);
    const at::Tensor score = critic->forward(pictures, random).score;
    const at::Tensor slope = torch::autograd::grad({score.sum()}, {pictures}, {}, true, /*create_graph=*/true)[0];
    slope.square().sum().backward();
    for (const auto& item : critic->named_parameters()) {
      if (item.key().ends_with("bias")) continue;
      ASSERT_TRUE(item.value().grad().defined()) << item.key();
      EXPECT_GT(item.value().grad().abs().max().item<double>(), 0) << item.key();
    }
  }
}

}  // namespace
}  // namespace loom
