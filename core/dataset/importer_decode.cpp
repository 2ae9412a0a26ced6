#include "core/dataset/importer_decode.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

#include "core/base/cores.h"

namespace loom {
namespace {

constexpr std::size_t kSlotsPerWorker = 32;
constexpr unsigned kMaxWorkers = 16;

/// What a big picture leaves in the allocator's hands would count beside the next one.
void giveBackMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace

struct DecodeQueue::Slot {
  Work work;
  std::int64_t bytes = 0;
  std::int64_t decodedBytes = 0;
  PreparedPicture result;
  bool done = false;
};

DecodeQueue::DecodeQueue() {
  const unsigned cores = std::min(static_cast<unsigned>(usableCores()), kMaxWorkers);
  for (unsigned i = 0; i < cores; ++i) {
    m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

DecodeQueue::~DecodeQueue() {
  for (std::jthread& worker : m_workers) worker.request_stop();
  m_workers.clear();
}

void DecodeQueue::push(Work work, std::int64_t bytes, std::int64_t decodedBytes) {
  auto slot = std::make_unique<Slot>();
  slot->work = std::move(work);
  slot->bytes = bytes;
  slot->decodedBytes = decodedBytes;
  m_heldBytes += bytes;
  {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(slot.get());
  }
  m_order.push_back(std::move(slot));
  m_mayStart.notify_one();
}

bool DecodeQueue::isFullFor(std::int64_t bytes) const {
  if (m_order.empty()) return false;
  return m_heldBytes + bytes > kMaxHeld || m_order.size() >= kSlotsPerWorker * m_workers.size();
}

bool DecodeQueue::isReady() {
  if (m_order.empty()) return false;
  const std::lock_guard lock(m_mutex);
  return m_order.front()->done;
}

void DecodeQueue::pop(const std::function<void(const PreparedPicture&)>& take) {
  const std::unique_ptr<Slot> slot = std::move(m_order.front());
  m_order.pop_front();
  m_heldBytes -= slot->bytes;
  {
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [&] { return slot->done; });
  }
  take(slot->result);
  bool stuck = false;  // waking workers that have nothing to do costs more than a small picture
  {
    const std::lock_guard lock(m_mutex);
    stuck = !m_waiting.empty() && !mayStart();
    m_decodedBytes -= slot->decodedBytes;
    --m_started;
  }
  if (stuck) m_mayStart.notify_all();
}

/// In the order they came, so that the one popped next never waits for one behind it.
bool DecodeQueue::mayStart() const {
  return !m_waiting.empty() && (m_started == 0 || m_decodedBytes + m_waiting.front()->decodedBytes <= kMaxDecoded);
}

void DecodeQueue::work(const std::stop_token& stop) {
  for (;;) {
    Slot* slot = nullptr;
    {
      std::unique_lock lock(m_mutex);
      if (!m_mayStart.wait(lock, stop, [this] { return mayStart(); }) || stop.stop_requested()) return;
      slot = m_waiting.front();
      m_waiting.pop_front();
      m_decodedBytes += slot->decodedBytes;
      ++m_started;
    }
    PreparedPicture result = slot->work();
    slot->work = {};
    if (slot->decodedBytes > kMaxDecoded / 4) giveBackMemory();
    {
      const std::lock_guard lock(m_mutex);
      slot->result = std::move(result);
      slot->done = true;
    }
    m_done.notify_one();
  }
}

}  // namespace loom
