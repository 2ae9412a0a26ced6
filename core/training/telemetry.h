// What a training thread tells the outside, as immutable values.
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/sprite.h"
#include "core/project/catalogue.h"
#include "core/training/model.h"

namespace loom {

enum class TrainingState { kPreparing, kRunning, kPaused, kStopping, kEnded };

enum class HealthLevel { kGood, kWarning, kBad };
struct Health {
  HealthLevel level = HealthLevel::kGood;
  std::string text;  ///< plain words with a suggestion: "The critic wins: … Try a lower critic learning rate."
};

/// Sprites made from fixed latents, tiled into one picture. Also on disk as samples/step-00000050.png.
struct Preview {
  std::int64_t step = 0;
  Sprite grid;  ///< columns x rows cells of cell x cell pixels, no gaps
  int cell = 0;
  int columns = 0;  ///< for a model with views a column is a character, in bands of a row a view
  int rows = 0;
};

struct TrainingProgress {
  TrainingState state = TrainingState::kPreparing;
  std::int64_t step = 0;
  std::int64_t targetSteps = 0;
  double epoch = 0;             ///< passes over the data, fractional
  double seconds = 0;           ///< spent training, in this run
  double secondsLeft = -1;      ///< negative: unknown
  double spritesPerSecond = 0;  ///< real sprites trained on a second, first 5 steps after a start left out
};

/// The best model so far by the preset's objective.
struct BestModel {
  std::int64_t step = 0;
  double value = 0;
  std::string objective;  ///< the name of the metric: "distance", "held_out_loss", "held_out_l1"
};

struct TrainingResult {
  std::int64_t steps = 0;
  std::vector<std::string> metricNames;
  std::vector<float> lastMetrics;  ///< the newest value of each; NaN for one that was never taken
  double spritesPerSecond = 0;
  double seconds = 0;
  bool reachedTarget = false;  ///< false: stopped by the user
  std::filesystem::path checkpoint;
  std::optional<BestModel> best;
};

/// Called on the training thread, in this order for each step; must return quickly and must not throw.
class TrainingListener {
 public:
  virtual ~TrainingListener() = default;
  virtual void onProgress(const TrainingProgress&) {}    ///< about ten times a second, and at each change of state
  virtual void onMetrics(std::span<const MetricRow>) {}  ///< one row a step
  virtual void onPreview(const Preview&) {}
  virtual void onModel(std::shared_ptr<const Model>) {}  ///< newest weights, with each preview
  virtual void onHealth(const Health&) {}                ///< at each change
  virtual void onBest(const BestModel&) {}               ///< at each that is better than all before
  virtual void onCheckpoint(const CheckpointInfo&) {}
  virtual void onFinished(const TrainingResult&) {}  ///< the last call of a run that did not fail
  virtual void onFailed(std::exception_ptr) {}       ///< the last call of one that did (NaN, disk, memory)
};

}  // namespace loom
