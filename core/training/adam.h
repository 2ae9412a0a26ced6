// Adam (Kingma and Ba 2015) by LibTorch's fused kernel, with its state in plain tensors so that a checkpoint is exact.
#pragma once

#include <torch/nn/module.h>

#include <string>
#include <vector>

#include "core/base/tensor_file.h"

namespace loom {

struct AdamOptions {
  double rate = 1e-3;
  double beta1 = .9;
  double beta2 = .999;
};

class Adam {
 public:
  /// For the parameters of `module`, which must already be on their device and in their memory format.
  Adam(const torch::nn::Module& module, const AdamOptions& options);

  void setRate(double rate) { m_options.rate = rate; }
  /// Changes the parameters by their gradients; parameters without one stay.
  void step();
  void clearGradients();

  /// PREFIX + parameter name + ".exp_avg", ".exp_avg_sq" and PREFIX + "step".
  void save(TensorFile& file, const std::string& prefix) const;
  /// Throws Error when something is missing or has another shape.
  void load(const TensorFile& file, const std::string& prefix);

 private:
  struct Slot {
    std::string name;
    at::Tensor parameter;
    at::Tensor mean;    ///< of the gradients
    at::Tensor square;  ///< mean of their squares
  };
  AdamOptions m_options;
  std::vector<Slot> m_slots;
  at::Tensor m_step;  ///< updates done, a float on the device, as the kernel wants it
};

}  // namespace loom
