// The same work for many items on all cores, with progress and cancel. Private to the LPC composer.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/job_monitor.h"

namespace loom {

/// Calls work(i) for every i below `count`, in no order, from several threads. `done` items were finished before. What
/// the first failing call throws is thrown here when all threads have stopped; so is Cancelled.
template <class Work>
void forAll(std::size_t count, std::int64_t done, JobMonitor& monitor, const Work& work) {
  constexpr unsigned kMaxThreads = 16;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto fail = [&] {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::current_exception();
    next = count;
  };
  {
    std::vector<std::jthread> threads;
    const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads);
    for (unsigned i = 1; i < cores && i < count; ++i) {
      threads.emplace_back([&] {
        try {
          for (std::size_t item = next++; item < count; item = next++) work(item);
        } catch (...) {
          fail();
        }
      });
    }
    try {
      for (std::size_t item = next++; item < count; item = next++) {
        work(item);
        monitor.advance(done + static_cast<std::int64_t>(std::min(next.load(), count)));
      }
    } catch (...) {
      fail();
    }
  }
  if (failure) std::rethrow_exception(failure);
  monitor.advance(done + static_cast<std::int64_t>(count));
}

}  // namespace loom
