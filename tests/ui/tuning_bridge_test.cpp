#include "ui/bridge/tuning_bridge.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <memory>

#include "tests/ui/tiny_project.h"
#include "tests/ui/tiny_search.h"
#include "ui/bridge/end_notices.h"
#include "ui/bridge/session.h"
#include "ui/bridge/sleep_guard.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine
constexpr std::int64_t kEndless = 1'000'000;

class TuningBridgeTest : public testing::Test {
 protected:
  void SetUp() override {
    makeTinyProject(folder / "tiny.loom", 12);
    session.openProject(folder / "tiny.loom");
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  bool ended() {
    return wait([this] { return !bridge.active(); });
  }
  bool trains() {
    return wait([this] { return bridge.progress().run > 0; });
  }
  TempFolder folder;
  Session session;
  TuningBridge& bridge = session.tuning();
};

TEST_F(TuningBridgeTest, TellsOfEachTrialOnTheGuiThreadAndOfTheEnd) {
  QSignalSpy failures(&bridge, &TuningBridge::failed);
  std::vector<std::string> events;
  std::optional<Search> last;
  QObject::connect(&bridge, &TuningBridge::started, [&](int search) {
    EXPECT_EQ(QThread::currentThread(), qApp->thread());
    events.push_back("started " + std::to_string(search));
  });
  QObject::connect(&bridge, &TuningBridge::searchChanged, [&](const Search& search) { last = search; });
  QObject::connect(&bridge, &TuningBridge::finished, [&](const Search& search) {
    events.push_back("finished");
    EXPECT_TRUE(search.finished());
    EXPECT_FALSE(bridge.active()) << "another may be started from here";
  });
  bridge.start(session.project(), tinySearch(3, 4));
  EXPECT_TRUE(bridge.active());
  ASSERT_TRUE(ended());
  ASSERT_EQ(failures.count(), 0) << failures[0][1].value<ErrorText>().what.toStdString();
  EXPECT_EQ(events, (std::vector<std::string>{"started 1", "finished"}));
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->trials.size(), 3U);
  ASSERT_NE(last->best(), nullptr);
  EXPECT_EQ(session.catalogue().runs().size(), 3U) << "trials are ordinary runs";
}

TEST_F(TuningBridgeTest, AStoppedSearchGoesOnWhereItWas) {
  bridge.start(session.project(), tinySearch(2, kEndless));
  ASSERT_TRUE(trains());
  QSignalSpy finished(&bridge, &TuningBridge::finished);
  bridge.stop();
  EXPECT_TRUE(bridge.stopping());
  ASSERT_TRUE(ended());
  ASSERT_EQ(finished.count(), 1);
  EXPECT_FALSE(finished[0][0].value<Search>().finished());
  bridge.proceed(session.project(), 1);
  ASSERT_TRUE(wait([this] { return bridge.search() == 1 && bridge.progress().task.trial == 1; }));
  EXPECT_EQ(bridge.progress().run, 1) << "the same trial, in the same run";
  bridge.stop();
  ASSERT_TRUE(ended());
}

TEST_F(TuningBridgeTest, WhatCannotBeginIsTold) {
  QSignalSpy failures(&bridge, &TuningBridge::failed);
  TuningRequest request = tinySearch(2, 4);
  request.settings["size"] = 50;  // no multiple of 16
  bridge.start(session.project(), request);
  ASSERT_TRUE(ended());
  ASSERT_EQ(failures.count(), 1);
  EXPECT_EQ(failures[0][0].toInt(), 0);
  EXPECT_TRUE(failures[0][1].value<ErrorText>().what.contains("size"));
}

TEST_F(TuningBridgeTest, WhileASearchRunsNoTrainingStarts) {
  QSignalSpy refused(&session.training(), &TrainingBridge::failed);
  bridge.start(session.project(), tinySearch(2, kEndless));
  session.training().start(session.project(), tinyRequest(3));
  ASSERT_EQ(refused.count(), 1);
  EXPECT_TRUE(refused[0][1].value<ErrorText>().what.contains("search"));
  EXPECT_FALSE(session.training().active());
  bridge.stop();
  ASSERT_TRUE(ended());
}

TEST_F(TuningBridgeTest, WhileARunTrainsNoSearchStarts) {
  QSignalSpy refused(&bridge, &TuningBridge::failed);
  session.training().start(session.project(), tinyRequest(kEndless));
  bridge.start(session.project(), tinySearch(2, 3));
  ASSERT_EQ(refused.count(), 1);
  EXPECT_TRUE(refused[0][1].value<ErrorText>().what.contains("training"));
  EXPECT_FALSE(bridge.active());
  session.training().stop();
  ASSERT_TRUE(wait([this] { return !session.training().active(); }));
}

TEST_F(TuningBridgeTest, ClosingTheProjectStopsTheSearch) {
  bridge.start(session.project(), tinySearch(2, kEndless));
  ASSERT_TRUE(trains());
  session.closeProject();
  EXPECT_TRUE(ended());
}

TEST_F(TuningBridgeTest, GoingAwayInTheMiddleIsSafe) {
  auto other = std::make_unique<TuningBridge>();
  const Project project = session.project();
  other->start(project, tinySearch(2, kEndless));
  ASSERT_TRUE(wait([&] { return other->progress().run > 0; }));
  other.reset();
  EXPECT_FALSE(isSearchRunning(project));
  EXPECT_EQ(findSearch(project, 1).trials.front().run, 1);
}

class Record final : public SleepInhibitor {
 public:
  explicit Record(QStringList& events) : m_events(events) {}
  void hold(const QString& why, Told /*told*/) override { m_events += "hold " + why; }
  void release() override { m_events += "release"; }

 private:
  QStringList& m_events;
};

class Pinned final : public NoticeBoard {
 public:
  explicit Pinned(QStringList& titles) : m_titles(titles) {}
  void show(const Notice& notice) override { m_titles += notice.title + "|" + notice.text; }

 private:
  QStringList& m_titles;
};

TEST_F(TuningBridgeTest, TheComputerStaysAwakeForASearchAndItsEndIsNoticed) {
  QSettings().remove("stayAwake");
  QSettings().remove("endNotices");
  QStringList sleep, shown;
  const SleepGuard guard(session, std::make_unique<Record>(sleep), std::chrono::hours(1));
  const EndNotices notices(session, std::make_unique<Pinned>(shown), [] { return false; });
  bridge.start(session.project(), tinySearch(2, 3));
  ASSERT_TRUE(ended());
  EXPECT_EQ(sleep, QStringList({"hold Search 1 for settings", "release"}));
  ASSERT_EQ(shown.size(), 1) << shown.join('\n').toStdString();
  EXPECT_TRUE(shown[0].startsWith("Search 1 is finished|"));
  EXPECT_TRUE(shown[0].contains("2 trials"));
}

}  // namespace
}  // namespace loom
