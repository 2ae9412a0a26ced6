#include "ui/models/run_model.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "ui/models/run_title.h"

namespace loom {
namespace {

RunInfo run(int number, RunStatus status) {
  RunInfo info;
  info.number = number;
  info.preset = "dcgan";
  info.status = status;
  info.steps = 1200;
  info.targetSteps = 5000;
  info.seconds = 75;
  info.spritesPerSecond = 210.4;
  info.losses = {{"loss_critic", .51234}, {"loss_generator", 1.8}};
  info.note = "first try";
  return info;
}

QString text(const RunModel& model, int row, int column) {
  return model.data(model.index(row, column)).toString();
}

TEST(DifferingSettings, AreThoseInWhichRunsOfOnePresetDiffer) {
  RunInfo first = run(1, RunStatus::kFinished), second = run(2, RunStatus::kFinished), other = second;
  first.settings = {{"batch", 64}, {"ema", .9}};
  second.settings = {{"batch", 64}, {"ema", .5}};
  other.preset = "autoencoder";
  other.settings = {{"batch", 100}, {"ema", .9}, {"latent", 40}};
  EXPECT_EQ(differingSettings({&first, &other}), std::vector<std::string>());
  EXPECT_EQ(differingSettings({&first, &other, &second}), std::vector<std::string>{"ema"});
}

TEST(RunModel, TellsWhatIsKnownOfARunNewestFirst) {
  RunModel model;
  model.setRuns({{run(1, RunStatus::kFinished)}, {run(2, RunStatus::kStopped)}});
  EXPECT_EQ(text(model, 0, RunModel::kNumber), "2");
  EXPECT_EQ(text(model, 1, RunModel::kNumber), "1");
  EXPECT_EQ(text(model, 1, RunModel::kStatus), "finished");
  EXPECT_EQ(text(model, 1, RunModel::kSteps), "1,200 of 5,000");
  EXPECT_EQ(text(model, 1, RunModel::kLosses), QString::fromUtf8("critic 0.512 · generator 1.8"));
  EXPECT_EQ(text(model, 1, RunModel::kSpeed), "210");
  EXPECT_EQ(text(model, 1, RunModel::kNote), "first try");
  EXPECT_EQ(model.rowOf(1), 1);
  EXPECT_EQ(model.runAt(0), 2);
}

TEST(RunModel, ARunWhoseProgramDiedIsInterrupted) {
  RunModel model;
  model.setRuns({{run(1, RunStatus::kRunning)},
                 {run(2, RunStatus::kRunning), RunActivity::kElsewhere},
                 {run(3, RunStatus::kRunning), RunActivity::kHere}});
  EXPECT_EQ(text(model, model.rowOf(1), RunModel::kStatus), "interrupted");
  EXPECT_EQ(text(model, model.rowOf(2), RunModel::kStatus), "in another program");
  EXPECT_EQ(text(model, model.rowOf(3), RunModel::kStatus), "training");
}

TEST(RunModel, ProgressChangesItsOwnRowAlone) {
  RunModel model;
  model.setRuns({{run(1, RunStatus::kFinished)}, {run(2, RunStatus::kRunning)}});
  QSignalSpy changed(&model, &RunModel::dataChanged);
  TrainingProgress progress;
  progress.state = TrainingState::kPaused;
  progress.step = 77;
  progress.targetSteps = 100;
  model.setProgress(2, progress);
  ASSERT_EQ(changed.count(), 1);
  EXPECT_EQ(changed[0][0].toModelIndex().row(), 0);
  EXPECT_EQ(text(model, 0, RunModel::kSteps), "77 of 100");
  EXPECT_EQ(text(model, 0, RunModel::kStatus), "paused");
  EXPECT_EQ(text(model, 1, RunModel::kSteps), "1,200 of 5,000");
}

TEST(RunModel, SettingsAndMeasuresThatAreAskedForHaveAColumnEach) {
  RunModel model;
  RunInfo first = run(1, RunStatus::kFinished);
  first.settings = {{"batch", 64}, {"augment", "none"}};
  RunInfo second = run(2, RunStatus::kFinished);
  second.settings = {{"batch", 128}};
  model.setRuns({{first}, {second}});
  QSignalSpy inserted(&model, &RunModel::columnsInserted);
  model.setExtraColumns({"batch", "augment"}, {"loss_critic"});
  ASSERT_EQ(model.columnCount(), RunModel::kColumns + 3);
  EXPECT_EQ(inserted.count(), 1);
  const int batch = model.columnOf("setting.batch");
  EXPECT_EQ(text(model, model.rowOf(1), batch), "64");
  EXPECT_EQ(model.data(model.index(model.rowOf(2), batch), RunModel::kSortRole).toDouble(), 128);
  EXPECT_EQ(text(model, model.rowOf(2), model.columnOf("setting.augment")), "") << "it has no such setting";
  EXPECT_EQ(text(model, 0, model.columnOf("measure.loss_critic")), "0.5123");
  EXPECT_EQ(model.headerData(model.columnOf("measure.loss_critic"), Qt::Horizontal).toString(), "Critic loss");
  model.setExtraColumns({"batch", "augment"}, {"loss_critic"});
  EXPECT_EQ(inserted.count(), 1) << "the same columns stay";
  model.setExtraColumns({}, {});
  EXPECT_EQ(model.columnCount(), static_cast<int>(RunModel::kColumns));
}

TEST(RunModel, TellsTheBestValueAndTheSizeOnTheDisk) {
  RunModel model;
  RunInfo measured = run(1, RunStatus::kFinished);
  measured.best = BestValue{"distance", .12345, 1500};
  model.setRuns({{measured}, {run(2, RunStatus::kFinished)}});
  EXPECT_EQ(text(model, model.rowOf(1), RunModel::kBest), "0.123 at 1,500");
  EXPECT_EQ(text(model, model.rowOf(2), RunModel::kBest), "");
  EXPECT_FALSE(model.data(model.index(model.rowOf(2), RunModel::kBest), RunModel::kSortRole).isValid());
  EXPECT_EQ(text(model, model.rowOf(1), RunModel::kSize), "") << "not measured yet";
  model.setSizes({{1, 45'000'000}, {2, 5'000'000}});
  EXPECT_EQ(text(model, model.rowOf(1), RunModel::kSize), "45.0 MB");
  EXPECT_EQ(model.sizeOf({1, 2, 3}), 50'000'000);
}

TEST(RunModel, ANameIsEdited) {
  RunModel model;
  model.setRuns({{run(4, RunStatus::kFinished)}});
  QSignalSpy named(&model, &RunModel::nameEdited);
  EXPECT_TRUE(model.setData(model.index(0, RunModel::kName), " wide latent "));
  ASSERT_EQ(named.count(), 1);
  EXPECT_EQ(named[0][1].toString(), "wide latent");
  EXPECT_EQ(text(model, 0, RunModel::kName), "wide latent");
}

TEST(RunModel, OnlyNamesAndNotesAreEdited) {
  RunModel model;
  model.setRuns({{run(4, RunStatus::kFinished)}});
  QSignalSpy edited(&model, &RunModel::noteEdited);
  EXPECT_FALSE(model.flags(model.index(0, RunModel::kSteps)) & Qt::ItemIsEditable);
  EXPECT_TRUE(model.flags(model.index(0, RunModel::kNote)) & Qt::ItemIsEditable);
  EXPECT_FALSE(model.setData(model.index(0, RunModel::kSteps), "1"));
  EXPECT_FALSE(model.setData(model.index(0, RunModel::kNote), "first try")) << "nothing changed";
  EXPECT_TRUE(model.setData(model.index(0, RunModel::kNote), "  better palette "));
  ASSERT_EQ(edited.count(), 1);
  EXPECT_EQ(edited[0][0].toInt(), 4);
  EXPECT_EQ(edited[0][1].toString(), "better palette");
  EXPECT_EQ(text(model, 0, RunModel::kNote), "better palette");
}

TEST(RunModel, TheSameRunsAgainKeepTheSelection) {
  RunModel model;
  model.setRuns({{run(1, RunStatus::kFinished)}});
  QSignalSpy reset(&model, &RunModel::modelReset);
  model.setRuns({{run(1, RunStatus::kStopped)}});
  EXPECT_EQ(reset.count(), 0);
  EXPECT_EQ(text(model, 0, RunModel::kStatus), "stopped");
  model.setRuns({{run(1, RunStatus::kStopped)}, {run(2, RunStatus::kStopped)}});
  EXPECT_EQ(reset.count(), 1);
}

}  // namespace
}  // namespace loom
