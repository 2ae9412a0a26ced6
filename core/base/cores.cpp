#include "core/base/cores.h"

#ifdef __linux__
#include <sched.h>
#endif

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace loom {
namespace {

int allowedCores() {
#ifdef __linux__
  cpu_set_t cores;
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0) return CPU_COUNT(&cores);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

int usableCores() {
  int cores = std::max(1, allowedCores());
  if (const char* wanted = std::getenv("OMP_NUM_THREADS")) {
    int most = 0;
    std::from_chars(wanted, wanted + std::strlen(wanted), most);  // of a list "4,2" the first, as OpenMP has it
    if (most > 0) cores = std::min(cores, most);
  }
  return cores;
}

}  // namespace loom
