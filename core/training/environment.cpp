#include "core/training/environment.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#ifdef __linux__
#include <sys/resource.h>

#include <cerrno>
#endif

#include "core/base/cores.h"
#include "core/base/error.h"

namespace loom {
namespace {

/// Whether the processor multiplies in bfloat16 itself; emulated, it is slower than float32.
bool processorHasBfloat16() {
#if defined(__x86_64__) && defined(__GNUC__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

/// Whether the card's libraries convolve in bfloat16: the surest answer is to try.
bool cardHasBfloat16(at::Device device) {
  try {
    const auto options = at::TensorOptions(device).dtype(at::kBFloat16);
    const at::Tensor made = at::conv2d(at::ones({1, 8, 8, 8}, options), at::ones({8, 8, 3, 3}, options));
    return made.to(at::kCPU, at::kFloat).isfinite().all().item<bool>();
  } catch (const std::exception&) {
    return false;
  }
}

at::Device deviceOf(const std::string& word) {
  if (word != "auto" && word != "cpu" && word != "cuda") {
    throw Error("there is no device '" + word + "'", "choose auto, cpu or cuda");
  }
  if (word == "cpu") return at::kCPU;
  const bool there = torch::cuda::is_available();
  if (word == "cuda" && !there) {
    throw Error("no graphics card that training can use was found",
                "check the NVIDIA driver and that LibTorch was built for CUDA, or choose auto or cpu");
  }
  return there ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
}

}  // namespace

Environment environmentOf(const TrainerInput& input) {
  Environment environment{.device = deviceOf(input.device)};
  if (input.precision != "auto" && input.precision != "fp32" && input.precision != "bf16") {
    throw Error("there is no precision '" + input.precision + "'", "choose auto, fp32 or bf16");
  }
  environment.halfPrecision = input.precision == "bf16";
  if (input.precision == "auto") {
    environment.halfPrecision =
        environment.device.is_cuda() ? cardHasBfloat16(environment.device) : processorHasBfloat16();
  }
  environment.threads = input.threads > 0 ? input.threads : usableCores();
  return environment;
}

Json resolveEnvironment(const TrainerInput& input) {
  const Environment environment = environmentOf(input);
  return {{"device", environment.device.is_cuda() ? "cuda" : "cpu"},
          {"precision", environment.halfPrecision ? "bf16" : "fp32"},
          {"threads", environment.threads},
          {"torch", TORCH_VERSION}};
}

void prepareTrainingThread(int threads) {
#ifdef __linux__
  errno = 0;
  const int niceness = ::getpriority(PRIO_PROCESS, 0);  // on Linux that is this thread; its OpenMP team inherits it
  if (errno == 0) ::setpriority(PRIO_PROCESS, 0, std::min(niceness + 10, 19));
#endif
  at::globalContext().setFlushDenormal(true);  // moments of weights that no longer change shrink to numbers that cost
  useThreads(threads);
}

void useThreads(int threads) {
  at::internal::lazy_init_num_threads();  // else the first parallel loop would, with what another thread set last
  const int wanted = std::max(1, threads);
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
}

at::Tensor onDevice(const at::Tensor& host, at::Device device) {
  if (!device.is_cuda()) return host.to(device);
  return host.pin_memory().to(device, /*non_blocking=*/true);
}

Autocast::Autocast(const Environment& environment)
    : m_device(environment.device.type()), m_enabled(environment.halfPrecision) {
  if (!m_enabled) return;
  m_before = at::autocast::is_autocast_enabled(m_device);
  at::autocast::set_autocast_enabled(m_device, true);
  at::autocast::set_autocast_dtype(m_device, at::kBFloat16);
  at::autocast::increment_nesting();
}

Autocast::~Autocast() {
  if (!m_enabled) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(m_device, m_before);
}

}  // namespace loom
