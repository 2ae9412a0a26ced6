#include "core/nets/state.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/network.h"

namespace loom {
namespace {

Json settings(int channels, int features = 4) {
  return {{"size", 32},  {"channels", channels}, {"features", features},
          {"latent", 5}, {"view_embedding", 3},  {"dropout", .2}};
}

std::shared_ptr<GeneratorNetwork> generator(int channels, std::uint64_t seed) {
  auto network = makeGenerator("conditional-dcgan", settings(channels), 2);
  at::Generator random = at::detail::createCPUGenerator(seed);
  initialiseWeights(*network, random);
  return network;
}

TEST(State, BringsEveryTypeThereAndBack) {
  for (const at::ScalarType type :
       {at::kFloat, at::kHalf, at::kBFloat16, at::kDouble, at::kLong, at::kInt, at::kByte, at::kBool}) {
    const at::Tensor tensor = at::arange(6).reshape({2, 3}).to(type);
    EXPECT_TRUE(toTensor(toRaw(tensor)).equal(tensor)) << c10::toString(type);
    EXPECT_EQ(toTensor(toRaw(tensor)).scalar_type(), type);
  }
  const at::Tensor scalar = at::tensor(3.5);
  EXPECT_TRUE(toTensor(toRaw(scalar)).equal(scalar));
}

TEST(State, WritesRowsWhateverTheMemoryFormat) {
  const at::Tensor plain = at::arange(2 * 3 * 4 * 4).to(at::kFloat).reshape({2, 3, 4, 4});
  EXPECT_EQ(toRaw(plain.contiguous(at::MemoryFormat::ChannelsLast)).bytes, toRaw(plain).bytes);
  EXPECT_EQ(toRaw(plain.transpose(0, 1)).shape, (std::vector<std::int64_t>{3, 2, 4, 4}));
}

TEST(State, RefusesBytesThatDoNotFit) {
  EXPECT_THROW(toTensor({"F32", {2}, std::vector<std::byte>(7)}), Error);
  EXPECT_THROW(toTensor({"F32", {-2}, std::vector<std::byte>(8)}), Error);
  EXPECT_THROW(toTensor({"C64", {1}, std::vector<std::byte>(8)}), Error);
}

TEST(State, RestoresAModuleToTheBit) {
  at::Generator random = at::detail::createCPUGenerator(1);
  const auto source = generator(4, 1);
  const torch::NoGradGuard noGrad;
  source->forward(at::randn({4, 5}), at::zeros({4}, at::kLong), random);  // moves the running statistics
  TensorFile file;
  saveModule(file, "generator.", *source);
  EXPECT_EQ(file.tensors.count("generator.blocks.0.convolution.weight"), 1U);
  EXPECT_EQ(file.tensors.count("generator.blocks.0.normalisation.running_var"), 1U);
  EXPECT_EQ(file.tensors.count("generator.view.weight"), 1U);

  const auto target = generator(4, 2);
  loadModule(file, "generator.", *target);
  const at::Tensor latent = at::randn({3, 5}), view = at::ones({3}, at::kLong);
  source->eval();
  target->eval();
  EXPECT_TRUE(target->forward(latent, view, random).equal(source->forward(latent, view, random)));
  const at::Tensor weight = target->named_parameters()["blocks.1.convolution.weight"];
  EXPECT_TRUE(weight.is_contiguous(at::MemoryFormat::ChannelsLast));
}

TEST(State, RefusesWeightsOfAnotherNetwork) {
  TensorFile file;
  saveModule(file, "generator.", *generator(4, 1));
  EXPECT_THROW(loadModule(file, "generator.", *generator(3, 1)), Error);
  EXPECT_THROW(loadModule(file, "critic.", *generator(4, 1)), Error);
  file.tensors.erase("generator.view.weight");
  EXPECT_THROW(loadModule(file, "generator.", *generator(4, 1)), Error);
}

TEST(State, CarriesColoursOverWhenAlphaIsNew) {
  const auto rgb = generator(3, 1);
  TensorFile file;
  saveModule(file, "generator.", *rgb);
  const auto rgba = generator(4, 2);
  const at::Tensor newChannel = rgba->named_parameters()["picture.weight"].detach().narrow(1, 3, 1).clone();
  EXPECT_GT(loadModuleWhereItFits(file, "generator.", *rgba), 5);
  const auto from = rgb->named_parameters(), to = rgba->named_parameters();
  EXPECT_TRUE(to["picture.weight"].narrow(1, 0, 3).equal(from["picture.weight"]));
  EXPECT_TRUE(to["picture.weight"].narrow(1, 3, 1).equal(newChannel));
  EXPECT_TRUE(to["blocks.0.convolution.weight"].equal(from["blocks.0.convolution.weight"]));
}

TEST(State, CarriesBiasesOfColoursOver) {
  const Json rgb{{"size", 16}, {"channels", 3}, {"features", 4}, {"latent", 5}},
      rgba{{"size", 16}, {"channels", 4}, {"features", 4}, {"latent", 5}};
  const auto source = makeGenerator("residual", rgb, 0), target = makeGenerator("residual", rgba, 0);
  at::Generator random = at::detail::createCPUGenerator(3);
  initialiseWeights(*source, random);
  initialiseWeights(*target, random);
  const torch::NoGradGuard noGrad;
  source->named_parameters()["picture.bias"].uniform_(1, 2, random);
  TensorFile file;
  saveModule(file, "generator.", *source);
  EXPECT_EQ(loadModuleWhereItFits(file, "generator.", *target), static_cast<int>(file.tensors.size()));
  const at::Tensor bias = target->named_parameters()["picture.bias"];
  EXPECT_TRUE(bias.narrow(0, 0, 3).equal(source->named_parameters()["picture.bias"]));
  EXPECT_EQ(bias[3].item<float>(), 0);
}

TEST(State, TakesAWiderNetworkForAnother) {
  TensorFile file;
  saveModule(file, "critic.", *makeCritic("dcgan", settings(4, 4), 0));
  EXPECT_EQ(loadModuleWhereItFits(file, "critic.", *makeCritic("dcgan", settings(4, 8), 0)), 3)
      << "beyond the three counters of BatchNorm, weights of half the width must not fill a corner";
}

TEST(State, LeavesAloneWhatDoesNotFit) {
  TensorFile file;
  saveModule(file, "generator.", *makeGenerator("dcgan", settings(4, 8), 0));
  const auto target = generator(4, 2);
  const at::Tensor before = target->named_parameters()["blocks.1.convolution.weight"].detach().clone();
  loadModuleWhereItFits(file, "generator.", *target);
  EXPECT_TRUE(target->named_parameters()["blocks.1.convolution.weight"].equal(before));
  EXPECT_EQ(loadModuleWhereItFits(file, "other.", *target), 0);
}

TEST(State, SeesNumbersThatAreNone) {
  const auto network = generator(4, 1);
  EXPECT_TRUE(allFinite(*network));
  const torch::NoGradGuard noGrad;
  network->named_parameters()["picture.weight"].index_put_({0, 0, 0, 0}, NAN);
  EXPECT_FALSE(allFinite(*network));
}

}  // namespace
}  // namespace loom
