#include "tests/trust/training_check.h"

#include <cstring>
#include <map>
#include <set>

#include "core/base/tensor_file.h"
#include "core/studio/run_bin.h"
#include "core/studio/runs.h"
#include "core/studio/training_session.h"
#include "tests/trust/checks.h"
#include "tests/trust/made.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

std::string nameOf(const RunInfo& run) {
  return "run " + std::to_string(run.number);
}

/// Names of what differs between two files of weights; time spent and the run's number are left out.
std::string difference(const fs::path& found, const fs::path& expected) {
  const TensorFile a = loadTensorFile(found), b = loadTensorFile(expected);
  std::set<std::string> differing;
  for (const auto& [name, tensor] : b.tensors) {
    const auto other = a.tensors.find(name);
    if (other == a.tensors.end() || other->second.bytes != tensor.bytes) differing.insert(name);
  }
  for (const auto& [name, tensor] : a.tensors) {
    if (!b.tensors.contains(name)) differing.insert(name);
  }
  for (const auto& [name, value] : b.metadata) {
    const auto other = a.metadata.find(name);
    const bool same = other != a.metadata.end() && other->second == value;
    if (!same && name != "seconds" && name != "run") differing.insert(name);
  }
  std::string list;
  for (const std::string& name : differing) list += (list.empty() ? "" : ", ") + name;
  return list;
}

/// Rows are compared where both have them; returns how many are missing.
std::int64_t compareMetrics(const MetricSeries& found, const MetricSeries& expected) {
  std::map<std::int64_t, std::vector<float>> rows;
  for (const MetricRow& row : found.rows) rows[row.step] = row.values;
  std::int64_t missing = 0;
  for (const MetricRow& row : expected.rows) {
    const auto other = rows.find(row.step);
    if (other == rows.end()) {
      ++missing;
    } else if (other->second.size() != row.values.size() ||
               std::memcmp(other->second.data(), row.values.data(), row.values.size() * sizeof(float)) != 0) {
      throw Broken("the metrics of step " + std::to_string(row.step) + " differ");
    }
  }
  return missing;
}

}  // namespace

void makeReference(const Project& reference) {
  addTrainingSprites(reference);
  for (int kind = 0; kind < kTrainingKinds; ++kind) {
    TrainingListener nobody;
    JobMonitor monitor;
    TrainingSession::start(reference, madeTraining(kind), nobody, monitor)->wait();
  }
}

bool checkRun(const Project& project, const PromisedRun& promised) {
  recoverRuns(project);
  const Catalogue catalogue = project.catalogue();
  for (const RunInfo& run : catalogue.runs()) {
    if (run.status == RunStatus::kRunning || run.status == RunStatus::kPaused) {
      throw Broken(nameOf(run) + " is said to run, and nobody trains it");
    }
    const auto newest = newestCheckpoint(project, run);
    if (newest) loadRunModel(project, run);
    const bool holds = run.status == RunStatus::kFinished || run.steps == (newest ? newest->step : 0);
    if (!holds) throw Broken(nameOf(run) + " is said to be at step " + std::to_string(run.steps));
  }
  if (promised.number == 0) return false;
  const RunInfo run = catalogue.run(promised.number);
  const auto newest = newestCheckpoint(project, run);
  const std::int64_t step = newest ? newest->step : 0;
  if (step < promised.checkpoint) {
    throw Broken(nameOf(run) + " lost its checkpoint of step " + std::to_string(promised.checkpoint) +
                 "; its newest is of step " + std::to_string(step));
  }
  if (promised.finished && run.status != RunStatus::kFinished) throw Broken(nameOf(run) + " had finished");
  std::set<std::int64_t> recorded;
  for (const MetricRow& row : catalogue.metrics(run.number).rows) recorded.insert(row.step);
  if (promised.checkpoint > 0 && !recorded.contains(promised.checkpoint)) {
    throw Broken(nameOf(run) + " lost the metrics of step " + std::to_string(promised.checkpoint));
  }
  return run.status == RunStatus::kFinished;
}

int runBegunInSilence(const Project& project, int lastKnown) {
  Catalogue catalogue = project.catalogue();
  const auto last = catalogue.lastRun();
  if (!last || last->number <= lastKnown) return 0;
  const fs::path folder = project.runFolder(*last);
  if (fs::exists(folder / "recipe.json") && fs::exists(folder / "sprites.json")) return last->number;
  binRuns(project, catalogue, {&last->number, 1});
  removeRunForGood(project, last->number);
  return 0;
}

std::int64_t finishToTheBit(const Project& project, int number, const Project& reference, int kind) {
  TrainingListener nobody;
  JobMonitor monitor;
  const Catalogue catalogue = project.catalogue();
  if (catalogue.run(number).status != RunStatus::kFinished) {
    ResumeRequest onward;
    onward.run = number;
    TrainingSession::resume(project, onward, nobody, monitor)->wait();
  }
  const RunInfo run = catalogue.run(number);
  const RunInfo whole = reference.catalogue().run(1 + kind);
  const std::string differing =
      difference(newestCheckpoint(project, run)->file, newestCheckpoint(reference, whole)->file);
  if (!differing.empty()) throw Broken(nameOf(run) + " did not go on to the bit; different are: " + differing);
  const auto best = checkpointOf(project, run, Weights::kBest);
  const std::string other = difference(best->file, checkpointOf(reference, whole, Weights::kBest)->file);
  if (!other.empty()) throw Broken(nameOf(run) + " kept another best model; different are: " + other);
  return compareMetrics(catalogue.metrics(number), reference.catalogue().metrics(1 + kind));
}

}  // namespace loom::trust
