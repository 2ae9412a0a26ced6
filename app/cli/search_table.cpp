#include "app/cli/search_table.h"

#include <algorithm>
#include <cmath>

#include "app/cli/table.h"

namespace loom::cli {
namespace {

std::string textOf(const Json& value) {
  if (value.is_number_float()) return valueText(value.get<double>());
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<const SearchTrial*> bestFirst(const Search& search) {
  std::vector<const SearchTrial*> trials;
  for (const SearchTrial& trial : search.trials) trials.push_back(&trial);
  std::ranges::stable_sort(trials, [](const SearchTrial* a, const SearchTrial* b) {
    const bool known = std::isfinite(a->objective());
    if (known != std::isfinite(b->objective())) return known;
    return known && a->objective() < b->objective();
  });
  return trials;
}

std::vector<TableRow> rowsOf(const Search& search) {
  TableRow head = {"trial", "run"};
  for (const SearchRange& range : search.plan.space.ranges()) head.push_back(range.setting);
  for (const std::string& word : {std::string("steps"), search.plan.objective, std::string("")}) head.push_back(word);
  std::vector<TableRow> rows = {head};
  for (const SearchTrial* trial : bestFirst(search)) {
    TableRow row = {std::to_string(trial->number), trial->run != 0 ? std::to_string(trial->run) : "-"};
    for (const SearchRange& range : search.plan.space.ranges()) {
      row.push_back(textOf(trial->settings.value(range.setting, Json("-"))));
    }
    row.push_back(std::to_string(trial->steps()));
    row.push_back(valueText(trial->objective()));
    row.emplace_back(trialStatusName(trial->status));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string verdict(const Search& search) {
  const std::string number = std::to_string(search.number);
  const SearchTrial* best = search.best();
  std::string text = search.finished() ? "Search " + number + " done"
                                       : "Search " + number + " stopped; the same command again goes on with it";
  if (best == nullptr) return text;
  return text + "\nBest: trial " + std::to_string(best->number) + ", run " + std::to_string(best->run) + ", " +
         search.plan.objective + " " + valueText(best->objective()) + " with " + assignments(best->settings);
}

}  // namespace

std::string assignments(const Json& settings) {
  std::string text;
  for (const auto& [name, value] : settings.items()) text += (text.empty() ? "" : ", ") + name + " " + textOf(value);
  return text;
}

Json trialAsJson(const SearchTrial& trial, const SearchPlan& plan) {
  Json results = Json::array();
  for (const TrialResult& result : trial.results) {
    results.push_back({{"steps", result.steps}, {"value", result.objective}, {"order", result.order}});
  }
  return {{"trial", trial.number},
          {"run", trial.run != 0 ? Json(trial.run) : Json()},
          {"settings", trial.settings},
          {"objective", plan.objective},
          {"value", trial.objective()},
          {"steps", trial.steps()},
          {"status", trialStatusName(trial.status)},
          {"seconds", trial.seconds},
          {"reason", trial.reason},
          {"results", results}};
}

void showResult(const Search& search, Output& output) {
  showTable(rowsOf(search), output);
  Json trials = Json::array();
  for (const SearchTrial& trial : search.trials) trials.push_back(trialAsJson(trial, search.plan));
  const SearchTrial* best = search.best();
  output.done(verdict(search), {{"search", search.number},
                                {"objective", search.plan.objective},
                                {"best", best != nullptr ? trialAsJson(*best, search.plan) : Json()},
                                {"trials", trials},
                                {"seconds", search.seconds()},
                                {"stopped", !search.finished()}});
}

}  // namespace loom::cli
