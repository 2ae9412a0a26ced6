#include "core/training/tensor_memory.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <thread>
#include <vector>

namespace loom {
namespace {

constexpr std::int64_t kNumbers = 3 << 20;  // 12 MiB of floats

class TensorMemory : public testing::Test {
 protected:
  void SetUp() override { keepTensorMemory(); }
  void TearDown() override { releaseTensorMemory(); }
};

TEST_F(TensorMemory, GivesABlockToTheNextTensorOfItsSize) {
  at::Tensor first = at::ones({kNumbers});
  const void* place = first.const_data_ptr();
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(place) % 64, 0U);
  first.reset();
  const at::Tensor second = at::full({kNumbers - 100}, 2.F), third = at::full({kNumbers}, 3.F);
  EXPECT_EQ(second.const_data_ptr(), place);
  EXPECT_NE(third.const_data_ptr(), place);
  EXPECT_EQ(second.sum().item<float>(), 2.F * (kNumbers - 100));
}

TEST_F(TensorMemory, LetsTensorsGrowAndOutliveWhatIsKept) {
  at::Tensor tensor = at::ones({kNumbers / 2});
  releaseTensorMemory();
  tensor.resize_({kNumbers});
  EXPECT_EQ(tensor.narrow(0, 0, kNumbers / 2).sum().item<float>(), kNumbers / 2);
}

TEST_F(TensorMemory, ServesManyThreads) {
  std::vector<std::jthread> threads;
  std::vector<int> right(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&right, thread] {
      for (std::int64_t round = 1; round <= 20; ++round) {
        const at::Tensor mine = at::full({kNumbers / round}, static_cast<float>(thread));
        right[static_cast<std::size_t>(thread)] += mine.eq(static_cast<float>(thread)).all().item<bool>();
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, std::vector<int>(4, 20));
}

}  // namespace
}  // namespace loom
