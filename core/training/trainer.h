// One training run on one thread of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset/snapshot.h"
#include "core/training/model.h"
#include "core/training/run_measures.h"
#include "core/training/telemetry.h"

namespace loom {

struct TrainerInput {
  std::string preset;
  Json settings;  ///< complete (SettingsSchema::complete)
  std::shared_ptr<const Snapshot> data;
  std::shared_ptr<const Snapshot> heldOut;  ///< what the run is judged by; null: by the sprites it trains on
  std::shared_ptr<RunMeasures> measures;    ///< where the setting `measure_every` asks for them; null: none is taken
  std::filesystem::path runFolder;          ///< checkpoints/ and samples/ are made inside
  std::vector<std::string> views;           ///< of a turnaround that knows more than the sprites show; empty: theirs
  int run = 0;                              ///< its number, stored with checkpoints
  std::uint64_t seed = 0;
  std::string device = "auto";                      ///< auto, cpu, cuda
  std::string precision = "auto";                   ///< auto, fp32, bf16
  int threads = 0;                                  ///< intra-op; 0: one a core
  std::int64_t targetSteps = 0;                     ///< the run's total
  std::optional<double> minutes;                    ///< stop after so much training time in this stretch
  std::optional<std::filesystem::path> resumeFrom;  ///< a checkpoint of this run: continue exactly
  std::optional<std::filesystem::path>
      startFrom;  ///< another run's checkpoint: start from its weights where shapes fit
};

/// Throws Error when a run cannot be started so: unknown preset, settings that do not fit it or each other, too few
/// sprites, a device that is not there. Trainer's constructor checks the same.
void checkTrainerInput(const TrainerInput& input);
/// What "auto" became, for the run's record: {"device","precision","threads","torch"}.
Json resolveEnvironment(const TrainerInput& input);
/// How many a run of `preset` sees in an epoch: sprites, of a turnaround characters.
std::int64_t passSize(const std::string& preset, const Snapshot& data);
/// The views that a run of `preset` learns to tell apart, in order; {kAnyView} for a network that is told none.
std::vector<std::string> viewsLearned(const std::string& preset, const Snapshot& data);
/// The names of what onMetrics reports for this preset with these settings, in order: "loss_critic", "loss_generator",
/// "d_real", "d_fake_before", "d_fake_after", "view_accuracy", …
std::vector<std::string> metricNames(const std::string& preset, const Json& settings);

class Trainer {
 public:
  /// Starts at once. `listener` must outlive the trainer. Throws what checkTrainerInput does.
  Trainer(TrainerInput input, TrainingListener& listener);
  /// Stops (a checkpoint is written first) and waits.
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  // Commands: any thread, at once; they take effect after the step under way.
  void pause();
  void proceed();
  void stop();
  void checkpoint();

  TrainingProgress progress() const;
  /// Blocks until the thread has ended. Rethrows what made it fail.
  TrainingResult wait();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
