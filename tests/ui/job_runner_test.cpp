#include "ui/bridge/job_runner.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <atomic>

#include "core/base/error.h"

namespace loom {
namespace {

TEST(JobRunner, WorksOffTheGuiThreadAndAnswersOnIt) {
  JobRunner runner;
  QObject context;
  QThread* worker = nullptr;
  int answer = 0;
  runner.run(
      "add", &context,
      [&](JobMonitor&) {
        worker = QThread::currentThread();
        return 42;
      },
      [&](int result) {
        EXPECT_EQ(QThread::currentThread(), qApp->thread());
        answer = result;
      });
  EXPECT_TRUE(runner.busy());
  EXPECT_TRUE(QTest::qWaitFor([&] { return answer != 0; }));
  EXPECT_EQ(answer, 42);
  EXPECT_NE(worker, qApp->thread());
  EXPECT_FALSE(runner.busy());
}

TEST(JobRunner, RunsJobsInTheOrderTheyWereGiven) {
  JobRunner runner;
  QObject context;
  std::vector<int> order;
  for (int i = 0; i < 5; ++i) {
    runner.run(
        "job", &context, [i](JobMonitor&) { return i; }, [&](int result) { order.push_back(result); });
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return order.size() == 5; }));
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(JobRunner, ACancelledJobEndsAndCallsNobody) {
  JobRunner runner;
  QObject context;
  QSignalSpy ended(&runner, &JobRunner::ended);
  QSignalSpy failed(&runner, &JobRunner::failed);
  std::atomic<bool> begun = false;
  bool done = false;
  runner.run(
      "endless", &context,
      [&](JobMonitor& monitor) {
        begun = true;
        for (;;) monitor.checkCancelled();
        return 0;
      },
      [&](int) { done = true; });
  EXPECT_TRUE(QTest::qWaitFor([&] { return begun.load(); }));
  runner.cancel();
  EXPECT_TRUE(QTest::qWaitFor([&] { return ended.count() == 1; }));
  EXPECT_FALSE(done);
  EXPECT_EQ(failed.count(), 0);
}

TEST(JobRunner, AFailureIsToldInWordsAndTheNextJobRuns) {
  JobRunner runner;
  QObject context;
  QSignalSpy failed(&runner, &JobRunner::failed);
  bool done = false;
  const auto fail = [](JobMonitor&) -> int { throw Error("the disk is full", "free some space"); };
  runner.run("save", &context, fail, [](int) { ADD_FAILURE() << "a failed job is not done"; });
  QString own;
  runner.run(
      "save again", &context, fail, [](int) { ADD_FAILURE() << "a failed job is not done"; },
      [&](const std::exception_ptr& error) { own = errorText(error).hint; });
  runner.run(
      "next", &context, [](JobMonitor&) { return 1; }, [&](int) { done = true; });
  EXPECT_TRUE(QTest::qWaitFor([&] { return done; }));
  ASSERT_EQ(failed.count(), 1);  // the second told its caller instead
  EXPECT_EQ(failed.front().at(1).value<ErrorText>().what, "the disk is full");
  EXPECT_EQ(own, "free some space");
}

TEST(JobRunner, AnswersNoDeadContext) {
  JobRunner runner;
  auto context = std::make_unique<QObject>();
  QSignalSpy ended(&runner, &JobRunner::ended);
  runner.run(
      "late", context.get(), [](JobMonitor&) { return 1; }, [](int) { ADD_FAILURE() << "the context is gone"; });
  context.reset();
  EXPECT_TRUE(QTest::qWaitFor([&] { return ended.count() == 1; }));
}

TEST(JobRunner, GoesAwayWhileAJobRuns) {
  std::atomic<bool> begun = false;
  {
    JobRunner runner;
    QObject context;
    runner.run(
        "endless", &context,
        [&](JobMonitor& monitor) {
          begun = true;
          for (;;) monitor.checkCancelled();
          return 0;
        },
        [](int) {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return begun.load(); }));
  }
  EXPECT_TRUE(begun);
}

}  // namespace
}  // namespace loom
