#include "core/nets/dropout_mask.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace loom {
namespace {

at::Generator generator(std::uint64_t seed) {
  return at::detail::createCPUGenerator(seed);
}

class DropoutMask : public testing::TestWithParam<at::ScalarType> {
 protected:
  at::Tensor like =
      at::empty({5, 7, 33, 31}, at::TensorOptions(GetParam()).memory_format(at::MemoryFormat::ChannelsLast));
};

TEST_P(DropoutMask, HidesTheShareAskedForAndKeepsTheMean) {
  at::Generator random = generator(3);
  for (const double probability : {.05, .2, .9}) {
    const at::Tensor mask = dropoutMask(like, probability, random);
    EXPECT_EQ(mask.scalar_type(), GetParam());
    EXPECT_EQ(mask.strides(), like.strides());
    const at::Tensor hidden = mask.eq(0).to(at::kFloat);
    EXPECT_NEAR(hidden.mean().item<double>(), probability, .01);
    const double kept = mask.to(at::kFloat).amax().item<double>();
    EXPECT_NEAR(kept * (1 - probability), 1, GetParam() == at::kFloat ? 1e-3 : 4e-3);
    EXPECT_TRUE((mask.eq(0) | mask.to(at::kFloat).eq(kept)).all().item<bool>());
    // Neighbours in memory are decided independently.
    const at::Tensor row = hidden.permute({0, 2, 3, 1}).flatten() - probability;
    for (const std::int64_t apart : {1, 2, 3, 4, 64}) {
      const at::Tensor both = row.narrow(0, 0, row.numel() - apart) * row.narrow(0, apart, row.numel() - apart);
      EXPECT_NEAR(both.mean().item<double>() / (probability * (1 - probability)), 0, .03) << apart << " apart";
    }
  }
}

TEST_P(DropoutMask, DependsOnTheStateOfItsGeneratorAlone) {
  at::Generator one = generator(3), same = generator(3), other = generator(4);
  const int threads = at::get_num_threads();
  const at::Tensor first = dropoutMask(like, .5, one), second = dropoutMask(like, .5, one);
  at::set_num_threads(threads == 1 ? 3 : 1);
  EXPECT_TRUE(dropoutMask(like, .5, same).equal(first));
  at::set_num_threads(threads);
  EXPECT_TRUE(dropoutMask(like, .5, same).equal(second));
  EXPECT_FALSE(second.equal(first));
  EXPECT_FALSE(dropoutMask(like, .5, other).equal(first));
}

INSTANTIATE_TEST_SUITE_P(Types, DropoutMask, testing::Values(at::kFloat, at::kBFloat16, at::kDouble),
                         [](const auto& type) { return std::string(at::toString(type.param)); });

}  // namespace
}  // namespace loom
