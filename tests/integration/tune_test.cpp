// tune, as scripts rely on it.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <set>

#include "core/project/project.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliProcess;
using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

class Tune : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-tune-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(m_folder); }

  CliResult cli(const Words& arguments) const { return runCli(m_folder, arguments); }

  /// A project with 32 starter sprites.
  std::string starterProject(const std::string& name) const {
    const std::string project = (m_folder / name).string();
    EXPECT_EQ(cli({"new", project}).exitCode, 0);
    EXPECT_EQ(cli({"starter", project, "--characters", "8", "--seed", "3"}).exitCode, 0);
    return project;
  }

  static Words tune(const std::string& project, const Words& more) {
    Words words = {"tune",       project, "--preset", "dcgan", "--set",   "size=16", "--set",
                   "features=4", "--set", "latent=8", "--set", "batch=8", "--set",   "preview_every=100000",
                   "--seed",     "4",     "--device", "cpu"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  static void expectBestOf(const Json& done) {
    const Json& best = done.at("best");
    EXPECT_TRUE(best.at("run").is_number_integer());
    EXPECT_TRUE(best.at("settings").is_object());
    EXPECT_EQ(best.at("objective"), done.at("objective"));
    for (const Json& trial : done.at("trials")) EXPECT_LE(best.at("value"), trial.at("value"));
  }

  static Json settingsAndValues(const Json& done) {
    Json list = Json::array();
    for (const Json& trial : done.at("trials"))
      list.push_back({trial.at("settings"), trial.at("value"), trial.at("steps")});
    return list;
  }

  fs::path m_folder;
};

TEST_F(Tune, TriesRandomSettingsAndNamesTheBest) {
  const std::string project = starterProject("p.loom");
  const CliResult result =
      cli(tune(project, {"--trials", "3", "--steps", "4", "--search", "lr=1e-5..1e-3:log", "--search", "mirror=any"}));
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Json done = result.done();
  ASSERT_EQ(done.at("trials").size(), 3U);
  EXPECT_EQ(done.at("objective"), "distance");
  EXPECT_EQ(done.at("stopped"), false);
  expectBestOf(done);
  std::set<Json> settings;
  for (const Json& trial : done.at("trials")) {
    settings.insert(trial.at("settings"));
    EXPECT_EQ(trial.at("steps"), 4);
    EXPECT_EQ(trial.at("status"), "finished");
    EXPECT_GE(trial.at("settings").at("lr").get<double>(), 1e-5);
    EXPECT_LE(trial.at("settings").at("lr").get<double>(), 1e-3);
    EXPECT_TRUE(trial.at("settings").at("mirror").is_boolean());
  }
  EXPECT_EQ(settings.size(), 3U);
  EXPECT_EQ(std::ranges::count_if(result.events, [](const Json& e) { return e.at("event") == "trial"; }), 3);
  EXPECT_NE(result.errors.find("distance"), std::string::npos) << "people see a table";

  const Json runs = cli({"info", project}).done().at("runs");
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[1].at("note"), "search 1, trial 2");
}

TEST_F(Tune, HyperbandTrainsTheBestForLonger) {
  const std::string project = starterProject("p.loom");
  const CliResult result = cli(tune(project, {"--method", "hyperband", "--trials", "3", "--steps", "6"}));
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Json done = result.done();
  expectBestOf(done);
  std::multiset<int> steps;
  for (const Json& trial : done.at("trials")) steps.insert(trial.at("steps").get<int>());
  EXPECT_EQ(steps, (std::multiset<int>{2, 2, 6}));
}

TEST_F(Tune, TheSameSeedGivesTheSameTrials) {
  const Words request = {"--trials", "2", "--steps", "3"};
  const Json one = cli(tune(starterProject("one.loom"), request)).done();
  const Json other = cli(tune(starterProject("other.loom"), request)).done();
  EXPECT_EQ(settingsAndValues(one), settingsAndValues(other));
}

TEST_F(Tune, GoesOnAfterCtrlCAndAfterKillAsIfNothingHadBeen) {
  const Words request = {"--method", "hyperband", "--trials", "3",
                         "--steps",  "120",       "--set",    "checkpoint_minutes=0.01"};
  const Json expected = settingsAndValues(cli(tune(starterProject("straight.loom"), request)).done());

  const std::string project = starterProject("stopped.loom");
  Words words = tune(project, request);
  words.emplace_back("--json");
  {
    CliProcess interrupted(m_folder, words);
    ASSERT_TRUE(interrupted.waitForEvent("progress")) << interrupted.wait().errors;
    interrupted.send(SIGINT);
    CliResult result = interrupted.wait();
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    result.events = interrupted.events();
    EXPECT_EQ(result.done().at("stopped"), true);
    EXPECT_EQ(result.done().at("trials").size(), 3U);
  }
  {
    CliProcess killed(m_folder, words);
    ASSERT_TRUE(killed.waitForEvent("trial")) << killed.wait().errors;
    killed.send(SIGKILL);
    EXPECT_EQ(killed.wait().exitCode, 128 + SIGKILL);
  }
  const CliResult finished = cli(tune(project, request));
  ASSERT_EQ(finished.exitCode, 0) << finished.errors;
  const auto search = std::ranges::find_if(finished.events, [](const Json& e) { return e.at("event") == "search"; });
  ASSERT_NE(search, finished.events.end());
  EXPECT_EQ(search->at("continued"), true);
  EXPECT_EQ(search->at("search"), 1);
  EXPECT_EQ(settingsAndValues(finished.done()), expected);
  EXPECT_EQ(cli({"info", project}).done().at("runs").size(), 3U);

  const Json other = cli(tune(project, {"--trials", "1", "--steps", "2"})).done();
  EXPECT_EQ(other.at("search"), 2) << "another request is another search";
}

TEST_F(Tune, TellsWrongUsage) {
  const std::string project = starterProject("p.loom");
  const std::vector<Words> wrong = {
      {"tune", project, "--preset", "dcgan"},
      {"tune", project, "--trials", "3"},
      tune(project, {"--trials", "0"}),
      tune(project, {"--trials", "3", "--method", "guess"}),
      tune(project, {"--trials", "3", "--search", "lr"}),
      tune(project, {"--trials", "3", "--search", "none=1..2"}),
      tune(project, {"--trials", "3", "--search", "lr=1e-3..1e-5"}),
      tune(project, {"--trials", "3", "--search", "dropout=0.5..2"}),
      tune(project, {"--trials", "3", "--search", "batch=8..16"}),  // set as well
      tune(project, {"--trials", "3", "--search", "lr=1e-5..1e-3", "--search", "lr=1e-4..1e-3"}),
      tune(project, {"--trials", "3", "--objective", "beauty"}),
      tune(project, {"--trials", "3", "--steps", "5", "--shortest", "6"}),
  };
  for (const Words& words : wrong) {
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 2) << testing::PrintToString(words) << result.errors;
    EXPECT_FALSE(result.error().empty());
  }
  EXPECT_EQ(cli(tune((m_folder / "none.loom").string(), {"--trials", "3"})).exitCode, 1);
  EXPECT_EQ(cli({"info", project}).done().at("runs"), Json::array());
}

}  // namespace
}  // namespace loom
