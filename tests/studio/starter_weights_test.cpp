#include "core/studio/starter_weights.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/studio/characters.h"
#include "core/studio/model_summary.h"
#include "core/studio/runs.h"
#include "core/studio/sprite_credits.h"
#include "tests/studio/own_starters.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::kAutoencoderRun;
using test::kGanRun;
using test::OwnStarters;
using test::TrainedRuns;

std::string hintOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return std::string(error.what()) + "; " + error.hint();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(StarterWeights, DrawInAProjectThatHasNoRuns) {
  const TrainedRuns runs;
  const OwnStarters own;
  own.add(runs.project(), runs.run(kGanRun), Precision::kSingle);
  const Project empty = Project::create(runs.scratch() / "empty.loom");
  const RunInfo run = findRunOrStarter(empty.catalogue(), "starter", StarterUse::kDraw);
  EXPECT_TRUE(isStarter(run));
  EXPECT_EQ(run.preset, "conditional-dcgan");
  EXPECT_EQ(run.steps, 60);
  const auto model = loadRunModel(empty, run);
  EXPECT_EQ(model->run, 0) << "the number that it had elsewhere names another run here";
  JobMonitor monitor;
  const auto drawn = [&](const std::shared_ptr<const Model>& of) {
    return generateCharacters(of, 1, 9, {}, std::nullopt, monitor, 1).front().views;
  };
  EXPECT_EQ(drawn(model), drawn(loadRunModel(runs.project(), runs.run(kGanRun))));
  EXPECT_EQ(loadStarter(starterOf("conditional-dcgan")), model) << "read once, for all who hold it";
  EXPECT_GT(summariseRun(empty, run).parameters(), 0);
}

TEST(StarterWeights, NameTheArtistsOfWhatTheyDraw) {
  const TrainedRuns runs;
  const OwnStarters own;
  own.add(runs.project(), runs.run(kGanRun));
  const Project empty = Project::create(runs.scratch() / "empty.loom");
  const RunInfo run = findRunOrStarter(empty.catalogue(), "starter", StarterUse::kDraw);
  const std::string text = creditsForRun(empty, run);
  for (const char* word : {"Ada, Brom", "CC0", "drawn characters", "https://example.org/heroes"}) {
    EXPECT_NE(text.find(word), std::string::npos) << text;
  }
  const std::int64_t kept =
      empty.catalogue().addFavourite({.name = "x", .latent = {1}, .settings = {{"starter", run.preset}}});
  EXPECT_EQ(creditsForFavourites(empty, std::vector{kept}), text);
}

TEST(StarterWeights, ComeWithACardThatSaysWhatTheyAre) {
  const TrainedRuns runs;
  const OwnStarters own;
  own.add(runs.project(), runs.run(kAutoencoderRun));
  const StarterWeights starter = starterOf("autoencoder");
  const std::string text = cardText(starter.card);
  for (const char* fact : {"Tiny heroes", "CC0", "drawn characters", "https://example.org/heroes", "Ada, Brom",
                           "--steps 2", "seed 5", "mean difference: 0.5", "blurred faces"}) {
    EXPECT_NE(text.find(fact), std::string::npos) << fact << "\n" << text;
  }
}

TEST(StarterWeights, AreFoundByWhatIsToBeDone) {
  const TrainedRuns runs;
  const OwnStarters own;
  const Catalogue catalogue = runs.project().catalogue();
  EXPECT_TRUE(starterWeights().empty());
  EXPECT_NE(hintOf([&] { findRunOrStarter(catalogue, "starter", StarterUse::kDraw); }).find("train a run"),
            std::string::npos);
  own.add(runs.project(), runs.run(kAutoencoderRun));
  own.add(runs.project(), runs.run(kGanRun));
  ASSERT_EQ(starterWeights().size(), 2U);
  EXPECT_EQ(starterFor("starter", StarterUse::kDraw).preset, starterWeights().front().preset);
  EXPECT_EQ(starterFor("starter:autoencoder", StarterUse::kDraw).preset, "autoencoder");
  EXPECT_EQ(starterFor("starter:conditional-dcgan", StarterUse::kDraw).preset, "conditional-dcgan");
  const std::string none = hintOf([] { starterFor("starter", StarterUse::kTurn); });
  EXPECT_NE(none.find("missing views"), std::string::npos) << none;
  EXPECT_NE(hintOf([] { starterOf("dcgan"); }).find("autoencoder"), std::string::npos) << "it names those there are";
  EXPECT_EQ(findRunOrStarter(catalogue, "last", StarterUse::kDraw).number, kGanRun);
}

TEST(StarterWeights, AreNoRunWhereOneOfTheProjectIsMeant) {
  const TrainedRuns runs;
  for (const char* word : {"starter", "starter:dcgan"}) {
    const std::string said = hintOf([&] { findRun(runs.project().catalogue(), word); });
    EXPECT_NE(said.find("'last'"), std::string::npos) << said;
  }
}

TEST(StarterWeights, AreNotOfferedWhenDamagedButSayWhyWhenAskedFor) {
  const TrainedRuns runs;
  const OwnStarters own;
  own.add(runs.project(), runs.run(kGanRun));
  const auto expectRefused = [](const std::string& why) {
    EXPECT_TRUE(starterWeights().empty()) << why;
    EXPECT_THROW(starterOf("conditional-dcgan"), Error) << why;
  };
  fs::rename(own.card("conditional-dcgan"), own.card("kept"));
  expectRefused("no card");
  std::ofstream(own.card("conditional-dcgan")) << R"({"title": "Nobody's"})";
  expectRefused("half a card");
  fs::rename(own.card("kept"), own.card("conditional-dcgan"));
  EXPECT_EQ(starterWeights().size(), 1U);
  std::ofstream(own.weights("conditional-dcgan"), std::ios::trunc) << "these are no weights";
  expectRefused("no weights");
  exportModel(runs.project(), runs.run(kAutoencoderRun), Weights::kNewest, own.weights("conditional-dcgan"));
  expectRefused("weights of another preset");
}

TEST(StarterWeights, LieBesideTheProgram) {
  const OwnStarters own;
  ::unsetenv("SPRITELOOM_MODELS");
  EXPECT_EQ(starterFolder(), fs::path(SPRITELOOM_BINARY_DIR) / "share/spriteloom/models");
}

/// Those in the source tree, where there are any.
class ShippedWeights : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("SPRITELOOM_MODELS", SPRITELOOM_SOURCE_DIR "/models/weights", 1);
    for (const auto& entry : fs::directory_iterator(starterFolder())) {
      if (entry.path().extension() == ".safetensors") m_files.push_back(entry.path());
    }
    if (m_files.empty()) GTEST_SKIP() << "no weights have been trained yet";
  }
  OwnStarters m_restored;
  std::vector<fs::path> m_files;
};

TEST_F(ShippedWeights, AreSmallWholeAndCredited) {
  for (const fs::path& file : m_files) {
    EXPECT_LE(fs::file_size(file), 24'000'000U) << file;
    const StarterWeights starter = starterOf(file.stem().string());
    EXPECT_FALSE(loadStarter(starter)->weights.tensors.empty());
    EXPECT_FALSE(starterCredits(starter).empty()) << file;
    EXPECT_FALSE(starter.card.measures.empty() || starter.card.weaknesses.empty() || starter.card.commands.empty())
        << file;
  }
}

}  // namespace
}  // namespace loom
