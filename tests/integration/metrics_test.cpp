// metrics, and what info says of runs, held to the contract by their own program.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

using test::CliResult;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

class Metrics : public testing::Test {
 protected:
  void SetUp() override {
    Catalogue catalogue = Project::create(m_project).catalogue();
    for (const char* metric : {"loss_critic", "loss"}) {
      const int run = catalogue.createRun("dcgan", Json::object(), 10, Json::object()).number;
      catalogue.setRunMetricNames(run, {metric, "distance"});
      catalogue.addMetrics(run, std::vector<MetricRow>{{1, {.5F, .25F}}, {2, {1.5F, .125F}}});
    }
    RunInfo second = catalogue.run(2);
    second.best = BestValue{"distance", .125, 2};
    catalogue.updateRun(second);
    catalogue.renameRun(2, "wide");
  }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  std::string written() const {
    std::ifstream file(m_csv);
    return (std::ostringstream() << file.rdbuf()).str();
  }
  TempFolder m_folder;
  std::string m_project = (m_folder / "p.loom").string();
  std::string m_csv = (m_folder / "metrics.csv").string();
};

TEST_F(Metrics, AreWrittenAsATableOfTheRunsNamed) {
  const CliResult result = cli({"metrics", m_project, "1", "last", "2", "--out", m_csv});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("rows"), 4);
  EXPECT_EQ(result.done().at("runs"), (Json{1, 2})) << "each once";
  EXPECT_EQ(result.done().at("metrics"), (Json{"loss_critic", "distance", "loss"}));
  EXPECT_EQ(written(),
            "run,step,loss_critic,distance,loss\n1,1,0.5,0.25,\n1,2,1.5,0.125,\n2,1,,0.25,0.5\n2,2,,0.125,1.5\n");
}

TEST_F(Metrics, ReplaceAFileOnlyWhenToldTo) {
  ASSERT_EQ(cli({"metrics", m_project, "1", "--out", m_csv}).exitCode, 0);
  const CliResult again = cli({"metrics", m_project, "2", "--out", m_csv});
  EXPECT_EQ(again.exitCode, 1);
  EXPECT_NE(again.errors.find("--force"), std::string::npos) << again.errors;
  EXPECT_EQ(cli({"metrics", m_project, "2", "--out", m_csv, "--force"}).exitCode, 0);
  EXPECT_NE(written().find("2,2,"), std::string::npos);
}

TEST_F(Metrics, OfARunThatIsNotThereAreRefused) {
  EXPECT_EQ(cli({"metrics", m_project, "9", "--out", m_csv}).exitCode, 1);
  EXPECT_EQ(cli({"metrics", m_project, "--out", m_csv}).exitCode, 2);
  EXPECT_EQ(cli({"metrics", m_project, "1"}).exitCode, 2);
  Project::open(m_project).catalogue().setRunsBinned(std::vector<int>{1}, true);
  EXPECT_NE(cli({"metrics", m_project, "1", "--out", m_csv}).error().find("deleted"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(m_csv));
}

TEST_F(Metrics, InfoTellsTheNameAndTheBestValueOfEachRun) {
  Json runs = cli({"info", m_project}).done().at("runs");
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].at("name"), "");
  EXPECT_EQ(runs[0].at("best"), nullptr);
  EXPECT_EQ(runs[1].at("name"), "wide");
  EXPECT_EQ(runs[1].at("best"), (Json{{"metric", "distance"}, {"value", .125}, {"step", 2}}));
  Project::open(m_project).catalogue().setRunsBinned(std::vector<int>{2}, true);
  runs = cli({"info", m_project}).done().at("runs");
  EXPECT_EQ(runs.size(), 1U) << "a deleted run is not listed";
}

}  // namespace
}  // namespace loom
