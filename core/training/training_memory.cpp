#include "core/training/training_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>

#include <limits>
#include <mutex>
#endif

namespace loom {

#ifdef __GLIBC__

namespace {

constexpr int kAlwaysKept = std::numeric_limits<int>::max();  // bytes
constexpr int kUsual = 128 << 10;                             // glibc's own thresholds

std::mutex s_mutex;
int s_living = 0;

void keepBlocksUpTo(int bytes) {
  ::mallopt(M_MMAP_THRESHOLD, bytes);
  ::mallopt(M_TRIM_THRESHOLD, bytes);
}

bool isUsersChoice() {
  return std::getenv("MALLOC_MMAP_THRESHOLD_") != nullptr;
}

}  // namespace

TrainingMemory::TrainingMemory() {
  const std::lock_guard lock(s_mutex);
  if (s_living++ == 0 && !isUsersChoice()) keepBlocksUpTo(kAlwaysKept);
}

TrainingMemory::~TrainingMemory() {
  const std::lock_guard lock(s_mutex);
  if (--s_living > 0 || isUsersChoice()) return;
  keepBlocksUpTo(kUsual);
  ::malloc_trim(0);
}

#else

TrainingMemory::TrainingMemory() = default;
TrainingMemory::~TrainingMemory() = default;

#endif

}  // namespace loom
