#include "core/nets/convolutional_vae.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"

namespace loom {
namespace {

Json settings(int size, int channels, int features, int latent) {
  return {{"size", size}, {"channels", channels}, {"features", features}, {"latent", latent}};
}

TEST(ConvolutionalVae, EncodesAndDecodesEverySizeChannelCountAndKernel) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(1);
  for (int size = 16; size <= 128; size += 16) {
    for (int channels = 1; channels <= 4; ++channels) {
      Json given = settings(size, channels, 2, 6);
      given["kernel"] = channels % 2 == 0 ? 3 : 5;
      SCOPED_TRACE(given.dump());
      const auto encoder = makeEncoder("convolutional-vae", given);
      const auto decoder = makeGenerator("convolutional-vae", given, 0);
      initialiseWeights(*encoder, random);
      initialiseWeights(*decoder, random);
      const Code code = encoder->forward(at::randn({3, channels, size, size}, random), random);
      EXPECT_EQ(code.mean.sizes(), at::IntArrayRef({3, 6}));
      EXPECT_EQ(code.logVariance.sizes(), at::IntArrayRef({3, 6}));
      const at::Tensor pictures = decoder->forward(code.mean, {}, random);
      EXPECT_EQ(pictures.sizes(), at::IntArrayRef({3, channels, size, size}));
      EXPECT_LE(pictures.abs().max().item<float>(), 1);
    }
  }
}

TEST(ConvolutionalVae, HasTheLayersThatWerePublished) {
  const Json published = settings(64, 3, 32, 512);
  const auto encoder = makeEncoder("convolutional-vae", published);
  // Without padding 64 becomes 60, 28, 12, 4 and 1: the heads see 512 numbers.
  EXPECT_EQ(encoder->named_parameters()["mean.weight"].sizes(), at::IntArrayRef({512, 512}));
  const int convolutions = 3 * 32 * 25 + 32 * 64 * 25 + 64 * 128 * 25 + 128 * 256 * 25 + 256 * 512 * 9;
  const int biasesAndNorms = 3 * (32 + 64 + 128 + 256 + 512), head = 512 * 512 + 512;
  EXPECT_EQ(parameterCount(*encoder), convolutions + biasesAndNorms + 2 * head + 2 * 512);
  const int up = (512 * 256 + 256 * 128 + 128 * 64 + 64 * 32) * 25 + 256 + 128 + 64 + 32;
  EXPECT_EQ(parameterCount(*makeGenerator("convolutional-vae", published, 0)),
            512 * 8192 + 8192 + 2 * 8192 + up + 32 * 3 * 9 + 3);
}

TEST(ConvolutionalVae, LeavesTheVarianceOutOnRequest) {
  at::Generator random = at::detail::createCPUGenerator(2);
  Json plain = settings(16, 3, 2, 6);
  plain["variational"] = false;
  const auto encoder = makeEncoder("convolutional-vae", plain);
  EXPECT_FALSE(encoder->forward(at::randn({3, 3, 16, 16}, random), random).logVariance.defined());
  EXPECT_FALSE(encoder->named_parameters().contains("log_variance.weight"));
}

TEST(ConvolutionalVae, StartsWithCodesAndPicturesOfMiddlingSize) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(3);
  const Json given = settings(64, 3, 8, 32);
  const auto encoder = makeEncoder("convolutional-vae", given);
  const auto decoder = makeGenerator("convolutional-vae", given, 0);
  initialiseWeights(*encoder, random);
  initialiseWeights(*decoder, random);
  const Code code = encoder->forward(at::randn({16, 3, 64, 64}, random), random);
  EXPECT_NEAR(code.mean.std().item<double>(), 1, .1);
  EXPECT_LT(code.logVariance.abs().mean().item<double>(), 2);
  const at::Tensor pictures = decoder->forward(code.mean, {}, random);
  EXPECT_GT(pictures.std().item<double>(), .05);
  EXPECT_LT(pictures.std().item<double>(), .8);
}

TEST(ConvolutionalVae, RestsInEvaluation) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(4);
  const auto encoder = makeEncoder("convolutional-vae", settings(16, 1, 2, 6));
  initialiseWeights(*encoder, random);
  encoder->eval();
  const at::Tensor pictures = at::randn({4, 1, 16, 16}, random);
  const at::Tensor together = encoder->forward(pictures, random).mean;
  const at::Tensor alone = encoder->forward(pictures.narrow(0, 2, 1), random).mean;
  EXPECT_LT((together.narrow(0, 2, 1) - alone).abs().max().item<double>(), 1e-5);
}

TEST(ConvolutionalVae, RefusesKernelsThatMakeNoNetwork) {
  Json given = settings(16, 3, 2, 6);
  for (const int kernel : {1, 9}) {
    given["kernel"] = kernel;
    EXPECT_THROW(makeEncoder("convolutional-vae", given), Error);
    EXPECT_THROW(makeGenerator("convolutional-vae", given, 0), Error);
  }
}

}  // namespace
}  // namespace loom
