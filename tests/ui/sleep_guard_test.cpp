#include "ui/bridge/sleep_guard.h"

#include <gtest/gtest.h>

#include <QSettings>
#include <QTest>
#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include "core/base/error.h"
#include "tests/ui/tiny_project.h"

namespace loom {
namespace {

using namespace std::chrono_literals;

constexpr int kPatience = 120'000;  // ms, for a loaded machine
constexpr std::int64_t kEndless = 1'000'000;

/// Keeps what it was asked, with what the training did at that moment.
class Record final : public SleepInhibitor {
 public:
  explicit Record(QStringList& events) : m_events(events) {}
  void hold(const QString& why, Told told) override {
    m_events += "hold " + why;
    told(trouble);
  }
  void release() override { m_events += "release"; }
  QString trouble;

 private:
  QStringList& m_events;
};

class SleepGuardTest : public testing::Test {
 protected:
  void SetUp() override {
    QSettings().remove("stayAwake");
    makeTinyProject(folder / "tiny.loom");
    session.openProject(folder / "tiny.loom");
    QObject::connect(&session.training(), &TrainingBridge::started, [this] { events += "training starts"; });
    QObject::connect(&session.training(), &TrainingBridge::finished, [this] { events += "training ends"; });
    QObject::connect(&session.training(), &TrainingBridge::failed, [this] { events += "training fails"; });
  }
  void guardIt(std::chrono::milliseconds longJob = 1h) {
    auto record = std::make_unique<Record>(events);
    inhibitor = record.get();
    guard = std::make_unique<SleepGuard>(session, std::move(record), longJob);
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  bool ended() {
    return wait([this] { return !session.training().active(); });
  }
  bool is(TrainingState state) {
    return wait([this, state] { return session.training().progress().state == state; });
  }

  TempFolder folder;
  QStringList events;
  Session session;
  Record* inhibitor = nullptr;
  std::unique_ptr<SleepGuard> guard;
};

TEST_F(SleepGuardTest, HoldsFromTheStartOfATrainingToItsEndAndOnlyThen) {
  guardIt();
  EXPECT_FALSE(guard->holds());
  session.training().start(session.project(), tinyRequest(30));
  EXPECT_TRUE(events.isEmpty());
  ASSERT_TRUE(ended());
  EXPECT_EQ(events, QStringList({"training starts", "hold Training run 1", "training ends", "release"}));
  EXPECT_FALSE(guard->holds());
}

TEST_F(SleepGuardTest, LetsGoWhileTheTrainingIsPaused) {
  guardIt();
  session.training().start(session.project(), tinyRequest(kEndless));
  ASSERT_TRUE(is(TrainingState::kRunning));
  EXPECT_TRUE(guard->holds());
  session.training().pause();
  ASSERT_TRUE(is(TrainingState::kPaused));
  EXPECT_TRUE(wait([this] { return !guard->holds(); }));
  session.training().proceed();
  ASSERT_TRUE(is(TrainingState::kRunning));
  EXPECT_TRUE(wait([this] { return guard->holds(); }));
  session.training().stop();
  ASSERT_TRUE(ended());
  EXPECT_EQ(events, QStringList({"training starts", "hold Training run 1", "release", "hold Training run 1",
                                 "training ends", "release"}));
}

TEST_F(SleepGuardTest, LetsGoWhenTheTrainingFails) {
  guardIt();
  session.training().start(session.project(), tinyRequest(kEndless));
  ASSERT_TRUE(wait([this] { return session.training().run() > 0; }));
  // A run whose folder cannot be written fails at its next checkpoint, whatever the weights do.
  const RunInfo run = session.catalogue().run(1);
  std::filesystem::remove_all(session.project().runFolder(run) / "checkpoints");
  std::ofstream(session.project().runFolder(run) / "checkpoints") << "in the way";
  session.training().checkpoint();
  ASSERT_TRUE(ended());
  EXPECT_EQ(events, QStringList({"training starts", "hold Training run 1", "training fails", "release"}));
}

TEST_F(SleepGuardTest, ATrainingThatCannotStartHoldsNothing) {
  guardIt();
  TrainingRequest request = tinyRequest(5);
  request.settings["size"] = 50;
  session.training().start(session.project(), request);
  ASSERT_TRUE(ended());
  EXPECT_EQ(events, QStringList({"training fails"}));
}

TEST_F(SleepGuardTest, HoldsForALongJobAndNotForAShortOne) {
  guardIt(50ms);
  session.jobs().run(
      "Short", &session, [](JobMonitor&) { return 1; }, [](int) {});
  ASSERT_TRUE(wait([this] { return !session.jobs().busy(); }));
  QTest::qWait(150);
  EXPECT_TRUE(events.isEmpty());
  std::atomic<bool> enough = false;
  session.jobs().run(
      "Reading a large archive", &session,
      [&enough](JobMonitor&) -> int {
        while (!enough) std::this_thread::sleep_for(1ms);
        throw Error("The archive is damaged", "");
      },
      [](int) {});
  EXPECT_TRUE(wait([this] { return guard->holds(); }));
  enough = true;
  EXPECT_TRUE(wait([this] { return !guard->holds(); }));
  EXPECT_EQ(events, QStringList({"hold Reading a large archive", "release"}));
}

TEST_F(SleepGuardTest, SwitchedOffItHoldsNothingAndRemembersThat) {
  guardIt();
  session.training().start(session.project(), tinyRequest(kEndless));
  ASSERT_TRUE(is(TrainingState::kRunning));
  guard->setOn(false);
  EXPECT_EQ(events, QStringList({"training starts", "hold Training run 1", "release"}));
  guardIt();
  EXPECT_FALSE(guard->isOn());
  EXPECT_FALSE(guard->holds());
  guard->setOn(true);
  EXPECT_TRUE(guard->holds());
  session.training().stop();
  ASSERT_TRUE(ended());
  EXPECT_FALSE(guard->holds());
}

TEST_F(SleepGuardTest, SaysWhenTheComputerMaySleepAllTheSame) {
  guardIt();
  inhibitor->trouble = "There is no D-Bus here";
  const QString idle = guard->text();
  session.training().start(session.project(), tinyRequest(kEndless));
  ASSERT_TRUE(wait([this] { return guard->holds(); }));
  EXPECT_EQ(guard->text(), inhibitor->trouble);
  session.training().stop();
  ASSERT_TRUE(ended());
  EXPECT_EQ(guard->text(), idle);
}

TEST_F(SleepGuardTest, GoingAwayLetsGo) {
  guardIt();
  session.training().start(session.project(), tinyRequest(kEndless));
  ASSERT_TRUE(wait([this] { return guard->holds(); }));
  guard.reset();
  EXPECT_EQ(events.last(), "release");
  session.training().stop();
  ASSERT_TRUE(ended());
}

}  // namespace
}  // namespace loom
