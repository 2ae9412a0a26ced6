// The weights that come with the program, through the program itself.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/integration/cli_process.h"
#include "tests/studio/own_starters.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

/// A generator and a turnaround as starter weights, and a project that has neither sprites nor runs.
class StarterWeightsCli : public testing::Test {
 protected:
  void SetUp() override {
    const std::string source = path("source.loom");
    ASSERT_EQ(cli({"new", source}).exitCode, 0);
    ASSERT_EQ(cli({"starter", source, "--characters", "8", "--seed", "3"}).exitCode, 0);
    train(source, {"--preset", "conditional-dcgan", "--set", "latent=6", "--set", "view_embedding=2"});
    train(source, {"--preset", "turnaround", "--set", "key_depth=8"});
    const Project project = Project::open(source);
    for (const RunInfo& run : project.catalogue().runs()) m_own.add(project, run);
    ASSERT_EQ(cli({"new", m_empty}).exitCode, 0);
  }
  void train(const std::string& project, const Words& more) const {
    Words words{"train", project, "--set", "size=16", "--set", "features=8", "--set", "batch=8"};
    words.insert(words.end(), {"--device", "cpu", "--precision", "fp32", "--steps", "2"});
    words.insert(words.end(), more.begin(), more.end());
    const CliResult result = cli(words);
    ASSERT_EQ(result.exitCode, 0) << result.errors;
  }
  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& arguments) const { return runCli(m_folder.path(), arguments); }

  TempFolder m_folder;
  test::OwnStarters m_own;
  std::string m_empty = path("empty.loom");
};

TEST_F(StarterWeightsCli, DrawAndTurnInAnEmptyProject) {
  const CliResult drawn = cli({"generate", m_empty, "starter", "--count", "1", "--seed", "4", "--out", path("new")});
  ASSERT_EQ(drawn.exitCode, 0) << drawn.errors;
  EXPECT_EQ(drawn.done().at("run"), "starter:conditional-dcgan");
  EXPECT_EQ(drawn.done().at("files").size(), 4U);

  const CliResult turned = cli({"turnaround", m_empty, "starter", "--in", path("fronts"), "--out", path("others")});
  EXPECT_EQ(turned.exitCode, 1) << "there are no pictures yet";
  fs::create_directories(m_folder / "fronts/front");
  fs::copy_file(m_folder / "new/front/0.png", m_folder / "fronts/front/0.png");
  const CliResult again = cli({"turnaround", m_empty, "starter", "--in", path("fronts"), "--out", path("others")});
  ASSERT_EQ(again.exitCode, 0) << again.errors;
  EXPECT_EQ(again.done().at("run"), "starter:turnaround");
  EXPECT_EQ(again.done().at("files").size(), 3U);
  for (const char* folder : {"new", "others"}) {
    std::ifstream credits(m_folder / folder / "CREDITS.txt");
    EXPECT_NE(std::string(std::istreambuf_iterator<char>(credits), {}).find("Ada, Brom"), std::string::npos) << folder;
  }
}

TEST_F(StarterWeightsCli, ServeEveryCommandThatDraws) {
  const std::string name = "starter:conditional-dcgan";
  for (const Words& words :
       {Words{"grid", m_empty, name, "--kind", "views", "--out", path("v.png")},
        Words{"sheet", m_empty, "--run", name, "--count", "2", "--out", path("s.png")},
        Words{"interpolate", m_empty, name, "--from", "1", "--to", "2", "--frames", "3", "--out", path("w.gif")},
        Words{"reconstruct", m_empty, name, "--in", path("new"), "--out", path("back"), "--steps", "2"},
        Words{"summary", m_empty, "starter:turnaround"}}) {
    if (words.front() == "reconstruct") {
      ASSERT_EQ(cli({"generate", m_empty, name, "--count", "1", "--view", "front", "--out", path("new")}).exitCode, 0);
    }
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 0) << words.front() << ": " << result.errors;
  }
}

TEST_F(StarterWeightsCli, AreNoRunToResumeOrToMeasure) {
  for (const Words& words :
       {Words{"resume", m_empty, "starter"}, Words{"metrics", m_empty, "starter", "--out", path("m.csv")},
        Words{"timelapse", m_empty, "starter", "--out", path("t.gif")},
        Words{"model", "export", m_empty, "starter", "--out", path("m.safetensors")}}) {
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 1) << words.front();
    EXPECT_NE(result.error().find("no run of this project"), std::string::npos) << result.error();
  }
}

TEST_F(StarterWeightsCli, StartATrainingOnOtherCharacters) {
  ASSERT_EQ(cli({"starter", m_empty, "--characters", "4", "--seed", "9"}).exitCode, 0);
  const Words words{"train", m_empty, "--preset", "turnaround", "--device", "cpu", "--steps", "2", "--set", "batch=4"};
  Words from = words;
  from.insert(from.end(), {"--from", "starter"});
  const CliResult trained = cli(from);
  ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  const json recipe = json::parse(std::ifstream(m_folder / "empty.loom/runs/0001-turnaround/recipe.json"));
  EXPECT_EQ(recipe.at("start_from"), "starter:turnaround");
  EXPECT_EQ(recipe.at("settings").at("features"), 8);

  from.insert(from.end(), {"--set", "size=32"});
  EXPECT_NE(cli(from).error().find("Size"), std::string::npos);
  Words other = words;
  other[3] = "cvae";
  other.insert(other.end(), {"--from", "starter"});
  EXPECT_NE(cli(other).error().find("no starter weights of the preset 'cvae'"), std::string::npos);
}

TEST_F(StarterWeightsCli, AreToldWithTheirCards) {
  const CliResult all = cli({"model", "about"});
  ASSERT_EQ(all.exitCode, 0) << all.errors;
  EXPECT_EQ(all.done().at("starters"), json({"turnaround", "conditional-dcgan"}));
  EXPECT_NE(all.errors.find("Known weaknesses"), std::string::npos);
  const CliResult one = cli({"model", "about", "turnaround"});
  EXPECT_EQ(one.events.front().at("data").at(0).at("artists"), json({"Ada", "Brom"}));
  EXPECT_EQ(cli({"model", "about", "dcgan"}).exitCode, 1);
  for (const json& event : cli({"presets"}).events) {
    if (event.at("event") != "preset") continue;
    EXPECT_EQ(!event.at("starter").is_null(),
              event.at("name") == "turnaround" || event.at("name") == "conditional-dcgan");
  }
}

TEST_F(StarterWeightsCli, AreExportedInHalfTheSpace) {
  const auto bytes = [&](const Words& more) {
    Words words{"model", "export", path("source.loom"), "last", "--force", "--out", path("m.safetensors")};
    words.insert(words.end(), more.begin(), more.end());
    const json done = cli(words).done();
    EXPECT_EQ(done.at("bytes"), fs::file_size(m_folder / "m.safetensors"));
    return done.at("bytes").get<double>();
  };
  EXPECT_LT(bytes({"--half"}), .75 * bytes({})) << "the header takes a part of so small a model";
}

TEST_F(StarterWeightsCli, AreHeldAgainstTheProjectsOwnSprites) {
  ASSERT_EQ(cli({"new", path("more.loom")}).exitCode, 0);
  ASSERT_EQ(cli({"starter", path("more.loom"), "--characters", "5", "--seed", "9"}).exitCode, 0);
  const std::string others = path("others-folder");
  ASSERT_EQ(cli({"export-data", path("more.loom"), "--as", "folders", "--out", others}).exitCode, 0);
  const CliResult empty = cli({"evaluate", m_empty, "starter", "--against", others});
  EXPECT_EQ(empty.exitCode, 1);
  EXPECT_NE(empty.errors.find("import some"), std::string::npos) << empty.errors;
  const CliResult result = cli({"evaluate", path("source.loom"), "starter", "--against", others});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("training"), 32);
  EXPECT_EQ(result.done().at("sprites"), 20);
  const CliResult halves = cli({"evaluate", path("source.loom"), "starter:turnaround"});
  ASSERT_EQ(halves.exitCode, 0) << halves.errors;
  EXPECT_EQ(halves.done().at("characters"), 4) << "every second of the project's";
}

}  // namespace
}  // namespace loom
