#include "core/studio/tuning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/dataset/starter.h"
#include "core/studio/runs.h"
#include "core/studio/search_records.h"
#include "core/studio/search_trials.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

/// Remembers what it was told and stops the search at a step of a trial.
class Witness final : public TuningListener {
 public:
  void onTrialStarted(const Search&, const SearchTrial& trial, const SearchTask&) override {
    started.push_back(trial.number);
  }
  void onProgress(const TuningProgress& progress) override {
    last = progress;
    if (progress.task.trial == stopTrial && progress.training.step >= stopStep) stop.request_stop();
  }
  void onTrialEnded(const Search& search, const SearchTrial& trial) override {
    ended.push_back(trial.number);
    if (trial.number == stopAfter) stop.request_stop();
    EXPECT_EQ(search.trials[static_cast<std::size_t>(trial.number - 1)].status, trial.status);
  }
  std::vector<int> started, ended;
  TuningProgress last;  // written on training threads, read after the search has ended
  std::stop_source stop;
  int stopTrial = 0;
  int stopAfter = 0;
  std::int64_t stopStep = 0;
};

class Tuning : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-tuning-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(m_folder); }

  Project newProject(const std::string& name) {
    Project project = Project::create(m_folder / (name + ".loom"));
    JobMonitor monitor;
    addStarterSet(project, 8, 1, monitor);
    return project;
  }

  static TuningRequest tiny(SearchMethod method, int trials, std::int64_t steps) {
    TuningRequest request;
    request.preset = "dcgan";
    request.method = method;
    request.trials = trials;
    request.settings = {{"size", 16}, {"features", 4}, {"latent", 8}, {"preview_every", 1000}};
    request.space = SearchSpace(preset("dcgan").schema, {{"lr", "1e-4..1e-2:log"}, {"batch", "4|8"}});
    request.steps = steps;
    request.seed = 5;
    request.device = "cpu";
    return request;
  }

  Search run(const Project& project, int number) {
    Witness witness;
    return runSearch(project, number, witness, witness.stop.get_token());
  }
  Search run(const Project& project, const TuningRequest& request) {
    return run(project, beginSearch(project, request));
  }

  /// What a search must always come to: everything but the times.
  static Json outcome(const Search& search) {
    Json list = Json::array();
    for (const SearchTrial& trial : search.trials) {
      Json results = Json::array();
      for (const TrialResult& result : trial.results) results.push_back({result.steps, result.objective, result.order});
      list.push_back({trial.settings, trialStatusName(trial.status), results});
    }
    return list;
  }

  fs::path m_folder;
};

TEST_F(Tuning, TrialsAreOrdinaryRunsThatSayWhoseTheyAre) {
  const Project project = newProject("a");
  const TuningRequest request = tiny(SearchMethod::kRandom, 3, 4);
  const int number = beginSearch(project, request);
  EXPECT_EQ(number, 1);
  Witness witness;
  const Search search = runSearch(project, number, witness, {});
  EXPECT_EQ(witness.started, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(witness.ended, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(witness.last.search, 1);
  EXPECT_EQ(witness.last.run, 3);
  EXPECT_EQ(witness.last.judged, 2);
  ASSERT_TRUE(witness.last.best.has_value());

  const std::vector<RunInfo> runs = project.catalogue().runs();
  ASSERT_EQ(runs.size(), 3U);
  for (const SearchTrial& trial : search.trials) {
    const RunInfo& run = runs[static_cast<std::size_t>(trial.number - 1)];
    EXPECT_EQ(trial.run, run.number);
    EXPECT_EQ(run.note, "search 1, trial " + std::to_string(trial.number));
    EXPECT_EQ(run.status, RunStatus::kFinished);
    EXPECT_EQ(run.steps, 4);
    for (const auto& [name, value] : trial.settings.items()) EXPECT_EQ(run.settings.at(name), value) << name;
    EXPECT_EQ(run.settings.at("features"), 4);
    EXPECT_EQ(run.settings.at("held_out"), .1) << "judged by sprites it has not seen";
    EXPECT_EQ(checkpoints(project.runFolder(run)).size(), 1U);
    EXPECT_NEAR(trial.objective(), run.losses.at("distance").get<double>(), 1e-6);
    EXPECT_GT(trial.objective(), 0);
  }
  ASSERT_NE(search.best(), nullptr);
  EXPECT_EQ(findSearch(project, 1).toJson(), search.toJson());
  EXPECT_EQ(unfinishedSearch(project, request), std::nullopt);

  std::vector<int> losers = losingRuns(project, search);
  EXPECT_EQ(losers.size(), 2U);
  EXPECT_EQ(std::ranges::count(losers, search.best()->run), 0);
}

TEST_F(Tuning, HyperbandGoesOnWithTheRunsItPromotes) {
  const Project project = newProject("a");
  const Search search = run(project, tiny(SearchMethod::kHyperband, 3, 6));
  const std::vector<RunInfo> runs = project.catalogue().runs();
  ASSERT_EQ(runs.size(), 3U) << "a promoted trial is the same run";
  int whole = 0;
  for (const SearchTrial& trial : search.trials) {
    const bool promoted = trial.status == TrialStatus::kFinished;
    whole += promoted ? 1 : 0;
    EXPECT_EQ(runs[static_cast<std::size_t>(trial.run - 1)].steps, promoted ? 6 : 2);
    EXPECT_EQ(trial.results.size(), promoted ? 2U : 1U);
  }
  EXPECT_EQ(whole, 1);
}

TEST_F(Tuning, StoppedAnywhereItComesToTheSame) {
  const TuningRequest request = tiny(SearchMethod::kHyperband, 3, 30);
  const Project straight = newProject("straight");
  const Json expected = outcome(run(straight, request));

  const Project stopped = newProject("stopped");
  const int number = beginSearch(stopped, request);
  for (const auto& [trial, step] : {std::pair{1, 1}, std::pair{2, 3}, std::pair{3, 0}}) {
    Witness witness;
    witness.stopTrial = trial;
    witness.stopStep = step;
    const Search search = runSearch(stopped, number, witness, witness.stop.get_token());
    EXPECT_FALSE(search.finished());
    EXPECT_EQ(unfinishedSearch(stopped, request), number);
  }
  Witness witness;
  witness.stopAfter = 3;  // between two trials
  EXPECT_FALSE(runSearch(stopped, number, witness, witness.stop.get_token()).finished());
  EXPECT_EQ(outcome(run(stopped, number)), expected);
  EXPECT_EQ(stopped.catalogue().runs().size(), 3U);
}

TEST_F(Tuning, FindsTheRunOfATrialThatWasKilledBeforeItWasRecorded) {
  const Project project = newProject("a");
  const int number = beginSearch(project, tiny(SearchMethod::kRandom, 2, 4));
  const Json expected = outcome(run(project, number));
  Search search = findSearch(project, number);
  search.trials[1].run = 0;
  search.trials[1].status = TrialStatus::kRunning;
  search.trials[1].results.clear();
  Catalogue catalogue = project.catalogue();
  updateSearchRecord(catalogue, search);
  EXPECT_EQ(outcome(run(project, number)), expected);
  EXPECT_EQ(project.catalogue().runs().size(), 2U);
}

TEST_F(Tuning, MakesARunAgainThatWasDeletedOnTheWay) {
  const Project project = newProject("a");
  const int number = beginSearch(project, tiny(SearchMethod::kHyperband, 3, 6));
  Witness witness;
  witness.stopAfter = 3;
  const Search stopped = runSearch(project, number, witness, witness.stop.get_token());
  for (const SearchTrial& trial : stopped.trials) {
    fs::remove_all(project.runFolder(project.catalogue().run(trial.run)));
    project.catalogue().removeRun(trial.run);
  }
  const Search search = run(project, number);
  EXPECT_TRUE(search.finished());
  EXPECT_EQ(search.best()->status, TrialStatus::kFinished);
  EXPECT_EQ(project.catalogue().run(search.best()->run).steps, 6);
}

TEST_F(Tuning, SkipsWhatCannotBeBuiltAndCountsWhatBreaksDownAsWorst) {
  const Project project = newProject("a");
  TuningRequest request = tiny(SearchMethod::kRandom, 3, 3);
  request.space = SearchSpace(preset("dcgan").schema, {{"real_label_low", "0.5|2"}, {"lr", "1e-4|1e30"}});
  request.trials = 4;
  const Search search = run(project, request);
  int skipped = 0;
  int failed = 0;
  for (const SearchTrial& trial : search.trials) {
    if (trial.settings.at("real_label_low") == 2) {
      ++skipped;
      EXPECT_EQ(trial.status, TrialStatus::kSkipped);
      EXPECT_NE(trial.reason.find("is above"), std::string::npos) << trial.reason;
      EXPECT_EQ(trial.run, 0);
    } else if (trial.settings.at("lr") == 1e30) {
      ++failed;
      EXPECT_EQ(trial.status, TrialStatus::kFailed);
      EXPECT_FALSE(trial.reason.empty());
      EXPECT_TRUE(std::isnan(trial.objective()));
    } else {
      EXPECT_EQ(trial.status, TrialStatus::kFinished);
      EXPECT_EQ(search.best(), &trial);
    }
  }
  EXPECT_EQ(skipped, 2);
  EXPECT_EQ(failed, 1);
}

TEST_F(Tuning, ASearchOfWhichNothingCameSaysWhy) {
  const Project project = newProject("a");
  TuningRequest request = tiny(SearchMethod::kRandom, 2, 3);
  request.settings["real_label_low"] = 2;
  try {
    run(project, request);
    ADD_FAILURE() << "nothing could be trained";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("is above"), std::string::npos) << error.what();
  }
  EXPECT_TRUE(project.catalogue().runs().empty());
}

TEST_F(Tuning, RefusesWhatIsWrongAndRecordsNothing) {
  const Project project = newProject("a");
  const auto refused = [&](auto change) {
    TuningRequest request = tiny(SearchMethod::kHyperband, 3, 6);
    change(request);
    EXPECT_THROW(checkTuningRequest(request), Error);
    EXPECT_THROW(beginSearch(project, request), Error);
  };
  refused([](TuningRequest& request) { request.preset = "none"; });
  refused([](TuningRequest& request) { request.trials = 0; });
  refused([](TuningRequest& request) { request.steps = 0; });
  refused([](TuningRequest& request) { request.shortest = 7; });
  refused([](TuningRequest& request) { request.settings["lr"] = 1e-3; });
  refused([](TuningRequest& request) { request.settings["nothing"] = 1; });
  refused([](TuningRequest& request) { request.objective = "beauty"; });
  refused([](TuningRequest& request) { request.device = "abacus"; });
  const Project empty = Project::create(m_folder / "empty.loom");
  EXPECT_NO_THROW(checkTuningRequest(tiny(SearchMethod::kRandom, 3, 6)));
  EXPECT_THROW(beginSearch(empty, tiny(SearchMethod::kRandom, 3, 6)), Error);
  EXPECT_TRUE(searches(project).empty());
  EXPECT_TRUE(searches(empty).empty());
  EXPECT_THROW(findSearch(project, 1), Error);
}

TEST_F(Tuning, TakesThePresetsOwnSearchWithoutWhatIsFixed) {
  const Project project = newProject("a");
  TuningRequest request;
  request.preset = "cvae";
  request.trials = 40;
  request.settings = {{"batch", 8}};
  const Search search = findSearch(project, beginSearch(project, request));
  EXPECT_EQ(search.plan.objective, "held_out_loss");
  EXPECT_EQ(search.plan.space.find("batch"), nullptr);
  for (const char* name : {"latent", "kernel", "channels"}) EXPECT_NE(search.plan.space.find(name), nullptr) << name;
  EXPECT_EQ(search.plan.steps, 30 * 32 / 8) << "the preset's epochs";
  for (const SearchTrial& trial : search.trials) EXPECT_FALSE(trial.settings.contains("batch"));
}

TEST_F(Tuning, OneSearchOfAProjectAtATime) {
  const Project project = newProject("a");
  const int number = beginSearch(project, tiny(SearchMethod::kRandom, 2, 3));
  {
    const SearchLock elsewhere(project);
    EXPECT_TRUE(isSearchRunning(project));
    EXPECT_THROW(run(project, number), Error);
    EXPECT_THROW(removeSearch(project, number), Error);
  }
  EXPECT_FALSE(isSearchRunning(project));
  EXPECT_TRUE(run(project, number).finished());
}

TEST_F(Tuning, SearchesGoWithACopyOfTheProjectAndCanBeForgotten) {
  const Project project = newProject("a");
  const Search search = run(project, tiny(SearchMethod::kRandom, 2, 3));
  JobMonitor monitor;
  const Project copy = project.saveAs(m_folder / "copy.loom", monitor);
  ASSERT_EQ(searches(copy).size(), 1U);
  EXPECT_EQ(searches(copy)[0].toJson(), search.toJson());
  removeSearch(copy, 1);
  EXPECT_TRUE(searches(copy).empty());
  EXPECT_EQ(copy.catalogue().runs().size(), 2U) << "its runs stay";
  EXPECT_EQ(beginSearch(copy, tiny(SearchMethod::kRandom, 2, 3)), 2) << "a number is given once";
}

TEST_F(Tuning, ADamagedSearchIsLeftOutOfTheList) {
  const Project project = newProject("a");
  beginSearch(project, tiny(SearchMethod::kRandom, 2, 3));
  const int second = beginSearch(project, tiny(SearchMethod::kRandom, 3, 3));
  project.catalogue().setValue("search 1", {{"plan", "torn"}});
  const std::vector<Search> whole = searches(project);
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole[0].number, second);
  EXPECT_THROW(findSearch(project, 1), Error);
}

}  // namespace
}  // namespace loom
