#include "core/studio/starter_fit.h"

#include <gtest/gtest.h>

#include <functional>
#include <numeric>

#include "core/base/error.h"
#include "core/dataset/starter.h"
#include "core/studio/runs.h"
#include "core/studio/training_session.h"
#include "tests/studio/own_starters.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::kGanRun;
using test::OwnStarters;
using test::TrainedRuns;

TEST(SmallSet, IsOneOfFewerCharactersThanTheRuleSays) {
  CatalogueCounts counts{.sprites = 4000, .characters = kFewCharacters - 1};
  EXPECT_TRUE(isSmallSet(counts));
  counts.characters = kFewCharacters;
  EXPECT_FALSE(isSmallSet(counts));
}

class StarterFit : public testing::Test {
 protected:
  StarterFit() { m_own.add(m_runs.project(), m_runs.run(kGanRun)); }
  Json complete(const Json& changes) const {
    return m_preset.schema.complete(settingsLike(starter(), m_preset, changes));
  }
  StarterWeights starter() const { return starterOf("conditional-dcgan"); }

  const TrainedRuns m_runs;
  const OwnStarters m_own;
  const Preset& m_preset = preset("conditional-dcgan");
  const std::vector<std::string> m_views{"back", "left", "front", "right"};
};

TEST_F(StarterFit, WhatShapesTheNetworkComesFromTheWeightsUnlessItIsChosen) {
  const Json settings = settingsLike(starter(), m_preset, {{"batch", 3}, {"latent", 9}});
  EXPECT_EQ(settings.at("features"), 4);
  EXPECT_EQ(settings.at("size"), 16);
  EXPECT_EQ(settings.at("latent"), 9) << "what the user says counts, and misfit tells";
  EXPECT_EQ(settings.at("batch"), 3);
  EXPECT_FALSE(settings.contains("lr")) << "how it is trained is the preset's";
  EXPECT_EQ(settingsLike(starter(), preset("dcgan"), Json::object()), Json::object()) << "another preset keeps its own";
}

TEST_F(StarterFit, AgreesWhereSizesAndViewsDo) {
  EXPECT_FALSE(misfit(starter(), m_preset, complete({{"lr", 1e-5}, {"dropout", .4}}), m_views));
}

TEST_F(StarterFit, SaysWhichSettingOrViewDoesNotFit) {
  for (const auto& [name, value] : {std::pair{"size", 32}, {"features", 8}, {"latent", 7}}) {
    const auto problem = misfit(starter(), m_preset, complete({{name, value}}), m_views);
    ASSERT_TRUE(problem) << name;
    EXPECT_NE(problem->hint.find(name), std::string::npos) << problem->hint;
  }
  const auto problem = misfit(starter(), m_preset, complete({}), {"back", "front"});
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->what.find("left"), std::string::npos) << problem->what;
}

TEST_F(StarterFit, AnotherPresetTakesWhatFitsIfItIsOfTheSize) {
  const Preset& other = preset("dcgan");
  EXPECT_FALSE(misfit(starter(), other, other.schema.complete({{"size", 16}}), {"any"}));
  EXPECT_TRUE(misfit(starter(), other, other.schema.complete({{"size", 32}}), {"any"}));
}

/// A turnaround trained on 8 characters, and a project of 5 others.
class FromStarter : public testing::Test {
 protected:
  FromStarter() {
    TrainingRequest request = small();
    request.settings.update({{"size", 16}, {"features", 8}, {"key_depth", 8}, {"normalisation", "group"}});
    const RunInfo run = m_runs.run(train(m_runs.project(), request));
    m_own.add(m_runs.project(), run, Precision::kSingle);
    JobMonitor monitor;
    addStarterSet(m_project, 5, 77, monitor);
  }
  static TrainingRequest small() {
    TrainingRequest request;
    request.preset = "turnaround";
    request.settings = {{"batch", 4}};
    request.steps = 2;
    request.device = "cpu";
    request.precision = "fp32";
    return request;
  }
  static TrainingRequest fromStarter() {
    TrainingRequest request = small();
    request.settings["lr"] = 0;  // so that the weights of the first step are still those it began with
    request.fromStarter = "turnaround";
    return request;
  }
  static int train(const Project& project, const TrainingRequest& request) {
    TrainingListener nobody;
    JobMonitor monitor;
    const auto session = TrainingSession::start(project, request, nobody, monitor);
    session->wait();
    return session->run();
  }
  void expectWeightsOfTheStarter(int number) const {
    const RunInfo run = m_project.catalogue().run(number);
    const TensorFile now = loadTensorFile(newestCheckpoint(m_project, run)->file);
    const TensorFile first = loadTensorFile(m_own.weights("turnaround"));
    EXPECT_GT(first.tensors.size(), 20U);
    for (const auto& [name, tensor] : first.tensors) {
      EXPECT_EQ(now.tensors.at(name).bytes, tensor.bytes) << name;
      EXPECT_EQ(now.tensors.at("raw." + name).bytes, tensor.bytes) << name;
    }
  }

  const TrainedRuns m_runs;
  const OwnStarters m_own;
  const Project m_project = Project::create(m_runs.scratch() / "own.loom");
};

TEST_F(FromStarter, EveryWeightIsTakenOverThoughTheCharactersAreOthers) {
  const int number = train(m_project, fromStarter());
  const RunInfo run = m_project.catalogue().run(number);
  EXPECT_EQ(run.settings.at("features"), 8) << "the network is that of the weights";
  EXPECT_EQ(run.settings.at("lr"), 0);
  expectWeightsOfTheStarter(number);
}

TEST_F(FromStarter, OneThatWasKilledBeforeItsFirstCheckpointBeginsSoAgain) {
  const int number = train(m_project, fromStarter());
  const RunInfo run = m_project.catalogue().run(number);
  fs::remove_all(m_project.runFolder(run) / "checkpoints");
  ResumeRequest request;
  request.run = number;
  request.steps = 1;
  TrainingListener nobody;
  JobMonitor monitor;
  TrainingSession::resume(m_project, request, nobody, monitor)->wait();
  expectWeightsOfTheStarter(number);
}

TEST_F(FromStarter, ATurnaroundKeepsTheViewsThatTheSpritesDoNotShow) {
  Catalogue catalogue = m_project.catalogue();
  std::vector<SpriteId> sides;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (info.view == "left" || info.view == "right") sides.push_back(info.id);
  }
  catalogue.setExcluded(sides, true);
  const int number = train(m_project, fromStarter());
  expectWeightsOfTheStarter(number);
  const std::vector<std::string> all{"back", "left", "front", "right"};
  EXPECT_EQ(loadRunModel(m_project, catalogue.run(number))->views, all);
  ResumeRequest request;
  request.run = number;
  request.steps = 3;
  TrainingListener nobody;
  JobMonitor monitor;
  EXPECT_EQ(TrainingSession::resume(m_project, request, nobody, monitor)->wait().steps, 3);
}

TEST_F(FromStarter, AHeroOfOtherViewsTakesWhatWasLearnedOfThoseThatAreAlike) {
  TrainingRequest hero = small();
  hero.preset = "hero";
  hero.settings.update({{"size", 16}, {"features", 8}, {"latent", 6}, {"colours", 6}});
  const RunInfo known = m_runs.run(train(m_runs.project(), hero));
  m_own.add(m_runs.project(), known, Precision::kSingle);
  Catalogue catalogue = m_project.catalogue();
  std::vector<SpriteId> others;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (info.view != "front") others.push_back(info.id);
  }
  catalogue.setExcluded(others, true);
  TrainingRequest front = fromStarter();
  front.preset = "hero";
  front.fromStarter = "hero";
  const RunInfo run = catalogue.run(train(m_project, front));
  EXPECT_EQ(loadRunModel(m_project, run)->views, std::vector<std::string>{"front"});
  const TensorFile now = loadTensorFile(newestCheckpoint(m_project, run)->file);
  const TensorFile first = loadTensorFile(m_own.weights("hero"));
  const auto numbers = [](const RawTensor& tensor) {
    return std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1}, std::multiplies());
  };
  for (const auto& [name, tensor] : first.tensors) {
    // The spread of its own characters' codes, and statistics of batches, are not learned.
    if (name.starts_with("prior.") || name.find("running_") != std::string::npos || tensor.type == "I64") continue;
    const RawTensor& taken = now.tensors.at(name);
    if (taken.shape == tensor.shape) {
      EXPECT_EQ(taken.bytes, tensor.bytes) << name;
    } else {
      EXPECT_EQ(4 * numbers(taken), numbers(tensor)) << name << " knew four views";
    }
  }
  ResumeRequest request;
  request.run = run.number;
  request.steps = 3;
  TrainingListener nobody;
  JobMonitor monitor;
  EXPECT_EQ(TrainingSession::resume(m_project, request, nobody, monitor)->wait().steps, 3);
}

TEST_F(FromStarter, IsRefusedWithoutATraceWhereItDoesNotFit) {
  TrainingRequest request = fromStarter();
  request.settings["features"] = 16;
  EXPECT_THROW(train(m_project, request), Error) << "another width";
  Catalogue catalogue = m_project.catalogue();
  std::vector<SpriteId> left;
  for (const SpriteInfo& info : catalogue.sprites()) {
    if (info.view == "left") left.push_back(info.id);
  }
  catalogue.setField(left, SpriteField::kView, "below");
  EXPECT_THROW(train(m_project, fromStarter()), Error) << "a view that the weights do not know";
  request = fromStarter();
  request.fromStarter = "dcgan";
  EXPECT_THROW(train(m_project, request), Error) << "there are none of that preset";
  EXPECT_TRUE(catalogue.runs().empty());
}

}  // namespace
}  // namespace loom
