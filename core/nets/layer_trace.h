// Hears of every layer that runs on this thread, so that a network can be described by running it.
#pragma once

#include <torch/nn/module.h>

#include <functional>
#include <utility>

namespace loom {

/// While one lives, every layer that runs on its thread is reported, in the order in which they run. The innermost
/// hears.
class LayerTrace {
 public:
  using Hear = std::function<void(const torch::nn::Module& layer, const at::Tensor& in, const at::Tensor& out)>;

  explicit LayerTrace(Hear hear) : m_hear(std::move(hear)), m_outer(std::exchange(s_current, this)) {}
  ~LayerTrace() { s_current = m_outer; }
  LayerTrace(const LayerTrace&) = delete;
  LayerTrace& operator=(const LayerTrace&) = delete;

  /// What every layer without parts of its own says after it has run. Costs a comparison where nobody listens.
  static void ran(const torch::nn::Module& layer, const at::Tensor& in, const at::Tensor& out) {
    if (s_current != nullptr) s_current->m_hear(layer, in, out);
  }

 private:
  Hear m_hear;
  LayerTrace* m_outer;
  static inline thread_local LayerTrace* s_current = nullptr;
};

/// Runs a layer of LibTorch's and reports it. Blocks call every such layer this way.
template <class Layer>
at::Tensor run(Layer& layer, const at::Tensor& x) {
  at::Tensor y = layer->forward(x);
  LayerTrace::ran(*layer, x, y);
  return y;
}

}  // namespace loom
