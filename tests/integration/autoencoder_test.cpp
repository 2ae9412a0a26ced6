// Autoencoders, and models that travel, through the program itself.
#include <gtest/gtest.h>

#include <fstream>

#include "core/image/codec.h"
#include "core/project/project.h"
#include "core/studio/model_files.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

/// A project with 48 starter sprites, 12 characters in four views.
class AutoencoderCli : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "loom-cli-XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
    m_project = path("p.loom");
    ASSERT_EQ(cli({"new", m_project}).exitCode, 0);
    ASSERT_EQ(cli({"starter", m_project, "--characters", "12", "--seed", "3"}).exitCode, 0);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult cli(const Words& arguments) const { return runCli(m_folder, arguments); }

  CliResult train(const std::string& preset, int steps, const Words& more = {}) const {
    Words words{"train",       m_project,    "--preset", preset,     "--set",   "size=16",
                "--set",       "features=4", "--set",    "latent=8", "--set",   "batch=8",
                "--device",    "cpu",        "--seed",   "5",        "--steps", std::to_string(steps),
                "--precision", "fp32"};
    words.insert(words.end(), more.begin(), more.end());
    return cli(words);
  }
  /// The project's sprites as a folder of views.
  std::string pictures() const {
    EXPECT_EQ(cli({"export-data", m_project, "--as", "folders", "--out", path("in")}).exitCode, 0);
    for (const char* credits : {"CREDITS.txt", "CREDITS.csv"}) fs::remove(m_folder / "in" / credits);
    return path("in");
  }
  static std::string bytes(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path m_folder;
  std::string m_project;
};

TEST_F(AutoencoderCli, ReconstructsWhatItHasLearnt) {
  const Words quick{"--set",     "channels=4", "--set",    "features=8", "--set",
                    "latent=16", "--set",      "lr=0.003", "--set",      "ema=0"};
  ASSERT_EQ(train("autoencoder", 1, quick).exitCode, 0);
  ASSERT_EQ(train("autoencoder", 200, quick).exitCode, 0);
  const std::string in = pictures();
  std::ofstream(m_folder / "in/front/broken.png") << "this is no picture";
  std::vector<double> l1;
  for (const std::string run : {"1", "2"}) {
    const CliResult result = cli({"reconstruct", m_project, run, "--in", in, "--out", path("out" + run)});
    ASSERT_EQ(result.exitCode, 0) << result.errors;
    const Json done = result.done();
    EXPECT_EQ(done.at("files").size(), 48U);
    ASSERT_EQ(done.at("skipped").size(), 1U) << "the bad file is reported";
    EXPECT_EQ(done.at("skipped")[0].at("file"), path("in/front/broken.png"));
    EXPECT_TRUE(done.at("accuracy").is_number());
    EXPECT_TRUE(done.at("accuracy_channel").is_number());
    l1.push_back(done.at("l1").get<double>());
    for (const Json& file : done.at("files")) EXPECT_EQ(readImage(file.get<std::string>()).width(), 16);
  }
  EXPECT_LT(l1[1], l1[0] / 2) << "it has learnt to";

  const Words noisy{"reconstruct", m_project, "2", "--in", in, "--noise", "0.9", "--seed", "4", "--out"};
  const auto with = [](Words words, const std::string& last) {
    words.push_back(last);
    return words;
  };
  const double noise = cli(with(noisy, path("noisy"))).done().at("l1").get<double>();
  EXPECT_NE(noise, l1[1]);
  EXPECT_LT(noise, l1[0] / 2) << "it sees through noise";
  EXPECT_EQ(cli(with(noisy, path("noisy2"))).done().at("l1").get<double>(), noise);
  for (const auto& entry : fs::directory_iterator(m_folder / "noisy/front")) {
    EXPECT_EQ(bytes(entry.path()), bytes(m_folder / "noisy2/front" / entry.path().filename())) << entry.path();
  }
  EXPECT_EQ(cli(with(noisy, path("noisy"))).exitCode, 1) << "nothing is replaced unasked";
}

TEST_F(AutoencoderCli, DrawsTheGridsOfTheRecipes) {
  ASSERT_EQ(train("cvae", 4, {"--set", "evaluate_every=2"}).exitCode, 0);
  for (const std::string kind : {"samples", "originals", "reconstructions", "denoised", "real-fake", "views"}) {
    const CliResult result = cli({"grid", m_project, "1", "--kind", kind, "--best", "--out", path(kind + ".png")});
    ASSERT_EQ(result.exitCode, 0) << kind << result.errors;
    EXPECT_FALSE(readImage(path(kind + ".png")).empty());
  }
  EXPECT_EQ(readImage(path("samples.png")).width(), 10 * 17 - 1);
  EXPECT_EQ(readImage(path("denoised.png")).width(), 3 * 17 - 1);
  ASSERT_EQ(cli({"generate", m_project, "1", "--best", "--count", "2", "--out", path("made")}).exitCode, 0);
  EXPECT_EQ(cli({"sheet", m_project, "--run", "1", "--best", "--count", "2", "--out", path("s.png")}).exitCode, 0);
}

TEST_F(AutoencoderCli, AGanFindsTheLatentsOfPictures) {
  ASSERT_EQ(train("dcgan", 2).exitCode, 0);
  fs::create_directories(m_folder / "one");
  const fs::path front = fs::path(pictures()) / "front";
  fs::copy_file(fs::directory_iterator(front)->path(), m_folder / "one/a.png");
  const CliResult result =
      cli({"reconstruct", m_project, "1", "--in", path("one"), "--steps", "20", "--out", path("found")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("inverted"), true);
  EXPECT_EQ(result.done().at("files"), (Json{path("found/a.png")}));
  const CliResult grid = cli({"grid", m_project, "1", "--kind", "reconstructions", "--out", path("g.png")});
  EXPECT_EQ(grid.exitCode, 1);
  EXPECT_NE(grid.error().find("encoder"), std::string::npos);
}

TEST_F(AutoencoderCli, AModelTravelsToAnotherProject) {
  ASSERT_EQ(train("autoencoder", 3).exitCode, 0);
  const std::string file = path("model.safetensors");
  ASSERT_EQ(cli({"model", "export", m_project, "last", "--out", file}).exitCode, 0);
  EXPECT_EQ(cli({"model", "export", m_project, "last", "--out", file}).exitCode, 1) << "nothing is replaced unasked";
  const std::string other = path("other.loom");
  ASSERT_EQ(cli({"new", other}).exitCode, 0);
  const CliResult imported = cli({"model", "import", other, file});
  ASSERT_EQ(imported.exitCode, 0) << imported.errors;
  EXPECT_EQ(imported.done().at("run"), 1);
  for (const std::string& project : {m_project, other}) {
    ASSERT_EQ(cli({"generate", project, "1", "--count", "1", "--seed", "9", "--out", project + "-made"}).exitCode, 0);
  }
  EXPECT_EQ(readImage(other + "-made/any/0.png"), readImage(m_project + "-made/any/0.png"));
  ASSERT_EQ(cli({"sheet", other, "--run", "1", "--count", "2", "--out", path("s.png")}).exitCode, 0);
  ASSERT_EQ(cli({"grid", other, "1", "--kind", "samples", "--out", path("g.png")}).exitCode, 0);
  EXPECT_EQ(cli({"model", "import", m_project, file}).done().at("run"), 2);
  EXPECT_EQ(train("autoencoder", 1, {"--from", "2"}).exitCode, 0);
  std::ofstream(file, std::ios::trunc) << "weights of another program";
  const CliResult refused = cli({"model", "import", other, file});
  EXPECT_EQ(refused.exitCode, 1);
  EXPECT_NE(refused.error().find("safetensors"), std::string::npos);
}

TEST_F(AutoencoderCli, SummaryCountsLayersAndSums) {
  const CliResult preset =
      cli({"summary", "--preset", "cvae", "--set", "size=32", "--set", "features=4", "--set", "latent=6"});
  ASSERT_EQ(preset.exitCode, 0) << preset.errors;
  EXPECT_NE(preset.errors.find("multiply-adds"), std::string::npos) << "a table for people";
  std::int64_t parameters = 0;
  const Json networks = preset.done().at("networks");
  ASSERT_EQ(networks.size(), 2U);
  for (const Json& part : networks) {
    std::int64_t own = 0;
    for (const Json& layer : part.at("layers")) {
      EXPECT_TRUE(layer.at("shape").is_array());
      own += layer.at("parameters").get<std::int64_t>();
    }
    EXPECT_EQ(part.at("parameters"), own);
    parameters += own;
  }
  EXPECT_EQ(preset.done().at("parameters"), parameters);

  ASSERT_EQ(train("dcgan", 1).exitCode, 0);
  const CliResult run = cli({"summary", m_project, "last"});
  ASSERT_EQ(run.exitCode, 0) << run.errors;
  EXPECT_EQ(run.done().at("networks")[0].at("part"), "generator");
  EXPECT_EQ(run.done().at("networks")[1].at("part"), "critic");
}

}  // namespace
}  // namespace loom
