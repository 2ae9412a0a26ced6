#include "core/training/batch_source.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <thread>

#include "core/training/pixels.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

class BatchSourceTest : public testing::Test {
 protected:
  Sampler sampler() const { return {data->size(), RandomStream(5)}; }
  Augmenter augmenter(RandomStream random = RandomStream(6)) const {
    return {{.mirror = true, .shift = 2, .hue = .2}, data->views(), std::move(random)};
  }
  std::shared_ptr<const Snapshot> data = tinySnapshot(6);
  PixelStore store{*data, true, {.channels = 4}, at::kCPU};
};

TEST_F(BatchSourceTest, GivesTheBatchesThatOneThreadWouldMake) {
  Sampler order = sampler();
  Augmenter changes = augmenter();
  BatchSource source(store, sampler(), augmenter(), 5);
  for (int batch = 0; batch < 12; ++batch) {  // 24 sprites: epochs end within batches
    std::vector<std::int64_t> indices(5);
    order.next(indices);
    const Batch expected = store.batch(indices, changes), given = source.next();
    ASSERT_TRUE(given.pictures.equal(expected.pictures)) << batch;
    ASSERT_TRUE(given.views.equal(expected.views)) << batch;
    EXPECT_EQ(source.epochs(), order.epochs());
  }
}

TEST_F(BatchSourceTest, SavesWhereItsTakerIsHoweverFarAheadItHasMade) {
  BatchSource source(store, sampler(), augmenter(), 5);
  std::map<std::string, std::string> start;
  source.save(start);
  for (int batch = 0; batch < 7; ++batch) source.next();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // time to run ahead; the promise holds without it
  std::map<std::string, std::string> saved;
  source.save(saved);
  EXPECT_NE(saved, start);
  BatchSource continued(store, Sampler::restore(data->size(), Json::parse(saved["sampler"])),
                        augmenter(RandomStream::restore(saved["augment"])), 5);
  for (int batch = 0; batch < 7; ++batch) ASSERT_TRUE(continued.next().pictures.equal(source.next().pictures)) << batch;
}

TEST_F(BatchSourceTest, HandsOnWhatGoesWrong) {
  BatchSource source(store, sampler(), augmenter(), -1);  // more than any memory holds
  EXPECT_ANY_THROW(source.next());
  EXPECT_ANY_THROW(source.next());
}

TEST_F(BatchSourceTest, EndsWithoutBeingAskedForAnything) {
  const BatchSource source(store, sampler(), augmenter(), 5);
}

}  // namespace
}  // namespace loom
