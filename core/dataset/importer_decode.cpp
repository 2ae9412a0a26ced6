#include "core/dataset/importer_decode.h"

#include <algorithm>
#include <utility>

namespace loom {
namespace {

constexpr std::size_t kMaxBytesInFlight = std::size_t{64} << 20;
constexpr std::size_t kSlotsPerWorker = 32;
constexpr unsigned kMaxWorkers = 16;

}  // namespace

struct DecodeQueue::Slot {
  Work work;
  std::size_t bytes = 0;
  bool big = false;
  PreparedPicture result;
  bool done = false;
};

DecodeQueue::DecodeQueue() {
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMaxWorkers);
  for (unsigned i = 0; i < cores; ++i) {
    m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

DecodeQueue::~DecodeQueue() {
  for (std::jthread& worker : m_workers) worker.request_stop();
  m_workers.clear();
}

void DecodeQueue::push(Work work, std::size_t bytes, std::size_t decodedBytes) {
  auto slot = std::make_unique<Slot>();
  slot->work = std::move(work);
  slot->bytes = bytes;
  slot->big = decodedBytes > kBigBytes;
  m_bytesInFlight += bytes;
  {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(slot.get());
  }
  m_order.push_back(std::move(slot));
  m_arrived.notify_one();
}

bool DecodeQueue::full() const {
  return m_bytesInFlight > kMaxBytesInFlight || m_order.size() > kSlotsPerWorker * m_workers.size();
}

PreparedPicture DecodeQueue::pop() {
  const std::unique_ptr<Slot> slot = std::move(m_order.front());
  m_order.pop_front();
  m_bytesInFlight -= slot->bytes;
  std::unique_lock lock(m_mutex);
  m_done.wait(lock, [&] { return slot->done; });
  return std::move(slot->result);
}

void DecodeQueue::work(const std::stop_token& stop) {
  for (;;) {
    Slot* slot = nullptr;
    {
      std::unique_lock lock(m_mutex);
      if (!m_arrived.wait(lock, stop, [this] { return !m_waiting.empty(); }) || stop.stop_requested()) return;
      slot = m_waiting.front();
      m_waiting.pop_front();
    }
    PreparedPicture result;
    {
      std::unique_lock alone(m_big, std::defer_lock);
      if (slot->big) alone.lock();
      result = slot->work();
      slot->work = {};
    }
    {
      const std::lock_guard lock(m_mutex);
      slot->result = std::move(result);
      slot->done = true;
    }
    m_done.notify_one();
  }
}

}  // namespace loom
