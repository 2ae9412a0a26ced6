// A turnaround from training to files, through the program itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "core/image/codec.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

/// A project with 12 starter characters and a short run of the preset.
class TurnaroundCli : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-cli-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
    m_project = path("p.loom");
    ASSERT_EQ(cli({"new", m_project}).exitCode, 0);
    ASSERT_EQ(cli({"starter", m_project, "--characters", "12", "--seed", "3"}).exitCode, 0);
    const CliResult trained = cli({"train",       m_project,
                                   "--preset",    "turnaround",
                                   "--set",       "size=64",
                                   "--set",       "features=8",
                                   "--set",       "batch=4",
                                   "--set",       "evaluate_every=4",
                                   "--set",       "preview_every=4",
                                   "--device",    "cpu",
                                   "--precision", "fp32",
                                   "--seed",      "5",
                                   "--steps",     "8"});
    ASSERT_EQ(trained.exitCode, 0) << trained.errors;
    EXPECT_TRUE(trained.done().at("losses").contains("held_out_l1")) << trained.done();
    ASSERT_EQ(cli({"export-data", m_project, "--as", "folders", "--out", path("all")}).exitCode, 0);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& arguments) const { return runCli(m_folder, arguments); }
  /// Puts the picture number `index` of a view, and of no other, into IN as NAME.
  void show(const std::string& view, std::size_t index, const std::string& name) const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(m_folder / "all" / view)) files.push_back(entry.path());
    std::ranges::sort(files);
    fs::create_directories(m_folder / "in" / view);
    fs::copy_file(files.at(index), m_folder / "in" / view / name);
  }
  static std::set<std::uint32_t> colours(const fs::path& file) {
    std::set<std::uint32_t> found;
    const Sprite sprite = readImage(file);
    for (const Rgba& pixel : sprite.pixels()) {
      if (pixel.a > 0) found.insert(static_cast<std::uint32_t>(pixel.r << 24 | pixel.g << 16 | pixel.b << 8 | pixel.a));
    }
    return found;
  }

  fs::path m_folder;
  std::string m_project;
};

TEST_F(TurnaroundCli, WritesTheMissingViewsAndGoesOnPastBadFiles) {
  show("front", 0, "0.png");
  show("front", 1, "1.png");
  show("back", 1, "1.png");
  show("left", 2, "2.png");
  for (const char* view : {"back", "left", "front", "right"}) show(view, 3, "3.png");
  std::ofstream(m_folder / "in/front/2.png") << "this is no picture";
  std::ofstream(m_folder / "in/front/4.png") << "nor is this";
  const Words words{"turnaround", m_project, "last", "--in", path("in"), "--out", path("out")};
  const CliResult result = cli(words);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const json done = result.done();
  std::set<std::string> files;
  for (const json& file : done.at("files")) {
    files.insert(fs::relative(file.get<std::string>(), m_folder / "out").string());
    EXPECT_EQ(readImage(file.get<std::string>()).width(), 64);
  }
  EXPECT_EQ(files, (std::set<std::string>{"back/0.png", "left/0.png", "right/0.png", "left/1.png", "right/1.png",
                                          "back/2.png", "right/2.png"}))
      << "the front of 2 is there, though it cannot be read";
  EXPECT_EQ(done.at("characters"), 3);
  EXPECT_EQ(done.at("skipped").size(), 3U) << done.at("skipped");
  const auto worn = colours(m_folder / "in/front/0.png");
  for (const char* view : {"back", "left", "right"}) {
    const auto drawn = colours(m_folder / "out" / view / "0.png");
    EXPECT_TRUE(std::ranges::includes(worn, drawn)) << view;
  }
  EXPECT_GT(done.at("confidence").get<double>(), 0);

  EXPECT_EQ(cli(words).exitCode, 1) << "files are not replaced in silence";
  Words forced = words;
  forced.push_back("--force");
  EXPECT_EQ(cli(forced).exitCode, 0);
}

TEST_F(TurnaroundCli, SaysWhyNothingCanBeDrawn) {
  fs::create_directories(m_folder / "in/sideways");
  fs::copy_file(*fs::directory_iterator(m_folder / "all/front"), m_folder / "in/sideways/0.png");
  const CliResult result = cli({"turnaround", m_project, "1", "--in", path("in"), "--out", path("out")});
  EXPECT_EQ(result.exitCode, 1);
  EXPECT_NE(result.error().find("no character"), std::string::npos) << result.error();
  EXPECT_FALSE(fs::exists(m_folder / "out"));
}

TEST_F(TurnaroundCli, ItsRunDrawsNoNewCharacters) {
  const std::vector<Words> others{
      {"generate", m_project, "1", "--count", "2", "--out", path("g")},
      {"grid", m_project, "1", "--kind", "samples", "--out", path("g.png")},
      {"grid", m_project, "1", "--kind", "views", "--out", path("g.png")},
      {"grid", m_project, "1", "--kind", "originals", "--out", path("g.png")},
      {"grid", m_project, "1", "--kind", "real-fake", "--out", path("g.png")},
      {"sheet", m_project, "--run", "1", "--count", "2", "--layout", "grid", "--out", path("s.png")},
      {"interpolate", m_project, "1", "--from", "1", "--to", "2", "--frames", "3", "--out", path("w.gif")},
      {"reconstruct", m_project, "1", "--in", path("all"), "--out", path("r")},
  };
  for (const Words& words : others) {
    const CliResult result = cli(words);
    EXPECT_EQ(result.exitCode, 1) << words[0];
    EXPECT_NE(result.error().find("missing views"), std::string::npos) << words[0] << ": " << result.error();
  }
}

TEST_F(TurnaroundCli, ItsRunIsMeasuredTaskByTask) {
  ASSERT_EQ(cli({"new", path("q.loom")}).exitCode, 0);
  ASSERT_EQ(cli({"starter", path("q.loom"), "--characters", "3", "--seed", "9"}).exitCode, 0);
  ASSERT_EQ(cli({"export-data", path("q.loom"), "--as", "folders", "--out", path("others")}).exitCode, 0);
  const CliResult result =
      cli({"evaluate", m_project, "last", "--against", path("others"), "--out", path("turned.png")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const json done = result.done();
  EXPECT_EQ(done.at("characters"), 3);
  std::set<std::string> names;
  for (const json& measure : done.at("measures")) {
    names.insert(measure.at("name").get<std::string>());
    for (const char* figure : {"value", "floor", "baseline"}) EXPECT_TRUE(measure.at(figure).is_number()) << measure;
    for (const char* name : {"retrieval", "copy", "mirror"}) EXPECT_TRUE(measure.at("baselines").contains(name));
  }
  for (const char* name : {"difference_front_left", "exact_visible_from_back", "foreign_three_seen"}) {
    EXPECT_EQ(names.count(name), 1U) << name;
  }
  EXPECT_NE(result.errors.find("front > left"), std::string::npos) << "a table for people";
  EXPECT_FALSE(readImage(path("turned.png")).empty());
}

TEST_F(TurnaroundCli, ItsRunCanBeSummedUpExportedAndFilmed) {
  const CliResult summary = cli({"summary", m_project, "1"});
  EXPECT_EQ(summary.exitCode, 0) << summary.errors;
  EXPECT_EQ(cli({"model", "export", m_project, "1", "--out", path("m.safetensors")}).exitCode, 0);
  const CliResult imported = cli({"model", "import", m_project, path("m.safetensors")});
  ASSERT_EQ(imported.exitCode, 0) << imported.errors;
  show("front", 0, "0.png");
  for (const char* run : {"1", "2"}) {
    const CliResult result = cli({"turnaround", m_project, run, "--in", path("in"), "--out", path(run)});
    EXPECT_EQ(result.exitCode, 0) << result.errors;
  }
  EXPECT_EQ(readImage(path("1/back/0.png")), readImage(path("2/back/0.png")));
  EXPECT_EQ(cli({"timelapse", m_project, "1", "--out", path("t.png")}).exitCode, 0);
  const CliResult resumed = cli({"resume", m_project, "1", "--steps", "10"});
  EXPECT_EQ(resumed.exitCode, 0) << resumed.errors;
}

}  // namespace
}  // namespace loom
