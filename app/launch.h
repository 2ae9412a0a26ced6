// What both programs settle before anything else runs.
#pragma once

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

#include <cstdlib>

namespace loom {

/// Has all threads take memory from one place. In the places that glibc gives to threads of their own, no block of more
/// than 64 MiB can stay: a training thread would fetch its big tensors from the system, page by page, in every step (a
/// quarter of the time that a turnaround takes). Does nothing where the user has chosen MALLOC_ARENA_MAX.
inline void shareMemory() {
#ifdef __GLIBC__
  if (std::getenv("MALLOC_ARENA_MAX") == nullptr) ::mallopt(M_ARENA_MAX, 1);
#endif
}

/// Lets OpenMP's threads sleep soon while they wait: training and drawing share the cores, and two teams of spinning
/// threads halve each other's speed. They spin for some microseconds first, since most waits within a step of training
/// are shorter than falling asleep (a tenth of its time). The OpenMP library reads its environment while it is loaded,
/// so the program starts once more with it set. Does nothing where the user has chosen OMP_WAIT_POLICY.
inline void shareCores(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  if (setenv("OMP_WAIT_POLICY", "passive", 1) != 0 || setenv("GOMP_SPINCOUNT", "10000", 0) != 0) return;
  char path[4096];  // the program's own, so that it keeps its name among the processes
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0) return;
  path[length] = '\0';
  execv(path, argv);  // comes back only where it cannot; then it goes on, more slowly
}

inline void prepareProcess(char** argv) {
  shareCores(argv);  // may start the program again, so first
  shareMemory();
}

}  // namespace loom
