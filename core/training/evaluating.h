// A network in evaluation mode, and nothing that remembers how to differentiate.
#pragma once

#include <torch/nn/module.h>
#include <torch/utils.h>

namespace loom {

/// Evaluation mode without gradients for as long as it lives.
class Evaluating {
 public:
  explicit Evaluating(torch::nn::Module& module) : m_module(module), m_training(module.is_training()) {
    if (m_training) m_module.eval();
  }
  ~Evaluating() {
    if (m_training) m_module.train();
  }
  Evaluating(const Evaluating&) = delete;
  Evaluating& operator=(const Evaluating&) = delete;

 private:
  torch::NoGradGuard m_noGrad;
  torch::nn::Module& m_module;
  bool m_training;
};

}  // namespace loom
