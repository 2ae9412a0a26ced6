#include "core/studio/find_character.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/latent/sprite_generator.h"
#include "core/studio/runs.h"
#include "tests/studio/trained_runs.h"

namespace loom {
namespace {

using test::kAutoencoderRun;
using test::kGanRun;
using test::TrainedRuns;

class FindCharacter : public testing::Test {
 protected:
  std::shared_ptr<const Model> model(int run) const {
    return loadRunModel(m_runs.project(), m_runs.run(run), Weights::kNewest);
  }
  /// What the model itself draws for a latent, in its first view: with the alpha that it gives after six steps.
  static std::vector<Sprite> wanted(const std::shared_ptr<const Model>& model) {
    const std::vector<Latent> latents = {sampleLatent(9, 0, model->latentSize())};
    const std::vector<int> views = {0};
    std::vector<Sprite> sprites(model->views.size());
    sprites.front() = SpriteGenerator(model).generate(latents, views, {.crispAlpha = false}).front();
    return sprites;
  }
  TrainedRuns m_runs;
};

TEST_F(FindCharacter, ComesNearWhatTheModelDrewWithAnEncoderAndWithout) {
  for (const int run : {kGanRun, kAutoencoderRun}) {
    const auto of = model(run);
    JobMonitor monitor;
    int shown = 0;
    const std::vector<Sprite> sought = wanted(of);
    const FoundCharacter found = findCharacter(
        of, sought, monitor, [&shown](const std::vector<Sprite>&) { ++shown; }, 1);
    EXPECT_EQ(std::ssize(found.latent), of->latentSize()) << run;
    EXPECT_EQ(found.sprites.size(), of->views.size()) << run;
    EXPECT_LT(found.l1, .1) << run;
    EXPECT_GT(shown, 0) << run;
  }
}

TEST_F(FindCharacter, RefusesNoPictureAndAnotherNumberOfViews) {
  const auto of = model(kGanRun);
  JobMonitor monitor;
  EXPECT_THROW(findCharacter(of, std::vector<Sprite>(of->views.size()), monitor), Error);
  EXPECT_THROW(findCharacter(of, std::vector<Sprite>(of->views.size() + 1), monitor), Error);
  EXPECT_THROW(findCharacter(nullptr, std::vector<Sprite>(1), monitor), Error);
}

}  // namespace
}  // namespace loom
