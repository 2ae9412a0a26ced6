#include "core/dataset/sampler.h"

#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace loom {

Sampler::Sampler(std::int64_t size, RandomStream random) : m_random(random), m_epochStart(random) {
  if (size < 1 || std::cmp_greater(size, std::numeric_limits<std::uint32_t>::max())) {
    throw Error("there are no sprites to train on", "import some, or include those you excluded");
  }
  m_order.resize(static_cast<std::size_t>(size));
  shuffle();
}

void Sampler::shuffle() {
  m_epochStart = m_random;
  m_position = 0;
  std::iota(m_order.begin(), m_order.end(), 0U);  // from scratch, so that the order depends on the stream alone
  for (std::size_t left = m_order.size(); left > 1; --left) {
    std::swap(m_order[left - 1], m_order[m_random.below(static_cast<std::uint32_t>(left))]);
  }
}

void Sampler::next(std::span<std::int64_t> batch) {
  for (std::int64_t& index : batch) {
    if (m_position == m_order.size()) {
      ++m_epoch;
      shuffle();
    }
    index = m_order[m_position++];
  }
}

double Sampler::epochs() const {
  return static_cast<double>(m_epoch) + static_cast<double>(m_position) / static_cast<double>(m_order.size());
}

Json Sampler::save() const {
  return {{"size", m_order.size()}, {"epoch", m_epoch}, {"position", m_position}, {"random", m_epochStart.save()}};
}

Sampler Sampler::restore(std::int64_t size, const Json& state) {
  try {
    if (state.at("size").get<std::int64_t>() != size) {
      throw Error("the run was trained on " + std::to_string(state.at("size").get<std::int64_t>()) +
                      " sprites, and now there are " + std::to_string(size),
                  "bring back those that were removed, or start a new run from this one's weights");
    }
    Sampler sampler(size, RandomStream::restore(state.at("random")));
    sampler.m_epoch = state.at("epoch");
    sampler.m_position = state.at("position");
    if (sampler.m_epoch < 0 || sampler.m_position > sampler.m_order.size()) {
      throw Error("the order of the sprites cannot be restored", "the checkpoint is damaged");
    }
    return sampler;
  } catch (const Json::exception&) {
    throw Error("the order of the sprites cannot be restored", "the checkpoint is damaged");
  }
}

}  // namespace loom
