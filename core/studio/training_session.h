// Starting and continuing runs of a project: the trainer, its record in the catalogue, its files.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/studio/runs.h"
#include "core/training/trainer.h"

namespace loom {

struct TrainingRequest {
  std::string preset;
  Json settings = Json::object();     ///< what differs from the preset's defaults
  std::optional<std::int64_t> steps;  ///< the run's length: one of these three, else the preset's epochs
  std::optional<std::int64_t> epochs;
  std::optional<double> minutes;
  std::uint64_t seed = 0;
  std::string device = "auto";
  std::string precision = "auto";
  std::optional<int> fromRun;              ///< start from that run's newest weights
  std::optional<std::string> fromStarter;  ///< or from the starter weights of that preset
  std::string note = {};                   ///< the run's, until the user writes another
};

struct ResumeRequest {
  int run = 0;
  std::optional<std::int64_t> steps;  ///< the run's new total; none: what it was started for
  std::optional<std::int64_t> epochs;
  std::optional<double> minutes;  ///< of further training
};

class TrainingSession {
 public:
  /// Checks the request, takes the snapshot, records the run and starts. `listener` is called on the training thread
  /// and must outlive the session. Throws Error (unknown preset or setting, too few sprites, …); nothing is recorded
  /// then.
  static std::unique_ptr<TrainingSession> start(const Project& project, const TrainingRequest& request,
                                                TrainingListener& listener, JobMonitor& monitor);
  /// Continues a run from its newest whole checkpoint, exactly where it was.
  static std::unique_ptr<TrainingSession> resume(const Project& project, const ResumeRequest& request,
                                                 TrainingListener& listener, JobMonitor& monitor);
  ~TrainingSession();

  int run() const;
  const std::vector<std::string>& metricNames() const;
  std::string fitting() const;  ///< how the sprites were brought to the training size

  void pause();
  void proceed();
  void stop();
  void checkpoint();
  TrainingProgress progress() const;
  /// Blocks until the run has ended; rethrows what made it fail.
  TrainingResult wait();

 private:
  struct Impl;
  explicit TrainingSession(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
