#include "core/studio/search_trials.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/studio/run_files.h"

namespace loom {
namespace {

/// A metric's last number up to `steps`; NaN when there is none.
double lastValue(const MetricSeries& series, const std::string& name, std::int64_t steps) {
  const auto found = std::ranges::find(series.names, name);
  const auto column = static_cast<std::size_t>(found - series.names.begin());
  double value = std::numeric_limits<double>::quiet_NaN();
  for (const MetricRow& row : series.rows) {
    if (row.step <= steps && column < row.values.size() && std::isfinite(row.values[column])) {
      value = row.values[column];
    }
  }
  return value;
}

std::string describe(const Error& error) {
  return error.hint().empty() ? error.what() : std::string(error.what()) + " (" + error.hint() + ")";
}

/// Steps that count as done of what the whole search was expected to take.
std::int64_t stepsCounted(const Search& search, const SearchTrial& trial) {
  const bool skipped = trial.status == TrialStatus::kSkipped;
  return skipped ? rungSteps(search.plan)[static_cast<std::size_t>(trial.firstRung)] : trial.steps();
}

bool isJudged(const SearchTrial& trial) {
  return !trial.results.empty() || trial.status == TrialStatus::kSkipped;
}

}  // namespace

std::string trialNote(int search, int trial) {
  return "search " + std::to_string(search) + ", trial " + std::to_string(trial);
}

SearchTrials::SearchTrials(const Project& project, TuningListener& listener, std::stop_token stop)
    : m_project(project), m_listener(listener), m_stop(std::move(stop)) {}

TrialOutcome SearchTrials::run(const Search& search, SearchTrial& trial, const SearchTask& task,
                               const std::function<void()>& save) {
  if (m_stop.stop_requested()) throw Cancelled();
  follow(search, trial, task);
  m_listener.onTrialStarted(search, trial, task);
  const bool begun = findRun(search, trial);
  try {
    return train(search, trial, task, save);
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& error) {
    if (isOfTheDisk(error)) throw;
    const bool built = begun || (trial.run != 0 && m_project.catalogue().run(trial.run).steps > 0);
    return {.status = built ? TrialStatus::kFailed : TrialStatus::kSkipped,
            .seconds = trial.run != 0 ? m_project.catalogue().run(trial.run).seconds : 0,
            .reason = describe(error)};
  }
}

void SearchTrials::ended(const Search& search, const SearchTrial& trial) {
  m_listener.onTrialEnded(search, trial);
}

/// Whether the trial has a run in the project. One that was killed just after it had made its run left it behind
/// unrecorded, but for its note.
bool SearchTrials::findRun(const Search& search, SearchTrial& trial) const {
  const std::string note = trialNote(search.number, trial.number);
  const std::vector<RunInfo> runs = m_project.catalogue().runs();
  const auto found = std::ranges::find_if(runs, [&](const RunInfo& run) {
    return trial.run != 0 ? run.number == trial.run : run.note == note && run.preset == search.plan.preset;
  });
  trial.run = found == runs.end() ? 0 : found->number;  // a run that the user has deleted is made again
  return trial.run != 0;
}

std::unique_ptr<TrainingSession> SearchTrials::open(const Search& search, const SearchTrial& trial,
                                                    const SearchTask& task) {
  JobMonitor monitor(m_stop, {});
  if (trial.run != 0) {
    return TrainingSession::resume(m_project, {.run = trial.run, .steps = task.steps, .epochs = {}, .minutes = {}},
                                   *this, monitor);
  }
  TrainingRequest request;
  request.preset = search.plan.preset;
  request.settings = search.plan.settings;
  request.settings.update(trial.settings);
  request.steps = task.steps;
  request.seed = trial.seed;
  request.device = search.plan.device;
  request.precision = search.plan.precision;
  request.note = trialNote(search.number, trial.number);
  return TrainingSession::start(m_project, request, *this, monitor);
}

TrialOutcome SearchTrials::train(const Search& search, SearchTrial& trial, const SearchTask& task,
                                 const std::function<void()>& save) {
  if (trial.run != 0) {
    const RunInfo run = m_project.catalogue().run(trial.run);
    const auto newest = newestCheckpoint(m_project, run);
    if (newest && newest->step >= task.steps) return judged(search, trial, task);  // killed just before it was recorded
  }
  const std::unique_ptr<TrainingSession> session = open(search, trial, task);
  trial.run = session->run();
  {
    const std::lock_guard lock(m_mutex);
    m_progress.run = trial.run;
  }
  save();
  bool reached = false;
  {
    const std::stop_callback stopping(m_stop, [&session] { session->stop(); });
    reached = session->wait().reachedTarget;
  }
  if (!reached) throw Cancelled();
  return judged(search, trial, task);
}

TrialOutcome SearchTrials::judged(const Search& search, const SearchTrial& trial, const SearchTask& task) const {
  const Catalogue catalogue = m_project.catalogue();
  return {.status = TrialStatus::kFinished,
          .objective = lastValue(catalogue.metrics(trial.run), search.plan.objective, task.steps),
          .seconds = catalogue.run(trial.run).seconds};
}

/// The disk is full, the database locked, somebody else trains the run: it is not the settings' fault, and the next
/// trial would end the same way. What broke down in training names a checkpoint to go on from, which is there.
bool SearchTrials::isOfTheDisk(const Error& error) const {
  const std::filesystem::path& file = error.file();
  if (file.empty()) return false;
  return !std::filesystem::exists(file) || file.extension() != ".safetensors";
}

void SearchTrials::follow(const Search& search, const SearchTrial& trial, const SearchTask& task) {
  const std::lock_guard lock(m_mutex);
  m_progress = {.search = search.number,
                .task = task,
                .run = trial.run,
                .trials = search.plan.trials,
                .judged = static_cast<int>(std::ranges::count_if(search.trials, isJudged))};
  if (const SearchTrial* best = search.best()) m_progress.best = *best;
  m_expectedSteps = expectedSteps(search.plan);
  m_otherSteps = 0;
  m_otherSeconds = search.seconds() - trial.seconds;
  for (const SearchTrial& other : search.trials) {
    if (other.number != trial.number) m_otherSteps += stepsCounted(search, other);
  }
}

void SearchTrials::onProgress(const TrainingProgress& progress) {
  TuningProgress now;
  {
    const std::lock_guard lock(m_mutex);
    m_progress.training = progress;
    const std::int64_t done = m_otherSteps + progress.step;
    const double seconds = m_otherSeconds + progress.seconds;
    if (done > 0 && seconds > 0) {
      const std::int64_t left = std::max(m_expectedSteps - done, m_progress.task.steps - progress.step);
      m_progress.secondsLeft =
          static_cast<double>(std::max<std::int64_t>(0, left)) * seconds / static_cast<double>(done);
    }
    now = m_progress;
  }
  m_listener.onProgress(now);
}

void SearchTrials::onPreview(const Preview& preview) {
  m_listener.onPreview(preview);
}

}  // namespace loom
