#include "tests/search/sample_plan.h"

#include <cmath>

namespace loom {

SearchPlan samplePlan(SearchMethod method, int trials, std::int64_t steps, std::uint64_t seed) {
  return {.preset = "dcgan",
          .objective = "distance",
          .space = SearchSpace(preset("dcgan").schema, {{"lr", "1e-5..1e-1:log"}}),
          .method = method,
          .trials = trials,
          .steps = steps,
          .seed = seed};
}

double sampleLoss(const SearchTrial& trial, std::int64_t steps, std::int64_t whole) {
  const double above = std::log10(trial.settings.at("lr").get<double>()) + 3.3;
  const double speed = 4 + .5 * above;  // large rates look better at first than they are in the end
  return std::abs(above) + 2 * std::exp(-speed * static_cast<double>(steps) / static_cast<double>(whole));
}

TrialOutcome FormulaRunner::run(const Search& /*search*/, SearchTrial& trial, const SearchTask& task,
                                const std::function<void()>& save) {
  tasks.push_back(task);
  if (trial.run == 0) trial.run = 100 + trial.number;
  save();
  steps += task.steps - trial.steps();
  return m_formula(trial, task);
}

FormulaRunner sampleRunner(std::int64_t whole) {
  return FormulaRunner([whole](const SearchTrial& trial, const SearchTask& task) {
    return TrialOutcome{.objective = sampleLoss(trial, task.steps, whole), .seconds = static_cast<double>(task.steps)};
  });
}

Search searched(SearchPlan plan, FormulaRunner& runner) {
  Search search = Search::begin(std::move(plan));
  runTrials(search, runner, [](const Search&) {});
  return search;
}

}  // namespace loom
