#include "ui/bridge/generator_bridge.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include "tests/ui/trained_project.h"

namespace loom {
namespace {

GenerateRequest requestFor(const Model& model, std::uint64_t seed, int lane = 0) {
  GenerateRequest request;
  request.lane = lane;
  request.latents.assign(model.views.size(), sampleLatent(seed, 0, model.latentSize()));
  for (int view = 0; view < static_cast<int>(model.views.size()); ++view) request.views.push_back(view);
  return request;
}

struct Answers {
  explicit Answers(GeneratorBridge& bridge) {
    QObject::connect(&bridge, &GeneratorBridge::resultReady, &bridge,
                     [this](const GenerateResult& result) { results.push_back(result); });
    QObject::connect(&bridge, &GeneratorBridge::modelReady, &bridge,
                     [this](const std::shared_ptr<const Model>& model, const std::vector<int>& order) {
                       models.push_back(model);
                       lastOrder = order;
                     });
    QObject::connect(&bridge, &GeneratorBridge::failed, &bridge, [this](const ErrorText&) { ++failures; });
  }
  std::vector<GenerateResult> results;
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<int> lastOrder;
  int failures = 0;
};

TEST(GeneratorBridge, TellsWhenTheModelIsReady) {
  const auto model = TrainedProject::model("conditional-dcgan");
  GeneratorBridge bridge;
  Answers answers(bridge);
  bridge.setModel(model);
  EXPECT_TRUE(answers.models.empty()) << "never from inside a call";
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.models.empty(); }));
  EXPECT_EQ(answers.models.front(), model);
  EXPECT_EQ(static_cast<int>(answers.lastOrder.size()), model->latentSize());
}

TEST(GeneratorBridge, OnlyTheNewestAnswerOfALaneIsDelivered) {
  const auto model = TrainedProject::model("conditional-dcgan");
  GeneratorBridge bridge;
  Answers answers(bridge);
  bridge.setModel(model);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.models.empty(); }));
  std::uint64_t last = 0;
  // The GUI thread is busy all the while: what is answered meanwhile must not pile up.
  for (std::uint64_t i = 0; i < 20; ++i) {
    last = bridge.request(requestFor(*model, i));
    QThread::msleep(10);
  }
  QThread::msleep(200);
  QCoreApplication::processEvents();
  ASSERT_EQ(answers.results.size(), 1U);
  EXPECT_EQ(answers.results.front().id, last);
  EXPECT_EQ(answers.results.front().sprites.size(), model->views.size());
}

TEST(GeneratorBridge, LanesDoNotReplaceEachOther) {
  const auto model = TrainedProject::model("conditional-dcgan");
  GeneratorBridge bridge;
  Answers answers(bridge);
  bridge.setModel(model);
  const std::uint64_t first = bridge.request(requestFor(*model, 1, 0));
  const std::uint64_t second = bridge.request(requestFor(*model, 1, 1));
  ASSERT_TRUE(QTest::qWaitFor([&] { return answers.results.size() == 2; }));
  EXPECT_EQ(answers.results[0].id, first);
  EXPECT_EQ(answers.results[1].id, second);
}

TEST(GeneratorBridge, NothingReachesADeadObject) {
  const auto model = TrainedProject::model("conditional-dcgan");
  int heard = 0;
  for (int i = 0; i < 20; ++i) {
    auto bridge = std::make_unique<GeneratorBridge>();
    QObject::connect(bridge.get(), &GeneratorBridge::resultReady, [&](const GenerateResult&) { ++heard; });
    QObject::connect(bridge.get(), &GeneratorBridge::modelReady, [&] { ++heard; });
    bridge->setModel(model);
    bridge->request(requestFor(*model, 1));
    QThread::msleep(static_cast<unsigned long>(5 * i));
    bridge.reset();
    QCoreApplication::processEvents();
  }
  EXPECT_EQ(heard, 0);
}

TEST(GeneratorBridge, AnswersOfAModelPutAwayAreDropped) {
  const auto model = TrainedProject::model("conditional-dcgan");
  GeneratorBridge bridge;
  Answers answers(bridge);
  bridge.setModel(model);
  bridge.request(requestFor(*model, 1));
  bridge.setModel(nullptr);
  EXPECT_EQ(bridge.model(), nullptr);
  QTest::qWait(300);
  EXPECT_TRUE(answers.results.empty());
  EXPECT_TRUE(answers.models.empty());
  bridge.setModel(model);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.models.empty(); }));
}

TEST(GeneratorBridge, AModelOfAnotherShapeMakesNoFalseAlarm) {
  const auto first = TrainedProject::model("conditional-dcgan");
  const auto second = TrainedProject::model("dcgan");
  ASSERT_NE(first->latentSize(), second->latentSize());
  GeneratorBridge bridge;
  Answers answers(bridge);
  bridge.setModel(first);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.models.empty(); }));
  for (int i = 0; i < 10; ++i) {
    bridge.request(requestFor(*first, 1));
    bridge.setModel(second);
    bridge.request(requestFor(*second, 1));
    bridge.setModel(first);
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return answers.models.back() == first; }));
  const std::uint64_t last = bridge.request(requestFor(*first, 2));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.results.empty() && answers.results.back().id == last; }));
  EXPECT_EQ(answers.failures, 0);
}

}  // namespace
}  // namespace loom
