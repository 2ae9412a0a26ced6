#include "core/studio/run_recorder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "core/training/preset.h"

namespace loom {
namespace {

constexpr auto kMetricsEvery = std::chrono::seconds(1);
constexpr auto kRecordEvery = std::chrono::seconds(2);
constexpr std::size_t kMostWaiting = 200'000;  // rows kept while the database cannot be written

std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& e) {
    return e.hint().empty() ? e.what() : std::string(e.what()) + " (" + e.hint() + ")";
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "an unknown error";
  }
}

RunStatus statusOf(TrainingState state) {
  return state == TrainingState::kPaused ? RunStatus::kPaused : RunStatus::kRunning;
}

/// The place of the measure that the run is judged by; nothing where it is not measured.
std::optional<std::size_t> objectiveOf(const RunInfo& run, std::span<const std::string> metricNames) {
  const auto found = std::ranges::find(metricNames, preset(run.preset).objective);
  if (found == metricNames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - metricNames.begin());
}

}  // namespace

RunRecorder::RunRecorder(const Project& project, const RunInfo& run, std::vector<std::string> metricNames,
                         TrainingListener& outer)
    : m_project(project),
      m_run(run.number),
      m_folder(project.runFolder(run)),
      m_names(std::move(metricNames)),
      m_objective(objectiveOf(run, m_names)),
      m_outer(outer),
      m_latest(m_names.size(), std::numeric_limits<float>::quiet_NaN()) {
  m_progress.step = run.steps;
  m_progress.seconds = run.seconds;
  m_metricsWritten = m_recordWritten = Clock::now();
  if (!m_objective || run.steps == 0) return;
  // What a resumed run had reached beyond its checkpoint has been taken back: only what is recorded counts.
  for (const MetricRow& row : catalogue().metrics(m_run).rows) takeBest(row);
  m_catalogue.reset();  // this connection belongs to the thread that calls us
}

void RunRecorder::takeBest(const MetricRow& row) {
  if (!m_objective || *m_objective >= row.values.size()) return;
  const auto value = static_cast<double>(row.values[*m_objective]);
  if (std::isfinite(value) && (!m_best || value < m_best->value)) m_best = {m_names[*m_objective], value, row.step};
}

void RunRecorder::onProgress(const TrainingProgress& progress) {
  const bool changed = progress.state != m_progress.state;
  m_progress = progress;
  if (progress.state != TrainingState::kEnded && (changed || Clock::now() - m_recordWritten >= kRecordEvery)) {
    writeMetrics();
    writeRecord(statusOf(progress.state));
  }
  m_outer.onProgress(progress);
}

void RunRecorder::onMetrics(std::span<const MetricRow> rows) {
  for (const MetricRow& row : rows) {
    for (std::size_t i = 0; i < std::min(row.values.size(), m_latest.size()); ++i) {
      if (std::isfinite(row.values[i])) m_latest[i] = row.values[i];
    }
    takeBest(row);
    m_progress.step = std::max(m_progress.step, row.step);
  }
  m_waiting.insert(m_waiting.end(), rows.begin(), rows.end());
  if (Clock::now() - m_metricsWritten >= kMetricsEvery) writeMetrics();
  m_outer.onMetrics(rows);
}

void RunRecorder::onPreview(const Preview& preview) {
  m_outer.onPreview(preview);
}

void RunRecorder::onModel(std::shared_ptr<const Model> model) {
  m_outer.onModel(std::move(model));
}

void RunRecorder::onHealth(const Health& health) {
  appendRunLog(m_folder, "step " + std::to_string(m_progress.step) + ": " + health.text);
  m_outer.onHealth(health);
}

void RunRecorder::onBest(const BestModel& best) {
  m_outer.onBest(best);
}

void RunRecorder::onCheckpoint(const CheckpointInfo& checkpoint) {
  appendRunLog(m_folder, "checkpoint at step " + std::to_string(checkpoint.step));
  writeMetrics();
  writeRecord(statusOf(m_progress.state));
  m_outer.onCheckpoint(checkpoint);
}

void RunRecorder::onFinished(const TrainingResult& result) {
  m_progress.step = result.steps;
  m_progress.seconds = result.seconds;
  m_progress.spritesPerSecond = result.spritesPerSecond;
  appendRunLog(m_folder,
               (result.reachedTarget ? "finished at step " : "stopped at step ") + std::to_string(result.steps));
  m_failure = nullptr;  // what failed on the way has been kept, and is written now
  writeMetrics();
  writeRecord(result.reachedTarget ? RunStatus::kFinished : RunStatus::kStopped);
  m_catalogue.reset();
  if (m_failure) {
    m_outer.onFailed(m_failure);
  } else {
    m_outer.onFinished(result);
  }
}

void RunRecorder::onFailed(std::exception_ptr error) {
  appendRunLog(m_folder, "failed at step " + std::to_string(m_progress.step) + ": " + describe(error));
  writeMetrics();
  writeRecord(RunStatus::kFailed);
  m_catalogue.reset();
  m_outer.onFailed(std::move(error));
}

template <class Work>
bool RunRecorder::guarded(Work work) {
  try {
    work();
    return true;
  } catch (...) {
    if (!m_failure) appendRunLog(m_folder, "could not write to the project: " + describe(std::current_exception()));
    m_failure = std::current_exception();
    m_catalogue.reset();
    return false;
  }
}

void RunRecorder::writeMetrics() {
  m_metricsWritten = Clock::now();
  if (m_waiting.empty()) return;
  if (guarded([&] { catalogue().addMetrics(m_run, m_waiting); }) || m_waiting.size() > kMostWaiting) m_waiting.clear();
}

void RunRecorder::writeRecord(RunStatus status) {
  m_recordWritten = Clock::now();
  guarded([&] {
    Catalogue::Transaction together(catalogue());
    RunInfo run = catalogue().run(m_run);  // read again: its note is the user's
    run.status = status;
    run.steps = m_progress.step;
    run.seconds = m_progress.seconds;
    run.spritesPerSecond = m_progress.spritesPerSecond;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
      if (std::isfinite(m_latest[i])) run.losses[m_names[i]] = m_latest[i];
    }
    run.best = m_best;
    catalogue().updateRun(run);
    together.commit();
  });
}

Catalogue& RunRecorder::catalogue() {
  if (!m_catalogue) m_catalogue = std::make_unique<Catalogue>(m_project.database());
  return *m_catalogue;
}

}  // namespace loom
