// The report of a run, from the window.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/data_in_window.h"
#include "tests/ui/trained_project.h"
#include "ui/pages/report_dialog.h"
#include "ui/pages/run_comparison.h"
#include "ui/pages/train_page.h"
#include "ui/widgets/example_grid.h"
#include "ui/widgets/measure_table.h"
#include "ui/widgets/run_panel.h"

namespace loom {
namespace {

constexpr int kRun = 2;

class ReportDialogTest : public DataInWindow {
 protected:
  void SetUp() override {
    DataInWindow::SetUp();
    m_session->openProject(m_project.folder());
  }
  void addUnseen() {
    JobMonitor monitor;
    addStarterSet(m_session->project(), 4, 77, monitor);
  }
  RunInfo run() { return m_session->catalogue().run(kRun); }
  void open() {
    show(std::make_unique<ReportDialog>(*m_session, run()));
    ASSERT_TRUE(wait([this] { return !text("report.summary").startsWith("Looking"); }));
  }
  int rows() { return find<MeasureTable>("report.measures")->rowCount(); }
  void measure() {
    click("report.measure");
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return rows() > 0 || text("report.state") != QString::fromUtf8("Measuring…"); }, 120'000));
    ASSERT_GT(rows(), 0) << text("report.state").toStdString();
  }
  TrainedProject m_project;
};

TEST_F(ReportDialogTest, SaysWhatToDoWithoutSpritesToMeasureBy) {
  open();
  EXPECT_TRUE(text("report.summary").contains("not been measured"));
  EXPECT_FALSE(find<QPushButton>("report.copy")->isEnabled());
  click("report.measure");
  ASSERT_TRUE(wait([this] { return text("report.state").contains("hold characters out"); }))
      << text("report.state").toStdString();
  EXPECT_TRUE(find<QPushButton>("report.measure")->isEnabled());
}

TEST_F(ReportDialogTest, MeasuresShowsAndKeepsIt) {
  addUnseen();
  open();
  measure();
  EXPECT_GT(rows(), 20);
  auto* table = find<MeasureTable>("report.measures");
  EXPECT_TRUE(table->item(0, MeasureTable::kMeasure)->text().startsWith("KID"));
  EXPECT_TRUE(table->item(0, MeasureTable::kValue)->text().contains(QString::fromUtf8("±")));
  EXPECT_TRUE(table->item(0, MeasureTable::kVerdict)->text().contains("floor"));
  EXPECT_TRUE(text("report.summary").contains("16 held-out sprites of 4 characters"));
  EXPECT_EQ(find<ExampleGrid>("report.pictures")->count(), 16);
  click("report.copy");
  EXPECT_EQ(QApplication::clipboard()->text().count('\n'), rows() + 1);
  open();  // another window, at once
  EXPECT_GT(rows(), 20);
  EXPECT_EQ(find<QPushButton>("report.measure")->text(), "Measure again");
  EXPECT_EQ(text("report.state"), "") << "nothing was learned since";
  answerFileDialog(*m_window, "report.file", m_folder / "report.html");
  click("report.save");
  ASSERT_TRUE(wait([this] { return text("report.state").startsWith("Written"); }));
  const std::string page = readTextFile(m_folder / "report.html", limits::kMaxJsonBytes);
  EXPECT_NE(page.find("<h1>Report: Run 2, conditional-dcgan</h1>"), std::string::npos);
}

TEST_F(ReportDialogTest, SaysWhenTheRunHasLearnedSince) {
  addUnseen();
  JobMonitor monitor;
  RunReport report;
  report.evaluation.step = 1;
  report.evaluation.columns = {"made"};
  saveReport(m_session->project(), run(), report);
  open();
  EXPECT_TRUE(text("report.state").contains("1 step more since")) << text("report.state").toStdString();
}

TEST_F(ReportDialogTest, ClosingItStopsTheMeasuring) {
  addUnseen();
  open();
  click("report.measure");
  ASSERT_TRUE(wait([this] { return m_session->jobs().currentTitle() == "Measuring run 2"; }));
  static_cast<QDialog*>(m_window.get())->reject();
  ASSERT_TRUE(wait([this] { return !m_session->jobs().busy(); }));
  EXPECT_FALSE(loadReport(m_session->project(), run()));
}

TEST_F(ReportDialogTest, TheRunsOfTheTrainPageOpenIt) {
  auto* page = show(std::make_unique<TrainPage>(*m_session));
  page->resize(1200, 900);
  auto* panel = page->findChild<RunPanel*>();
  panel->select(kRun);
  auto* action = page->findChild<QAction*>("runs.report");
  ASSERT_NE(action, nullptr);
  ASSERT_TRUE(action->isEnabled());
  action->trigger();
  auto* dialog = page->findChild<QDialog*>("reportDialog");
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->isVisible());
  EXPECT_TRUE(dialog->windowTitle().contains("Run 2")) << dialog->windowTitle().toStdString();
  dialog->reject();
}

TEST_F(ReportDialogTest, AComparisonOffersTheReportOfEachOfItsRuns) {
  QWidget page;
  RunComparison comparison(*m_session, &page);
  comparison.show(m_session->catalogue().runs(), 0);
  auto* button = page.findChild<QToolButton*>("compare.report");
  ASSERT_NE(button, nullptr);
  ASSERT_EQ(button->menu()->actions().size(), 2);
  int asked = 0;
  QObject::connect(&comparison, &RunComparison::reportRequested, [&asked](int run) { asked = run; });
  button->menu()->actions()[1]->trigger();
  EXPECT_EQ(asked, 2);
}

TEST(ExampleGridTest, LaysExamplesOutAndSaysWhatLiesThere) {
  RunEvaluation evaluation;
  evaluation.columns = {"made", "nearest", "second nearest"};
  for (int i = 0; i < 5; ++i) {
    evaluation.examples.push_back(
        {.sprites = std::vector<Sprite>(3, Sprite(32, 32)), .caption = "1 %", .isCopy = i == 0});
  }
  ExampleGrid grid;
  grid.setExamples(evaluation);
  grid.resize(600, 400);
  EXPECT_EQ(grid.exampleArea(0).top(), grid.exampleArea(1).top()) << "two fit beside each other";
  EXPECT_LT(grid.exampleArea(1).right(), 600);
  EXPECT_GT(grid.exampleArea(2).top(), grid.exampleArea(0).bottom());
  EXPECT_EQ(grid.textAt(grid.exampleArea(0).topLeft() + QPoint(10, 10)), "made (A copy: 1 %)");
  EXPECT_EQ(grid.textAt(grid.exampleArea(1).topRight() + QPoint(-10, 10)), "second nearest (1 %)");
  EXPECT_EQ(grid.textAt({599, 399}), "");
  EXPECT_GE(grid.minimumHeight(), grid.exampleArea(4).bottom());
}

}  // namespace
}  // namespace loom
