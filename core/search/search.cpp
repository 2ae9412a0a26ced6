#include "core/search/search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/search/scheduler.h"

namespace loom {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kDrawing = 20;  // the stream that trials are drawn from

constexpr std::array<std::pair<SearchMethod, std::string_view>, 2> kMethods{
    {{SearchMethod::kRandom, "random"}, {SearchMethod::kHyperband, "hyperband"}}};
constexpr std::array<std::pair<TrialStatus, std::string_view>, 6> kStatuses{{{TrialStatus::kWaiting, "waiting"},
                                                                             {TrialStatus::kRunning, "running"},
                                                                             {TrialStatus::kStopped, "stopped"},
                                                                             {TrialStatus::kFinished, "finished"},
                                                                             {TrialStatus::kFailed, "failed"},
                                                                             {TrialStatus::kSkipped, "skipped"}}};

TrialStatus trialStatusFrom(const std::string& name) {
  const auto found = std::ranges::find(kStatuses, name, [](const auto& entry) { return entry.second; });
  if (found == kStatuses.end()) throw Error("'" + name + "' is not how a trial can stand");
  return found->first;
}

/// JSON has no NaN.
Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}
double numberFrom(const Json& value) {
  return value.is_null() ? kNone : value.get<double>();
}

Json toJson(const TrialResult& result) {
  return {{"rung", result.rung},
          {"steps", result.steps},
          {"objective", numberOrNull(result.objective)},
          {"order", result.order},
          {"seconds", result.seconds}};
}

TrialResult resultFrom(const Json& json) {
  return {.rung = json.at("rung"),
          .steps = json.at("steps"),
          .objective = numberFrom(json.at("objective")),
          .order = json.at("order"),
          .seconds = json.at("seconds")};
}

Json toJson(const SearchTrial& trial) {
  Json results = Json::array();
  for (const TrialResult& result : trial.results) results.push_back(toJson(result));
  return {{"trial", trial.number},
          {"settings", trial.settings},
          {"seed", trial.seed},
          {"first_rung", trial.firstRung},
          {"status", trialStatusName(trial.status)},
          {"run", trial.run},
          {"rung", trial.rung},
          {"seconds", trial.seconds},
          {"reason", trial.reason},
          {"results", results}};
}

SearchTrial trialFrom(const Json& json, int rungs) {
  SearchTrial trial{.number = json.at("trial"),
                    .settings = json.at("settings"),
                    .seed = json.at("seed"),
                    .firstRung = json.at("first_rung"),
                    .status = trialStatusFrom(json.at("status")),
                    .run = json.at("run"),
                    .rung = json.at("rung"),
                    .seconds = json.at("seconds"),
                    .reason = json.at("reason")};
  for (const Json& result : json.at("results")) trial.results.push_back(resultFrom(result));
  for (const int rung : {trial.firstRung, trial.rung}) {
    if (rung < 0 || rung >= rungs) throw Error("a trial is at a rung that is not there");
  }
  return trial;
}

/// What `read` makes of the record, or an Error that says whose it is.
template <class Read>
auto fromRecord(Read read) {
  const std::string hint = "the record is damaged: its runs are whole, but the search cannot go on";
  try {
    return read();
  } catch (const Error& problem) {
    throw Error(std::string("a search's record cannot be read: ") + problem.what(), hint);
  } catch (const Json::exception& problem) {
    throw Error(std::string("a search's record cannot be read: ") + problem.what(), hint);
  }
}

}  // namespace

std::string_view searchMethodName(SearchMethod method) {
  return std::ranges::find(kMethods, method, [](const auto& entry) { return entry.first; })->second;
}

SearchMethod searchMethodFrom(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, [](const auto& entry) { return entry.second; });
  if (found == kMethods.end()) {
    throw Error("there is no search method '" + std::string(name) + "'", "the methods are: random, hyperband");
  }
  return found->first;
}

std::string_view trialStatusName(TrialStatus status) {
  return std::ranges::find(kStatuses, status, [](const auto& entry) { return entry.first; })->second;
}

void checkPlan(const SearchPlan& plan) {
  if (plan.space.empty()) {
    throw Error("nothing says which settings to search", "give at least one range, such as lr=1e-5..1e-3:log");
  }
  if (plan.trials < 1 || plan.trials > kMostTrials) {
    throw Error("a search cannot have " + std::to_string(plan.trials) + " trials",
                "give a number from 1 to " + std::to_string(kMostTrials));
  }
  if (plan.steps < 1) throw Error("a trial has at least one step");
  if (plan.shortest < 1 || plan.shortest > plan.steps) {
    throw Error(
        "a trial of " + std::to_string(plan.steps) + " steps cannot be judged after " + std::to_string(plan.shortest),
        "give the shortest length as a number from 1 to that of a whole trial");
  }
}

Json SearchPlan::toJson() const {
  return {{"preset", preset},
          {"objective", objective},
          {"settings", settings},
          {"space", space.toJson()},
          {"method", searchMethodName(method)},
          {"trials", trials},
          {"steps", steps},
          {"shortest", shortest},
          {"seed", seed},
          {"device", device},
          {"precision", precision}};
}

SearchPlan SearchPlan::fromJson(const Json& json) {
  return fromRecord([&json] {
    SearchPlan plan{.preset = json.at("preset"),
                    .objective = json.at("objective"),
                    .settings = json.at("settings"),
                    .method = searchMethodFrom(json.at("method").get<std::string>()),
                    .trials = json.at("trials"),
                    .steps = json.at("steps"),
                    .shortest = json.at("shortest"),
                    .seed = json.at("seed"),
                    .device = json.at("device"),
                    .precision = json.at("precision")};
    plan.space = SearchSpace(loom::preset(plan.preset).schema, json.at("space"));
    checkPlan(plan);
    return plan;
  });
}

double SearchTrial::objective() const {
  return results.empty() ? kNone : results.back().objective;
}

std::int64_t SearchTrial::steps() const {
  return results.empty() ? 0 : results.back().steps;
}

Search Search::begin(SearchPlan plan) {
  checkPlan(plan);
  Search search;
  RandomStream random(plan.seed, kDrawing);
  const std::vector<int> rungs = firstRungs(plan);
  const auto different = static_cast<std::size_t>(plan.space.count().value_or(std::numeric_limits<int>::max()));
  std::set<std::string> drawn;
  std::uint64_t seed = plan.seed;
  while (std::ssize(search.trials) < plan.trials) {
    if (drawn.size() == different) {
      drawn.clear();
      ++seed;
    }
    Json settings = plan.space.draw(random);
    if (!drawn.insert(settings.dump()).second) continue;
    const auto index = search.trials.size();
    search.trials.push_back({.number = static_cast<int>(index) + 1,
                             .settings = std::move(settings),
                             .seed = seed,
                             .firstRung = rungs[index],
                             .rung = rungs[index]});
  }
  search.plan = std::move(plan);
  return search;
}

bool Search::finished() const {
  return !nextTask(*this);
}

const SearchTrial* Search::best() const {
  const SearchTrial* best = nullptr;
  for (const SearchTrial& trial : trials) {
    const double objective = trial.objective();
    if (std::isfinite(objective) && (best == nullptr || objective < best->objective())) best = &trial;
  }
  return best;
}

double Search::seconds() const {
  double sum = 0;
  for (const SearchTrial& trial : trials) sum += trial.seconds;
  return sum;
}

Json Search::toJson() const {
  Json list = Json::array();
  for (const SearchTrial& trial : trials) list.push_back(loom::toJson(trial));
  return {{"search", number}, {"plan", plan.toJson()}, {"trials", list}, {"created", created}};
}

Search Search::fromJson(const Json& json) {
  return fromRecord([&json] {
    Search search{
        .number = json.at("search"), .plan = SearchPlan::fromJson(json.at("plan")), .created = json.at("created")};
    const auto rungs = static_cast<int>(rungSteps(search.plan).size());
    for (const Json& trial : json.at("trials")) {
      search.trials.push_back(trialFrom(trial, rungs));
      if (search.trials.back().number != std::ssize(search.trials)) throw Error("its trials are not in order");
    }
    if (std::ssize(search.trials) != search.plan.trials) throw Error("some of its trials are missing");
    return search;
  });
}

std::vector<TrialResult> bestSoFar(const Search& search) {
  std::vector<TrialResult> results;
  for (const SearchTrial& trial : search.trials) {
    std::ranges::copy_if(trial.results, std::back_inserter(results),
                         [](const TrialResult& result) { return std::isfinite(result.objective); });
  }
  std::ranges::sort(results, {}, &TrialResult::order);
  double lowest = std::numeric_limits<double>::infinity();
  std::erase_if(results, [&lowest](const TrialResult& result) {
    if (result.objective >= lowest) return true;
    lowest = result.objective;
    return false;
  });
  return results;
}

}  // namespace loom
