#include "ui/widgets/run_panel.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "ui/models/run_filter.h"

namespace loom {
namespace {

RunModel::Entry entry(int number, const std::string& preset, const Json& settings) {
  RunModel::Entry made;
  made.info.number = number;
  made.info.preset = preset;
  made.info.settings = settings;
  made.info.status = RunStatus::kFinished;
  made.info.steps = 100 * number;
  made.info.targetSteps = made.info.steps;
  return made;
}

class RunPanelTest : public testing::Test {
 protected:
  void SetUp() override {
    QSettings().remove("runs");
    open();
  }
  void open() {
    panel = std::make_unique<RunPanel>();
    panel->resize(900, 400);
    panel->show();
    panel->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(panel.get()));
  }
  void TearDown() override { QSettings().remove("runs"); }

  void showThree() {
    RunModel::Entry best = entry(2, "dcgan", {{"batch", 128}, {"latent", 84}});
    best.info.best = BestValue{"distance", .1, 50};
    best.info.name = "wide";
    RunModel::Entry worse = entry(1, "dcgan", {{"batch", 64}, {"latent", 84}});
    worse.info.best = BestValue{"distance", .3, 70};
    panel->setRuns({worse, best, entry(3, "cvae", {{"latent", 84}})});
  }
  QTableView& table() { return *panel->findChild<QTableView*>("train.runs"); }
  QHeaderView& header() { return *table().horizontalHeader(); }
  template <class Widget>
  Widget& find(const char* name) {
    return *panel->findChild<Widget*>(name);
  }
  std::vector<int> shown() {
    std::vector<int> numbers;
    for (const RunInfo* run : panel->filter().shown()) numbers.push_back(run->number);
    return numbers;
  }
  void click(int run, Qt::KeyboardModifiers keys = {}) {
    const QRect cell = table().visualRect(panel->filter().index(panel->filter().rowOf(run), RunModel::kPreset));
    ASSERT_TRUE(cell.isValid()) << run;
    QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, cell.center());
  }
  void sortBy(int column) {
    QTest::mouseClick(header().viewport(), Qt::LeftButton, {},
                      {header().sectionViewportPosition(column) + 8, header().height() / 2});
  }
  using Runs = std::vector<int>;
  std::unique_ptr<RunPanel> panel;
};

TEST_F(RunPanelTest, OnlySettingsThatDifferHaveAColumn) {
  showThree();
  const int batch = panel->model().columnOf("setting.batch");
  ASSERT_GE(batch, 0);
  EXPECT_FALSE(table().isColumnHidden(batch));
  EXPECT_EQ(header().visualIndex(batch), header().visualIndex(RunModel::kPreset) + 1) << "beside the preset";
  EXPECT_EQ(panel->model().columnOf("setting.latent"), -1) << "all have the same";
  find<QLineEdit>("runs.search").setText("wide");
  EXPECT_EQ(shown(), Runs{2});
  EXPECT_EQ(panel->model().columnOf("setting.batch"), -1) << "one run differs from none";
}

TEST_F(RunPanelTest, SearchesByWordsAndPreset) {
  showThree();
  EXPECT_EQ(shown(), (Runs{3, 2, 1})) << "newest first";
  auto& presets = find<QComboBox>("runs.preset");
  ASSERT_TRUE(presets.isVisible());
  presets.setCurrentIndex(presets.findData("dcgan"));
  EXPECT_EQ(shown(), (Runs{2, 1}));
  find<QLineEdit>("runs.search").setText("finished DCGAN 1");
  EXPECT_EQ(shown(), Runs{1});
  find<QLineEdit>("runs.search").clear();
  presets.setCurrentIndex(0);
  EXPECT_EQ(shown().size(), 3U);
}

TEST_F(RunPanelTest, SortsByFiguresAndUnknownOnesComeLastEitherWay) {
  showThree();
  sortBy(RunModel::kBest);
  const Runs once = shown();
  sortBy(RunModel::kBest);
  const Runs twice = shown();
  EXPECT_EQ(once.back(), 3);
  EXPECT_EQ(twice.back(), 3);
  EXPECT_NE(once, twice);
  EXPECT_TRUE((once == Runs{2, 1, 3} && twice == Runs{1, 2, 3}) || (once == Runs{1, 2, 3} && twice == Runs{2, 1, 3}));
  sortBy(panel->model().columnOf("setting.batch"));
  EXPECT_EQ(shown().back(), 3) << "it has no batch";
}

TEST_F(RunPanelTest, SeveralAreSelectedWithTheControlKey) {
  showThree();
  QSignalSpy one(panel.get(), &RunPanel::runSelected);
  QSignalSpy several(panel.get(), &RunPanel::runsSelected);
  click(1);
  EXPECT_EQ(one.count(), 1);
  click(3, Qt::ControlModifier);
  ASSERT_EQ(several.count(), 1);
  EXPECT_EQ(several[0][0].value<std::vector<int>>(), (Runs{3, 1}));
  EXPECT_FALSE(find<QPushButton>("train.resume").isEnabled()) << "resume is for one";
  EXPECT_FALSE(find<QPushButton>("train.copySettings").isEnabled());
}

TEST_F(RunPanelTest, TheSelectionStaysWhenRunsComeAndColumnsChange) {
  showThree();
  click(1);
  click(2, Qt::ControlModifier);
  QSignalSpy one(panel.get(), &RunPanel::runSelected);
  QSignalSpy several(panel.get(), &RunPanel::runsSelected);
  std::vector<RunModel::Entry> more = panel->model().entries();
  more.push_back(entry(4, "dcgan", {{"batch", 8}, {"latent", 12}}));
  panel->setRuns(more);
  EXPECT_GE(panel->model().columnOf("setting.latent"), 0);
  EXPECT_EQ(panel->selectedRuns(), (Runs{2, 1}));
  EXPECT_EQ(one.count() + several.count(), 0) << "nobody chose anything";
}

TEST_F(RunPanelTest, F2RenamesAndDeleteDeletes) {
  showThree();
  click(1);
  QSignalSpy named(panel.get(), &RunPanel::nameEdited);
  QTest::keyClick(&table(), Qt::Key_F2);
  QWidget* editor = QApplication::focusWidget();
  ASSERT_NE(qobject_cast<QLineEdit*>(editor), nullptr);
  QTest::keyClicks(editor, "narrow");
  QTest::keyClick(editor, Qt::Key_Delete);
  QTest::keyClick(editor, Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return named.count() == 1; })) << "the table takes a name over with its next event";
  EXPECT_EQ(named[0][0].toInt(), 1);
  EXPECT_EQ(named[0][1].toString(), "narrow");
  QSignalSpy deleted(panel.get(), &RunPanel::deleteRequested);
  table().setFocus();
  QTest::keyClick(&table(), Qt::Key_Delete);
  ASSERT_EQ(deleted.count(), 1);
  EXPECT_EQ(deleted[0][0].value<std::vector<int>>(), Runs{1});
}

TEST_F(RunPanelTest, ARunInTrainingCannotBeDeleted) {
  RunModel::Entry live = entry(1, "dcgan", {});
  live.activity = RunActivity::kHere;
  panel->setRuns({live, entry(2, "dcgan", {})});
  auto& action = find<QAction>("runs.delete");
  click(1);
  EXPECT_FALSE(action.isEnabled());
  click(2);
  EXPECT_TRUE(action.isEnabled());
  click(1, Qt::ControlModifier);
  EXPECT_FALSE(action.isEnabled()) << "nor together with others";
}

TEST_F(RunPanelTest, ColumnsAreChosenAndRemembered) {
  showThree();
  find<QToolButton>("runs.columns").menu()->aboutToShow();
  auto& speed = find<QAction>("column.speed");
  auto& batch = find<QAction>("column.setting.batch");
  ASSERT_TRUE(speed.isChecked() && batch.isChecked());
  speed.trigger();
  batch.trigger();
  EXPECT_TRUE(table().isColumnHidden(RunModel::kSpeed));
  sortBy(RunModel::kSteps);
  const Qt::SortOrder order = header().sortIndicatorOrder();
  open();
  showThree();
  EXPECT_TRUE(table().isColumnHidden(RunModel::kSpeed));
  EXPECT_TRUE(table().isColumnHidden(panel->model().columnOf("setting.batch")));
  EXPECT_FALSE(table().isColumnHidden(RunModel::kTime));
  EXPECT_EQ(header().sortIndicatorSection(), static_cast<int>(RunModel::kSteps));
  EXPECT_EQ(header().sortIndicatorOrder(), order);
}

TEST_F(RunPanelTest, DeletedRunsAreShownWhenTheyAreAskedFor) {
  panel->setRuns({entry(1, "dcgan", {})});
  auto& bin = find<QToolButton>("runs.bin");
  EXPECT_FALSE(bin.isVisible()) << "an empty bin is no matter";
  panel->setRuns({entry(1, "dcgan", {})}, {entry(2, "dcgan", {}), entry(3, "dcgan", {})});
  ASSERT_TRUE(bin.isVisible());
  EXPECT_EQ(bin.text(), "Deleted (2)");
  QTest::mouseClick(&bin, Qt::LeftButton);
  EXPECT_EQ(shown(), (Runs{3, 2}));
  QSignalSpy restored(panel.get(), &RunPanel::restoreRequested);
  QSignalSpy removed(panel.get(), &RunPanel::removeRequested);
  QSignalSpy selected(panel.get(), &RunPanel::runSelected);
  click(3);
  EXPECT_EQ(selected.count(), 0) << "a deleted run is not looked at";
  QTest::mouseClick(&find<QPushButton>("runs.restore"), Qt::LeftButton);
  ASSERT_EQ(restored.count(), 1);
  EXPECT_EQ(restored[0][0].value<std::vector<int>>(), Runs{3});
  QTest::mouseClick(&find<QPushButton>("runs.remove"), Qt::LeftButton);
  EXPECT_EQ(removed.count(), 1);
  panel->setRuns({entry(1, "dcgan", {}), entry(2, "dcgan", {}), entry(3, "dcgan", {})});
  EXPECT_FALSE(panel->showsBin()) << "it is empty now";
  EXPECT_EQ(shown(), (Runs{3, 2, 1}));
}

TEST_F(RunPanelTest, HundredsOfRunsAreListed) {
  std::vector<RunModel::Entry> many;
  for (int number = 1; number <= 500; ++number) {
    many.push_back(entry(number, number % 2 == 0 ? "dcgan" : "cvae", {{"batch", number}, {"latent", number % 7}}));
  }
  panel->setRuns(many);
  EXPECT_EQ(shown().size(), 500U);
  find<QLineEdit>("runs.search").setText("dcgan 33");
  EXPECT_EQ(shown(), (Runs{338, 336, 334, 332, 330}));
}

}  // namespace
}  // namespace loom
