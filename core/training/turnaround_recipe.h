// Training a network to draw the missing views of characters with the colours that the others wear.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/nets/network.h"
#include "core/training/learner.h"
#include "core/training/metric_sums.h"
#include "core/training/recipe.h"

namespace loom {

/// Of each character in a batch some views are hidden, and those must be drawn: cross-entropy, in each pixel,
/// over the palette of the views shown, against the colour nearest to the true one. Judged by the mean absolute
/// difference on [-1, 1], colours multiplied by alpha, of what it makes of characters that it does not train on, each
/// seen from one side.
class TurnaroundRecipe final : public Recipe {
 public:
  /// Draws first weights from `random`, which the recipe goes on using.
  TurnaroundRecipe(const Preset& preset, const Json& settings, int views, const Environment& environment,
                   RandomSources random);

  static std::vector<std::string> metricNames();

  std::vector<float> step(const std::function<Batch()>& nextBatch) override;
  void setRateFactor(double factor) override;
  at::Tensor draw(const at::Tensor& latents, const at::Tensor& views) override;
  at::Tensor turned(const Batch& characters) override;
  std::optional<double> lossOn(const Batch& batch) override;
  void saveModel(TensorFile& file) const override;
  void save(TensorFile& file) const override;
  void load(const TensorFile& file) override;
  void startFrom(const TensorFile& file) override;
  bool healthy() const override;

  TurnaroundNetwork& network() { return static_cast<TurnaroundNetwork&>(m_learner.newest()); }

 private:
  at::Tensor train(const Batch& batch, MetricSums& metrics);
  at::Tensor viewsOf(const IndexedCharacters& characters, const at::Tensor& seen);
  TurnaroundNetwork& drawing() const { return static_cast<TurnaroundNetwork&>(m_learner.drawing()); }

  Environment m_environment;
  RandomSources m_random;
  Learner m_learner;
};

}  // namespace loom
