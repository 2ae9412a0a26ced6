#include "ui/bridge/training_bridge.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <memory>

#include "tests/ui/tiny_project.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine
constexpr std::int64_t kEndless = 1'000'000;

class TrainingBridgeTest : public testing::Test {
 protected:
  bool ended() {
    return QTest::qWaitFor([this] { return !bridge->active(); }, kPatience);
  }
  bool reachesStep(std::int64_t step) {
    return QTest::qWaitFor([this, step] { return bridge->run() > 0 && bridge->progress().step >= step; }, kPatience);
  }
  TempFolder folder;
  Project project = makeTinyProject(folder / "tiny.loom");
  JobRunner jobs;
  std::unique_ptr<TrainingBridge> bridge = std::make_unique<TrainingBridge>(jobs);
};

TEST_F(TrainingBridgeTest, TellsEveryStepOnceAndInOrderOnTheGuiThread) {
  std::vector<std::int64_t> steps;
  std::vector<std::string> events;
  QObject::connect(bridge.get(), &TrainingBridge::started, [&](int) { events.push_back("started"); });
  QObject::connect(bridge.get(), &TrainingBridge::metricsArrived, [&](int run, const std::vector<MetricRow>& rows) {
    EXPECT_EQ(QThread::currentThread(), qApp->thread());
    EXPECT_EQ(run, 1);
    for (const MetricRow& row : rows) steps.push_back(row.step);
  });
  QSignalSpy previews(bridge.get(), &TrainingBridge::previewArrived);
  QSignalSpy models(bridge.get(), &TrainingBridge::modelArrived);
  QSignalSpy failures(bridge.get(), &TrainingBridge::failed);
  QObject::connect(bridge.get(), &TrainingBridge::finished, [&](int run, const TrainingResult& result) {
    events.push_back("finished");
    EXPECT_EQ(run, 1);
    EXPECT_EQ(result.steps, 40);
    EXPECT_TRUE(result.reachedTarget);
    EXPECT_FALSE(bridge->active()) << "another may be started from here";
  });
  bridge->start(project, tinyRequest(40));
  EXPECT_TRUE(bridge->active());
  ASSERT_TRUE(ended());
  EXPECT_EQ(failures.count(), 0);
  EXPECT_EQ(events, (std::vector<std::string>{"started", "finished"}));
  ASSERT_EQ(steps.size(), 40U);
  for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_EQ(steps[i], static_cast<std::int64_t>(i + 1));
  EXPECT_GE(previews.count(), 1);
  EXPECT_GE(models.count(), 1);
  EXPECT_FALSE(bridge->metricNames().empty());
}

TEST_F(TrainingBridgeTest, WhatCannotStartIsToldWithAHint) {
  QSignalSpy failures(bridge.get(), &TrainingBridge::failed);
  TrainingRequest request = tinyRequest(5);
  request.settings["size"] = 50;  // no multiple of 16
  bridge->start(project, request);
  ASSERT_TRUE(ended());
  ASSERT_EQ(failures.count(), 1);
  EXPECT_EQ(failures[0][0].toInt(), 0);
  const auto error = failures[0][1].value<ErrorText>();
  EXPECT_TRUE(error.what.contains("size")) << error.what.toStdString();
  EXPECT_FALSE(error.hint.isEmpty());
  EXPECT_TRUE(project.catalogue().runs().empty());
}

TEST_F(TrainingBridgeTest, ASecondStartIsRefusedAndTheFirstGoesOn) {
  QSignalSpy failures(bridge.get(), &TrainingBridge::failed);
  bridge->start(project, tinyRequest(kEndless));
  ASSERT_TRUE(reachesStep(1));
  bridge->start(project, tinyRequest(5));
  ASSERT_EQ(failures.count(), 1);
  EXPECT_EQ(failures[0][0].toInt(), 0);
  EXPECT_EQ(bridge->run(), 1);
  bridge->stop();
  EXPECT_TRUE(ended());
  EXPECT_EQ(failures.count(), 1);
}

TEST_F(TrainingBridgeTest, StoppingTheStartLeavesNoRunBehind) {
  QSignalSpy failures(bridge.get(), &TrainingBridge::failed);
  bridge->start(project, tinyRequest(kEndless));
  bridge->stop();
  ASSERT_TRUE(ended());
  for (const RunInfo& run : project.catalogue().runs()) {
    EXPECT_NE(run.status, RunStatus::kRunning) << "it had started already, and was stopped like any other";
  }
}

TEST_F(TrainingBridgeTest, GoingAwayStopsWithACheckpoint) {
  bridge->start(project, tinyRequest(kEndless));
  ASSERT_TRUE(reachesStep(3));
  bridge.reset();
  const RunInfo run = project.catalogue().run(1);
  EXPECT_EQ(run.status, RunStatus::kStopped);
  EXPECT_GE(run.steps, 3);
  const std::vector<CheckpointInfo> saved = checkpoints(project.runFolder(run));
  ASSERT_FALSE(saved.empty());
  EXPECT_EQ(saved.back().step, run.steps);
}

TEST_F(TrainingBridgeTest, GoingAwayWhileStartingIsSafe) {
  bridge->start(project, tinyRequest(kEndless));
  bridge.reset();
  EXPECT_TRUE(QTest::qWaitFor([this] { return !jobs.busy(); }, kPatience));
  QTest::qWait(50);  // what the job posted is handled, and reaches nobody
  for (const RunInfo& run : project.catalogue().runs()) EXPECT_NE(run.status, RunStatus::kRunning);
}

TEST_F(TrainingBridgeTest, PausedItStandsStillAndThenGoesOn) {
  bridge->start(project, tinyRequest(kEndless));
  ASSERT_TRUE(reachesStep(2));
  bridge->pause();
  ASSERT_TRUE(QTest::qWaitFor([this] { return bridge->progress().state == TrainingState::kPaused; }, kPatience));
  const std::int64_t step = bridge->progress().step;
  QTest::qWait(300);
  EXPECT_EQ(bridge->progress().step, step);
  bridge->proceed();
  EXPECT_TRUE(reachesStep(step + 1));
  bridge->stop();
  EXPECT_TRUE(ended());
}

}  // namespace
}  // namespace loom
