// What a run computes on: device, precision, threads; and the state of the thread it computes with.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <string>

#include "core/training/trainer.h"

namespace loom {

struct Environment {
  at::Device device = at::kCPU;
  bool halfPrecision = false;  ///< bfloat16 by autocast; weights and optimiser stay float32
  int threads = 1;             ///< intra-op
};

/// Turns the words of `input` into what is there. Throws Error for an unknown word or a device that is not there.
Environment environmentOf(const TrainerInput& input);

/// To be called first on a training thread: its share of the cores, behind everything that a user waits for. Threads
/// that it starts inherit that.
void prepareTrainingThread(int threads);
/// How many cores (at least 1) LibTorch computes on where this thread calls it.
void useThreads(int threads);

/// `host` on `device`; by pinned memory and without waiting where that is a graphics card.
at::Tensor onDevice(const at::Tensor& host, at::Device device);

/// Runs what is computed while it lives in bfloat16 where that is safe. Without `enabled` it does nothing.
class Autocast {
 public:
  explicit Autocast(const Environment& environment);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  at::DeviceType m_device;
  bool m_enabled;
  bool m_before = false;
};

}  // namespace loom
