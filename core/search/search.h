// A search for settings as a value: what is looked for, the trials there are, how far each has come.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/search_space.h"

namespace loom {

inline constexpr int kMostTrials = 10'000;  ///< of one search

enum class SearchMethod { kRandom, kHyperband };
std::string_view searchMethodName(SearchMethod method);  ///< "random", "hyperband"
/// Throws Error naming the methods there are.
SearchMethod searchMethodFrom(std::string_view name);

/// What is looked for. It never changes once the search has begun.
struct SearchPlan {
  std::string preset = {};
  std::string objective = {};      ///< the metric to bring down
  Json settings = Json::object();  ///< the same in all trials: what differs from the preset's defaults
  SearchSpace space = {};
  SearchMethod method = SearchMethod::kRandom;
  int trials = 0;
  std::int64_t steps = 0;     ///< a whole trial's length
  std::int64_t shortest = 1;  ///< hyperband: no trial is judged by fewer steps
  std::uint64_t seed = 0;
  std::string device = "auto";
  std::string precision = "auto";

  Json toJson() const;
  static SearchPlan fromJson(const Json& json);  ///< Throws Error when it is damaged.
};

/// Throws Error when the plan is none: no settings to search, no trials, lengths that do not fit each other.
void checkPlan(const SearchPlan& plan);

enum class TrialStatus {
  kWaiting,   ///< not begun
  kRunning,   ///< on the way to its next judgement (also while the search itself is interrupted)
  kStopped,   ///< let go early, for now: it may be taken up again
  kFinished,  ///< trained for its whole length
  kFailed,    ///< broke down: counts as worst
  kSkipped    ///< could not be built: counts for nothing
};
std::string_view trialStatusName(TrialStatus status);  ///< "waiting", …

/// A trial's objective at one of the lengths at which trials are compared.
struct TrialResult {
  int rung = 0;            ///< which of rungSteps (scheduler.h)
  std::int64_t steps = 0;  ///< its length then
  double objective = 0;    ///< NaN when it broke down or was never measured
  int order = 0;           ///< the how-manieth result of the search, from 1
  double seconds = 0;      ///< training time of the whole search until then
};

struct SearchTrial {
  int number = 0;                  ///< from 1
  Json settings = Json::object();  ///< of the settings searched
  std::uint64_t seed = 0;          ///< of its run
  int firstRung = 0;               ///< where it is judged first
  TrialStatus status = TrialStatus::kWaiting;
  int run = 0;              ///< the run's number; 0 before it has one
  int rung = 0;             ///< the one it is on its way to, or was judged at last
  double seconds = 0;       ///< spent training
  std::string reason = {};  ///< why it failed or was skipped
  std::vector<TrialResult> results = {};

  /// The last result's objective, NaN when there is none.
  double objective() const;
  std::int64_t steps() const;  ///< of the last result; 0 when there is none
};

struct Search {
  int number = 0;  ///< from 1, within the project
  SearchPlan plan = {};
  std::vector<SearchTrial> trials = {};
  std::string created = {};  ///< ISO 8601, UTC

  /// Every trial drawn: the same plan always has the same trials. A space with fewer values than trials is gone through
  /// once before any is repeated, with another seed for its run. Throws Error for a plan that is none.
  static Search begin(SearchPlan plan);

  bool finished() const;
  /// The trial with the lowest last objective; nothing while there is none.
  const SearchTrial* best() const;
  double seconds() const;  ///< of all trials' training

  Json toJson() const;
  static Search fromJson(const Json& json);  ///< Throws Error when it is damaged.
};

/// The lowest objective so far after each result that lowered it, in the order they came.
std::vector<TrialResult> bestSoFar(const Search& search);

}  // namespace loom
