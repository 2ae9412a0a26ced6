// What the C library does with memory while something trains.
#pragma once

namespace loom {

/// While one lives, large blocks that are given back stay with the process: every step asks for the same ones again,
/// and fetching them from the kernel page by page costs a fifth of a step. When the last one goes, free memory goes
/// back to the system. Does nothing where the C library is not glibc, or where the user has set
/// MALLOC_MMAP_THRESHOLD_. From any thread.
class TrainingMemory {
 public:
  TrainingMemory();
  ~TrainingMemory();
  TrainingMemory(const TrainingMemory&) = delete;
  TrainingMemory& operator=(const TrainingMemory&) = delete;
};

}  // namespace loom
