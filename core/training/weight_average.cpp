#include "core/training/weight_average.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/nets/state.h"

namespace loom {
namespace {

/// Less at first, so that the average does not drag the first random weights along.
double decayAt(double decay, std::int64_t update) {
  const auto done = static_cast<double>(update);
  return std::min(decay, (1 + done) / (10 + done));
}

}  // namespace

WeightAverage::WeightAverage(const torch::nn::Module& newest, torch::nn::Module& average, double decay)
    : m_decay(decay), m_average(average.parameters()), m_newest(newest.parameters()) {
  copyModule(newest, average);
  for (at::Tensor& parameter : m_average) parameter.requires_grad_(false);
  average.eval();
  const std::vector<at::Tensor> averageBuffers = average.buffers(), newestBuffers = newest.buffers();
  for (std::size_t index = 0; index < averageBuffers.size(); ++index) {
    const bool real = averageBuffers[index].is_floating_point();
    (real ? m_average : m_averageCounts).push_back(averageBuffers[index]);
    (real ? m_newest : m_newestCounts).push_back(newestBuffers[index]);
  }
}

void WeightAverage::add(std::int64_t update) {
  const torch::NoGradGuard noGrad;
  at::_foreach_lerp_(m_average, m_newest, 1 - decayAt(m_decay, update));
  for (std::size_t index = 0; index < m_averageCounts.size(); ++index)
    m_averageCounts[index].copy_(m_newestCounts[index]);
}

}  // namespace loom
