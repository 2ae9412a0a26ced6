// Stands between the trainer and a front end and keeps the run's record: metrics, state, losses, log.
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/training/telemetry.h"

namespace loom {

/// Every callback but the constructor runs on the training thread, which alone uses the database connection in here.
class RunRecorder final : public TrainingListener {
 public:
  RunRecorder(const Project& project, const RunInfo& run, std::vector<std::string> metricNames,
              TrainingListener& outer);

  /// Set when the run's end could not be recorded. Read after the training thread has ended.
  std::exception_ptr failure() const { return m_failure; }

  void onProgress(const TrainingProgress& progress) override;
  void onMetrics(std::span<const MetricRow> rows) override;
  void onPreview(const Preview& preview) override;
  void onModel(std::shared_ptr<const Model> model) override;
  void onHealth(const Health& health) override;
  void onBest(const BestModel& best) override;
  void onCheckpoint(const CheckpointInfo& checkpoint) override;
  void onFinished(const TrainingResult& result) override;
  void onFailed(std::exception_ptr error) override;

 private:
  using Clock = std::chrono::steady_clock;
  void takeBest(const MetricRow& row);
  void writeMetrics();
  void writeRecord(RunStatus status);
  template <class Work>
  bool guarded(Work work);  ///< false, with a line in the log, when the database failed
  Catalogue& catalogue();

  const Project m_project;
  const int m_run;
  const std::filesystem::path m_folder;
  const std::vector<std::string> m_names;
  const std::optional<std::size_t> m_objective;  ///< which of the names the run is judged by
  TrainingListener& m_outer;

  std::unique_ptr<Catalogue> m_catalogue;
  std::vector<MetricRow> m_waiting;
  std::vector<float> m_latest;  ///< the last value of each metric that was a number
  std::optional<BestValue> m_best;
  TrainingProgress m_progress;
  Clock::time_point m_metricsWritten{};
  Clock::time_point m_recordWritten{};
  std::exception_ptr m_failure;
};

}  // namespace loom
