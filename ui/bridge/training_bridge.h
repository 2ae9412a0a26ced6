// Owns the training session and turns its callbacks into signals on the GUI thread: only the newest preview and model
// are kept (at most 30 a second), metrics arrive in batches, and the training thread never waits for the window.
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

class TrainingBridge : public QObject {
  Q_OBJECT
 public:
  /// The snapshot is taken as a job of `jobs`.
  explicit TrainingBridge(JobRunner& jobs, QObject* parent = nullptr);
  ~TrainingBridge() override;  ///< stops; a checkpoint is written first

  /// Asked before each start: what speaks against it, if anything does.
  void setHindrance(std::function<std::optional<ErrorText>()> hindrance);

  void start(const Project& project, const TrainingRequest& request);
  void resume(const Project& project, const ResumeRequest& request);
  void pause();
  void proceed();
  void stop();
  void checkpoint();

  bool active() const;                ///< from start() or resume() until finished() or failed()
  int run() const;                    ///< 0 when none is active
  TrainingProgress progress() const;  ///< the newest
  const std::vector<std::string>& metricNames() const;
  std::shared_ptr<const Model> newestModel() const;  ///< of the active run; null before the first preview

 Q_SIGNALS:
  void started(int run);
  void progressChanged(const loom::TrainingProgress& progress);
  void metricsArrived(int run, const std::vector<loom::MetricRow>& rows);
  void previewArrived(int run, const loom::Preview& preview);
  void modelArrived(int run, std::shared_ptr<const loom::Model> model);
  void healthChanged(const loom::Health& health);
  void checkpointWritten(int run, qint64 step);
  void finished(int run, const loom::TrainingResult& result);
  void failed(int run, const loom::ErrorText& error);  ///< run 0: it could not be started

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
