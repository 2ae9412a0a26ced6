// The figures of one step: added up where the networks are, brought to the CPU once.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

namespace loom {

class MetricSums {
 public:
  explicit MetricSums(std::size_t metrics) : m_sums(metrics), m_counts(metrics) {}

  /// `value` is a single number; its graph is let go.
  void add(std::size_t metric, const at::Tensor& value);
  /// The means of `which`, in that order. Each must have been added to. The one transfer of a step.
  std::vector<float> means(std::span<const std::size_t> which) const;

 private:
  std::vector<at::Tensor> m_sums;
  std::vector<int> m_counts;
};

}  // namespace loom
