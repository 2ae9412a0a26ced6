#include "core/dataset/cleaning_job.h"

#include <gtest/gtest.h>

#include <stop_token>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/dataset/starter.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

class CleaningJobTest : public testing::Test {
 protected:
  void SetUp() override {
    Catalogue catalogue = m_project.catalogue();
    for (int i = 0; i < 24; ++i) {
      NewSprite sprite{.pixels = picture(i), .character = std::to_string(i / 4), .view = std::to_string(i % 4)};
      m_ids.push_back(catalogue.addSprite(sprite));
      m_originals.push_back(sprite.pixels);
    }
    putFile(m_folder / "my.gpl", "GIMP Palette\nName: x\n#\n0 0 0 a\n255 255 255 b\n200 40 40 c\n40 200 40 d\n");
  }
  /// Figures, on a ground of one colour, with half transparent pixels, and enlarged.
  static Sprite picture(int number) {
    Sprite sprite = starterCharacter(9, static_cast<std::uint64_t>(number)).views[static_cast<std::size_t>(number % 4)];
    if (number % 4 == 1) {
      sprite = flattened(sprite, {255, 0, 255, 255});
    } else if (number % 4 == 2) {
      for (int x = 0; x < sprite.width(); ++x) sprite.at(x, number).a /= 2;
    } else if (number % 4 == 3) {
      sprite = enlarged(sprite, 2);
    }
    return sprite;
  }
  CleaningReport clean(const std::vector<std::string>& texts) {
    std::vector<CleaningStep> steps;
    for (const std::string& text : texts) steps.push_back(parseCleaningStep(text));
    JobMonitor monitor;
    return cleanSprites(m_project, m_ids, steps, monitor);
  }
  /// One step of every kind, its settings drawn.
  std::string anyStep(RandomStream& random) const {
    const std::vector<std::string> steps = {"upscaling",
                                            "background",
                                            "halo",
                                            "alpha",
                                            "trim",
                                            "trim=3",
                                            "fit=48",
                                            "fit=80,mode=area",
                                            "centre",
                                            "mirror",
                                            "palette=6",
                                            "palette=12,scope=shared",
                                            "grayscale",
                                            "channels=1",
                                            "channels=3",
                                            "fill",
                                            "lock=" + (m_folder / "my.gpl").string()};
    return steps[random.below(static_cast<std::uint32_t>(steps.size()))];
  }

  TempFolder m_folder;
  Project m_project = Project::create(m_folder / "project.loom");
  std::vector<SpriteId> m_ids;
  std::vector<Sprite> m_originals;
};

TEST_F(CleaningJobTest, EveryKindOfStepIsReplayedToTheSamePixels) {
  for (const CleaningKind& kind : cleaningKinds()) {
    const std::string text = kind.name == "lock" ? "lock=" + (m_folder / "my.gpl").string() : kind.name;
    clean({text});
    const Catalogue catalogue = m_project.catalogue();
    for (const SpriteId id : m_ids)
      EXPECT_EQ(replayed(catalogue, id, catalogue.steps(id)), catalogue.pixels(id)) << text;
    JobMonitor monitor;
    replaySteps(m_project, m_ids, noSteps, monitor);
  }
}

TEST_F(CleaningJobTest, AnyListOfStepsIsReplayedAndReverted) {
  constexpr std::uint64_t kSeed = 2026;
  SCOPED_TRACE(kSeed);
  for (std::uint64_t round = 0; round < 8; ++round) {
    RandomStream random(kSeed, round);
    std::string done;
    for (int i = 0; i < 3; ++i) {
      const std::vector<std::string> texts = {anyStep(random), anyStep(random)};
      done += texts[0] + " " + texts[1] + " ";
      EXPECT_TRUE(clean(texts).failed.empty()) << done;
    }
    const Catalogue catalogue = m_project.catalogue();
    for (const SpriteId id : m_ids)
      EXPECT_EQ(replayed(catalogue, id, catalogue.steps(id)), catalogue.pixels(id)) << done;
    JobMonitor monitor;
    replaySteps(m_project, m_ids, noSteps, monitor);
    EXPECT_EQ(catalogue.pixels(m_ids), m_originals) << done;
    for (const SpriteId id : m_ids) EXPECT_TRUE(catalogue.steps(id).empty());
  }
}

TEST_F(CleaningJobTest, AChangeIsUndoneAndRedoneAsOne) {
  const CleaningReport report = clean({"trim", "fit=32"});
  EXPECT_EQ(report.looked, 24);
  EXPECT_EQ(report.changed, 24);
  Catalogue catalogue = m_project.catalogue();
  const std::vector<Sprite> cleaned = catalogue.pixels(m_ids);
  catalogue.swapChange(report.change);
  EXPECT_EQ(catalogue.pixels(m_ids), m_originals);
  catalogue.swapChange(report.change);
  EXPECT_EQ(catalogue.pixels(m_ids), cleaned);
}

TEST_F(CleaningJobTest, WhatChangesNothingIsNoChange) {
  const CleaningReport report = clean({"upscaling=1"});
  EXPECT_EQ(report.changed, 0);
  EXPECT_EQ(report.change, 0);
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_EQ(report.notes[0].second, 24);
}

TEST_F(CleaningJobTest, AMissingPaletteChangesNothing) {
  EXPECT_THROW(clean({"trim", "lock=" + (m_folder / "nowhere.gpl").string()}), Error);
  EXPECT_EQ(m_project.catalogue().pixels(m_ids), m_originals);
}

TEST_F(CleaningJobTest, StoppedItChangesNothing) {
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
    if (progress.stage == "Putting them into the project") stop.request_stop();
  });
  EXPECT_THROW(cleanSprites(m_project, m_ids, {parseCleaningStep("mirror")}, monitor), Cancelled);
  EXPECT_EQ(m_project.catalogue().pixels(m_ids), m_originals);
}

TEST_F(CleaningJobTest, ADrawingByHandIsAStepThatLaterOnesBuildOn) {
  clean({"trim"});
  const Sprite drawn = sampleSprite(7, 40, 40);
  EXPECT_EQ(editSprite(m_project, m_ids[0], drawn, "drawn").changed, 1);
  EXPECT_EQ(editSprite(m_project, m_ids[0], drawn, "drawn").changed, 0);
  clean({"mirror"});
  const Catalogue catalogue = m_project.catalogue();
  EXPECT_EQ(catalogue.pixels(m_ids[0]), mirrored(drawn));
  EXPECT_EQ(replayed(catalogue, m_ids[0], catalogue.steps(m_ids[0])), mirrored(drawn));
  JobMonitor monitor;
  const StepEdit withoutLast = [](const Json& present) {
    Json steps = present;
    steps.erase(steps.size() - 1);
    return steps;
  };
  replaySteps(m_project, std::span(m_ids).first(1), withoutLast, monitor);
  EXPECT_EQ(catalogue.pixels(m_ids[0]), drawn);
  replaySteps(m_project, std::span(m_ids).first(1), noSteps, monitor);
  EXPECT_EQ(catalogue.pixels(m_ids[0]), m_originals[0]);
}

TEST_F(CleaningJobTest, DamagedStepsAreToldFromGoodOnes) {
  EXPECT_THROW(stepFrom(Json::array()), Error);
  EXPECT_THROW(stepFrom({{"name", 3}}), Error);
  const CleaningStep step = parseCleaningStep("trim=2");
  EXPECT_EQ(stepFrom(toJson(step)), step);
}

}  // namespace
}  // namespace loom
