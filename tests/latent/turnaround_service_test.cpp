#include "core/latent/turnaround_service.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyTurnaround;

constexpr auto kPatience = std::chrono::seconds(60);

/// Collects what a service says and lets a test wait for it.
class Heard {
 public:
  TurnaroundService::Callbacks callbacks() {
    return {.onResult = [this](TurnResult result) { keep(results, std::move(result)); },
            .onModel =
                [this](std::shared_ptr<const Model> model) {
                  keep(models, std::move(model));
                  if (onModel) onModel();
                },
            .onError = [this](std::exception_ptr error) { keep(errors, std::move(error)); }};
  }
  template <class Condition>
  bool until(Condition condition) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, kPatience, condition);
  }

  std::vector<TurnResult> results;
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<std::exception_ptr> errors;
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

Sprite halves(Rgba upper, Rgba lower) {
  Sprite sprite(16, 16);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) sprite.at(x, y) = y < 8 ? upper : lower;
  }
  return sprite;
}

TurnRequest frontOf(std::uint64_t id, const Sprite& front, int lane = 0) {
  return {.id = id, .lane = lane, .views = {{}, {}, front, {}}, .ways = {{}}};
}

const Sprite kHero = halves({200, 40, 40, 255}, {20, 60, 180, 255});

TEST(TurnaroundService, DrawsTheMissingViewsInEveryWayAskedFor) {
  Heard heard;
  TurnaroundService service(heard.callbacks());
  const auto model = tinyTurnaround();
  TurnRequest request = frontOf(7, kHero, 2);
  request.ways = {{}, {.likeliest = true, .set = {}}};
  service.setModel(model);
  service.request(request);
  ASSERT_TRUE(heard.until([&] { return heard.results.size() == 1; }));
  const TurnResult& result = heard.results.front();
  EXPECT_EQ(result.id, 7U);
  EXPECT_EQ(result.lane, 2);
  EXPECT_EQ(result.run, model->run);
  EXPECT_GT(result.milliseconds, 0);
  ASSERT_EQ(result.ways.size(), 2U);
  Turnaround itself(model);
  for (std::size_t way = 0; way < 2; ++way) {
    const auto expected = itself.missingViews(request.views, request.ways[way]);
    ASSERT_EQ(result.ways[way].size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(result.ways[way][i].sprite, expected[i].sprite);
  }
  EXPECT_EQ(heard.models.front(), model);
}

TEST(TurnaroundService, AnswersTheNewestRequestOfALaneAndTheLowestLaneFirst) {
  Heard heard;
  TurnaroundService service(heard.callbacks());
  // All of them are there before the service looks at the first.
  heard.onModel = [&] {
    service.request(frontOf(1, kHero, 1));
    for (std::uint64_t id = 2; id < 6; ++id) service.request(frontOf(id, kHero, 0));
  };
  service.setModel(tinyTurnaround());
  ASSERT_TRUE(heard.until([&] { return heard.results.size() == 2; }));
  EXPECT_EQ(heard.results[0].id, 5U);
  EXPECT_EQ(heard.results[1].id, 1U);
}

TEST(TurnaroundService, DropsWhatWasAskedOfTheModelBefore) {
  Heard heard;
  TurnaroundService service(heard.callbacks());
  service.request(frontOf(1, kHero));
  service.setModel(tinyTurnaround());
  service.request(frontOf(2, kHero));
  ASSERT_TRUE(heard.until([&] { return heard.results.size() == 1; }));
  EXPECT_EQ(heard.results.front().id, 2U);
}

TEST(TurnaroundService, GoesOnAfterWhatItCannotDo) {
  Heard heard;
  TurnaroundService service(heard.callbacks());
  service.setModel(test::tinyModel());
  ASSERT_TRUE(heard.until([&] { return heard.errors.size() == 1; }));
  EXPECT_THROW(std::rethrow_exception(heard.errors[0]), Error) << "a generator is no turnaround";
  service.setModel(tinyTurnaround());
  ASSERT_TRUE(heard.until([&] { return heard.models.size() == 1; }));
  service.request({.id = 1, .lane = 0, .views = {{}, {}, {}, {}}, .ways = {{}}});
  ASSERT_TRUE(heard.until([&] { return heard.errors.size() == 2; })) << "no view is given";
  service.request(frontOf(2, kHero));
  ASSERT_TRUE(heard.until([&] { return heard.results.size() == 1; }));
  EXPECT_EQ(heard.results[0].id, 2U);
}

TEST(TurnaroundService, EndsWhileItIsAtWork) {
  for (int i = 0; i < 10; ++i) {
    Heard heard;
    TurnaroundService service(heard.callbacks());
    service.setModel(tinyTurnaround());
    service.request(frontOf(1, kHero));
  }
}

}  // namespace
}  // namespace loom
