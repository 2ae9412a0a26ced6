#include "core/nets/layers.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/nets/blocks.h"

namespace loom {
namespace {

at::Generator stream(std::uint64_t seed) {
  return at::detail::createCPUGenerator(seed);
}

double furthest(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

TEST(UpsampledConvolution, GivesWhatUpsamplingAndConvolutionGive) {
  const torch::NoGradGuard noGrad;
  at::Generator random = stream(1);
  for (const bool bias : {false, true}) {
    UpsampledConvolution layer(3, 5, bias);
    layer.weight.normal_(0, 1, random);
    if (bias) layer.bias.normal_(0, 1, random);
    const at::Tensor x = at::randn({2, 3, 4, 6}, random);
    const at::Tensor expected = at::conv2d(at::upsample_nearest2d(x, {8, 12}), layer.weight, layer.bias, 1, 1);
    EXPECT_LT(furthest(layer.forward(x), expected), 1e-4);
  }
}

TEST(WholeMap, GivesWhatTheConvolutionsGive) {
  const torch::NoGradGuard noGrad;
  at::Generator random = stream(7);
  for (const bool bias : {false, true}) {
    torch::nn::Conv2d down(torch::nn::Conv2dOptions(5, 3, 4).bias(bias));
    torch::nn::ConvTranspose2d up(torch::nn::ConvTranspose2dOptions(5, 3, 4).bias(bias));
    for (at::Tensor* parameter : {&down->weight, &up->weight, &down->bias, &up->bias}) {
      if (parameter->defined()) parameter->normal_(0, 1, random);
    }
    const at::Tensor map = at::randn({2, 5, 4, 4}, random), pixel = at::randn({2, 5, 1, 1}, random);
    EXPECT_LT(furthest(wholeMapConvolution(down, map), down->forward(map)), 1e-4);
    EXPECT_LT(furthest(wholeMapTransposed(up, pixel), up->forward(pixel)), 1e-4);
  }
}

TEST(PixelNorm, BringsEveryPixelToOneLength) {
  at::Generator random = stream(2);
  PixelNorm layer;
  const at::Tensor y = layer.forward(at::randn({2, 9, 3, 3}, random) * 5);
  EXPECT_LT(furthest(y.square().sum(1), at::full({2, 3, 3}, 9)), 1e-4);
}

TEST(NoiseInjection, AddsNothingAtFirstAndRestsInEvaluation) {
  const torch::NoGradGuard noGrad;
  at::Generator random = stream(3);
  const auto made = std::make_shared<NoiseInjection>(4, 6);
  NoiseInjection& layer = *made;
  initialiseWeights(layer, random);
  EXPECT_NEAR(layer.noise.std().item<double>(), 1, .4);
  const at::Tensor x = at::zeros({3, 4, 6, 6});
  EXPECT_TRUE(layer.forward(x, random).equal(x));
  layer.strength.copy_(at::tensor({0.F, 1.F, 2.F, -1.F}).reshape({1, 4, 1, 1}));
  const at::Tensor drawn = layer.forward(x, random);
  EXPECT_TRUE(drawn.select(1, 0).equal(x.select(1, 0)));
  EXPECT_TRUE(drawn.select(1, 2).equal(drawn.select(1, 1) * 2));
  EXPECT_FALSE(drawn[0].equal(drawn[1])) << "each picture has noise of its own";
  layer.eval();
  const at::Tensor before = random.get_state();
  const at::Tensor fixed = layer.forward(x, random);
  EXPECT_TRUE(random.get_state().equal(before));
  EXPECT_TRUE(fixed[0].equal(fixed[1]));
  EXPECT_TRUE(fixed[0][1].equal(layer.noise[0][0]));
}

TEST(CentreMask, WeighsTheMiddle) {
  const torch::NoGradGuard noGrad;
  CentreMask mask(8);
  const at::Tensor weights = mask.forward(at::zeros({1, 1, 8, 8}))[0][0];
  EXPECT_TRUE(weights.allclose(weights.t()) && weights.allclose(weights.flip({0, 1})));
  const double next = 2 * .125 * .125;  // r^2 of the four pixels around the middle
  EXPECT_NEAR(weights[3][4].item<double>(), 1 - .5 * (1 - std::exp(-2 * next)), 1e-6);
  EXPECT_EQ(weights.max().item<float>(), weights[3][3].item<float>());
  EXPECT_EQ(weights.min().item<float>(), weights[0][0].item<float>());
  mask.strength.fill_(-20);
  EXPECT_NEAR(mask.forward(at::zeros({1, 1, 8, 8})).min().item<double>(), 1, 1e-6);
  mask.strength.fill_(20);
  EXPECT_LT(mask.forward(at::zeros({1, 1, 8, 8})).min().item<double>(), .05);
}

TEST(MinibatchDeviation, SeesThatABatchIsOnePictureOnly) {
  at::Generator random = stream(4);
  MinibatchDeviation layer;
  const at::Tensor one = at::randn({1, 3, 2, 2}, random).repeat({4, 1, 1, 1});
  const at::Tensor many = at::randn({4, 3, 2, 2}, random);
  EXPECT_EQ(layer.forward(many).sizes(), at::IntArrayRef({4, 4, 2, 2}));
  EXPECT_TRUE(layer.forward(many).narrow(1, 0, 3).equal(many));
  EXPECT_LT(layer.forward(one).select(1, 3).max().item<double>(), 2e-4);
  const at::Tensor deviation = (many - many.mean(0, true)).square().mean(0).sqrt().mean();
  EXPECT_NEAR(layer.forward(many)[2][3][1][1].item<double>(), deviation.item<double>(), 1e-5);
}

TEST(Maps, BecomeRowsAndMapsAgain) {
  at::Generator random = stream(5);
  const at::Tensor maps = at::randn({2, 3, 4, 4}, random);
  const at::Tensor rows = flattenMaps(maps);
  EXPECT_EQ(rows.sizes(), at::IntArrayRef({2, 48}));
  EXPECT_TRUE(unflattenMaps(rows, 3, 4).equal(maps));
  EXPECT_TRUE(unflattenMaps(rows, 3, 4).is_contiguous(at::MemoryFormat::ChannelsLast));
  const at::Tensor last = maps.contiguous(at::MemoryFormat::ChannelsLast);
  EXPECT_EQ(flattenMaps(last).data_ptr(), last.data_ptr()) << "no copy is made";
}

TEST(Maps, GrowTheSmallerWithoutMakingItLarge) {
  at::Generator random = stream(6);
  const at::Tensor maps = at::randn({2, 3, 8, 8}, random).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor small = at::randn({2, 3, 4, 4}, random);
  const at::Tensor sum = addEnlarged(maps, small);
  EXPECT_TRUE(sum.equal(maps + at::upsample_nearest2d(small, {8, 8})));
  EXPECT_TRUE(sum.is_contiguous(at::MemoryFormat::ChannelsLast));
}

TEST(Dropout, HidesItsShareAndKeepsTheMean) {
  at::Generator random = at::detail::createCPUGenerator(5);
  const at::Tensor x = at::ones({100, 100});
  const at::Tensor y = dropout(x, .2, random);
  EXPECT_NEAR(y.eq(0).to(at::kFloat).mean().item<float>(), .2, .02);
  EXPECT_NEAR(y.mean().item<float>(), 1, .03);
  EXPECT_NEAR(y.max().item<float>(), 1.25, 1e-4) << "the share is a whole number of 65,536ths";
  EXPECT_TRUE(dropout(x, 0, random).equal(x));
  EXPECT_EQ(dropout(x, 1, random).abs().max().item<float>(), 0);
}

TEST(Squashed, KeepsItsSlopeWhereHalfPrecisionHasNone) {
  at::Tensor x = at::full({1}, 4.5F).to(at::kBFloat16).requires_grad_();
  const at::Tensor y = squashed(x);
  EXPECT_EQ(y.scalar_type(), at::kFloat);
  EXPECT_LT(y.item<float>(), 1);
  y.sum().backward();
  EXPECT_GT(x.grad().item<float>(), 0);
}

}  // namespace
}  // namespace loom
