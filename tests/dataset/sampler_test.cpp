#include "core/dataset/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/error.h"

namespace loom {
namespace {

std::vector<std::int64_t> take(Sampler& sampler, std::size_t count) {
  std::vector<std::int64_t> batch(count);
  sampler.next(batch);
  return batch;
}

TEST(Sampler, ShowsEverySpriteOnceAnEpochInANewOrder) {
  Sampler sampler(10, RandomStream(1));
  std::set<std::vector<std::int64_t>> orders;
  for (int epoch = 0; epoch < 5; ++epoch) {
    std::vector<std::int64_t> order = take(sampler, 10);
    orders.insert(order);
    std::ranges::sort(order);
    std::vector<std::int64_t> all(10);
    std::iota(all.begin(), all.end(), 0);
    EXPECT_EQ(order, all);
  }
  EXPECT_EQ(orders.size(), 5U);
  EXPECT_DOUBLE_EQ(sampler.epochs(), 5);
}

TEST(Sampler, JoinsTheRestOfAnEpochWithTheNext) {
  Sampler sampler(10, RandomStream(1));
  Sampler whole(10, RandomStream(1));
  const std::vector<std::int64_t> expected = take(whole, 20);
  std::vector<std::int64_t> joined;
  for (const std::size_t size : {4, 4, 4, 8}) {
    const auto batch = take(sampler, size);
    joined.insert(joined.end(), batch.begin(), batch.end());
  }
  EXPECT_EQ(joined, expected);
  EXPECT_DOUBLE_EQ(sampler.epochs(), 2);
}

TEST(Sampler, FillsABatchLargerThanTheDataSet) {
  Sampler sampler(3, RandomStream(2));
  const std::vector<std::int64_t> batch = take(sampler, 10);
  for (std::int64_t index = 0; index < 3; ++index) EXPECT_GE(std::ranges::count(batch, index), 3);
  EXPECT_NEAR(sampler.epochs(), 10.0 / 3, 1e-12);
}

TEST(Sampler, ContinuesWhereItWasSaved) {
  for (const std::size_t before : {0U, 1U, 7U, 10U, 11U, 25U}) {
    Sampler sampler(10, RandomStream(3));
    take(sampler, before);
    Sampler restored = Sampler::restore(10, Json::parse(sampler.save().dump()));
    EXPECT_DOUBLE_EQ(restored.epochs(), sampler.epochs());
    EXPECT_EQ(take(restored, 33), take(sampler, 33)) << "after " << before;
  }
}

TEST(Sampler, RefusesWhatItCannotDo) {
  EXPECT_THROW(Sampler(0, RandomStream(1)), Error);
  Sampler sampler(10, RandomStream(3));
  const Json state = sampler.save();
  EXPECT_THROW(Sampler::restore(11, state), Error);
  for (const auto& [key, value] : std::vector<std::pair<std::string, Json>>{
           {"position", 11}, {"position", "x"}, {"epoch", -1}, {"random", "nonsense"}, {"random", 3}}) {
    Json damaged = state;
    damaged[key] = value;
    EXPECT_THROW(Sampler::restore(10, damaged), Error) << damaged.dump();
  }
  EXPECT_THROW(Sampler::restore(10, Json::object()), Error);
}

}  // namespace
}  // namespace loom
