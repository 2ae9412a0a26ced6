// What recipes of a single loss have in common: networks that learn from it, their optimiser and their average.
#pragma once

#include <torch/nn/module.h>

#include <functional>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/base/tensor_file.h"
#include "core/training/adam.h"
#include "core/training/weight_average.h"

namespace loom {

/// Networks, as one module, that learn by Adam. Reads the settings lr, beta1, beta2, accumulate, gradient_clip (0 where
/// it is missing) and ema.
class Learner {
 public:
  using Make = std::function<std::shared_ptr<torch::nn::Module>()>;

  /// `make` gives networks of one build each time; the first weights are drawn from `random`. In files the weights that
  /// are drawn with are named PREFIX + name, those that learn RAW + name where the two are not the same.
  Learner(const Make& make, const Json& settings, at::Device device, at::Generator& random, std::string prefix,
          std::string raw);

  torch::nn::Module& newest() const { return *m_newest; }
  /// The average, or the newest where averaging is off.
  torch::nn::Module& drawing() const { return m_average ? *m_average : *m_newest; }
  std::int64_t updates() const { return m_updates; }

  /// The settings' rate holds times this from now on.
  void setRateFactor(double factor) { m_adam.setRate(m_rate * factor); }
  /// One update. `lossOf` is asked for as many losses as are accumulated; their mean is what falls.
  void step(const std::function<at::Tensor()>& lossOf);

  /// Those that are drawn with.
  void saveModel(TensorFile& file) const;
  /// Those, the newest, the optimiser ("optimiser.") and the count of updates; and back.
  void save(TensorFile& file) const;
  void load(const TensorFile& file);
  /// Goes on from weights that `take` puts into the newest: it returns how many tensors it found. Throws Error for 0.
  void startFrom(const std::function<int(torch::nn::Module& newest)>& take);
  bool healthy() const;

 private:
  double m_rate;
  double m_gradientClip;
  int m_accumulate;
  std::int64_t m_updates = 0;
  std::string m_prefix, m_raw;
  std::shared_ptr<torch::nn::Module> m_newest;
  std::shared_ptr<torch::nn::Module> m_average;  ///< null: averaging is off
  Adam m_adam;
  std::unique_ptr<WeightAverage> m_averaging;
};

}  // namespace loom
