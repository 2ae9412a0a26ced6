#include "core/search/scheduler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "tests/search/sample_plan.h"

namespace loom {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<int> trialsJudgedAt(const Search& search, int rung) {
  std::vector<int> numbers;
  for (const SearchTrial& trial : search.trials) {
    const bool there = std::ranges::any_of(trial.results, [rung](const TrialResult& r) { return r.rung == rung; });
    if (there) numbers.push_back(trial.number);
  }
  return numbers;
}

/// The objective of trial n is the n-th number, at any length.
FormulaRunner runnerOf(std::vector<double> objectives) {
  return FormulaRunner([objectives = std::move(objectives)](const SearchTrial& trial, const SearchTask&) {
    return TrialOutcome{.objective = objectives.at(static_cast<std::size_t>(trial.number - 1))};
  });
}

TEST(RandomSearch, TrainsEveryTrialOnceForItsWholeLength) {
  FormulaRunner runner = sampleRunner(90);
  const Search search = searched(samplePlan(SearchMethod::kRandom, 7, 90), runner);
  ASSERT_EQ(runner.tasks.size(), 7U);
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(runner.tasks[static_cast<std::size_t>(i)].trial, i + 1);
    EXPECT_EQ(runner.tasks[static_cast<std::size_t>(i)].steps, 90);
    EXPECT_EQ(search.trials[static_cast<std::size_t>(i)].status, TrialStatus::kFinished);
  }
  EXPECT_EQ(runner.steps, expectedSteps(search.plan));
  ASSERT_NE(search.best(), nullptr);
  for (const SearchTrial& trial : search.trials) EXPECT_LE(search.best()->objective(), trial.objective());
}

TEST(Search, TheSameSeedTriesTheSameSettings) {
  const auto settings = [](std::uint64_t seed) {
    Json list = Json::array();
    for (const SearchTrial& trial : Search::begin(samplePlan(SearchMethod::kRandom, 20, 9, seed)).trials) {
      list.push_back(trial.settings);
    }
    return list;
  };
  EXPECT_EQ(settings(3), settings(3));
  EXPECT_NE(settings(3), settings(4));
}

TEST(Search, GoesThroughASmallSpaceOnceBeforeItRepeatsATrialWithAnotherSeed) {
  SearchPlan plan = samplePlan(SearchMethod::kRandom, 10, 9, 40);
  plan.space = SearchSpace(preset("dcgan").schema, {{"batch", "8|16"}, {"latent", "4|8"}});
  const Search search = Search::begin(plan);
  std::set<std::pair<std::string, std::uint64_t>> different;
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(search.trials[i].seed, 40 + i / 4);
    different.emplace(search.trials[i].settings.dump(), search.trials[i].seed);
  }
  EXPECT_EQ(different.size(), 10U);
}

TEST(Search, RefusesAPlanThatIsNone) {
  const auto broken = [](auto change) {
    SearchPlan plan = samplePlan(SearchMethod::kHyperband, 9, 90);
    change(plan);
    EXPECT_THROW(Search::begin(plan), Error);
  };
  broken([](SearchPlan& plan) { plan.trials = 0; });
  broken([](SearchPlan& plan) { plan.trials = kMostTrials + 1; });
  broken([](SearchPlan& plan) { plan.steps = 0; });
  broken([](SearchPlan& plan) { plan.shortest = 91; });
  broken([](SearchPlan& plan) { plan.space = {}; });
}

TEST(Hyperband, RungsGrowThreefoldAsFarAsTrialsAndShortestLengthAllow) {
  using Steps = std::vector<std::int64_t>;
  const auto rungs = [](int trials, std::int64_t steps, std::int64_t shortest) {
    SearchPlan plan = samplePlan(SearchMethod::kHyperband, trials, steps);
    plan.shortest = shortest;
    return rungSteps(plan);
  };
  EXPECT_EQ(rungs(27, 270, 1), (Steps{10, 30, 90, 270}));
  EXPECT_EQ(rungs(27, 270, 20), (Steps{30, 90, 270}));
  EXPECT_EQ(rungs(9, 1000, 1), (Steps{111, 333, 1000}));
  EXPECT_EQ(rungs(3, 6, 1), (Steps{2, 6}));
  EXPECT_EQ(rungs(2, 6, 1), (Steps{6}));
  EXPECT_EQ(rungs(1000, 2, 1), (Steps{2}));
}

TEST(Hyperband, BracketsAreGoneThroughInTurn) {
  // 9 trials from the first rung, then 5 from the second, 3 from the third (Li et al. 2018, table 1 for R = 9), again.
  std::vector<int> expected(9, 0);
  expected.insert(expected.end(), 5, 1);
  expected.insert(expected.end(), 3, 2);
  expected.insert(expected.end(), 4, 0);
  EXPECT_EQ(firstRungs(samplePlan(SearchMethod::kHyperband, 21, 90)), expected);
}

TEST(Hyperband, PromotesTheBestThirdOfEachRung) {
  FormulaRunner runner = runnerOf({.1, .9, .8, .2, .7, .6, .3, .5, .4});
  const Search search = searched(samplePlan(SearchMethod::kHyperband, 9, 90), runner);
  EXPECT_EQ(trialsJudgedAt(search, 0).size(), 9U);
  EXPECT_EQ(trialsJudgedAt(search, 1), (std::vector<int>{1, 4, 7}));
  EXPECT_EQ(trialsJudgedAt(search, 2), (std::vector<int>{1}));
  ASSERT_NE(search.best(), nullptr);
  EXPECT_EQ(search.best()->number, 1);
  EXPECT_EQ(search.best()->status, TrialStatus::kFinished);
  EXPECT_EQ(search.trials[3].status, TrialStatus::kStopped);
}

TEST(Hyperband, DecidesAsResultsComeInWithoutWaitingForTheRung) {
  FormulaRunner runner = runnerOf({.3, .1, .2, .9, .9, .9, .9, .9, .9});
  searched(samplePlan(SearchMethod::kHyperband, 9, 90), runner);
  const std::vector<int> begun = {1, 2, 3, 2, 4, 5, 6};
  for (std::size_t i = 0; i < begun.size(); ++i) EXPECT_EQ(runner.tasks[i].trial, begun[i]) << i;
  EXPECT_EQ(runner.tasks[3].steps, 30);
}

TEST(Hyperband, ComparesOnlyWithinABracket) {
  FormulaRunner runner = sampleRunner(90);
  const Search search = searched(samplePlan(SearchMethod::kHyperband, 17, 90), runner);
  for (const SearchTrial& trial : search.trials) {
    ASSERT_FALSE(trial.results.empty());
    EXPECT_EQ(trial.results.front().rung, trial.firstRung);
  }
  const std::vector<int> whole = trialsJudgedAt(search, 2);
  EXPECT_TRUE(
      std::ranges::all_of(std::vector<int>{15, 16, 17}, [&](int n) { return std::ranges::count(whole, n) == 1; }));
  EXPECT_GE(whole.size(), 5U) << "one of each other bracket as well";
}

TEST(Hyperband, EndsWithATrialThatWasTrainedWholeEvenWhereFewAreLeft) {
  FormulaRunner runner([](const SearchTrial& trial, const SearchTask&) {
    return TrialOutcome{.status = trial.number < 3 ? TrialStatus::kFinished : TrialStatus::kSkipped,
                        .objective = trial.number * .1,
                        .reason = trial.number < 3 ? "" : "too large"};
  });
  const Search search = searched(samplePlan(SearchMethod::kHyperband, 3, 30), runner);
  EXPECT_EQ(search.trials[0].status, TrialStatus::kFinished);
  EXPECT_EQ(search.trials[0].steps(), 30);
  EXPECT_EQ(search.trials[1].status, TrialStatus::kStopped);
  EXPECT_EQ(search.trials[2].status, TrialStatus::kSkipped);
  EXPECT_EQ(search.trials[2].reason, "too large");
}

TEST(Hyperband, FindsBetterSettingsThanRandomSearchInTheSameTime) {
  constexpr std::int64_t kWhole = 270;
  double hyperband = 0;
  double random = 0;
  int wins = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    FormulaRunner first = sampleRunner(kWhole);
    const Search banded = searched(samplePlan(SearchMethod::kHyperband, 27, kWhole, seed), first);
    const auto trials = static_cast<int>((first.steps + kWhole - 1) / kWhole);
    FormulaRunner second = sampleRunner(kWhole);
    const Search plain = searched(samplePlan(SearchMethod::kRandom, trials, kWhole, seed + 1000), second);
    ASSERT_GE(second.steps, first.steps) << "random search has at least as long";
    hyperband += banded.best()->objective();
    random += plain.best()->objective();
    if (banded.best()->objective() < plain.best()->objective()) ++wins;
  }
  EXPECT_LT(hyperband, .7 * random);
  EXPECT_GE(wins, 28) << "of 40";
}

TEST(Hyperband, WhatItCostsIsKnownBefore) {
  // Exact where no trial is promoted that a later one beats.
  FormulaRunner runner = runnerOf({.1, .9, .9, .2, .9, .9, .3, .9, .9});
  const Search search = searched(samplePlan(SearchMethod::kHyperband, 9, 90), runner);
  EXPECT_EQ(runner.steps, expectedSteps(search.plan));
}

TEST(FailedTrials, AreWorstAndTheSearchGoesOn) {
  for (const SearchMethod method : {SearchMethod::kRandom, SearchMethod::kHyperband}) {
    FormulaRunner runner([](const SearchTrial& trial, const SearchTask&) {
      if (trial.number % 3 == 1) return TrialOutcome{.objective = kNaN};
      if (trial.number % 3 == 2) return TrialOutcome{.status = TrialStatus::kFailed, .reason = "broke down"};
      return TrialOutcome{.objective = 10. - trial.number};
    });
    const Search search = searched(samplePlan(method, 9, 90), runner);
    EXPECT_TRUE(search.finished());
    for (const SearchTrial& trial : search.trials) {
      EXPECT_EQ(trial.status == TrialStatus::kFailed, trial.number % 3 != 0) << trial.number;
      EXPECT_EQ(trial.reason.empty(), trial.number % 3 == 0);
      EXPECT_LE(trial.results.size(), trial.number % 3 != 0 ? 1U : 3U) << "what failed is never promoted";
    }
    ASSERT_NE(search.best(), nullptr);
    EXPECT_EQ(search.best()->number, 9);
  }
}

TEST(FailedTrials, ASearchWhereAllFailEndsWithoutABest) {
  FormulaRunner runner([](const SearchTrial&, const SearchTask&) { return TrialOutcome{.objective = kNaN}; });
  const Search search = searched(samplePlan(SearchMethod::kHyperband, 9, 90), runner);
  EXPECT_EQ(runner.tasks.size(), 9U);
  EXPECT_TRUE(search.finished());
  EXPECT_EQ(search.best(), nullptr);
  EXPECT_TRUE(bestSoFar(search).empty());
}

TEST(SearchState, ComesBackFromItsRecordAtEveryPoint) {
  FormulaRunner runner([](const SearchTrial& trial, const SearchTask& task) {
    if (trial.number == 2) return TrialOutcome{.objective = kNaN, .seconds = 1.5};
    if (trial.number == 5) return TrialOutcome{.status = TrialStatus::kSkipped, .reason = "too large"};
    return TrialOutcome{.objective = sampleLoss(trial, task.steps, 90), .seconds = 3.25};
  });
  Search search = Search::begin(samplePlan(SearchMethod::kHyperband, 12, 90));
  search.number = 4;
  int saved = 0;
  runTrials(search, runner, [&saved](const Search& state) {
    const Json record = state.toJson();
    const Search again = Search::fromJson(Json::parse(record.dump()));
    EXPECT_EQ(again.toJson(), record);
    const auto here = nextTask(state);
    const auto there = nextTask(again);
    ASSERT_EQ(here.has_value(), there.has_value());
    if (here) {
      EXPECT_EQ(here->trial, there->trial);
      EXPECT_EQ(here->rung, there->rung);
    }
    ++saved;
  });
  EXPECT_GT(saved, 36);
}

TEST(SearchState, ADamagedRecordIsRefused) {
  const Json whole = Search::begin(samplePlan(SearchMethod::kHyperband, 3, 90)).toJson();
  const auto refused = [&whole](const char* pointer, const Json& value) {
    Json record = whole;
    record[Json::json_pointer(pointer)] = value;
    EXPECT_THROW(Search::fromJson(record), Error) << pointer;
  };
  refused("/plan/method", "guessing");
  refused("/plan/trials", 4);
  refused("/plan/steps", 0);
  refused("/plan/preset", "none");
  refused("/plan/space", {{"lr", "2..1"}});
  refused("/trials/1/status", "asleep");
  refused("/trials/1/rung", 7);
  refused("/trials/1/first_rung", -1);
  refused("/trials/1/trial", 1);
  refused("/trials/1/results", {{{"rung", "x"}}});
  refused("/trials", "none");
  EXPECT_THROW(Search::fromJson(Json::array()), Error);
}

/// Ends the search at its n-th chance: when the state is written, or while a trial trains.
class Interrupted : public std::exception {};

TEST(SearchState, InterruptedAnywhereItDoesTheSameTrials) {
  for (const SearchMethod method : {SearchMethod::kRandom, SearchMethod::kHyperband}) {
    const SearchPlan plan = samplePlan(method, 9, 90, 6);
    FormulaRunner straight = sampleRunner(90);
    const Json expected = searched(plan, straight).toJson();

    int interruptions = 0;
    for (int at = 1;; ++at) {
      int chances = 0;
      Search record = Search::begin(plan);
      const auto chance = [&chances, at] {
        if (++chances == at) throw Interrupted();
      };
      const auto save = [&](const Search& state) {
        chance();  // before anything is written
        record = state;
        chance();
      };
      FormulaRunner runner([&](const SearchTrial& trial, const SearchTask& task) {
        chance();
        return TrialOutcome{.objective = sampleLoss(trial, task.steps, 90), .seconds = static_cast<double>(task.steps)};
      });
      bool interrupted = false;
      for (bool done = false; !done;) {
        Search search = record;
        try {
          runTrials(search, runner, save);
          done = true;
        } catch (const Interrupted&) {
          interrupted = true;
        }
      }
      EXPECT_EQ(record.toJson(), expected) << "interrupted at chance " << at;
      if (!interrupted) break;
      ++interruptions;
    }
    EXPECT_GT(interruptions, 50);
  }
}

TEST(BestSoFar, FallsWithEachResultThatWasBetter) {
  FormulaRunner runner = runnerOf({.5, .7, kNaN, .2, .2, .1});
  const Search search = searched(samplePlan(SearchMethod::kRandom, 6, 9), runner);
  const std::vector<TrialResult> curve = bestSoFar(search);
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_EQ(curve[0].order, 1);
  EXPECT_EQ(curve[1].order, 4);
  EXPECT_EQ(curve[2].order, 6);
  EXPECT_EQ(curve[2].objective, .1);
}

}  // namespace
}  // namespace loom
