// What training runs on, for people.
#pragma once

#include <string>

namespace loom {

/// "GPU (CUDA)", or "CPU, 8 threads". The first call may take a moment where there is a GPU driver.
std::string deviceName();

}  // namespace loom
