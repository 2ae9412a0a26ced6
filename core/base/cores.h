// How many processor cores there are to compute on.
#pragma once

namespace loom {

/// The cores that this process may run on (on Linux those of its affinity mask, as set by taskset or a container), at
/// most as many as the environment variable OMP_NUM_THREADS says where it holds a number; 1 at least.
int usableCores();

}  // namespace loom
