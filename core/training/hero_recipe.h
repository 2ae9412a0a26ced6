// Training whole characters: all their views and one palette from one latent.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/hero.h"
#include "core/training/code_prior.h"
#include "core/training/learner.h"
#include "core/training/metric_sums.h"
#include "core/training/recipe.h"

namespace loom {

/// Encoder and decoder as one module, whose state is "encoder.*" and "generator.*".
struct HeroNetworks : torch::nn::Module {
  HeroNetworks(const Json& settings, int views);
  std::shared_ptr<HeroEncoder> encoder;
  std::shared_ptr<HeroDecoder> generator;
};

/// A variational autoencoder (Kingma and Welling 2014) of whole characters. A pixel's likelihood is a mixture over the
/// colours of a palette that the decoder gives as well (core/nets/palette_mixture.h), whose width falls from .5 to .08
/// over `sharpen` steps. The loss is the negative lower bound, with `kl` times the divergence (which comes in over the
/// first steps), over the pixels of a view. Weights of another run that know such characters, by how well they tell the
/// first batch, begin sharp and with all of the divergence; others begin as new ones do, for a sharp density pulls no
/// palette to colours that it has none near. Samples are drawn from the normal distribution that the codes of the
/// training characters have together.
///
/// Batches hold characters (core/training/character_store.h).
class HeroRecipe final : public Recipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  HeroRecipe(const Json& settings, int views, const Environment& environment, RandomSources random);

  static std::vector<std::string> metricNames();

  std::vector<float> step(const std::function<Batch()>& nextBatch) override;
  void setRateFactor(double factor) override;
  void seeTypical(const Batch& typical) override;
  at::Tensor draw(const at::Tensor& latents, const at::Tensor& views) override;
  void saveModel(TensorFile& file) const override;
  void save(TensorFile& file) const override;
  void load(const TensorFile& file) override;
  void startFrom(const TensorFile& file) override;
  bool healthy() const override;

 private:
  at::Tensor train(const Batch& batch, MetricSums& metrics);
  /// Whether the mixture tells the pictures as well as weights that have learned such ones do.
  bool knows(const PaletteMixture& made, const at::Tensor& wanted, const at::Tensor& present) const;
  /// How far the loss has come to its last form: 0..1, after `steps`.
  double comeTo(double steps) const;
  const CodePrior& prior() const;
  HeroNetworks& newest() const { return static_cast<HeroNetworks&>(m_learner.newest()); }
  HeroNetworks& drawing() const { return static_cast<HeroNetworks&>(m_learner.drawing()); }

  Environment m_environment;
  mutable RandomSources m_random;
  int m_views = 1;
  double m_kl = 0;
  double m_sharpen = 0;    ///< steps
  bool m_judging = false;  ///< it started from other weights, and has yet to see what they know
  bool m_begun = false;    ///< they knew
  Learner m_learner;
  IndexedCharacters m_typical;  ///< some training characters
  mutable CodePrior m_prior;
  mutable std::int64_t m_priorOf = -1;  ///< the update that m_prior was measured after
};

}  // namespace loom
