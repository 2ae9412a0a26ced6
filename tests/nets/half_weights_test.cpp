#include "core/nets/half_weights.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/nets/state.h"

namespace loom {
namespace {

TEST(HalfWeights, KernelsAreHalvesToElevenBitsAndVectorsStay) {
  at::Generator random = at::make_generator<at::CPUGeneratorImpl>(std::uint64_t{3});
  const at::Tensor kernel = at::empty({8, 4, 3, 3}).normal_(0, .02, random),
                   bias = at::empty({8}).normal_(0, 1, random);
  TensorFile file;
  file.tensors["kernel"] = toRaw(kernel);
  file.tensors["bias"] = toRaw(bias);
  file.tensors["updates"] = toRaw(at::full({2, 2}, 7, at::kLong));
  halve(file);
  EXPECT_EQ(file.tensors["kernel"].type, "F16");
  EXPECT_EQ(file.tensors["kernel"].bytes.size(), 8U * 4 * 3 * 3 * 2);
  EXPECT_EQ(file.tensors["kernel"].shape, (std::vector<std::int64_t>{8, 4, 3, 3}));
  const at::Tensor loaded = toTensor(file.tensors["kernel"]).to(at::kFloat);
  const at::Tensor allowed = kernel.abs() / 2048 + 3e-8;  // the second: half a step of the smallest halves
  EXPECT_TRUE((loaded - kernel).abs().le(allowed).all().item<bool>());
  EXPECT_TRUE(toTensor(file.tensors["bias"]).equal(bias));
  EXPECT_EQ(file.tensors["updates"].type, "I64");
}

TEST(HalfWeights, WhatHalvesCannotHoldStaysWhole) {
  TensorFile file;
  file.tensors["large"] = toRaw(at::full({2, 2}, 70'000.F));
  halve(file);
  EXPECT_EQ(file.tensors["large"].type, "F32");
  EXPECT_EQ(toTensor(file.tensors["large"])[1][1].item<float>(), 70'000.F);
}

TEST(HalfWeights, ANetworkLoadsThemAsItsOwnType) {
  torch::nn::Linear source(3, 4), target(3, 4);
  TensorFile file;
  saveModule(file, "part.", *source);
  halve(file);
  ASSERT_EQ(file.tensors["part.weight"].type, "F16");
  loadModule(file, "part.", *target);
  EXPECT_EQ(target->weight.scalar_type(), at::kFloat);
  EXPECT_TRUE(target->weight.allclose(source->weight, 1e-3, 1e-6));
  EXPECT_TRUE(target->bias.equal(source->bias));
}

}  // namespace
}  // namespace loom
