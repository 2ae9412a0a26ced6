#include "core/training/metric_sums.h"

#include <torch/torch.h>

namespace loom {

void MetricSums::add(std::size_t metric, const at::Tensor& value) {
  at::Tensor& sum = m_sums[metric];
  sum = sum.defined() ? sum + value.detach() : value.detach();
  ++m_counts[metric];
}

std::vector<float> MetricSums::means(std::span<const std::size_t> which) const {
  std::vector<at::Tensor> sums;
  for (const std::size_t metric : which) sums.push_back(m_sums[metric].to(at::kFloat));
  const at::Tensor together = at::stack(sums).to(at::kCPU);
  const float* sum = together.const_data_ptr<float>();
  std::vector<float> means;
  for (const std::size_t metric : which) means.push_back(*sum++ / static_cast<float>(m_counts[metric]));
  return means;
}

}  // namespace loom
