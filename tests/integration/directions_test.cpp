// directions, as scripts use it.
#include <gtest/gtest.h>

#include <cmath>

#include "core/image/codec.h"
#include "core/project/project.h"
#include "tests/base/temp_folder.h"
#include "tests/integration/cli_process.h"

namespace loom {
namespace {

using test::CliResult;
using test::runCli;
using Words = std::vector<std::string>;

/// A project of twelve characters, of which half are tagged "brave", with runs of a GAN, an autoencoder and a hero.
class DirectionsCommand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_made = std::make_unique<TempFolder>();
    const std::string project = (*s_made / "p.loom").string();
    ASSERT_EQ(runCli(s_made->path(), {"new", project}).exitCode, 0);
    ASSERT_EQ(runCli(s_made->path(), {"starter", project, "--characters", "12", "--seed", "3"}).exitCode, 0);
    for (const std::string preset : {"conditional-dcgan", "cvae", "hero"}) {
      const CliResult trained = runCli(
          s_made->path(), {"train", project, "--preset", preset, "--set", "size=32", "--set", "features=4", "--set",
                           "latent=8", "--set", "batch=8", "--device", "cpu", "--seed", "5", "--steps", "4"});
      ASSERT_EQ(trained.exitCode, 0) << trained.errors;
    }
    Catalogue catalogue = Project::open(project).catalogue();
    std::vector<SpriteId> ids;
    for (const SpriteInfo& sprite : catalogue.sprites()) ids.push_back(sprite.id);
    catalogue.setField(ids, SpriteField::kTags, "shy");
    catalogue.setField(std::span(ids).first(ids.size() / 2), SpriteField::kTags, "brave tall");
    catalogue.setField(std::span(ids).last(3), SpriteField::kTags, "rare");
  }
  static void TearDownTestSuite() { s_made.reset(); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  CliResult directions(const std::string& run, const Words& more) const {
    Words words{"directions", (*s_made / "p.loom").string(), run};
    words.insert(words.end(), more.begin(), more.end());
    return runCli(m_folder.path(), words);
  }
  static std::vector<nlohmann::json> listed(const CliResult& result) {
    std::vector<nlohmann::json> found;
    for (const nlohmann::json& event : result.events) {
      if (event.at("event") == "direction") found.push_back(event);
    }
    return found;
  }

  static std::unique_ptr<TempFolder> s_made;
  TempFolder m_folder;
};
std::unique_ptr<TempFolder> DirectionsCommand::s_made;

TEST_F(DirectionsCommand, ListsThemByEffectTheSameEveryTime) {
  const CliResult result = directions("1", {"--count", "5"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(result.done().at("directions"), 5);
  EXPECT_EQ(result.done().at("run"), 1);
  const auto found = listed(result);
  ASSERT_EQ(found.size(), 5U);
  double before = 1;
  for (const nlohmann::json& direction : found) {
    EXPECT_EQ(direction.at("kind"), "found");
    EXPECT_LE(direction.at("effect").get<double>(), before);
    before = direction.at("effect").get<double>();
    double length = 0;
    for (const double value : direction.at("vector").get<std::vector<double>>()) length += value * value;
    EXPECT_NEAR(length, 1, 1e-4);
  }
  EXPECT_GT(before, 0);
  EXPECT_EQ(listed(directions("1", {"--count", "5"})), found);
}

TEST_F(DirectionsCommand, DrawsThemARowEach) {
  const CliResult result = directions("1", {"--count", "4", "--out", path("d.png"), "--seed", "2"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const Sprite picture = readImage(m_folder / "d.png");
  EXPECT_EQ(picture.width(), 3 * 32 + 2);
  EXPECT_EQ(picture.height(), 4 * 32 + 3);
  const CliResult again = directions("1", {"--out", path("d.png")});
  EXPECT_EQ(again.exitCode, 1);
  EXPECT_NE(again.error().find("would be replaced"), std::string::npos);
  EXPECT_EQ(directions("1", {"--out", path("d.png"), "--force", "--view", "left"}).exitCode, 0);
  EXPECT_EQ(directions("1", {"--out", path("e.png"), "--view", "above"}).exitCode, 1);
}

TEST_F(DirectionsCommand, LearnsFromATagThroughAnEncoder) {
  const CliResult result = directions("2", {"--learn-tag", "brave", "--out", path("t.png")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  const auto found = listed(result);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at("name"), "brave");
  EXPECT_EQ(found[0].at("kind"), "tag");
  EXPECT_EQ(found[0].at("vector").size(), 8U);
}

TEST_F(DirectionsCommand, AHeroLearnsFromWholeCharacters) {
  const CliResult result = directions("3", {"--learn-tag", "brave", "--out", path("h.png")});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  EXPECT_EQ(listed(result).at(0).at("vector").size(), 8U);
  const CliResult few = directions("3", {"--learn-tag", "rare"});
  EXPECT_EQ(few.exitCode, 1);
  EXPECT_NE(few.error().find("1 examples with the tag 'rare' and 11 without"), std::string::npos) << few.error();
  EXPECT_EQ(directions("3", {"--count", "3"}).exitCode, 0);
}

TEST_F(DirectionsCommand, LearnsFromATagWithoutAnEncoderToo) {
  const CliResult result = directions("1", {"--learn-tag", "brave"});
  ASSERT_EQ(result.exitCode, 0) << result.errors;
  ASSERT_EQ(listed(result).size(), 1U);
  EXPECT_EQ(listed(result)[0].at("kind"), "tag");
}

TEST_F(DirectionsCommand, SaysWhyATagTeachesNothing) {
  const CliResult few = directions("2", {"--learn-tag", "rare"});
  EXPECT_EQ(few.exitCode, 1);
  EXPECT_NE(few.error().find("3 examples with the tag 'rare'"), std::string::npos) << few.error();
  EXPECT_EQ(directions("1", {"--count", "0"}).exitCode, 2);
}

}  // namespace
}  // namespace loom
