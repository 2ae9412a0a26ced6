// A direction learned from a tag by models that have no encoder.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/studio/directions.h"
#include "core/studio/runs.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

constexpr std::size_t kDimension = 3;
constexpr int kASide = 8;

/// A project where the sprites that the GAN draws from the far end of one dimension have a tag.
class TagDirections : public testing::Test {
 protected:
  TagDirections() : model(loadRunModel(runs.project(), runs.run(test::kGanRun), Weights::kNewest)) {
    std::vector<Latent> latents;
    for (std::uint64_t i = 0; i < 300; ++i) latents.push_back(sampleLatent(4, i, model->latentSize()));
    std::ranges::sort(latents, {}, [](const Latent& latent) { return latent[kDimension]; });
    Catalogue catalogue = runs.project().catalogue();
    for (int i = 0; i < kASide; ++i) {
      add(catalogue, latents[static_cast<std::size_t>(i)], "low" + std::to_string(i), "low");
      add(catalogue, latents[latents.size() - 1 - static_cast<std::size_t>(i)], "high" + std::to_string(i), "high");
    }
  }
  void add(Catalogue& catalogue, const Latent& latent, const std::string& name, const std::string& tag) {
    const int view = 1;
    NewSprite sprite;
    sprite.pixels = SpriteGenerator(model).generate({&latent, 1}, {&view, 1}, {.crispAlpha = false}).front();
    sprite.character = name;
    sprite.view = model->views[view];
    sprite.tags = tag;
    catalogue.addSprite(sprite);
  }
  test::TrainedRuns runs;
  std::shared_ptr<const Model> model;
};

TEST_F(TagDirections, AGanFindsWhatTaggedSpritesAreToItByLookingForThem) {
  JobMonitor monitor;
  const Direction learned = learnFromTag(runs.project(), model, "high", monitor, 1);
  EXPECT_EQ(learned.kind, DirectionKind::kTag);
  EXPECT_EQ(learned.name, "high");
  EXPECT_GT(learned.effect, 0);
  // Of a random direction the largest share is about 1 / sqrt(size) * 2.
  EXPECT_GT(learned.vector[kDimension], .5) << "it points where the tag came from";
  for (std::size_t i = 0; i < learned.vector.size(); ++i) {
    EXPECT_LE(std::abs(learned.vector[i]), learned.vector[kDimension]) << i;
  }
}

TEST_F(TagDirections, ItCanBeCancelledAndTooFewAreSaid) {
  std::stop_source stop;
  stop.request_stop();
  JobMonitor stopped(stop.get_token(), [](const Progress&) {});
  EXPECT_THROW(learnFromTag(runs.project(), model, "high", stopped, 1), Cancelled);
  JobMonitor monitor;
  EXPECT_THROW(learnFromTag(runs.project(), model, "nobody", monitor, 1), Error);
}

}  // namespace
}  // namespace loom
