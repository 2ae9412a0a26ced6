// Searching for settings in a project: trials are ordinary runs, the search's record is in the catalogue.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/search/scheduler.h"
#include "core/training/telemetry.h"

namespace loom {

struct TuningRequest {
  std::string preset = {};
  SearchMethod method = SearchMethod::kRandom;
  int trials = 10;
  Json settings = Json::object();        ///< the same in all trials: what differs from the preset's defaults
  SearchSpace space = {};                ///< empty: what the preset comes with, but for what `settings` fixes
  std::optional<std::int64_t> steps;     ///< a whole trial's length; none: the preset's epochs
  std::optional<std::int64_t> shortest;  ///< hyperband: steps before the first judgement; none: a 27th of `steps`
  std::uint64_t seed = 0;                ///< the same seed gives the same trials
  std::string device = "auto";
  std::string precision = "auto";
  std::string objective = {};  ///< the metric to bring down; empty: the preset's
};

/// How a search stands, about ten times a second.
struct TuningProgress {
  int search = 0;
  SearchTask task = {};  ///< the trial under way and how far it is to go
  int run = 0;           ///< its run
  int trials = 0;        ///< of the search
  int judged = 0;        ///< trials that have been judged at least once, failed or were skipped
  TrainingProgress training = {};
  std::optional<SearchTrial> best = {};  ///< so far
  double secondsLeft = -1;               ///< of the whole search, an estimate; negative: unknown
};

/// onProgress and onPreview are called on a training thread, the others on the thread of runSearch.
class TuningListener {
 public:
  virtual ~TuningListener() = default;
  virtual void onTrialStarted(const Search&, const SearchTrial&, const SearchTask&) {}  ///< or taken up again
  virtual void onProgress(const TuningProgress&) {}
  virtual void onPreview(const Preview&) {}                        ///< of the trial under way
  virtual void onTrialEnded(const Search&, const SearchTrial&) {}  ///< judged, failed or skipped
};

/// Throws Error for whatever of the request is wrong in any project: an unknown preset, setting or metric, a space that
/// does not fit, lengths that are none, a device that is not there.
void checkTuningRequest(const TuningRequest& request);
/// Checks the request and records a new search; nothing is trained yet. Returns its number. Throws Error as
/// above, and for too few sprites; nothing is recorded then.
int beginSearch(const Project& project, const TuningRequest& request);
/// The newest unfinished search of exactly this request, if there is one. Throws Error as beginSearch does.
std::optional<int> unfinishedSearch(const Project& project, const TuningRequest& request);

/// Begins or goes on with a search and blocks until it is finished or `stop` asks for a stop (a checkpoint is written
/// first, and the search can go on later). Killed anywhere, it loses what a run loses: the part of one trial since its
/// last checkpoint. Returns the search as it then stands. Throws Error when the search is under way already, the
/// project cannot be written to, or not one trial could be trained.
Search runSearch(const Project& project, int number, TuningListener& listener, const std::stop_token& stop);

/// All searches of a project, oldest first; those that are damaged are left out.
std::vector<Search> searches(const Project& project);
/// Throws Error when there is none of that number, or when it is damaged.
Search findSearch(const Project& project, int number);
/// Whether a search of the project is under way, here or in another program.
bool isSearchRunning(const Project& project);
/// Forgets a search. Its runs stay. Throws Error while it is under way.
void removeSearch(const Project& project, int number);

/// The runs of trials that lost and are in the project still: all but the best trial's. To be removed when the user
/// says so; nothing here deletes a run, and until then a trial keeps its newest checkpoint alone.
std::vector<int> losingRuns(const Project& project, const Search& search);

}  // namespace loom
