#include "ui/bridge/turnaround_bridge.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QThread>

#include "tests/project/sample_sprite.h"
#include "tests/ui/turnaround_project.h"

namespace loom {
namespace {

TurnRequest requestFor(int sprite) {
  return {.id = 0, .lane = 0, .views = {{}, {}, sampleSprite(sprite, 16, 16), {}}, .ways = {{}}};
}

struct Answers {
  explicit Answers(TurnaroundBridge& bridge) {
    QObject::connect(&bridge, &TurnaroundBridge::resultReady, &bridge,
                     [this](const TurnResult& result) { results.push_back(result); });
    QObject::connect(&bridge, &TurnaroundBridge::modelReady, &bridge,
                     [this](const std::shared_ptr<const Model>& model) { models.push_back(model); });
    QObject::connect(&bridge, &TurnaroundBridge::failed, &bridge,
                     [this](const ErrorText& error) { failures.push_back(error.what); });
  }
  std::vector<TurnResult> results;
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<QString> failures;
};

TEST(TurnaroundBridge, TellsTheModelAndItsAnswers) {
  const auto model = TurnaroundProject::model();
  TurnaroundBridge bridge;
  Answers answers(bridge);
  bridge.setModel(model);
  const std::uint64_t id = bridge.request(requestFor(1));
  EXPECT_TRUE(answers.models.empty()) << "never from inside a call";
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.results.empty(); }));
  EXPECT_EQ(answers.models, std::vector{model});
  EXPECT_EQ(answers.results.front().id, id);
  EXPECT_EQ(answers.results.front().ways.front().size(), 3U);
}

TEST(TurnaroundBridge, AnswersOfAModelPutAwayAreDropped) {
  TurnaroundBridge bridge;
  Answers answers(bridge);
  bridge.setModel(TurnaroundProject::model());
  bridge.request(requestFor(1));
  bridge.setModel(nullptr);
  bridge.request(requestFor(1));
  QTest::qWait(300);
  EXPECT_TRUE(answers.results.empty());
  EXPECT_TRUE(answers.models.empty());
}

TEST(TurnaroundBridge, TellsWhatWentWrong) {
  TurnaroundBridge bridge;
  Answers answers(bridge);
  bridge.setModel(TurnaroundProject::model());
  bridge.request({.id = 0, .lane = 0, .views = {{}, {}, {}, {}}, .ways = {{}}});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.failures.empty(); }));
  EXPECT_TRUE(answers.failures.front().contains("no view"));
}

TEST(TurnaroundBridge, NothingReachesADeadObject) {
  const auto model = TurnaroundProject::model();
  int heard = 0;
  for (int i = 0; i < 10; ++i) {
    auto bridge = std::make_unique<TurnaroundBridge>();
    QObject::connect(bridge.get(), &TurnaroundBridge::resultReady, [&](const TurnResult&) { ++heard; });
    bridge->setModel(model);
    bridge->request(requestFor(i));
    QThread::msleep(static_cast<unsigned long>(5 * i));
    bridge.reset();
    QCoreApplication::processEvents();
  }
  EXPECT_EQ(heard, 0);
}

}  // namespace
}  // namespace loom
