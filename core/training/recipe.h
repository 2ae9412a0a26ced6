// One way of training: the networks, their optimisers, and what one step does. The trainer knows nothing more of it.
#pragma once

#include <ATen/core/Generator.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_file.h"
#include "core/training/batch.h"
#include "core/training/environment.h"
#include "core/training/preset.h"

namespace loom {

/// The random numbers of a run; nothing is drawn from LibTorch's global generators, which other threads use too.
struct RandomSources {
  at::Generator host;    ///< first weights, latents, labels: drawn on the CPU
  at::Generator device;  ///< dropout masks and noise: drawn where the networks are

  void save(TensorFile& file) const;  ///< "random.host", "random.device"
  void load(const TensorFile& file);  ///< Throws Error when one is missing.
};
RandomSources makeRandomSources(std::uint64_t seed, at::Device device);

class Recipe {
 public:
  Recipe() = default;
  virtual ~Recipe() = default;
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;

  /// One step over batchesAStep() batches that `nextBatch` gives. Returns the metrics.
  virtual std::vector<float> step(const std::function<Batch()>& nextBatch) = 0;
  /// The settings' learning rates hold times this from now on.
  virtual void setRateFactor(double factor) = 0;

  /// Some of what it trains on, as it is: given once, before anything is drawn or saved.
  virtual void seeTypical(const Batch& /*typical*/) {}

  /// Pictures in evaluation mode from the generator used for generation. `latents` N x latent standard normal numbers,
  /// on the CPU. Throws Error for a recipe without latents.
  virtual at::Tensor draw(const at::Tensor& latents, const at::Tensor& views) = 0;
  /// Characters turned round, in evaluation mode, for a recipe that does so: character i is seen from its view i mod
  /// views alone, or the next that it has. Rows of N pictures each, (1 + 2 * views) N x 4 x size x size: the views
  /// seen, then each view as made, over the true one; empty where that view is seen or there is none. Undefined for
  /// other recipes.
  virtual at::Tensor turned(const Batch& /*characters*/) { return {}; }
  /// The pictures through the encoder and back, in evaluation mode; undefined for a recipe without one.
  virtual at::Tensor reconstruct(const at::Tensor& /*pictures*/) { return {}; }
  /// The loss on sprites that are not trained on, in evaluation mode, as they are; nothing for a recipe whose losses
  /// say nothing of how good it is.
  virtual std::optional<double> lossOn(const Batch& /*batch*/) { return {}; }

  /// What generation needs: the generator (the average where there is one) under "generator.", an encoder under
  /// "encoder.", and what turns standard normal numbers into its codes under "prior."; of a turnaround its network
  /// under "turnaround." (core/training/model.h).
  virtual void saveModel(TensorFile& file) const = 0;
  /// Everything that the next step depends on.
  virtual void save(TensorFile& file) const = 0;
  virtual void load(const TensorFile& file) = 0;
  /// Another run's weights where they fit. Throws Error when none do.
  virtual void startFrom(const TensorFile& file) = 0;
  /// False when a weight is NaN or infinite.
  virtual bool healthy() const = 0;
};

/// The recipe a preset names, with first weights drawn from `random`, which it goes on using.
std::unique_ptr<Recipe> makeRecipe(const Preset& preset, const Json& settings, int views,
                                   const Environment& environment, RandomSources random);
/// Batches that one step takes: `accumulate`, times `critic_steps` where there is a critic.
std::int64_t batchesAStep(const Json& settings);
/// What its steps report, in order.
std::vector<std::string> recipeMetrics(const Preset& preset, const Json& settings);

}  // namespace loom
