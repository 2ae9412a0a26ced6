// Memory of tensors on the CPU, kept between the steps of training: to the system allocator and back, every large
// tensor costs a page fault for each 4 KiB, in each step anew.
#pragma once

namespace loom {

/// From now on LibTorch's CPU tensors of 1 MiB and more are kept for the next of their size, up to a quarter beyond the
/// most that was ever in use. Any thread, any number of times.
void keepTensorMemory();
/// Gives what is kept and not in use back to the system: when training ends.
void releaseTensorMemory();

}  // namespace loom
