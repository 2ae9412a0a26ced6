// The smallest runs that are real: a few sprites of 16 px with four views, networks a few features wide.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "core/training/trainer.h"

namespace loom {

/// A folder of the test's own, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

/// `characters` x 4 views: a block of the character's colour, at a place that the view decides.
std::shared_ptr<const Snapshot> tinySnapshot(int characters, int side = 16);

/// A run of `preset` over tinySnapshot(6): size 16, features 4, batch 4, on one thread in float32.
TrainerInput tinyInput(const std::string& preset, const std::filesystem::path& runFolder, std::int64_t steps);

/// Remembers what it is told, and stops or pauses the trainer at a step if asked to.
struct Recorder : TrainingListener {
  void onProgress(const TrainingProgress& progress) override;
  void onMetrics(std::span<const MetricRow> rows) override;
  void onPreview(const Preview& preview) override;
  void onModel(std::shared_ptr<const Model> model) override;
  void onHealth(const Health& health) override;
  void onCheckpoint(const CheckpointInfo& info) override;
  void onFinished(const TrainingResult& result) override;
  void onFailed(std::exception_ptr error) override;

  std::function<void(std::int64_t step)> atStep;  ///< called from onMetrics
  std::vector<std::string> calls;                 ///< "preparing", "running", "metrics", "preview", …
  std::vector<MetricRow> rows;
  std::vector<Preview> previews;
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<std::int64_t> checkpointSteps;
  std::vector<Health> healths;
  std::vector<TrainingProgress> progress;
};

/// Trains to the end. Throws what made it fail.
TrainingResult train(const TrainerInput& input, Recorder& recorder);
TrainingResult train(const TrainerInput& input);

/// What differs between two checkpoints: tensor and metadata names (time spent left out). Empty: equal to the bit.
std::vector<std::string> differences(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace loom
