#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

TEST(ParallelFor, VisitsEveryNumberOnce) {
  for (const std::size_t count : {0, 1, 7, 1000}) {
    for (const std::size_t block : {0, 1, 3, 5000}) {
      std::vector<std::atomic<int>> visits(count);
      JobMonitor monitor;
      parallelFor(
          count, block,
          [&](std::size_t begin, std::size_t end) {
            EXPECT_LE(end, count);
            for (std::size_t i = begin; i < end; ++i) ++visits[i];
          },
          monitor);
      for (const auto& visit : visits) EXPECT_EQ(visit, 1) << count << " in blocks of " << block;
    }
  }
}

TEST(ParallelFor, PassesOnWhatTheBodyThrows) {
  JobMonitor monitor;
  const auto body = [](std::size_t begin, std::size_t) {
    if (begin == 40) throw std::runtime_error("forty");
  };
  try {
    parallelFor(100, 10, body, monitor);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& failure) {
    EXPECT_STREQ(failure.what(), "forty");
  }
}

TEST(ParallelFor, CanBeCancelledAndSaysHowFarItIs) {
  std::stop_source stop;
  std::int64_t last = 0;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) { last = progress.done; });
  monitor.begin("Counting", 150);
  parallelFor(
      100, 10, [](std::size_t, std::size_t) {}, monitor, 50);
  EXPECT_EQ(last, 150);
  std::atomic<int> blocks = 0;
  const auto body = [&](std::size_t, std::size_t) {
    ++blocks;
    stop.request_stop();
  };
  EXPECT_THROW(parallelFor(1'000'000, 1, body, monitor), Cancelled);
  EXPECT_LT(blocks, 1'000'000);
}

}  // namespace
}  // namespace loom
