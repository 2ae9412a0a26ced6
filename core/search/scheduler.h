// What a search does next, and the loop that does it. Every decision follows from the search's recorded state alone, so
// that one that was interrupted anywhere goes on as if it had not been.
//
// Random search trains every trial for its whole length (Bergstra and Bengio 2012). Hyperband (Li et al. 2018) trains
// many a little and few for long: trials are judged after steps / 27, / 9, / 3 … ("rungs"), and the best third of those
// judged at a rung goes on to the next. Promotions are decided as results come in, without waiting for the whole rung
// (ASHA, Li et al. 2020), with one trial training at a time. Hyperband's brackets, which begin at later and later rungs
// in case early results mislead, are gone through in turn.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/search/search.h"

namespace loom {

inline constexpr int kHalving = 3;  ///< one in so many is promoted, and trained so many times as long

/// The lengths at which trials are judged, ascending; the last is the plan's. As many as the plan's trials and shortest
/// length allow; one alone for random search.
std::vector<std::int64_t> rungSteps(const SearchPlan& plan);
/// The rung at which each of the plan's trials is judged first: Hyperband's brackets, in turn.
std::vector<int> firstRungs(const SearchPlan& plan);
/// About how many training steps the whole search takes when nothing fails.
std::int64_t expectedSteps(const SearchPlan& plan);

struct SearchTask {
  int trial = 0;           ///< its number
  int rung = 0;            ///< to be judged there
  std::int64_t steps = 0;  ///< the trial's total length then
};
/// Nothing when the search is finished.
std::optional<SearchTask> nextTask(const Search& search);

struct TrialOutcome {
  TrialStatus status = TrialStatus::kFinished;  ///< kFinished (the steps are done), kFailed or kSkipped
  double objective = 0;                         ///< when the steps are done; NaN when it was never measured
  double seconds = 0;                           ///< the trial's training time in all
  std::string reason = {};                      ///< why it failed or was skipped
};

/// Trains trials; tests put a formula in its place.
class TrialRunner {
 public:
  virtual ~TrialRunner() = default;
  /// Trains `trial` up to task.steps, from where it is. May set trial.run and call `save` at any time, after which that
  /// is recorded. What it throws ends the search for now (Cancelled for a stop): the same task is done again later.
  virtual TrialOutcome run(const Search& search, SearchTrial& trial, const SearchTask& task,
                           const std::function<void()>& save) = 0;
  virtual void ended(const Search& /*search*/, const SearchTrial& /*trial*/) {}  ///< after each outcome was recorded
};

/// Goes on with the search until it is finished. `save` must put the state where it survives; it is called after every
/// change. Throws what `runner` and `save` throw.
void runTrials(Search& search, TrialRunner& runner, const std::function<void(const Search&)>& save);

}  // namespace loom
