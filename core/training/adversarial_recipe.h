// Adversarial training (Goodfellow 2014): a generator and a critic, their optimisers, and what one step does.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/network.h"
#include "core/training/adam.h"
#include "core/training/recipe.h"

namespace loom {

/// Adversarial training (Goodfellow 2014): one update of the critic, then one of the generator.
class AdversarialRecipe final : public Recipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  AdversarialRecipe(const Preset& preset, const Json& settings, int views, const Environment& environment,
                    RandomSources random);

  static std::vector<std::string> metricNames(bool knowsViews);

  std::vector<float> step(const std::function<Batch()>& nextBatch) override;
  at::Tensor draw(const at::Tensor& latents, const at::Tensor& views) override;
  void saveModel(TensorFile& file) const override;
  void save(TensorFile& file) const override;
  void load(const TensorFile& file) override;
  void startFrom(const TensorFile& file) override;
  bool healthy() const override;

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
