// Training an encoder and a decoder to give back what they see: plain, denoising or variational.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/nets/network.h"
#include "core/training/code_prior.h"
#include "core/training/learner.h"
#include "core/training/metric_sums.h"
#include "core/training/recipe.h"

namespace loom {

/// Encoder and decoder as one module, whose state is "encoder.*" and "generator.*".
struct Autoencoder : torch::nn::Module {
  Autoencoder(const std::string& network, const Json& settings);
  std::shared_ptr<EncoderNetwork> encoder;
  std::shared_ptr<GeneratorNetwork> generator;
};

/// Mean squared error of pixels on 0..1; a share of the sprites is shown with noise (Vincent 2008). With a variational
/// encoder and kl > 0 codes are sampled, and kl times the divergence in nats over the number of values of a picture is
/// added: with kl 1 that is the negative evidence lower bound (Kingma and Welling 2014) of pixels with variance 1/2, a
/// value. With kl 0 the mean is the code, and the training is that of a plain autoencoder.
class AutoencoderRecipe final : public Recipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  AutoencoderRecipe(const Preset& preset, const Json& settings, const Environment& environment, RandomSources random);

  static std::vector<std::string> metricNames(const Json& settings);

  std::vector<float> step(const std::function<Batch()>& nextBatch) override;
  void setRateFactor(double factor) override;
  void seeTypical(const Batch& sprites) override;
  at::Tensor draw(const at::Tensor& latents, const at::Tensor& views) override;
  at::Tensor reconstruct(const at::Tensor& pictures) override;
  std::optional<double> lossOn(const Batch& batch) override;
  void saveModel(TensorFile& file) const override;
  void save(TensorFile& file) const override;
  void load(const TensorFile& file) override;
  void startFrom(const TensorFile& file) override;
  bool healthy() const override;

  Autoencoder& networks() { return static_cast<Autoencoder&>(m_learner.newest()); }

 private:
  at::Tensor train(const Batch& batch, MetricSums& metrics);
  at::Tensor noisy(const at::Tensor& pictures, std::int64_t count);
  at::Tensor codeOf(const Code& code);
  at::Tensor lossOf(const at::Tensor& reconstruction, const at::Tensor& divergence, std::int64_t values) const;
  const CodePrior& prior() const;
  Autoencoder& drawing() const { return static_cast<Autoencoder&>(m_learner.drawing()); }

  Environment m_environment;
  mutable RandomSources m_random;
  std::int64_t m_latent = 0;
  double m_kl = 0;  ///< 0: codes are not sampled
  double m_noiseShare = 0, m_noiseLevel = 0;
  std::vector<std::size_t> m_reported;
  Learner m_learner;
  at::Tensor m_typical;  ///< bytes of some training sprites
  mutable CodePrior m_prior;
  mutable std::int64_t m_priorOf = -1;  ///< the update that m_prior was measured after
};

}  // namespace loom
