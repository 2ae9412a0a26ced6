#include "core/training/tensor_memory.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <vector>

namespace loom {
namespace {

constexpr std::size_t kLarge = 1U << 20U;
constexpr std::size_t kHeader = 64;  // before what is given out, which stays aligned as LibTorch wants it
constexpr std::size_t kSizesADoubling = 8;

/// The next of eight sizes between two powers of two: sizes that differ a little share their blocks.
std::size_t roundedUp(std::size_t size) {
  const std::size_t step = std::bit_floor(size) / kSizesADoubling;
  return (size + step - 1) / step * step;
}

/// Blocks by size. The size of one in use stands in its header; small ones are not kept.
class Shelf {
 public:
  void* take(std::size_t wanted) {
    if (wanted == 0) return nullptr;
    if (wanted < kLarge) return shown(c10::alloc_cpu(wanted + kHeader), wanted);
    const std::size_t size = roundedUp(wanted);
    {
      const std::lock_guard lock(m_mutex);
      m_used += size;
      m_mostUsed = std::max(m_mostUsed, m_used);
      if (std::vector<void*>& fitting = m_kept[size]; !fitting.empty()) {
        void* block = fitting.back();
        fitting.pop_back();
        m_waiting -= size;
        return shown(block, size);
      }
      makeRoom();
    }
    try {
      return shown(c10::alloc_cpu(size + kHeader), size);
    } catch (...) {
      release();
      return shown(again(size), size);
    }
  }

  void put(void* given) {
    if (given == nullptr) return;
    void* block = static_cast<char*>(given) - kHeader;
    const std::size_t size = *static_cast<std::size_t*>(block);
    if (size < kLarge) return c10::free_cpu(block);
    const std::lock_guard lock(m_mutex);
    m_used -= size;
    m_waiting += size;
    m_kept[size].push_back(block);
  }

  void release() {
    const std::lock_guard lock(m_mutex);
    for (auto& [size, blocks] : m_kept) {
      for (void* block : blocks) c10::free_cpu(block);
      m_waiting -= size * blocks.size();
      blocks.clear();
    }
    m_mostUsed = m_used;
  }

 private:
  static void* shown(void* block, std::size_t size) {
    *static_cast<std::size_t*>(block) = size;
    return static_cast<char*>(block) + kHeader;
  }
  void* again(std::size_t size) {
    try {
      return c10::alloc_cpu(size + kHeader);
    } catch (...) {
      const std::lock_guard lock(m_mutex);
      m_used -= size;
      throw;
    }
  }
  /// Before another block is made: the smallest of those that wait go first, for they are the cheapest to make again.
  void makeRoom() {
    for (auto& [size, blocks] : m_kept) {
      while (!blocks.empty() && m_used + m_waiting > m_mostUsed + m_mostUsed / 4) {
        c10::free_cpu(blocks.back());
        blocks.pop_back();
        m_waiting -= size;
      }
    }
  }

  std::mutex m_mutex;
  std::map<std::size_t, std::vector<void*>> m_kept;
  std::size_t m_used = 0;
  std::size_t m_waiting = 0;
  std::size_t m_mostUsed = 0;
};

Shelf& shelf() {
  static auto* const forever = new Shelf;  // tensors may die after everything static
  return *forever;
}

void put(void* given) {
  shelf().put(given);
}

class KeepingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(std::size_t size) override {
    void* data = shelf().take(size);
    return {data, data, &put, at::Device(at::kCPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &put; }
  void copy_data(void* target, const void* source, std::size_t count) const override {
    default_copy_data(target, source, count);
  }
};

}  // namespace

void keepTensorMemory() {
  static std::once_flag once;
  std::call_once(once, [] {
    static auto* const allocator = new KeepingAllocator;
    c10::SetCPUAllocator(allocator, /*priority=*/1);
  });
}

void releaseTensorMemory() {
  shelf().release();
}

}  // namespace loom
