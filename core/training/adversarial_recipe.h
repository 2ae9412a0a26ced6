// Adversarial training (Goodfellow 2014): a generator and a critic, their optimisers, and what one step does.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/network.h"
#include "core/training/adam.h"
#include "core/training/adversarial_loss.h"
#include "core/training/code_prior.h"
#include "core/training/metric_sums.h"
#include "core/training/recipe.h"
#include "core/training/weight_average.h"

namespace loom {

/// Adversarial training (Goodfellow 2014): `critic_steps` updates of the critic, then one of the generator, each over
/// `accumulate` batches that need no more memory than one.
class AdversarialRecipe final : public Recipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  AdversarialRecipe(const Preset& preset, const Json& settings, int views, const Environment& environment,
                    RandomSources random);

  static std::vector<std::string> metricNames(bool knowsViews, const Json& settings);

  std::vector<float> step(const std::function<Batch()>& nextBatch) override;
  void setRateFactor(double factor) override;
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
  at::Tensor weightsOf(const at::Tensor& scores) const;
  void updateCritic(const std::function<Batch()>& nextBatch, bool last, MetricSums& metrics);
  void updateGenerator(MetricSums& metrics);
  void trainCritic(const Batch& real, const at::Tensor& fake, MetricSums& metrics);
  void trainGenerator(const Latents& latents, const at::Tensor& fake, MetricSums& metrics);
  GeneratorNetwork& drawing() const { return m_average ? *m_average : *m_generator; }

  Environment m_environment;
  RandomSources m_random;
  int m_views = 0;  ///< 0: the networks know none
  std::int64_t m_latent = 0;
  int m_accumulate = 1;
  int m_criticSteps = 1;
  double m_rate = 0, m_criticRate = 0;
  double m_gradientClip = 0, m_weightClip = 0;
  AdversarialLoss m_loss;
  double m_penalty = 0;  ///< its weight
  double m_viewWeight = 0;
  double m_modeSeeking = 0;
  bool m_foreground = false;
  double m_backgroundWeight = 0, m_suppression = 0;
  std::vector<std::size_t> m_reported;
  std::int64_t m_updates = 0;  ///< of the generator
  CodePrior m_prior;           ///< there when the generator began as an autoencoder's decoder
  std::shared_ptr<GeneratorNetwork> m_generator;
  std::shared_ptr<GeneratorNetwork> m_average;  ///< null: weight averaging is off
  std::shared_ptr<CriticNetwork> m_critic;
  std::unique_ptr<WeightAverage> m_averaging;
  std::unique_ptr<Adam> m_generatorAdam;
  std::unique_ptr<Adam> m_criticAdam;

  // Of the step under way.
  std::vector<Latents> m_parts;  ///< of the last critic update, which the generator is judged by
  at::Tensor m_fake;             ///< of the newest part, with its graph where the generator can use it
  at::Tensor m_alpha;            ///< of the newest real batch
};

}  // namespace loom
