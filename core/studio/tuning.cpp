#include "core/studio/tuning.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/studio/run_length.h"
#include "core/studio/runs.h"
#include "core/studio/search_records.h"
#include "core/studio/search_trials.h"
#include "core/training/trainer.h"

namespace loom {
namespace {

constexpr double kHeldOut = .1;              // of the characters, where a preset trains on all of them
constexpr std::int64_t kShortestShare = 27;  // hyperband's first judgement comes after so small a part of a trial

/// What a trial needs that an ordinary run does not, unless the user has said otherwise: a judgement on sprites it has
/// not seen, and one checkpoint to go on from instead of a history of them.
void addTrialSettings(const SettingsSchema& schema, const SearchSpace& space, Json& settings) {
  const auto add = [&](const char* name, const Json& value, bool wanted) {
    if (wanted && schema.find(name) && !settings.contains(name) && !space.find(name)) settings[name] = value;
  };
  const Setting* heldOut = schema.find("held_out");
  add("held_out", kHeldOut, heldOut != nullptr && heldOut->fallback == 0);
  add("keep_checkpoints", 1, true);
}

SearchSpace spaceFor(const Preset& preset, const TuningRequest& request) {
  if (request.space.empty()) {
    SearchSpace space = readyMadeSpace(preset);
    for (const auto& [name, value] : request.settings.items()) space.remove(name);
    return space;
  }
  for (const auto& [name, value] : request.settings.items()) {
    if (request.space.find(name)) {
      throw Error("'" + name + "' is both set and searched", "leave out one of the two");
    }
  }
  return request.space;
}

std::string objectiveFor(const Preset& preset, const TuningRequest& request, const Json& settings) {
  const std::string& name = request.objective.empty() ? preset.objective : request.objective;
  const std::vector<std::string> metrics = metricNames(preset.name, settings);
  if (std::ranges::find(metrics, name) != metrics.end()) return name;
  std::string known;
  for (const std::string& metric : metrics) known += (known.empty() ? "" : ", ") + metric;
  throw Error("training " + preset.name + " so measures no '" + name + "'", "its metrics are: " + known);
}

/// The plan as far as it does not depend on the project's sprites.
SearchPlan planOf(const TuningRequest& request) {
  const Preset& chosen = preset(request.preset);
  SearchPlan plan{.preset = chosen.name,
                  .settings = request.settings,
                  .space = spaceFor(chosen, request),
                  .method = request.method,
                  .trials = request.trials,
                  .steps = request.steps.value_or(0),
                  .shortest = request.shortest.value_or(1),
                  .seed = request.seed,
                  .device = request.device,
                  .precision = request.precision};
  addTrialSettings(chosen.schema, plan.space, plan.settings);
  TrainerInput environment;
  environment.preset = plan.preset;
  environment.settings = chosen.schema.complete(plan.settings);
  environment.device = plan.device;
  environment.precision = plan.precision;
  resolveEnvironment(environment);  // throws for a device that is not there
  plan.objective = objectiveFor(chosen, request, environment.settings);
  checkLength(request.steps, {}, {});
  return plan;
}

SearchPlan planFor(const Project& project, const TuningRequest& request) {
  SearchPlan plan = planOf(request);
  const std::int64_t sprites = project.catalogue().usable();
  if (sprites < 2) {
    throw Error("there are too few sprites to train on: " + std::to_string(sprites),
                "import at least 2, better some hundreds, or include those you excluded");
  }
  if (!request.steps) {
    const Preset& chosen = preset(plan.preset);
    plan.steps = usualSteps(chosen, sprites, chosen.schema.complete(plan.settings));
  }
  if (!request.shortest) plan.shortest = std::max<std::int64_t>(1, plan.steps / kShortestShare);
  return plan;
}

/// A search of which nothing came is no result.
void throwIfNothingWorked(const Search& search) {
  if (search.best() != nullptr) return;
  const std::string reason = search.trials.front().reason;
  throw Error("none of the trials of search " + std::to_string(search.number) + " could be trained: " + reason,
              "train one run by hand first, then search around its settings");
}

}  // namespace

void checkTuningRequest(const TuningRequest& request) {
  SearchPlan plan = planOf(request);
  if (!request.steps) plan.steps = plan.shortest;  // the sprites will say
  checkPlan(plan);
}

int beginSearch(const Project& project, const TuningRequest& request) {
  Search search = Search::begin(planFor(project, request));
  Catalogue catalogue = project.catalogue();
  addSearchRecord(catalogue, search);
  return search.number;
}

std::optional<int> unfinishedSearch(const Project& project, const TuningRequest& request) {
  const Json plan = planFor(project, request).toJson();
  const std::vector<Search> all = searches(project);
  const auto found = std::find_if(all.rbegin(), all.rend(), [&plan](const Search& search) {
    return search.plan.toJson() == plan && !search.finished();
  });
  return found == all.rend() ? std::nullopt : std::optional(found->number);
}

Search runSearch(const Project& project, int number, TuningListener& listener, const std::stop_token& stop) {
  const SearchLock lock(project);
  recoverRuns(project);
  Catalogue catalogue = project.catalogue();
  Search search = readSearchRecord(catalogue, number);
  SearchTrials trials(project, listener, stop);
  try {
    runTrials(search, trials, [&catalogue](const Search& state) { updateSearchRecord(catalogue, state); });
  } catch (const Cancelled&) {
    return search;
  }
  throwIfNothingWorked(search);
  return search;
}

std::vector<Search> searches(const Project& project) {
  return readSearchRecords(project.catalogue());
}

Search findSearch(const Project& project, int number) {
  return readSearchRecord(project.catalogue(), number);
}

bool isSearchRunning(const Project& project) {
  return SearchLock::isHeld(project);
}

void removeSearch(const Project& project, int number) {
  const SearchLock lock(project);
  Catalogue catalogue = project.catalogue();
  readSearchRecord(catalogue, number);
  dropSearchRecord(catalogue, number);
}

std::vector<int> losingRuns(const Project& project, const Search& search) {
  const SearchTrial* best = search.best();
  std::vector<int> losers;
  for (const RunInfo& run : project.catalogue().runs()) {
    const bool ofTrial = std::ranges::find(search.trials, run.number, &SearchTrial::run) != search.trials.end();
    if (ofTrial && (best == nullptr || run.number != best->run)) losers.push_back(run.number);
  }
  return losers;
}

}  // namespace loom
