#include "core/search/scheduler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace loom {
namespace {

int topRung(const Search& search) {
  return static_cast<int>(rungSteps(search.plan).size()) - 1;
}

/// What cannot be compared is worst.
double rank(double objective) {
  return std::isfinite(objective) ? objective : std::numeric_limits<double>::infinity();
}

const TrialResult* resultAt(const SearchTrial& trial, int rung) {
  const auto found = std::ranges::find(trial.results, rung, &TrialResult::rung);
  return found == trial.results.end() ? nullptr : &*found;
}

/// The best trial let go at `rung` of the bracket that begins at `firstRung`, if it is among the best third of those
/// judged there.
const SearchTrial* promotable(const Search& search, int firstRung, int rung) {
  std::vector<const SearchTrial*> judged;
  for (const SearchTrial& trial : search.trials) {
    if (trial.firstRung == firstRung && resultAt(trial, rung) != nullptr) judged.push_back(&trial);
  }
  std::ranges::stable_sort(judged, {},
                           [rung](const SearchTrial* trial) { return rank(resultAt(*trial, rung)->objective); });
  judged.resize(judged.size() / kHalving);
  const auto found = std::ranges::find_if(judged, [rung](const SearchTrial* trial) {
    return trial->status == TrialStatus::kStopped && trial->rung == rung;
  });
  return found == judged.end() ? nullptr : *found;
}

const SearchTrial* nextPromotion(const Search& search, int top) {
  for (int rung = top - 1; rung >= 0; --rung) {
    for (int firstRung = 0; firstRung <= rung; ++firstRung) {
      if (const SearchTrial* trial = promotable(search, firstRung, rung)) return trial;
    }
  }
  return nullptr;
}

/// Where too few trials were left to fill a third, the best of them is trained to the end all the same: a search
/// answers with a trial that was seen whole.
const SearchTrial* lastPromotion(const Search& search) {
  const SearchTrial* best = nullptr;
  for (const SearchTrial& trial : search.trials) {
    if (trial.status == TrialStatus::kFinished) return nullptr;
    if (trial.status != TrialStatus::kStopped) continue;
    const bool better = best == nullptr || trial.rung > best->rung ||
                        (trial.rung == best->rung && trial.objective() < best->objective());
    if (better) best = &trial;
  }
  return best;
}

void record(Search& search, SearchTrial& trial, const SearchTask& task, const TrialOutcome& outcome) {
  trial.seconds = outcome.seconds;
  trial.reason = outcome.reason;
  trial.status = outcome.status;
  if (outcome.status == TrialStatus::kSkipped) return;
  const bool failed = outcome.status == TrialStatus::kFailed || !std::isfinite(outcome.objective);
  if (failed && trial.reason.empty()) trial.reason = "'" + search.plan.objective + "' was never a number";
  int order = 1;
  for (const SearchTrial& other : search.trials) order += static_cast<int>(other.results.size());
  trial.results.push_back({.rung = task.rung,
                           .steps = task.steps,
                           .objective = failed ? std::numeric_limits<double>::quiet_NaN() : outcome.objective,
                           .order = order,
                           .seconds = search.seconds()});
  trial.status = failed                        ? TrialStatus::kFailed
                 : task.rung < topRung(search) ? TrialStatus::kStopped
                                               : TrialStatus::kFinished;
}

}  // namespace

std::vector<std::int64_t> rungSteps(const SearchPlan& plan) {
  std::vector<std::int64_t> rungs = {plan.steps};
  if (plan.method == SearchMethod::kRandom) return rungs;
  for (std::int64_t part = kHalving; part <= plan.trials && plan.steps >= plan.shortest * part; part *= kHalving) {
    rungs.insert(rungs.begin(), (plan.steps + part / 2) / part);
  }
  return rungs;
}

std::vector<int> firstRungs(const SearchPlan& plan) {
  const int top = static_cast<int>(rungSteps(plan).size()) - 1;
  std::vector<int> rungs;
  while (std::ssize(rungs) < plan.trials) {
    for (int first = 0; first <= top; ++first) {  // Hyperband's s is top - first
      const double share = static_cast<double>(top + 1) / (top - first + 1) * std::pow(kHalving, top - first);
      rungs.insert(rungs.end(), static_cast<std::size_t>(std::ceil(share)), first);
    }
  }
  rungs.resize(static_cast<std::size_t>(plan.trials));
  return rungs;
}

std::int64_t expectedSteps(const SearchPlan& plan) {
  const std::vector<std::int64_t> rungs = rungSteps(plan);
  const std::vector<int> firsts = firstRungs(plan);
  std::int64_t steps = 0;
  for (std::size_t first = 0; first < rungs.size(); ++first) {
    std::int64_t trials = std::ranges::count(firsts, static_cast<int>(first));
    steps += trials * rungs[first];
    for (std::size_t rung = first + 1; rung < rungs.size(); ++rung) {
      trials /= kHalving;
      steps += trials * (rungs[rung] - rungs[rung - 1]);
    }
  }
  return steps;
}

std::optional<SearchTask> nextTask(const Search& search) {
  const std::vector<std::int64_t> rungs = rungSteps(search.plan);
  const auto task = [&rungs](const SearchTrial& trial, int rung) {
    return SearchTask{.trial = trial.number, .rung = rung, .steps = rungs[static_cast<std::size_t>(rung)]};
  };
  const auto inState = [&search](TrialStatus status) {
    return std::ranges::find(search.trials, status, &SearchTrial::status);
  };
  if (const auto trial = inState(TrialStatus::kRunning); trial != search.trials.end()) return task(*trial, trial->rung);
  const SearchTrial* promoted = nextPromotion(search, static_cast<int>(rungs.size()) - 1);
  if (promoted == nullptr) {
    if (const auto trial = inState(TrialStatus::kWaiting); trial != search.trials.end()) {
      return task(*trial, trial->firstRung);
    }
    promoted = lastPromotion(search);
  }
  if (promoted == nullptr) return {};
  return task(*promoted, promoted->rung + 1);
}

void runTrials(Search& search, TrialRunner& runner, const std::function<void(const Search&)>& save) {
  while (const std::optional<SearchTask> task = nextTask(search)) {
    SearchTrial& trial = search.trials[static_cast<std::size_t>(task->trial - 1)];
    trial.status = TrialStatus::kRunning;
    trial.rung = task->rung;
    save(search);
    const TrialOutcome outcome = runner.run(search, trial, *task, [&] { save(search); });
    record(search, trial, *task, outcome);
    save(search);
    runner.ended(search, trial);
  }
}

}  // namespace loom
