// The create page on models that are no GANs, and on the best weights of a run.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QTest>

#include "tests/ui/trained_project.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/thumbnail_strip.h"

namespace loom {
namespace {

/// Three steps, of which the second is kept as the best.
RunInfo train(const Project& project, const std::string& preset) {
  TrainingRequest request;
  request.preset = preset;
  request.settings = {{"size", 16},    {"features", 4}, {"latent", 6},
                      {"channels", 4}, {"batch", 8},    {"evaluate_every", 2}};
  request.steps = 2;
  request.seed = 5;
  TrainingListener listener;
  JobMonitor monitor;
  TrainingSession::start(project, request, listener, monitor)->wait();
  const RunInfo run = *project.catalogue().lastRun();
  const std::filesystem::path best = bestCheckpoint(project.runFolder(run)).value().file;
  const std::filesystem::path aside = best.string() + ".aside";
  std::filesystem::copy_file(best, aside);
  ResumeRequest further;
  further.run = run.number;
  further.steps = 3;
  TrainingSession::resume(project, further, listener, monitor)->wait();
  std::filesystem::rename(aside, best);
  return project.catalogue().run(run.number);
}

class CreateWithAutoencoder : public testing::TestWithParam<std::string> {};

TEST_P(CreateWithAutoencoder, ItsSlidersShapeOnePictureAndItsBestWeightsCanBeChosen) {
  const TrainedProject project;
  const Project opened = Project::open(project.folder());
  const RunInfo run = train(opened, GetParam());
  const auto best = bestCheckpoint(opened.runFolder(run));
  ASSERT_TRUE(best.has_value());
  ASSERT_EQ(best->step, 2);

  Session session;
  CreatePage page(session);
  page.resize(1200, 760);
  page.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
  session.openProject(project.folder());
  auto& stage = *page.findChild<CreateStage*>();
  const auto shows = [&](std::int64_t step) {
    return QTest::qWaitFor([&] { return stage.shown().run == run.number && stage.shown().step == step; }, 20'000);
  };
  ASSERT_TRUE(shows(3)) << stage.shown().run << " at " << stage.shown().step;
  auto& panel = *page.findChild<LatentPanel*>("latentPanel");
  EXPECT_EQ(panel.rows(), 6);
  EXPECT_EQ(page.findChild<ThumbnailStrip*>("viewStrip")->count(), 1) << "it knows no views";
  auto& canvas = *page.findChild<SpriteCanvas*>("canvas");
  EXPECT_FALSE(canvas.image().isNull());
  const CharacterState before = stage.shown().state;
  QTest::keyClick(&canvas, Qt::Key_R);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !(stage.shown().state == before); }, 20'000));

  auto& steps = *page.findChild<QComboBox*>("checkpointBox");
  const int row = steps.findText("best", Qt::MatchStartsWith);
  ASSERT_GE(row, 0);
  steps.setCurrentIndex(row);
  Q_EMIT steps.activated(row);
  EXPECT_TRUE(shows(best->step)) << stage.shown().step;
}

INSTANTIATE_TEST_SUITE_P(PlainAndVariational, CreateWithAutoencoder, testing::Values("autoencoder", "cvae"));

}  // namespace
}  // namespace loom
