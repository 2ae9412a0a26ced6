// evaluate, as scripts rely on it.
#include <gtest/gtest.h>

#include "core/image/codec.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

using test::CliResult;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

/// A project whose run 1 has seen 8 characters.
class EvaluateCli : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(cli({"new", m_project}).exitCode, 0);
    ASSERT_EQ(cli({"starter", m_project, "--characters", "8", "--seed", "3"}).exitCode, 0);
    const CliResult trained = cli({"train", m_project, "--preset", "conditional-dcgan", "--set", "size=16", "--set",
                                   "features=4", "--set", "batch=8", "--steps", "4", "--device", "cpu"});
    ASSERT_EQ(trained.exitCode, 0) << trained.errors;
  }
  CliResult cli(const Words& words) const { return test::runCli(m_folder.path(), words); }
  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  /// Five characters that the run has not seen, as a folder of views.
  std::string others() const {
    EXPECT_EQ(cli({"new", path("q.loom")}).exitCode, 0);
    EXPECT_EQ(cli({"starter", path("q.loom"), "--characters", "5", "--seed", "9"}).exitCode, 0);
    EXPECT_EQ(cli({"export-data", path("q.loom"), "--as", "folders", "--out", path("others")}).exitCode, 0);
    return path("others");
  }
  TempFolder m_folder;
  std::string m_project = path("p.loom");
};

TEST_F(EvaluateCli, GivesEveryMeasureBesideItsFloorAndItsBaseline) {
  const Words words = {"evaluate", m_project, "last", "--against", others(), "--out", path("near.png")};
  const CliResult result = cli(words);
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Json done = result.done();
  EXPECT_EQ(done.at("run"), 1);
  EXPECT_EQ(done.at("step"), 4);
  EXPECT_EQ(done.at("sprites"), 20);
  EXPECT_EQ(done.at("characters"), 5);
  EXPECT_EQ(done.at("training"), 32);
  EXPECT_EQ(done.at("seen"), 0);
  EXPECT_GE(done.at("measures").size(), 18U);
  for (const Json& measure : done.at("measures")) {
    for (const char* figure : {"value", "floor", "baseline"}) EXPECT_TRUE(measure.at(figure).is_number()) << measure;
    EXPECT_FALSE(measure.at("explanation").get<std::string>().empty());
    EXPECT_NE(result.errors.find(measure.at("title").get<std::string>()), std::string::npos) << "a table for people";
  }
  EXPECT_FALSE(readImage(done.at("file").get<std::string>()).empty());
  const CliResult again = cli(words);
  EXPECT_EQ(again.exitCode, 1) << "nothing is replaced unasked";
  EXPECT_NE(again.errors.find("--force"), std::string::npos);
}

TEST_F(EvaluateCli, GoesByTheCharactersThatCameLaterOrSaysWhatToDo) {
  const CliResult without = cli({"evaluate", m_project, "1"});
  EXPECT_EQ(without.exitCode, 1);
  EXPECT_NE(without.errors.find("--against"), std::string::npos) << without.errors;
  ASSERT_EQ(cli({"starter", m_project, "--characters", "4", "--seed", "9"}).exitCode, 0);
  const CliResult result = cli({"evaluate", m_project, "1", "--seed", "6"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("characters"), 4);
  EXPECT_EQ(cli({"evaluate", m_project, "1", "--seed", "6"}).done().at("measures"), result.done().at("measures"));
  EXPECT_EQ(cli({"evaluate", m_project, "1", "--count", "2"}).exitCode, 2);
  EXPECT_EQ(cli({"evaluate", m_project, "7"}).exitCode, 1);
}

}  // namespace
}  // namespace loom
