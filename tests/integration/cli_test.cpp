// The contract of the command line, held to by its own program.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "core/base/tensor_file.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/project/project.h"
#include "core/studio/runs.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliProcess;
using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

class Cli : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-cli-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(m_folder); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& arguments) const { return runCli(m_folder, arguments); }

  /// A project with 32 starter sprites.
  std::string starterProject(const std::string& name) const {
    const std::string project = path(name);
    EXPECT_EQ(cli({"new", project}).exitCode, 0);
    EXPECT_EQ(cli({"starter", project, "--characters", "8", "--seed", "3"}).exitCode, 0);
    return project;
  }

  static Words training(const std::string& project, const std::string& steps) {
    return {"train",    project,
            "--preset", "conditional-dcgan",
            "--set",    "size=16",
            "--set",    "features=4",
            "--set",    "latent=8",
            "--set",    "batch=8",
            "--set",    "view_embedding=2",
            "--device", "cpu",
            "--seed",   "5",
            "--steps",  steps};
  }
  CliResult train(const std::string& project, int steps) const { return cli(training(project, std::to_string(steps))); }

  /// A training under way that writes a checkpoint every 0.6 s.
  static Words longTraining(const std::string& project) {
    Words words = training(project, "100000000");
    words.insert(words.end(), {"--set", "checkpoint_minutes=0.01", "--json"});
    return words;
  }

  static std::map<std::string, RawTensor> newestTensors(const std::string& folder) {
    const Project project = Project::open(folder);
    const auto newest = newestCheckpoint(project, findRun(project.catalogue(), "last"));
    EXPECT_TRUE(newest.has_value());
    return newest ? loadTensorFile(newest->file).tensors : std::map<std::string, RawTensor>{};
  }
  static void expectEqualTensors(const std::string& a, const std::string& b) {
    const auto left = newestTensors(a);
    const auto right = newestTensors(b);
    ASSERT_FALSE(left.empty());
    ASSERT_EQ(left.size(), right.size());
    for (const auto& [name, tensor] : left) {
      ASSERT_TRUE(right.contains(name)) << name;
      EXPECT_EQ(tensor.bytes, right.at(name).bytes) << name;
    }
  }

  static std::string bytes(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path m_folder;
};

TEST_F(Cli, GoesFromTheStarterSetToASheet) {
  const std::string project = path("p.loom");
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  const Json added = cli({"starter", project, "--characters", "8", "--seed", "3"}).done();
  EXPECT_EQ(added.at("imported"), 32);

  Json info = cli({"info", project}).done();
  EXPECT_EQ(info.at("sprites"), 32);
  EXPECT_EQ(info.at("characters"), 8);
  EXPECT_EQ(info.at("views"), (Json{"back", "left", "front", "right"}));
  EXPECT_EQ(info.at("runs"), Json::array());

  const CliResult trained = train(project, 30);
  ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  const Json done = trained.done();
  EXPECT_EQ(done.at("run"), 1);
  EXPECT_EQ(done.at("steps"), 30);
  EXPECT_EQ(done.at("stopped"), false);
  EXPECT_GT(done.at("sprites_per_second").get<double>(), 0);
  EXPECT_TRUE(done.at("losses").contains("loss_generator"));
  EXPECT_TRUE(done.at("losses").contains("loss_critic"));
  for (const auto& [name, value] : done.at("losses").items()) EXPECT_TRUE(value.is_number()) << name;
  EXPECT_TRUE(std::ranges::any_of(trained.events, [](const Json& e) { return e.at("event") == "step"; }));

  info = cli({"info", project}).done();
  ASSERT_EQ(info.at("runs").size(), 1U);
  EXPECT_EQ(info.at("runs")[0].at("run"), 1);
  EXPECT_EQ(info.at("runs")[0].at("steps"), 30);
  EXPECT_EQ(info.at("runs")[0].at("status"), "finished");

  const CliResult sheet = cli({"sheet", project, "--run", "last", "--count", "3", "--layout", "grid", "--scale", "2",
                               "--padding", "1", "--out", path("sheet.png")});
  ASSERT_EQ(sheet.exitCode, 0) << sheet.errors;
  EXPECT_EQ(sheet.done().at("file"), path("sheet.png"));
  EXPECT_EQ(sheet.done().at("data"), (Json{path("sheet.json")}));
  EXPECT_EQ(sheet.done().at("frames"), 12);
  const Sprite picture = readImage(path("sheet.png"));
  EXPECT_EQ(picture.width(), 3 * 32 + 2);
  EXPECT_EQ(picture.height(), 4 * 32 + 3);
  EXPECT_EQ(Json::parse(bytes(path("sheet.json"))).at("frames").size(), 12U);
}

TEST_F(Cli, GeneratesTheSameCharactersInEveryViewFromASeed) {
  const std::string project = starterProject("p.loom");
  ASSERT_EQ(train(project, 3).exitCode, 0);
  const CliResult all = cli({"generate", project, "1", "--count", "2", "--seed", "9", "--out", path("all")});
  ASSERT_EQ(all.exitCode, 0) << all.errors;
  ASSERT_EQ(all.done().at("files").size(), 8U);
  for (const std::string view : {"back", "left", "front", "right"}) {
    for (const std::string number : {"0", "1"}) {
      const Sprite sprite = readImage(m_folder / "all" / view / (number + ".png"));
      EXPECT_EQ(sprite.width(), 16);
      EXPECT_EQ(sprite.height(), 16);
    }
  }
  ASSERT_EQ(cli({"generate", project, "1", "--count", "2", "--seed", "9", "--out", path("again")}).exitCode, 0);
  EXPECT_EQ(bytes(m_folder / "all/left/1.png"), bytes(m_folder / "again/left/1.png"));
  ASSERT_EQ(cli({"generate", project, "1", "--count", "2", "--seed", "10", "--out", path("other")}).exitCode, 0);
  EXPECT_NE(bytes(m_folder / "all/left/1.png"), bytes(m_folder / "other/left/1.png"));

  const CliResult one = cli({"generate", project, "last", "--count", "2", "--view", "front", "--out", path("one")});
  ASSERT_EQ(one.exitCode, 0) << one.errors;
  EXPECT_EQ(one.done().at("files"), (Json{path("one/0.png"), path("one/1.png")}));
  EXPECT_EQ(cli({"generate", project, "1", "--count", "1", "--view", "under", "--out", path("x")}).exitCode, 1);
}

TEST_F(Cli, DrawsTheGridsOfTheRecipes) {
  const std::string project = starterProject("p.loom");
  ASSERT_EQ(train(project, 2).exitCode, 0);
  for (const std::string kind : {"samples", "real-fake", "views"}) {
    const CliResult result = cli({"grid", project, "1", "--kind", kind, "--out", path(kind + ".png")});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    EXPECT_EQ(result.done().at("file"), path(kind + ".png"));
    EXPECT_FALSE(readImage(path(kind + ".png")).empty());
  }
}

TEST_F(Cli, ResumedIsTheSameToTheBit) {
  const std::string once = starterProject("once.loom");
  ASSERT_EQ(train(once, 40).exitCode, 0);
  const std::string twice = starterProject("twice.loom");
  ASSERT_EQ(train(twice, 20).exitCode, 0);
  const CliResult resumed = cli({"resume", twice, "1", "--steps", "40"});
  ASSERT_EQ(resumed.exitCode, 0) << resumed.errors;
  EXPECT_EQ(resumed.done().at("steps"), 40);
  expectEqualTensors(once, twice);
}

TEST_F(Cli, GoesOnFromTheLastCheckpointAfterKill) {
  const std::string killed = starterProject("killed.loom");
  {
    CliProcess training(m_folder, longTraining(killed));
    ASSERT_TRUE(training.waitForEvent("checkpoint")) << training.wait().errors;
    training.send(SIGKILL);
    EXPECT_EQ(training.wait().exitCode, 128 + SIGKILL);
  }
  const Json run = cli({"info", killed}).done().at("runs").at(0);
  EXPECT_EQ(run.at("status"), "stopped") << "nothing trains it any more";
  const int reached = run.at("steps").get<int>();
  ASSERT_GT(reached, 0);
  const std::string target = std::to_string(reached + 7);
  const CliResult resumed = cli({"resume", killed, "last", "--steps", target});
  ASSERT_EQ(resumed.exitCode, 0) << resumed.errors;
  EXPECT_EQ(resumed.done().at("steps"), reached + 7);

  const std::string straight = starterProject("straight.loom");
  ASSERT_EQ(train(straight, reached + 7).exitCode, 0);
  expectEqualTensors(killed, straight);
}

TEST_F(Cli, SigtermWritesACheckpointFirst) {
  const std::string project = starterProject("p.loom");
  CliProcess training(m_folder, longTraining(project));
  ASSERT_TRUE(training.waitForEvent("step")) << training.wait().errors;
  training.send(SIGTERM);
  CliResult result = training.wait();
  EXPECT_EQ(result.exitCode, 0) << result.errors;
  result.events = training.events();
  const Json done = result.done();
  EXPECT_EQ(done.at("stopped"), true);
  const int steps = done.at("steps").get<int>();
  const Project opened = Project::open(project);
  EXPECT_EQ(newestCheckpoint(opened, opened.catalogue().run(1))->step, steps);
  EXPECT_EQ(cli({"resume", project, "1", "--steps", std::to_string(steps + 1)}).done().at("steps"), steps + 1);
}

TEST_F(Cli, OneRunIsTrainedByOneProcessAtATime) {
  const std::string project = starterProject("p.loom");
  CliProcess training(m_folder, longTraining(project));
  ASSERT_TRUE(training.waitForEvent("step")) << training.wait().errors;
  const CliResult second = cli({"resume", project, "1"});
  EXPECT_EQ(second.exitCode, 1);
  EXPECT_NE(second.error().find("being trained"), std::string::npos);
  EXPECT_EQ(cli({"info", project}).done().at("runs").at(0).at("status"), "running");
  training.send(SIGINT);
  EXPECT_EQ(training.wait().exitCode, 0);
}

TEST_F(Cli, TellsWrongUsageFromFailure) {
  const std::string project = starterProject("p.loom");
  const std::vector<Words> wrong = {
      {"frobnicate"},
      {"new"},
      {"train", project},
      {"train", project, "--preset", "no-such"},
      {"train", project, "--preset", "dcgan", "--set", "no_such=1"},
      {"train", project, "--preset", "dcgan", "--set", "size=17"},
      {"train", project, "--preset", "dcgan", "--set", "size"},
      {"train", project, "--preset", "dcgan", "--steps", "0"},
      {"train", project, "--preset", "dcgan", "--steps", "5", "--epochs", "2"},
      {"train", project, "--preset", "dcgan", "--device", "warp"},
      {"import", project, "x.zip", "--as", "csv", "--cell", "64x64"},
      {"import", project, "x.zip", "--as", "nonsense"},
      {"import", project, "x.zip", "--cell", "64x"},
      {"import", project, "x.zip", "--channels", "5"},
      {"generate", project, "1", "--out", path("o")},
      {"generate", project, "1", "--count", "0", "--out", path("o")},
      {"grid", project, "1", "--kind", "portraits", "--out", path("g.png")},
      {"summary"},
      {"summary", project},
      {"summary", "--preset", "no-such"},
      {"summary", "--preset", "dcgan", "--set", "size=17"},
      {"summary", project, "1", "--preset", "dcgan"},
      {"reconstruct", project, "1", "--in", path("i")},
      {"reconstruct", project, "1", "--in", path("i"), "--out", path("o"), "--noise", "-1"},
      {"model"},
      {"model", "export", project, "1"},
      {"model", "burn", project, "1"},
      {"sheet", project, "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--favourites", "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--data", "gpl", "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--palette", "css", "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--cell", "0x8", "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--background", "blue", "--out", path("s.png")},
      {"sheet", project, "--run", "1", "--scale", "0", "--out", path("s.png")},
      {"info", project, "--no-such-option"},
  };
  for (const Words& words : wrong) {
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 2) << testing::PrintToString(words) << result.errors;
    EXPECT_FALSE(result.error().empty());
    EXPECT_FALSE(result.errors.empty()) << "people read stderr";
  }
  const std::vector<Words> failing = {
      {"info", path("nothing.loom")},
      {"new", project},
      {"import", project, path("nothing.zip")},
      {"resume", project, "1"},
      {"generate", project, "last", "--count", "1", "--out", path("o")},
      {"generate", project, "starter", "--count", "1", "--out", path("o")},
      {"grid", project, "1", "--kind", "reconstructions", "--out", path("g.png")},
      {"summary", project, "1"},
      {"reconstruct", project, "1", "--in", path("i"), "--out", path("o")},
      {"model", "export", project, "1", "--out", path("m.safetensors")},
      {"model", "import", project, path("nothing.safetensors")},
      {"sheet", project, "--favourites", "--out", path("s.png")},
      {"sheet", project, "--in", path("nothing"), "--out", path("s.png")},
      {"train", project, "--preset", "dcgan", "--from", "4"},
  };
  for (const Words& words : failing) {
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 1) << testing::PrintToString(words) << result.errors;
    EXPECT_FALSE(result.error().empty());
  }
  EXPECT_EQ(cli({"info", project}).done().at("runs"), Json::array()) << "nothing of that was recorded";
}

TEST_F(Cli, KeepsWordsForPeopleOffTheStandardOutput) {
  const std::string project = path("p.loom");
  const CliResult plain = CliProcess(m_folder, {"new", project}).wait();
  EXPECT_EQ(plain.exitCode, 0);
  EXPECT_EQ(plain.output, "");
  EXPECT_NE(plain.errors.find("p.loom"), std::string::npos);
  const CliResult help = CliProcess(m_folder, {"train", "--help"}).wait();
  EXPECT_EQ(help.exitCode, 0);
  EXPECT_NE((help.output + help.errors).find("--preset"), std::string::npos);
  EXPECT_EQ(CliProcess(m_folder, {"--version"}).wait().exitCode, 0);
}

TEST_F(Cli, ImportsPicturesAndReportsWhatItSkipped) {
  const std::string project = path("p.loom");
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  for (const std::string view : {"front", "back"}) {
    fs::create_directories(m_folder / "set" / view);
    for (int number = 0; number < 3; ++number) {
      Sprite sprite(16, 16);
      sprite.at(4, 4 + number) = {255, static_cast<std::uint8_t>(view == "front" ? 0 : 200), 0, 255};
      writePng(m_folder / "set" / view / (std::to_string(number) + ".png"), sprite);
    }
  }
  fs::copy_file(m_folder / "set/front/0.png", m_folder / "set/front/twin.png");
  std::ofstream(m_folder / "set/front/broken.png") << "this is no picture";
  const CliResult result = cli({"import", project, path("set"), "--as", "folders"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Json done = result.done();
  EXPECT_EQ(done.at("imported"), 7);
  EXPECT_EQ(done.at("duplicates"), 1);
  EXPECT_EQ(done.at("views"), (Json{"back", "front"}));
  EXPECT_EQ(done.at("sizes"), (Json{"16x16"}));
  ASSERT_EQ(done.at("skipped").size(), 1U);
  EXPECT_NE(done.at("skipped")[0].at("file").get<std::string>().find("broken.png"), std::string::npos);
  EXPECT_FALSE(done.at("skipped")[0].at("reason").get<std::string>().empty());
}

TEST_F(Cli, NeverReplacesAFileUnasked) {
  const std::string project = starterProject("p.loom");
  ASSERT_EQ(train(project, 1).exitCode, 0);
  for (const Words& words :
       std::vector<Words>{{"sheet", project, "--run", "1", "--count", "1", "--out", path("out.png")},
                          {"grid", project, "1", "--kind", "views", "--out", path("grid.png")},
                          {"generate", project, "1", "--count", "1", "--view", "front", "--out", path("made")}}) {
    ASSERT_EQ(cli(words).exitCode, 0);
    const fs::path file = words[0] == "generate" ? m_folder / "made/0.png" : fs::path(words.back());
    const std::string mine = "drawn by hand for a week";
    std::ofstream(file, std::ios::trunc) << mine;
    const CliResult refused = cli(words);
    EXPECT_EQ(refused.exitCode, 1) << words[0];
    EXPECT_NE(refused.events.back().at("hint").get<std::string>().find("--force"), std::string::npos);
    EXPECT_EQ(bytes(file), mine);
    Words forced = words;
    forced.emplace_back("--force");
    EXPECT_EQ(cli(forced).exitCode, 0);
    EXPECT_NE(bytes(file), mine);
  }
}

TEST_F(Cli, LaysOutPicturesOfAFolder) {
  const std::string project = path("p.loom");
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  Sprite sprite(16, 16);
  sprite.at(8, 8) = {10, 20, 30, 255};
  for (const std::string view : {"back", "left", "front", "right"}) {
    fs::create_directories(m_folder / "in" / view);
    writePng(m_folder / "in" / view / "hero.png", sprite);
  }
  const CliResult result = cli(
      {"sheet", project, "--in", path("in"), "--layout", "strip", "--data", "json-array", "--out", path("strip.png")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Sprite strip = readImage(path("strip.png"));
  EXPECT_EQ(strip.width(), 64);
  EXPECT_EQ(strip.height(), 16);
  EXPECT_EQ(strip.at(8, 8), (Rgba{10, 20, 30, 255}));
  EXPECT_TRUE(Json::parse(bytes(path("strip.json"))).at("frames").is_array());
}

TEST_F(Cli, WritesEveryKindOfDataBesideASheet) {
  const std::string project = path("p.loom");
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  fs::create_directories(m_folder / "in/front");
  for (const std::string name : {"a & b", "c"}) {
    Sprite sprite(16, 16);
    sprite.at(8, static_cast<int>(name.size())) = {10, 20, 30, 255};
    writePng(m_folder / "in/front" / (name + ".png"), sprite);
  }
  Words words = {"sheet", project, "--in", path("in"), "--layout", "packed", "--out", path("all.png")};
  for (const char* word : {"json-hash", "json-array", "tsx", "aseprite", "godot", "unity", "css"}) {
    words.insert(words.end(), {"--data", word});
  }
  for (const char* word : {"gpl", "hex", "pal", "ase"}) words.insert(words.end(), {"--palette", word});
  const CliResult result = cli(words);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  Json expected = Json::array();
  for (const char* ending :
       {"json", "array.json", "tsx", "aseprite", "tres", "unity.json", "css", "gpl", "hex", "pal", "ase"}) {
    expected.push_back(path(std::string("all.") + ending));
  }
  EXPECT_EQ(result.done().at("data"), expected);
  for (const Json& file : expected) EXPECT_GT(fs::file_size(file.get<std::string>()), 0U) << file;
  EXPECT_NE(bytes(path("all.tsx")).find("a &amp; b"), std::string::npos);
}

TEST_F(Cli, WritesSeveralSheetsAndNeverReplacesOneUnasked) {
  const std::string project = path("p.loom");
  ASSERT_EQ(cli({"new", project}).exitCode, 0);
  fs::create_directories(m_folder / "in/front");
  for (int i = 0; i < 5; ++i) {
    Sprite sprite(16, 16);
    sprite.at(i, i) = {10, 20, 30, 255};
    writePng(m_folder / "in/front" / (std::to_string(i) + ".png"), sprite);
  }
  const Words pages = {"sheet", project,      "--in", path("in"), "--layout",
                       "strip", "--max-size", "40",   "--out",    path("s.png")};
  const CliResult result = cli(pages);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("files"), (Json{path("s-1.png"), path("s-2.png"), path("s-3.png")}));
  EXPECT_EQ(result.done().at("file"), path("s-1.png"));
  EXPECT_EQ(result.done().at("data"), (Json{path("s-1.json"), path("s-2.json"), path("s-3.json")}));
  EXPECT_EQ(result.done().at("frames"), 5);
  EXPECT_EQ(readImage(path("s-3.png")).width(), 16);
  fs::remove(path("s-1.png"));
  const CliResult refused = cli(pages);
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_NE(refused.events.back().at("hint").get<std::string>().find("--force"), std::string::npos);
  EXPECT_FALSE(fs::exists(path("s-1.png")));
  const CliResult each = cli({"sheet", project, "--in", path("in"), "--each", "--out", path("e.png")});
  ASSERT_EQ(each.exitCode, 0) << each.errors;
  EXPECT_EQ(each.done().at("files").size(), 5U);
  EXPECT_TRUE(fs::exists(path("e-4.png")));
}

TEST_F(Cli, DescribesEverySettingOfEveryPreset) {
  const CliResult result = cli({"presets"});
  ASSERT_EQ(result.exitCode, 0);
  std::set<std::string> names;
  for (const Json& event : result.events) {
    if (event.at("event") != "preset") continue;
    names.insert(event.at("name").get<std::string>());
    for (const Json& setting : event.at("settings")) {
      for (const char* field : {"name", "type", "default", "help"}) EXPECT_TRUE(setting.contains(field)) << setting;
    }
  }
  EXPECT_TRUE(names.contains("dcgan"));
  EXPECT_TRUE(names.contains("conditional-dcgan"));
}

}  // namespace
}  // namespace loom
