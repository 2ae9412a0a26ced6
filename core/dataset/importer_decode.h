// Pictures decoded on all cores and handed back in the order they came. Private to the importer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/project/catalogue.h"

namespace loom {

/// A picture ready for the catalogue, or why it is not.
struct DecodedPicture {
  std::optional<PackedSprite> sprite;
  std::string reason;
};

/// One thread pushes and pops. Memory is bounded when it pops whenever the queue is full.
class DecodeQueue {
 public:
  DecodeQueue();
  DecodeQueue(const DecodeQueue&) = delete;
  DecodeQueue& operator=(const DecodeQueue&) = delete;
  ~DecodeQueue();  ///< drops what is not decoded yet

  void push(std::vector<std::byte> bytes);
  bool full() const;
  bool empty() const { return m_order.empty(); }
  /// The picture pushed longest ago; waits for it. Only when not empty.
  DecodedPicture pop();

 private:
  struct Slot;
  void work(const std::stop_token& stop);

  std::deque<std::unique_ptr<Slot>> m_order;  ///< of the pushing thread alone
  std::size_t m_bytesInFlight = 0;
  std::mutex m_mutex;
  std::condition_variable_any m_arrived;
  std::condition_variable m_done;
  std::deque<Slot*> m_waiting;
  std::vector<std::jthread> m_workers;  ///< last: ended before what they use
};

}  // namespace loom
