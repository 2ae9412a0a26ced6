#include "core/training/training_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstring>
#include <memory>
#include <optional>

namespace loom {
namespace {

constexpr std::size_t kBytes = 24 << 20;
constexpr int kSteps = 8;

/// Pages that the kernel had to hand out while memory of one size was taken, written and given back.
long pagesFetched() {
  rusage before{}, after{};
  ::getrusage(RUSAGE_SELF, &before);
  for (int step = 0; step < kSteps; ++step) {
    const auto block = std::make_unique_for_overwrite<unsigned char[]>(kBytes);
    std::memset(block.get(), step + 1, kBytes);
    const volatile unsigned char read = block[kBytes / 2];
    EXPECT_EQ(read, step + 1);
  }
  ::getrusage(RUSAGE_SELF, &after);
  return after.ru_minflt - before.ru_minflt;
}

TEST(TrainingMemory, KeepsBlocksThatTheNextStepNeeds) {
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "memory is not glibc's here";
#else
  constexpr long kPages = kBytes / 4096;
  std::optional<TrainingMemory> first(std::in_place), second(std::in_place);
  EXPECT_LT(pagesFetched(), 2 * kPages) << "once for the first step, not for each";
  second.reset();
  EXPECT_LT(pagesFetched(), kPages / 2) << "still kept: one run goes on";
  first.reset();
  EXPECT_GT(pagesFetched(), kPages) << "given back to the system";
#endif
}

}  // namespace
}  // namespace loom
