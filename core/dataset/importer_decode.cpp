#include "core/dataset/importer_decode.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/codec.h"

namespace loom {
namespace {

constexpr std::size_t kMaxBytesInFlight = std::size_t{64} << 20;
constexpr std::size_t kSlotsPerWorker = 32;
constexpr unsigned kMaxWorkers = 16;

DecodedPicture decode(const std::vector<std::byte>& bytes) {
  try {
    const Sprite picture = decodeImage(bytes, "it");  // "it is a damaged PNG file": the report names the file beside
    const int side = limits::kMaxSpriteSide;
    if (std::max(picture.width(), picture.height()) > side) {
      return {{},
              "it has " + std::to_string(picture.width()) + "x" + std::to_string(picture.height()) +
                  " pixels, and a sprite at most " + std::to_string(side) + "x" + std::to_string(side) +
                  ": it may be a sheet, which must be cut first"};
    }
    return {packSprite(picture), {}};
  } catch (const std::bad_alloc&) {
    return {{}, "there is not enough memory to read it"};
  } catch (const std::exception& failure) {
    return {{}, failure.what()};
  }
}

}  // namespace

struct DecodeQueue::Slot {
  std::vector<std::byte> bytes;
  std::size_t size = 0;
  DecodedPicture result;
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

void DecodeQueue::push(std::vector<std::byte> bytes) {
  auto slot = std::make_unique<Slot>();
  slot->size = bytes.size();
  slot->bytes = std::move(bytes);
  m_bytesInFlight += slot->size;
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

DecodedPicture DecodeQueue::pop() {
  const std::unique_ptr<Slot> slot = std::move(m_order.front());
  m_order.pop_front();
  m_bytesInFlight -= slot->size;
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
    DecodedPicture result = decode(slot->bytes);
    slot->bytes = {};
    {
      const std::lock_guard lock(m_mutex);
      slot->result = std::move(result);
      slot->done = true;
    }
    m_done.notify_one();
  }
}

}  // namespace loom
