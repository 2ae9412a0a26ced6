#include <gtest/gtest.h>

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>

#include "core/studio/run_files.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/tiny_project.h"
#include "ui/models/disk_use.h"
#include "ui/pages/disk_use_dialog.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine

class DiskUseTest : public testing::Test {
 protected:
  void SetUp() override {
    const Project project = makeTinyProject(folder / "tiny.loom");
    TrainingListener listener;
    JobMonitor monitor;
    TrainingSession::start(project, tinyRequest(2), listener, monitor)->wait();
    for (const std::int64_t steps : {4, 6}) {  // a checkpoint each
      TrainingSession::resume(project, {.run = 1, .steps = steps, .epochs = {}, .minutes = {}}, listener, monitor)
          ->wait();
    }
    session.openProject(folder / "tiny.loom");
    ASSERT_EQ(steps(), (std::vector<std::int64_t>{2, 4, 6}));
  }
  std::vector<std::int64_t> steps() {
    std::vector<std::int64_t> found;
    for (const CheckpointInfo& one : checkpoints(runFolder())) found.push_back(one.step);
    return found;
  }
  std::filesystem::path runFolder() { return session.project().runFolder(session.catalogue().run(1)); }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  template <class Widget>
  static Widget& on(QWidget& owner, const char* name) {
    auto* widget = owner.findChild<Widget*>(name);
    if (widget == nullptr) throw std::runtime_error(std::string("there is no ") + name);
    return *widget;
  }
  TempFolder folder;
  Session session;
};

TEST_F(DiskUseTest, CountsWhatLiesThere) {
  const DiskUse use = readDiskUse(session.project(), {});
  ASSERT_EQ(use.runs.size(), 1U);
  std::int64_t checkpointBytes = 0;
  for (const CheckpointInfo& one : checkpoints(runFolder())) {
    checkpointBytes += static_cast<std::int64_t>(std::filesystem::file_size(one.file));
  }
  EXPECT_GE(use.runs[0].storage.checkpoints, checkpointBytes);
  EXPECT_GE(use.database, static_cast<std::int64_t>(std::filesystem::file_size(session.project().database())));
  EXPECT_EQ(use.total(), use.database + use.runs[0].storage.total());
}

TEST_F(DiskUseTest, ARunInTrainingIsLeftAlone) {
  const RunLock training(runFolder(), 1);
  const DiskUse use = readDiskUse(session.project(), {});
  EXPECT_TRUE(use.runs[0].inTraining);
  EXPECT_EQ(use.removableFiles(), 0);
  JobMonitor monitor;
  const CleanUpReport report = cleanUpCheckpoints(session.project(), {}, monitor);
  EXPECT_EQ(report.files, 0);
  EXPECT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(steps(), (std::vector<std::int64_t>{2, 4, 6}));
}

TEST_F(DiskUseTest, TheDialogSaysWhatItFreesAndFreesThat) {
  DiskUseDialog dialog(session);
  dialog.show();
  auto& button = on<QPushButton>(dialog, "diskUse.cleanUp");
  auto& table = on<QTableWidget>(dialog, "diskUse.runs");
  ASSERT_TRUE(wait([&] { return table.rowCount() == 1; }));
  const DiskUse before = readDiskUse(session.project(), {});
  ASSERT_GT(before.removableFiles(), 0);
  EXPECT_TRUE(on<QLabel>(dialog, "diskUse.frees").text().contains(QString::number(before.removableFiles())));
  EXPECT_TRUE(button.isEnabled());
  QString asked;
  whenAsked<QMessageBox>(dialog, "diskUse.confirm", [&asked](QMessageBox* box) {
    asked = box->text();
    for (QAbstractButton* one : box->buttons()) {
      if (box->buttonRole(one) == QMessageBox::AcceptRole) one->click();
    }
  });
  QTest::mouseClick(&button, Qt::LeftButton);
  EXPECT_TRUE(asked.contains(QString::number(before.removableFiles()))) << asked.toStdString();
  ASSERT_TRUE(wait([&] { return on<QLabel>(dialog, "diskUse.frees").text().contains("nothing"); }));
  EXPECT_EQ(steps().back(), 6) << "the newest is kept";
  EXPECT_EQ(steps().size(), 3U - static_cast<std::size_t>(before.removableFiles()));
  const DiskUse after = readDiskUse(session.project(), {});
  EXPECT_EQ(before.runs[0].storage.checkpoints - after.runs[0].storage.checkpoints, before.removableBytes());
  EXPECT_FALSE(button.isEnabled());
}

TEST_F(DiskUseTest, KeepingMoreFreesLess) {
  DiskUseDialog dialog(session);
  dialog.show();
  on<QSpinBox>(dialog, "diskUse.newest").setValue(3);
  EXPECT_TRUE(wait([&] { return on<QLabel>(dialog, "diskUse.frees").text().contains("nothing"); }));
  EXPECT_FALSE(on<QPushButton>(dialog, "diskUse.cleanUp").isEnabled());
}

TEST_F(DiskUseTest, ACancelledQuestionRemovesNothing) {
  DiskUseDialog dialog(session);
  dialog.show();
  auto& button = on<QPushButton>(dialog, "diskUse.cleanUp");
  ASSERT_TRUE(wait([&] { return button.isEnabled(); }));
  whenAsked<QMessageBox>(dialog, "diskUse.confirm", [](QMessageBox* box) { box->reject(); });
  QTest::mouseClick(&button, Qt::LeftButton);
  QTest::qWait(50);
  ASSERT_TRUE(wait([this] { return !session.jobs().busy(); }));
  EXPECT_EQ(steps(), (std::vector<std::int64_t>{2, 4, 6}));
}

}  // namespace
}  // namespace loom
