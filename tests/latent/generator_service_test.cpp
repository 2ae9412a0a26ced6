#include "core/latent/generator_service.h"

#include <gtest/gtest.h>

#include <cmath>
#include <condition_variable>
#include <mutex>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyModel;
using test::tinyModelLedBy;

constexpr auto kPatience = std::chrono::seconds(60);

/// Collects what a service says and lets a test wait for it.
class Heard {
 public:
  struct ModelNews {
    std::shared_ptr<const Model> model;
    std::vector<int> order;
  };

  struct DirectionNews {
    std::shared_ptr<const Model> model;
    std::vector<Direction> directions;
  };

  GeneratorService::Callbacks callbacks() {
    return {.onResult = [this](GenerateResult result) { keep(m_results, std::move(result)); },
            .onModel =
                [this](std::shared_ptr<const Model> model, std::vector<int> order) {
                  keep(m_models, ModelNews{std::move(model), std::move(order)});
                  if (onModel) onModel();
                },
            .onError = [this](std::exception_ptr error) { keep(m_errors, std::move(error)); },
            .onDirections =
                [this](std::shared_ptr<const Model> model, std::vector<Direction> directions) {
                  keep(m_directions, DirectionNews{std::move(model), std::move(directions)});
                }};
  }

  template <class Condition>
  bool until(Condition condition) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kPatience, condition);
  }
  bool results(std::size_t count) {
    return until([&] { return m_results.size() >= count; });
  }
  bool models(std::size_t count) {
    return until([&] { return m_models.size() >= count; });
  }
  bool directions(std::size_t count) {
    return until([&] { return m_directions.size() >= count; });
  }
  bool errors(std::size_t count) {
    return until([&] { return m_errors.size() >= count; });
  }

  std::vector<GenerateResult> m_results;
  std::vector<ModelNews> m_models;
  std::vector<std::exception_ptr> m_errors;
  std::vector<DirectionNews> m_directions;
  std::function<void()> onModel;  ///< on the service's thread

 private:
  template <class Value>
  void keep(std::vector<Value>& values, Value value) {
    const std::lock_guard lock(m_mutex);
    values.push_back(std::move(value));
    m_changed.notify_all();
  }
  std::mutex m_mutex;
  std::condition_variable m_changed;
};

GenerateRequest question(std::uint64_t id, int lane, int size = 6, int count = 1) {
  GenerateRequest request{.id = id, .lane = lane, .latents = {}, .views = {}};
  for (int i = 0; i < count; ++i) {
    request.latents.push_back(sampleLatent(1, static_cast<std::uint64_t>(i), size));
    request.views.push_back(2);
  }
  return request;
}

TEST(GeneratorService, AnswersWhatAGeneratorWould) {
  const auto model = tinyModel();
  Heard heard;
  GeneratorService service(heard.callbacks());
  service.setModel(model);
  service.request(question(41, 0));
  ASSERT_TRUE(heard.results(1));
  const GenerateResult& result = heard.m_results[0];
  EXPECT_EQ(result.id, 41U);
  EXPECT_EQ(result.run, 1);
  EXPECT_EQ(result.step, 10);
  EXPECT_GT(result.milliseconds, 0);
  SpriteGenerator generator(model);
  const auto asked = question(41, 0);
  EXPECT_EQ(result.sprites, generator.generate(asked.latents, asked.views));
}

TEST(GeneratorService, KeepsQuestionsUntilTheFirstModelComes) {
  Heard heard;
  GeneratorService service(heard.callbacks());
  service.request(question(1, 0));
  service.setModel(tinyModel());
  ASSERT_TRUE(heard.results(1));
  EXPECT_EQ(heard.m_results[0].id, 1U);
}

TEST(GeneratorService, TheNewestOfALaneWinsAndLowerLanesGoFirst) {
  Heard heard;
  GeneratorService* asked = nullptr;
  // All questions come while the service is busy announcing its model, so that what it then does is settled.
  heard.onModel = [&] {
    if (asked == nullptr) return;
    asked->request(question(30, 3));
    for (std::uint64_t id = 1; id <= 20; ++id) asked->request(question(id, 1));
    asked->request(question(21, 0));
    asked = nullptr;
  };
  GeneratorService service(heard.callbacks());
  asked = &service;
  service.setModel(tinyModel());
  ASSERT_TRUE(heard.results(3));
  ASSERT_TRUE(heard.models(2));  // the order of dimensions comes after all questions
  ASSERT_EQ(heard.m_results.size(), 3U);
  EXPECT_EQ(heard.m_results[0].id, 21U);
  EXPECT_EQ(heard.m_results[1].id, 20U);
  EXPECT_EQ(heard.m_results[2].id, 30U);
}

TEST(GeneratorService, TellsTheMeasuredOrderOfDimensionsOnceARun) {
  Heard heard;
  GeneratorService service(heard.callbacks());
  service.setModel(tinyModelLedBy(4, {.step = 10}));
  ASSERT_TRUE(heard.models(2));
  EXPECT_EQ(heard.m_models[0].order, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(heard.m_models[1].order.front(), 4);

  service.setModel(tinyModelLedBy(2, {.step = 20}));  // newer weights, other effects, the same sliders
  ASSERT_TRUE(heard.models(3));
  EXPECT_EQ(heard.m_models[2].model->step, 20);
  EXPECT_EQ(heard.m_models[2].order, heard.m_models[1].order);

  service.setModel(tinyModelLedBy(2, {.run = 2}));
  ASSERT_TRUE(heard.models(5));
  EXPECT_EQ(heard.m_models[4].order.front(), 2);
}

TEST(GeneratorService, FindsTheDirectionsOfARunOnceBetweenQuestions) {
  Heard heard;
  GeneratorService* asked = nullptr;
  heard.onModel = [&] {
    if (asked == nullptr) return;
    for (std::uint64_t id = 1; id <= 5; ++id) asked->request(question(id, static_cast<int>(id)));
    asked = nullptr;
  };
  GeneratorService service(heard.callbacks());
  asked = &service;
  service.setModel(tinyModelLedBy(4));
  ASSERT_TRUE(heard.results(5));
  EXPECT_TRUE(heard.m_directions.empty()) << "questions go first";
  ASSERT_TRUE(heard.directions(1));
  ASSERT_EQ(heard.m_directions[0].directions.size(), 6U);
  EXPECT_GT(std::abs(heard.m_directions[0].directions[0].vector[4]), .9F);

  service.setModel(tinyModelLedBy(2, {.step = 20}));  // newer weights of the same run keep them
  service.request(question(9, 0));
  ASSERT_TRUE(heard.results(6));
  service.setModel(tinyModelLedBy(2, {.run = 2}));
  ASSERT_TRUE(heard.directions(2));
  EXPECT_EQ(heard.m_directions[1].model->run, 2);
  EXPECT_GT(std::abs(heard.m_directions[1].directions[0].vector[2]), .9F);
}

TEST(GeneratorService, LivesOnAfterAQuestionThatDoesNotFit) {
  Heard heard;
  GeneratorService service(heard.callbacks());
  service.setModel(tinyModel());
  service.request(question(1, 0, 9));
  ASSERT_TRUE(heard.errors(1));
  EXPECT_THROW(std::rethrow_exception(heard.m_errors[0]), Error);
  service.request(question(2, 0));
  ASSERT_TRUE(heard.results(1));
  EXPECT_EQ(heard.m_results[0].id, 2U);
}

TEST(GeneratorService, KeepsItsModelWhenTheNextOneIsBroken) {
  Heard heard;
  GeneratorService service(heard.callbacks());
  service.setModel(tinyModel({.run = 1}));
  ASSERT_TRUE(heard.models(2));
  auto broken = tinyModel({.run = 2});
  broken->weights.tensors.clear();
  service.setModel(broken);
  ASSERT_TRUE(heard.errors(1));
  service.request(question(5, 0));
  ASSERT_TRUE(heard.results(1));
  EXPECT_EQ(heard.m_results[0].run, 1);
}

TEST(GeneratorService, EndsWithWorkStillWaiting) {
  Heard heard;
  {
    GeneratorService service(heard.callbacks());
    service.setModel(tinyModel());
    for (int lane = 0; lane < 50; ++lane) service.request(question(1, lane, 6, 40));
  }
  const std::size_t answered = heard.m_results.size();
  EXPECT_LE(answered, 50U);  // and no answer comes to a listener that is gone
}

}  // namespace
}  // namespace loom
