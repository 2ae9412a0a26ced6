#include "ui/pages/train_page.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/studio/run_files.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/tiny_project.h"
#include "ui/models/run_filter.h"
#include "ui/widgets/history_compare.h"
#include "ui/widgets/loss_plot.h"
#include "ui/widgets/preset_cards.h"
#include "ui/widgets/preview_scrubber.h"
#include "ui/widgets/run_overlay.h"
#include "ui/widgets/run_panel.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/training_status.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine

class TrainPageTest : public testing::Test {
 protected:
  void open(const std::vector<std::string>& views = {"back", "front"}) {
    makeTinyProject(folder / "tiny.loom", 8, views);
    session.openProject(folder / "tiny.loom");
    page.resize(1200, 900);
    page.show();
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    ASSERT_TRUE(QTest::qWaitFor([this] { return button("train.start").isEnabled(); }, kPatience));
  }
  template <class Widget>
  Widget& find(const char* name) {
    auto* widget = page.findChild<Widget*>(name);
    if (widget == nullptr) throw std::runtime_error(std::string("the page has no ") + name);
    return *widget;
  }
  QPushButton& button(const char* name) { return find<QPushButton>(name); }
  void click(const char* name) {
    ASSERT_TRUE(button(name).isVisible() && button(name).isEnabled()) << name;
    QTest::mouseClick(&button(name), Qt::LeftButton);
  }
  /// Fills the form as a user would and leaves it ready for Start.
  /// Views and a critic give most to show.
  void chooseTiny(int steps) {
    find<PresetCards>("presetCards").setCurrent("conditional-dcgan");
    auto& form = find<SettingsForm>("settingsForm");
    form.setShowsAll(true);
    find<QSpinBox>("setting.size").setValue(16);
    find<QSpinBox>("setting.features").setValue(4);
    find<QSpinBox>("setting.latent").setValue(4);
    find<QSpinBox>("setting.batch").setValue(4);
    find<QSpinBox>("setting.preview_every").setValue(2);
    find<QComboBox>("train.device").setCurrentIndex(find<QComboBox>("train.device").findData("cpu"));
    find<QComboBox>("train.lengthUnit").setCurrentIndex(1);
    find<QDoubleSpinBox>("train.length").setValue(steps);
  }
  bool ended() {
    return QTest::qWaitFor([this] { return !session.training().active(); }, kPatience);
  }
  bool reachesStep(std::int64_t step) {
    return QTest::qWaitFor(
        [this, step] { return session.training().run() > 0 && session.training().progress().step >= step; }, kPatience);
  }
  /// Runs 1, 2 and 3 of 3, 4 and 5 steps.
  void trainThree() {
    for (int steps = 3; steps <= 5; ++steps) {
      chooseTiny(steps);
      click("train.start");
      ASSERT_TRUE(ended());
    }
  }
  void clickRun(int run, Qt::KeyboardModifiers keys = {}) {
    auto& table = find<QTableView>("train.runs");
    const QRect cell = table.visualRect(panel().filter().index(panel().filter().rowOf(run), RunModel::kPreset));
    ASSERT_TRUE(cell.isValid()) << run;
    QTest::mouseClick(table.viewport(), Qt::LeftButton, keys, cell.center());
  }
  QString inTable(int run, RunModel::Column column) {
    const RunModel& model = panel().model();
    return model.data(model.index(model.rowOf(run), column)).toString();
  }
  bool curvesReach(std::int64_t step) {
    return QTest::qWaitFor([this, step] { return plot().lastStep() == step; }, kPatience);
  }
  LossPlot& plot() { return find<LossPlot>("lossPlot"); }
  PreviewScrubber& preview() { return find<PreviewScrubber>("previewScrubber"); }
  RunPanel& panel() { return find<RunPanel>("runPanel"); }
  TrainingStatus& status() { return find<TrainingStatus>("trainingStatus"); }

  TempFolder folder;
  Session session;
  TrainPage page{session};
};

TEST_F(TrainPageTest, StartTrainsAndShowsCurvesPreviewAndTheRun) {
  open();
  chooseTiny(8);
  click("train.start");
  EXPECT_FALSE(button("train.start").isEnabled());
  ASSERT_TRUE(ended());
  EXPECT_EQ(plot().lastStep(), 8);
  EXPECT_EQ(plot().pointCount("loss_critic"), 8);
  EXPECT_EQ(plot().pointCount("loss_generator"), 8);
  EXPECT_EQ(plot().pointCount("d_real"), 8);
  EXPECT_GT(plot().pointCount("view_accuracy"), 0);
  EXPECT_EQ(preview().shownStep(), 8);
  EXPECT_FALSE(preview().shown().isNull());
  EXPECT_EQ(inTable(1, RunModel::kStatus), "finished");
  EXPECT_EQ(inTable(1, RunModel::kSteps), "8 of 8");
  EXPECT_EQ(panel().selected(), 1);
  EXPECT_EQ(status().mood(), Mood::kGood) << status().text().toStdString();
  EXPECT_TRUE(button("train.start").isEnabled());
}

TEST_F(TrainPageTest, TheSettingsOfTheFormAreTheOnesTrainedWith) {
  open();
  chooseTiny(2);
  find<QDoubleSpinBox>("setting.lr").setValue(3e-5);
  find<QSpinBox>("train.seed").setValue(77);
  click("train.start");
  ASSERT_TRUE(ended());
  const RunInfo run = session.catalogue().run(1);
  EXPECT_EQ(run.preset, "conditional-dcgan");
  EXPECT_EQ(run.settings["size"], 16);
  EXPECT_DOUBLE_EQ(run.settings["lr"].get<double>(), 3e-5);
  EXPECT_EQ(run.environment["seed"], 77);
  EXPECT_EQ(run.targetSteps, 2);
}

TEST_F(TrainPageTest, ButtonsFollowTheStateOfTheRun) {
  open();
  EXPECT_FALSE(button("train.pause").isEnabled());
  EXPECT_FALSE(button("train.stop").isEnabled());
  EXPECT_FALSE(button("train.checkpoint").isEnabled());
  chooseTiny(1'000'000);
  click("train.start");
  ASSERT_TRUE(reachesStep(2));
  EXPECT_FALSE(button("train.start").isEnabled());
  EXPECT_TRUE(button("train.stop").isEnabled());
  QSignalSpy saved(&session.training(), &TrainingBridge::checkpointWritten);
  click("train.checkpoint");
  EXPECT_TRUE(QTest::qWaitFor([&] { return saved.count() > 0; }, kPatience));
  EXPECT_TRUE(find<QLabel>("train.progressText").isVisible());

  click("train.pause");
  ASSERT_TRUE(QTest::qWaitFor([this] { return button("train.pause").text().contains("Continue"); }, kPatience));
  EXPECT_EQ(inTable(1, RunModel::kStatus), "paused");
  const std::int64_t step = session.training().progress().step;
  click("train.pause");
  EXPECT_TRUE(reachesStep(step + 1));

  click("train.stop");
  ASSERT_TRUE(ended());
  EXPECT_EQ(inTable(1, RunModel::kStatus), "stopped");
  EXPECT_TRUE(button("train.start").isEnabled());
  EXPECT_FALSE(button("train.pause").isEnabled());
  EXPECT_TRUE(button("train.resume").isEnabled());
}

TEST_F(TrainPageTest, AStoppedRunIsResumedToANewTotal) {
  open();
  chooseTiny(4);
  click("train.start");
  ASSERT_TRUE(ended());
  auto& total = find<QSpinBox>("train.resumeTotal");
  ASSERT_TRUE(total.isEnabled());
  EXPECT_EQ(total.minimum(), 5);
  total.setValue(9);
  click("train.resume");
  ASSERT_TRUE(ended());
  EXPECT_TRUE(curvesReach(9));
  EXPECT_EQ(plot().pointCount("loss_critic"), 9) << "the steps before are shown too";
  EXPECT_EQ(inTable(1, RunModel::kSteps), "9 of 9");
  EXPECT_EQ(panel().model().rowCount(), 1);
}

TEST_F(TrainPageTest, AnotherRunIsShownWhenItIsClicked) {
  open();
  chooseTiny(3);
  click("train.start");
  ASSERT_TRUE(ended());
  find<QDoubleSpinBox>("train.length").setValue(6);
  click("train.start");
  ASSERT_TRUE(ended());
  ASSERT_EQ(plot().lastStep(), 6);
  clickRun(1);
  EXPECT_TRUE(curvesReach(3));
  EXPECT_TRUE(QTest::qWaitFor([this] { return preview().shownStep() == 3 || preview().shownStep() == 2; }, kPatience));
}

TEST_F(TrainPageTest, SuggestsWholeCharactersForViews) {
  open({"back", "left", "front", "right"});
  EXPECT_EQ(find<PresetCards>("presetCards").current(), "hero");
  EXPECT_TRUE(find<QLabel>("presetCards.why").text().contains("back, left, front, right"));
}

TEST_F(TrainPageTest, SuggestsTheSameForOneViewAndSaysWhy) {
  open({"any"});
  EXPECT_EQ(find<PresetCards>("presetCards").current(), "hero");
  EXPECT_TRUE(find<QLabel>("presetCards.why").text().contains("palette"));
}

TEST_F(TrainPageTest, TooFewSpritesAreToldWithWhatToDo) {
  open({"front"});
  std::vector<SpriteId> allButOne;
  for (const SpriteInfo& sprite : session.catalogue().sprites()) allButOne.push_back(sprite.id);
  allButOne.pop_back();
  session.catalogue().setExcluded(allButOne, true);
  session.notifySpritesChanged();
  chooseTiny(5);
  click("train.start");
  ASSERT_TRUE(ended());
  EXPECT_EQ(status().mood(), Mood::kBad);
  EXPECT_TRUE(status().text().contains("too few sprites")) << status().text().toStdString();
  EXPECT_TRUE(status().text().contains("\n")) << "the hint says what to do";
  EXPECT_TRUE(status().text().front().isUpper());
  EXPECT_TRUE(button("train.start").isEnabled());
  EXPECT_EQ(panel().model().rowCount(), 0);
}

TEST_F(TrainPageTest, ARunWhoseProgramDiedIsShownAsInterrupted) {
  open();
  chooseTiny(4);
  click("train.start");
  ASSERT_TRUE(ended());
  RunInfo run = session.catalogue().run(1);
  run.status = RunStatus::kRunning;  // as a killed program leaves it
  run.targetSteps = 7;
  session.catalogue().updateRun(run);
  session.notifyRunsChanged();
  EXPECT_EQ(inTable(1, RunModel::kStatus), "interrupted");
  EXPECT_EQ(find<QSpinBox>("train.resumeTotal").value(), 7);
  click("train.resume");
  ASSERT_TRUE(ended());
  EXPECT_EQ(inTable(1, RunModel::kStatus), "finished");
  EXPECT_EQ(inTable(1, RunModel::kSteps), "7 of 7");
}

TEST_F(TrainPageTest, ARunThatAnotherProgramTrainsIsToldAndNotResumed) {
  open();
  for (const int steps : {3, 4}) {
    chooseTiny(steps);
    click("train.start");
    ASSERT_TRUE(ended());
  }
  RunInfo run = session.catalogue().run(1);
  run.status = RunStatus::kRunning;
  session.catalogue().updateRun(run);
  const RunLock lock(session.project().runFolder(run), 1);
  session.notifyRunsChanged();
  clickRun(1);
  EXPECT_TRUE(status().text().contains("in another program")) << status().text().toStdString();
  EXPECT_FALSE(button("train.resume").isEnabled());
  EXPECT_TRUE(button("train.resume").toolTip().contains("Another program"));
}

TEST_F(TrainPageTest, ANoteIsKeptWithTheRun) {
  open();
  chooseTiny(2);
  click("train.start");
  ASSERT_TRUE(ended());
  auto& table = find<QTableView>("train.runs");
  const QModelIndex cell = table.model()->index(0, RunModel::kNote);
  table.setCurrentIndex(cell);
  table.edit(cell);
  QWidget* editor = QApplication::focusWidget();
  ASSERT_NE(editor, nullptr);
  QTest::keyClicks(editor, "too few colours");
  QTest::keyClick(editor, Qt::Key_Return);
  EXPECT_TRUE(QTest::qWaitFor([this] { return session.catalogue().run(1).note == "too few colours"; }));
}

TEST_F(TrainPageTest, SeveralSelectedRunsAreComparedAndEscapeLeadsBack) {
  open();
  trainThree();
  const auto& overlay = find<RunOverlay>("runOverlay");
  const auto& histories = find<HistoryCompare>("historyCompare");
  EXPECT_FALSE(overlay.isVisible() || histories.isVisible());
  clickRun(2);
  clickRun(1, Qt::ControlModifier);
  EXPECT_TRUE(overlay.isVisible() && histories.isVisible());
  EXPECT_FALSE(plot().isVisible() || preview().isVisible());
  EXPECT_EQ(histories.runs(), (std::vector<int>{2, 1}));
  EXPECT_TRUE(QTest::qWaitFor(
      [this] {
        const std::vector<std::string> names = find<RunOverlay>("runOverlay").plot().names();
        return names == std::vector<std::string>{"run.2", "run.1"};
      },
      kPatience));
  EXPECT_TRUE(QTest::qWaitFor([&] { return histories.shownStep(1) >= 2 && histories.shownStep(2) == 4; }, kPatience));
  EXPECT_TRUE(find<QLabel>("compare.text").text().contains("2, 1"));
  EXPECT_TRUE(button("compare.back").text().contains("run 2"));
  page.activateWindow();
  QTest::keyClick(&page, Qt::Key_Escape);
  EXPECT_FALSE(overlay.isVisible());
  EXPECT_TRUE(plot().isVisible() && preview().isVisible());
  EXPECT_EQ(panel().selectedRuns(), std::vector<int>{2});
}

TEST_F(TrainPageTest, ANewRunIsShownAloneAndARunInAComparisonGrows) {
  open();
  trainThree();
  clickRun(3);
  clickRun(1, Qt::ControlModifier);
  ASSERT_TRUE(find<RunOverlay>("runOverlay").isVisible());
  find<QDoubleSpinBox>("train.length").setValue(1'000'000);
  click("train.start");
  ASSERT_TRUE(reachesStep(2));
  EXPECT_TRUE(plot().isVisible()) << "what was started is what is looked at";
  clickRun(4);
  clickRun(1, Qt::ControlModifier);
  auto& curves = find<RunOverlay>("runOverlay").plot();
  ASSERT_TRUE(QTest::qWaitFor([&] { return curves.pointCount("run.4") > 0; }, kPatience));
  const int before = curves.pointCount("run.4");
  EXPECT_TRUE(QTest::qWaitFor([&] { return curves.pointCount("run.4") > before + 5; }, kPatience));
  EXPECT_EQ(curves.pointCount("run.4"), curves.lastStep()) << "no step is missing between the record and the news";
  click("train.stop");
  ASSERT_TRUE(ended());
  EXPECT_TRUE(find<RunOverlay>("runOverlay").isVisible());
}

TEST_F(TrainPageTest, ARunIsRenamedAndTheNameCanBeTakenBack) {
  open();
  chooseTiny(2);
  click("train.start");
  ASSERT_TRUE(ended());
  clickRun(1);
  QTest::keyClick(&find<QTableView>("train.runs"), Qt::Key_F2);
  QWidget* editor = QApplication::focusWidget();
  ASSERT_NE(qobject_cast<QLineEdit*>(editor), nullptr);
  QTest::keyClicks(editor, "small hats");
  QTest::keyClick(editor, Qt::Key_Return);
  EXPECT_TRUE(QTest::qWaitFor([&] { return session.catalogue().run(1).name == "small hats"; }));
  EXPECT_TRUE(find<QComboBox>("train.startFrom").itemText(1).contains("small hats"));
  session.undoStack().undo();
  EXPECT_EQ(session.catalogue().run(1).name, "");
  EXPECT_EQ(inTable(1, RunModel::kName), "");
  session.undoStack().redo();
  EXPECT_EQ(inTable(1, RunModel::kName), "small hats");
}

TEST_F(TrainPageTest, ADeletedRunLeavesTheListsAndUndoBringsItBack) {
  open();
  trainThree();
  clickRun(3);
  QTest::keyClick(&find<QTableView>("train.runs"), Qt::Key_Delete);
  EXPECT_EQ(panel().model().rowOf(3), -1);
  EXPECT_EQ(panel().selected(), 2) << "the next one is shown";
  EXPECT_TRUE(curvesReach(4));
  EXPECT_EQ(find<QComboBox>("train.startFrom").findData(3), -1);
  session.undoStack().undo();
  EXPECT_GE(panel().model().rowOf(3), 0);
  EXPECT_EQ(session.catalogue().runs().size(), 3U);
}

TEST_F(TrainPageTest, DeletedRunsAreRestoredOrGoForGood) {
  open();
  trainThree();
  const std::filesystem::path gone = session.project().runFolder(session.catalogue().run(1));
  clickRun(1);
  clickRun(2, Qt::ControlModifier);
  QTest::keyClick(&find<QTableView>("train.runs"), Qt::Key_Delete);
  EXPECT_FALSE(find<RunOverlay>("runOverlay").isVisible()) << "nothing is left to compare";
  ASSERT_TRUE(find<QToolButton>("runs.bin").isVisible());
  QTest::mouseClick(&find<QToolButton>("runs.bin"), Qt::LeftButton);
  clickRun(2);
  click("runs.restore");
  EXPECT_FALSE(session.catalogue().run(2).binned);
  clickRun(1);
  whenAsked<QMessageBox>(page, "runs.confirm", [](QMessageBox* box) {
    EXPECT_TRUE(box->text().contains("run 1")) << box->text().toStdString();
    box->button(QMessageBox::Cancel)->click();
  });
  click("runs.remove");
  EXPECT_TRUE(std::filesystem::exists(gone)) << "it was not meant";
  whenAsked<QMessageBox>(page, "runs.confirm", [](QMessageBox* box) { box->buttons().back()->click(); });
  click("runs.remove");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !std::filesystem::exists(gone); }, kPatience));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel().showsBin(); }, kPatience)) << "the bin is empty";
  EXPECT_THROW(session.catalogue().run(1), Error);
  EXPECT_EQ(panel().model().rowCount(), 2);
}

TEST_F(TrainPageTest, ACloneTellsWhatIsChanged) {
  open();
  trainThree();
  find<QSpinBox>("setting.batch").setValue(8);
  clickRun(1);
  click("train.copySettings");
  EXPECT_EQ(find<QSpinBox>("setting.batch").value(), 4);
  EXPECT_EQ(find<QDoubleSpinBox>("train.length").value(), 3);
  auto& origin = find<QLabel>("train.originText");
  ASSERT_TRUE(origin.isVisible());
  EXPECT_TRUE(origin.text().contains("Run 1") && origin.text().contains("nothing changed yet"))
      << origin.text().toStdString();
  find<QSpinBox>("setting.batch").setValue(6);
  EXPECT_TRUE(origin.text().contains(QString::fromUtf8("4 → 6"))) << origin.text().toStdString();
  QTest::mouseClick(&find<QToolButton>("train.originClear"), Qt::LeftButton);
  EXPECT_FALSE(origin.isVisible());
  EXPECT_EQ(find<QSpinBox>("setting.batch").value(), 6);
}

TEST_F(TrainPageTest, ARunStartsFromAnothersWeightsAndTheFormSaysSo) {
  open();
  trainThree();
  clickRun(2);
  find<QAction>("runs.fromWeights").trigger();
  auto& origin = find<QLabel>("train.originText");
  ASSERT_TRUE(origin.isVisible());
  EXPECT_TRUE(origin.text().contains("weights") && origin.text().contains("Run 2")) << origin.text().toStdString();
  click("train.start");
  ASSERT_TRUE(ended());
  EXPECT_EQ(readRecipe(session.project().runFolder(session.catalogue().run(4)))["request"]["from"], 2);
  QTest::mouseClick(&find<QToolButton>("train.originClear"), Qt::LeftButton);
  EXPECT_EQ(find<QComboBox>("train.startFrom").currentData().toInt(), 0);
}

TEST_F(TrainPageTest, MetricsOfTheSelectedRunsAreExported) {
  open();
  trainThree();
  clickRun(1);
  clickRun(3, Qt::ControlModifier);
  const std::filesystem::path file = folder / "metrics.csv";
  answerFileDialog(page, "runs.exportFile", file);
  find<QAction>("runs.export").trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return std::filesystem::exists(file); }, kPatience));
  const std::string text = readTextFile(file, 1 << 20);
  EXPECT_TRUE(text.starts_with("run,step,")) << text;
  EXPECT_NE(text.find("\n1,3,"), std::string::npos);
  EXPECT_NE(text.find("\n3,5,"), std::string::npos);
  EXPECT_EQ(text.find("\n2,"), std::string::npos);
}

TEST_F(TrainPageTest, TheSizeOfEachRunIsTold) {
  open();
  chooseTiny(2);
  click("train.start");
  ASSERT_TRUE(ended());
  EXPECT_TRUE(QTest::qWaitFor([this] { return inTable(1, RunModel::kSize).contains("B"); }, kPatience));
}

TEST_F(TrainPageTest, AfterwardsItOffersTheCreatePage) {
  open();
  chooseTiny(2);
  QSignalSpy asked(&session, &Session::pageRequested);
  click("train.start");
  ASSERT_TRUE(ended());
  click("train.next");
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].value<Page>(), Page::kCreate);
}

TEST_F(TrainPageTest, WithoutSpritesItSaysWhereToGetThem) {
  session.createProject(folder / "empty.loom");
  page.show();
  ASSERT_TRUE(QTest::qWaitFor([this] { return !session.jobs().busy(); }, kPatience));
  QTest::qWait(20);
  EXPECT_FALSE(button("train.start").isEnabled());
  QSignalSpy asked(&session, &Session::pageRequested);
  click("train.next");
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].value<Page>(), Page::kDataset);
}

TEST_F(TrainPageTest, ClosingTheProjectWhileTrainingStopsTheRun) {
  open();
  chooseTiny(1'000'000);
  click("train.start");
  ASSERT_TRUE(reachesStep(2));
  session.closeProject();
  EXPECT_EQ(panel().model().rowCount(), 0);
  EXPECT_FALSE(page.isEnabled());
  ASSERT_TRUE(ended());
  session.openProject(folder / "tiny.loom");
  EXPECT_EQ(inTable(1, RunModel::kStatus), "stopped");
}

TEST_F(TrainPageTest, KeysWorkTheButtons) {
  open();
  chooseTiny(1'000'000);
  page.activateWindow();
  QTest::keyClick(&page, Qt::Key_F5);
  ASSERT_TRUE(reachesStep(1));
  QTest::keyClick(&page, Qt::Key_F7);
  ASSERT_TRUE(ended());
  EXPECT_EQ(inTable(1, RunModel::kStatus), "stopped");
}

}  // namespace
}  // namespace loom
