#include "core/training/device_name.h"
#include "core/base/cores.h"

#include <torch/torch.h>

namespace loom {

std::string deviceName() {
  if (torch::cuda::is_available()) {
    const auto count = torch::cuda::device_count();
    return count == 1 ? "GPU (CUDA)" : "GPU (CUDA, " + std::to_string(count) + " devices)";
  }
  return "CPU, " + std::to_string(usableCores()) + " threads";
}

}  // namespace loom
