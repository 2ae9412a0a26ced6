// Searches whose trials are a formula instead of training.
#pragma once

#include <functional>
#include <vector>

#include "core/search/scheduler.h"

namespace loom {

/// A search for dcgan's learning rate, between 1e-5 and 1e-1.
SearchPlan samplePlan(SearchMethod method, int trials, std::int64_t steps, std::uint64_t seed = 1);

/// How far the trial's learning rate is from the best, in powers of ten, plus what training has not brought down yet.
double sampleLoss(const SearchTrial& trial, std::int64_t steps, std::int64_t whole);

/// Answers each task with a formula and remembers what it was asked.
class FormulaRunner final : public TrialRunner {
 public:
  using Formula = std::function<TrialOutcome(const SearchTrial&, const SearchTask&)>;
  explicit FormulaRunner(Formula formula) : m_formula(std::move(formula)) {}

  TrialOutcome run(const Search& search, SearchTrial& trial, const SearchTask& task,
                   const std::function<void()>& save) override;

  std::vector<SearchTask> tasks;
  std::int64_t steps = 0;  ///< trained in all

 private:
  Formula m_formula;
};

/// The formula above, always finished.
FormulaRunner sampleRunner(std::int64_t whole);

/// The whole search in one go.
Search searched(SearchPlan plan, FormulaRunner& runner);

}  // namespace loom
