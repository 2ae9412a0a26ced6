// The moving average of a network's weights, which sprites are drawn with (Yazici 2019).
#pragma once

#include <torch/nn/module.h>

#include <vector>

namespace loom {

class WeightAverage {
 public:
  /// `average` is a network of the same build as `newest`; it is set to the same weights, in evaluation mode, without
  /// gradients. Both must stay where they are in memory.
  WeightAverage(const torch::nn::Module& newest, torch::nn::Module& average, double decay);

  /// Takes the newest weights in after the update with number `update`, from 1.
  void add(std::int64_t update);

 private:
  double m_decay;
  std::vector<at::Tensor> m_average, m_newest;              ///< floating point: averaged
  std::vector<at::Tensor> m_averageCounts, m_newestCounts;  ///< whole numbers: copied
};

}  // namespace loom
