// Pictures prepared on all cores and handed back in the order they came. Private to the importer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/dataset/importer_prepare.h"

namespace loom {

/// One thread pushes and pops. Memory is bounded: what is pushed is popped before there is too much of it, and what is
/// worked on, or waits to be popped, takes kMaxDecoded bytes together, unless it is one picture alone.
class DecodeQueue {
 public:
  using Work = std::function<PreparedPicture()>;

  DecodeQueue();
  DecodeQueue(const DecodeQueue&) = delete;
  DecodeQueue& operator=(const DecodeQueue&) = delete;
  ~DecodeQueue();  ///< drops what is not prepared yet

  /// `bytes` is what the work holds on to until it is done, `decodedBytes` what it takes then.
  void push(Work work, std::int64_t bytes, std::int64_t decodedBytes);
  /// Whether something must be popped before work that holds so many bytes is pushed.
  bool isFullFor(std::int64_t bytes) const;
  bool empty() const { return m_order.empty(); }
  /// Whether pop() need not wait.
  bool isReady();
  /// Hands the picture pushed longest ago to `take`; waits for it. Only when not empty.
  void pop(const std::function<void(const PreparedPicture&)>& take);

 private:
  struct Slot;
  void work(const std::stop_token& stop);
  bool mayStart() const;

  static constexpr std::int64_t kMaxHeld = std::int64_t{64} << 20;
  static constexpr std::int64_t kMaxDecoded = std::int64_t{64} << 20;

  std::deque<std::unique_ptr<Slot>> m_order;  ///< of the pushing thread alone
  std::int64_t m_heldBytes = 0;               ///< likewise
  std::mutex m_mutex;
  std::condition_variable_any m_mayStart;
  std::condition_variable m_done;
  std::deque<Slot*> m_waiting;
  std::int64_t m_decodedBytes = 0;      ///< of what has been started and was not popped
  int m_started = 0;                    ///< how many those are
  std::vector<std::jthread> m_workers;  ///< last: ended before what they use
};

}  // namespace loom
