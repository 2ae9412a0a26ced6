#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/project/catalogue.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

class CatalogueRuns : public testing::Test {
 protected:
  RunInfo makeRun() { return m_catalogue.createRun("dcgan", {{"batch", 64}}, 1000, {{"seed", 7}, {"threads", 2}}); }
  TempFolder m_folder;
  Catalogue m_catalogue{m_folder / "project.db"};
};

TEST_F(CatalogueRuns, ANewRunHasANumberAFolderAndWhatItWasGiven) {
  const RunInfo created = makeRun();
  EXPECT_EQ(created.number, 1);
  EXPECT_EQ(created.folder, "runs/0001-dcgan");
  EXPECT_EQ(m_catalogue.createRun("conditional-dcgan", {}, 5, {}).folder, "runs/0002-conditional-dcgan");
  EXPECT_EQ(m_catalogue.createRun("../../etc", {}, 5, {}).folder, "runs/0003-______etc");
  const RunInfo read = Catalogue(m_folder / "project.db").run(1);
  EXPECT_EQ(read.preset, "dcgan");
  EXPECT_EQ(read.settings, (Json{{"batch", 64}}));
  EXPECT_EQ(read.environment, (Json{{"seed", 7}, {"threads", 2}}));
  EXPECT_EQ(read.targetSteps, 1000);
  EXPECT_EQ(read.steps, 0);
  EXPECT_EQ(read.status, RunStatus::kStopped);
  EXPECT_EQ(read.created.size(), 20U);
  EXPECT_EQ(read.created.back(), 'Z');
}

TEST_F(CatalogueRuns, AnUpdateKeepsWhatARunIsAndChangesWhatItDid) {
  RunInfo run = makeRun();
  const RunInfo before = run;
  run.status = RunStatus::kFailed;
  run.steps = 123;
  run.targetSteps = 2000;
  run.seconds = 4.5;
  run.spritesPerSecond = 99.25;
  run.losses = {{"critic", 0.5}, {"generator", std::numeric_limits<double>::quiet_NaN()}};
  run.best = BestValue{"distance", .25, 80};
  run.name = "another name";
  run.binned = true;
  run.note = "the hats came out well";
  run.settings["batch"] = 32;
  run.environment["device"] = "cpu";
  run.preset = "another";
  run.folder = "elsewhere";
  run.created = "never";
  m_catalogue.updateRun(run);
  const RunInfo read = m_catalogue.run(run.number);
  EXPECT_EQ(read.status, RunStatus::kFailed);
  EXPECT_EQ(read.steps, 123);
  EXPECT_EQ(read.targetSteps, 2000);
  EXPECT_EQ(read.seconds, 4.5);
  EXPECT_EQ(read.spritesPerSecond, 99.25);
  EXPECT_EQ(read.losses["critic"], 0.5);
  EXPECT_TRUE(std::isnan(read.losses["generator"].get<double>()));
  EXPECT_EQ(read.best, run.best);
  EXPECT_EQ(read.name, "") << "a name is given by renameRun alone";
  EXPECT_FALSE(read.binned) << "the bin has a way of its own";
  EXPECT_EQ(read.note, run.note);
  EXPECT_EQ(read.settings, run.settings);
  EXPECT_EQ(read.environment, run.environment);
  EXPECT_EQ(read.preset, before.preset);
  EXPECT_EQ(read.folder, before.folder);
  EXPECT_EQ(read.created, before.created);
}

TEST_F(CatalogueRuns, ANameIsKeptWhateverTheTrainingWritesMeanwhile) {
  RunInfo inTraining = makeRun();
  m_catalogue.renameRun(1, "wide latent, \"hats\"");
  inTraining.steps = 50;
  m_catalogue.updateRun(inTraining);
  EXPECT_EQ(m_catalogue.run(1).name, "wide latent, \"hats\"");
  EXPECT_EQ(m_catalogue.runs().front().name, "wide latent, \"hats\"");
  EXPECT_THROW(m_catalogue.renameRun(1, std::string(1000, 'n')), Error);
  EXPECT_THROW(m_catalogue.renameRun(9, "nobody"), Error);
}

TEST_F(CatalogueRuns, TheBinHoldsRunsOutOfTheListUntilTheyComeBack) {
  for (int i = 0; i < 3; ++i) makeRun();
  m_catalogue.addMetrics(3, std::vector<MetricRow>{{1, {1.0F}}});
  m_catalogue.setRunsBinned(std::array{1, 3}, true);
  ASSERT_EQ(m_catalogue.runs().size(), 1U);
  EXPECT_EQ(m_catalogue.runs().front().number, 2);
  EXPECT_EQ(m_catalogue.lastRun()->number, 2);
  EXPECT_EQ(m_catalogue.binnedRuns().size(), 2U);
  EXPECT_TRUE(m_catalogue.run(3).binned);
  m_catalogue.setRunsBinned(std::array{3}, false);
  EXPECT_EQ(m_catalogue.lastRun()->number, 3);
  EXPECT_EQ(m_catalogue.metrics(3).rows.size(), 1U);
}

TEST_F(CatalogueRuns, AllOfThemAreBinnedOrNone) {
  makeRun();
  makeRun();
  EXPECT_THROW(m_catalogue.setRunsBinned(std::array{1, 9, 2}, true), Error);
  EXPECT_EQ(m_catalogue.runs().size(), 2U);
}

TEST_F(CatalogueRuns, WhatIsBestIsNothingUntilItWasMeasured) {
  RunInfo run = makeRun();
  EXPECT_FALSE(m_catalogue.run(1).best.has_value());
  run.best = BestValue{"held_out_loss", .125, 700};
  m_catalogue.updateRun(run);
  EXPECT_EQ(m_catalogue.runs().front().best, run.best);
  run.best.reset();
  m_catalogue.updateRun(run);
  EXPECT_FALSE(m_catalogue.run(1).best.has_value());
}

TEST_F(CatalogueRuns, EveryStatusComesBack) {
  RunInfo run = makeRun();
  for (const RunStatus status :
       {RunStatus::kRunning, RunStatus::kPaused, RunStatus::kStopped, RunStatus::kFinished, RunStatus::kFailed}) {
    run.status = status;
    m_catalogue.updateRun(run);
    EXPECT_EQ(m_catalogue.run(run.number).status, status) << runStatusName(status);
  }
}

TEST_F(CatalogueRuns, ASpeedThatIsNoNumberDoesNotLoseTheUpdate) {
  RunInfo run = makeRun();
  run.spritesPerSecond = std::numeric_limits<double>::quiet_NaN();
  run.steps = 5;
  m_catalogue.updateRun(run);
  EXPECT_EQ(m_catalogue.run(run.number).steps, 5);
}

TEST_F(CatalogueRuns, AMissingRunIsToldWithThoseThereAre) {
  EXPECT_FALSE(m_catalogue.lastRun().has_value());
  EXPECT_THROW(m_catalogue.run(1), Error);
  makeRun();
  makeRun();
  try {
    m_catalogue.run(9);
    FAIL() << "found";
  } catch (const Error& failure) {
    EXPECT_NE(failure.hint().find("1, 2"), std::string::npos) << failure.hint();
  }
  RunInfo ghost = m_catalogue.run(2);
  ghost.number = 9;
  EXPECT_THROW(m_catalogue.updateRun(ghost), Error);
  EXPECT_THROW(m_catalogue.setRunMetricNames(9, {"loss"}), Error);
  EXPECT_THROW(m_catalogue.addMetrics(9, std::vector<MetricRow>{{1, {1.0F}}}), Error);
  EXPECT_EQ(m_catalogue.lastRun()->number, 2);
}

TEST_F(CatalogueRuns, RemovedRunsTakeTheirMetricsAndNoNewRunTheirNumber) {
  makeRun();
  const RunInfo second = makeRun();
  m_catalogue.addMetrics(second.number, std::vector<MetricRow>{{1, {1.0F}}});
  m_catalogue.removeRun(second.number);
  ASSERT_EQ(m_catalogue.runs().size(), 1U);
  EXPECT_TRUE(m_catalogue.metrics(second.number).rows.empty());
  EXPECT_EQ(makeRun().number, 3);
}

TEST_F(CatalogueRuns, MetricsComeBackToTheBitWithTheirGaps) {
  const int run = makeRun().number;
  const std::vector<std::string> names{"critic", "generator", "view accuracy"};
  m_catalogue.setRunMetricNames(run, names);
  const std::vector<MetricRow> rows{{1, {0.1F, -2.5e-30F, kNan}},
                                    {2, {kNan, 3.0F, 0.5F}},
                                    {10, {std::numeric_limits<float>::infinity(), 0.0F, 1.0F}}};
  m_catalogue.addMetrics(run, rows);
  const MetricSeries series = Catalogue(m_folder / "project.db").metrics(run);
  EXPECT_EQ(series.names, names);
  ASSERT_EQ(series.rows.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(series.rows[i].step, rows[i].step);
    ASSERT_EQ(series.rows[i].values.size(), 3U);
    for (std::size_t k = 0; k < 3; ++k) {
      if (std::isnan(rows[i].values[k])) {
        EXPECT_TRUE(std::isnan(series.rows[i].values[k]));
      } else {
        EXPECT_EQ(series.rows[i].values[k], rows[i].values[k]);
      }
    }
  }
}

TEST_F(CatalogueRuns, MetricsOfAStepAreReplacedAndReadFromAStepOn) {
  const int run = makeRun().number;
  const int other = makeRun().number;
  std::vector<MetricRow> rows;
  for (int step = 1; step <= 30; ++step) rows.push_back({step, {static_cast<float>(step)}});
  m_catalogue.addMetrics(run, rows);
  m_catalogue.addMetrics(other, rows);
  m_catalogue.addMetrics(run, std::vector<MetricRow>{{30, {-1.0F}}});
  MetricSeries series = m_catalogue.metrics(run, 27);
  ASSERT_EQ(series.rows.size(), 3U);
  EXPECT_EQ(series.rows.front().step, 28);
  EXPECT_EQ(series.rows.back().values, std::vector<float>{-1.0F});

  series = m_catalogue.metrics(run, 10, 5);
  ASSERT_EQ(series.rows.size(), 5U);
  EXPECT_EQ(series.rows.front().step, 11);
  EXPECT_TRUE(m_catalogue.metrics(run, -1, 0).rows.empty());

  m_catalogue.dropMetricsAfter(run, 20);
  series = m_catalogue.metrics(run);
  ASSERT_EQ(series.rows.size(), 20U);
  EXPECT_EQ(series.rows.back().step, 20);
  EXPECT_EQ(m_catalogue.metrics(other).rows.size(), 30U);
}

TEST_F(CatalogueRuns, AMeasureAddedLaterIsAGapInOlderRows) {
  const int run = makeRun().number;
  m_catalogue.setRunMetricNames(run, {"loss"});
  m_catalogue.addMetrics(run, std::vector<MetricRow>{{1, {1.0F}}});
  m_catalogue.setRunMetricNames(run, {"loss", "accuracy"});
  m_catalogue.addMetrics(run, std::vector<MetricRow>{{2, {2.0F, 0.5F}}});
  const MetricSeries series = m_catalogue.metrics(run);
  ASSERT_EQ(series.rows.size(), 2U);
  ASSERT_EQ(series.rows[0].values.size(), 2U);
  EXPECT_EQ(series.rows[0].values[0], 1.0F);
  EXPECT_TRUE(std::isnan(series.rows[0].values[1]));
}

// A project may come from a stranger; files are written and deleted in the folder of a run.
TEST_F(CatalogueRuns, ARunWhoseFolderPointsElsewhereIsRefused) {
  makeRun();
  SQLite::Database raw((m_folder / "project.db").string(), SQLite::OPEN_READWRITE);
  raw.exec("UPDATE runs SET folder = '../../precious'");
  EXPECT_THROW(m_catalogue.run(1), Error);
  EXPECT_THROW(m_catalogue.runs(), Error);
}

}  // namespace
}  // namespace loom
