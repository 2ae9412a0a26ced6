// Pictures prepared on all cores and handed back in the order they came. Private to the importer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/dataset/importer_prepare.h"

namespace loom {

/// One thread pushes and pops. Memory is bounded when it pops whenever the queue is full.
class DecodeQueue {
 public:
  using Work = std::function<PreparedPicture()>;

  DecodeQueue();
  DecodeQueue(const DecodeQueue&) = delete;
  DecodeQueue& operator=(const DecodeQueue&) = delete;
  ~DecodeQueue();  ///< drops what is not prepared yet

  /// `bytes` is what the work holds on to. Work that needs more than kBigBytes (the picture when decoded) runs alone
  /// among its kind.
  void push(Work work, std::size_t bytes, std::size_t decodedBytes);
  bool full() const;
  bool empty() const { return m_order.empty(); }
  /// The picture pushed longest ago; waits for it. Only when not empty.
  PreparedPicture pop();

 private:
  struct Slot;
  void work(const std::stop_token& stop);

  static constexpr std::size_t kBigBytes = std::size_t{16} << 20;

  std::deque<std::unique_ptr<Slot>> m_order;  ///< of the pushing thread alone
  std::size_t m_bytesInFlight = 0;
  std::mutex m_mutex;
  std::mutex m_big;
  std::condition_variable_any m_arrived;
  std::condition_variable m_done;
  std::deque<Slot*> m_waiting;
  std::vector<std::jthread> m_workers;  ///< last: ended before what they use
};

}  // namespace loom
