#include "ui/widgets/import_report.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTableView>

namespace loom {
namespace {

ImportReport reportOfSome() {
  ImportReport report;
  report.imported = 12;
  report.characters = 3;
  report.views = {"back", "front"};
  report.sizes = {"64x64"};
  report.upscaled = 4;
  report.resumed = 1;
  report.skipped = {{"/set/readme.txt", "not a picture"}};
  report.notes = {{"/set/walk.gif", "frame 5 is damaged, and those after it are left out"}};
  return report;
}

TEST(ImportReport, TheHeadlineSaysWhatWasUndoneAndWhatHadBeenRead) {
  const QString headline = importHeadline(reportOfSome());
  EXPECT_TRUE(headline.contains("12 sprites arrived: 3 characters")) << headline.toStdString();
  EXPECT_TRUE(headline.contains("Undid the enlargement of 4 pictures.")) << headline.toStdString();
  EXPECT_TRUE(headline.contains("1 picture had been read.")) << headline.toStdString();
  ImportReport plain = reportOfSome();
  plain.upscaled = plain.resumed = 0;
  EXPECT_TRUE(importHeadline(plain).endsWith("64x64."));
}

TEST(ImportReport, TheTextHoldsSkippedFilesAndNotes) {
  const QString text = importReportText(reportOfSome());
  EXPECT_TRUE(text.contains("1 file was skipped."));
  EXPECT_TRUE(text.contains("/set/readme.txt\tnot a picture\n"));
  EXPECT_TRUE(text.contains("1 file to look at."));
  EXPECT_TRUE(text.contains("/set/walk.gif\tframe 5 is damaged"));
}

TEST(ImportReport, TheTableListsNotesBelowWhatWasSkipped) {
  ImportReportView view;
  view.setReport(reportOfSome());
  view.show();
  const auto* table = view.findChild<QTableView*>("importSkippedTable");
  ASSERT_NE(table, nullptr);
  ASSERT_TRUE(table->isVisible());
  ASSERT_EQ(table->model()->rowCount(), 2);
  EXPECT_EQ(table->model()->index(1, 0).data().toString(), "/set/walk.gif");
  EXPECT_EQ(view.findChild<QLabel*>("importSkipped")->text(), "1 file was skipped. 1 file to look at.");
}

}  // namespace
}  // namespace loom
