#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/cores.h"

namespace loom {
namespace {

constexpr std::size_t kMaxWorkers = 16;

/// What the threads of one loop share.
struct SharedLoop {
  std::size_t count;
  std::size_t block;
  const std::function<void(std::size_t, std::size_t)>& body;
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::mutex mutex = {};
  std::exception_ptr failure = {};

  bool takeBlock() {
    const std::size_t begin = next.fetch_add(block);
    if (begin >= count) return false;
    const std::size_t end = std::min(begin + block, count);
    body(begin, end);
    done += end - begin;
    return true;
  }

  void fail(std::exception_ptr reason) {
    next = count;
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::move(reason);
  }
};

void work(SharedLoop& loop) {
  try {
    while (loop.takeBlock()) {
    }
  } catch (...) {
    loop.fail(std::current_exception());
  }
}

}  // namespace

void parallelFor(std::size_t count, std::size_t block, const std::function<void(std::size_t, std::size_t)>& body,
                 JobMonitor& monitor, std::int64_t before) {
  SharedLoop loop{.count = count, .block = std::max<std::size_t>(block, 1), .body = body};
  const std::size_t cores = std::min<std::size_t>(static_cast<std::size_t>(usableCores()), kMaxWorkers);
  const std::size_t blocks = (count + loop.block - 1) / loop.block;
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(cores, blocks); ++i) helpers.emplace_back([&loop] { work(loop); });
    try {
      while (loop.takeBlock()) monitor.advance(before + static_cast<std::int64_t>(loop.done));
    } catch (...) {
      loop.fail(std::current_exception());
    }
  }
  if (loop.failure) std::rethrow_exception(loop.failure);
  monitor.advance(before + static_cast<std::int64_t>(count));
}

}  // namespace loom
