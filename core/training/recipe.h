// One way of training: the networks, their optimisers, and what one step does. The trainer knows nothing more of it.
#pragma once

#include <ATen/core/Generator.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/network.h"
#include "core/training/adam.h"
#include "core/training/environment.h"
#include "core/training/pixels.h"
#include "core/training/preset.h"

namespace loom {

/// The random numbers of a run; nothing is drawn from LibTorch's global generators, which other threads use too.
struct RandomSources {
  at::Generator host;    ///< first weights, latents, labels: drawn on the CPU
  at::Generator device;  ///< dropout masks: drawn where the networks are
};
RandomSources makeRandomSources(std::uint64_t seed, at::Device device);

/// Adversarial training (Goodfellow 2014): one update of the critic, then one of the generator.
class AdversarialRecipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  AdversarialRecipe(const Preset& preset, const Json& settings, int views, const Environment& environment,
                    RandomSources random);

  static std::vector<std::string> metricNames(bool knowsViews);

  /// One step over the settings' `accumulate` batches that `nextBatch` gives. Returns the metrics.
  std::vector<float> step(const std::function<Batch()>& nextBatch);

  /// Pictures in evaluation mode from the generator used for generation. `latents` N x latent, on the CPU.
  at::Tensor draw(const at::Tensor& latents, const at::Tensor& views);

  /// The generator used for generation: the average where there is one. Under "generator.".
  void saveGenerator(TensorFile& file) const;
  /// Everything that the next step depends on.
  void save(TensorFile& file) const;
  void load(const TensorFile& file);
  /// Another run's weights where they fit. Throws Error when none do.
  void startFrom(const TensorFile& file);
  /// False when a weight is NaN or infinite.
  bool healthy() const;

  GeneratorNetwork& generator() { return *m_generator; }
  CriticNetwork& critic() { return *m_critic; }

 private:
  struct Latents {
    at::Tensor values;
    at::Tensor views;
  };
  Latents drawLatents(std::int64_t count);
  at::Tensor make(const Latents& latents);
  Verdict judge(const at::Tensor& pictures);
  void trainCritic(const Batch& real, const at::Tensor& fake, std::vector<at::Tensor>& metrics);
  void trainGenerator(const Latents& latents, const at::Tensor& fake, std::vector<at::Tensor>& metrics);
  void updateAverage();
  GeneratorNetwork& drawing() const { return m_average ? *m_average : *m_generator; }

  Environment m_environment;
  RandomSources m_random;
  int m_views = 0;  ///< 0: the networks know none
  std::int64_t m_latent = 0;
  int m_accumulate = 1;
  double m_averaging = 0;
  double m_viewWeight = 0;
  double m_modeSeeking = 0;
  double m_realLow = 1, m_realHigh = 1, m_fakeLow = 0, m_fakeHigh = 0;
  std::int64_t m_updates = 0;  ///< of the generator
  std::shared_ptr<GeneratorNetwork> m_generator;
  std::shared_ptr<GeneratorNetwork> m_average;  ///< null: weight averaging is off
  std::shared_ptr<CriticNetwork> m_critic;
  std::unique_ptr<Adam> m_generatorAdam;
  std::unique_ptr<Adam> m_criticAdam;
};

}  // namespace loom
