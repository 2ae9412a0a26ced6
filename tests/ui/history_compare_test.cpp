#include "ui/widgets/history_compare.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "tests/base/temp_folder.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

Sprite picture(int run, std::int64_t step) {
  Sprite sprite(8, 8);
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) {
      sprite.at(x, y) = {static_cast<std::uint8_t>(step), static_cast<std::uint8_t>(run), 0, 255};
    }
  }
  return sprite;
}

class HistoryCompareTest : public testing::Test {
 protected:
  void SetUp() override {
    compare.resize(600, 500);
    compare.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&compare));
  }
  void save(int run, std::int64_t step) {
    std::filesystem::create_directories(samples(run));
    const std::string name = QString("step-%1.png").arg(step, 8, 10, QChar('0')).toStdString();
    ASSERT_TRUE(toImage(picture(run, step)).save(QString::fromStdString((samples(run) / name).string())));
  }
  std::filesystem::path samples(int run) { return folder / std::to_string(run); }
  HistoryCompare::Entry entry(int run) { return {run, QString("Run %1").arg(run), "Batch 64", Qt::red, samples(run)}; }
  void open(const std::vector<int>& runs) {
    std::vector<HistoryCompare::Entry> entries;
    for (const int run : runs) entries.push_back(entry(run));
    compare.setRuns(entries);
  }
  /// That the run's panel says so, and that it is its picture.
  bool waitFor(int run, std::int64_t step) {
    return QTest::qWaitFor([&] {
      const QImage shown = compare.shown(run);
      return compare.shownStep(run) == step && !shown.isNull() && qRed(shown.pixel(3, 3)) == step &&
             qGreen(shown.pixel(3, 3)) == run;
    });
  }
  QSlider& slider() { return *compare.findChild<QSlider*>("history.slider"); }
  QString label(const char* name) { return compare.findChild<QLabel*>(name)->text(); }
  using Steps = std::vector<std::int64_t>;
  TempFolder folder;
  HistoryCompare compare;
};

TEST_F(HistoryCompareTest, OneSliderShowsEachRunAtOrBeforeItsStep) {
  for (const int step : {10, 20, 30}) save(1, step);
  for (const int step : {15, 25}) save(2, step);
  open({1, 2});
  ASSERT_TRUE(waitFor(1, 30));
  ASSERT_TRUE(waitFor(2, 25));
  EXPECT_EQ(compare.steps(), (Steps{10, 15, 20, 25, 30}));
  EXPECT_EQ(label("history.step1"), "step 30");
  EXPECT_EQ(label("history.step2"), "step 25");
  slider().setValue(2);
  EXPECT_EQ(compare.step(), 20);
  EXPECT_TRUE(waitFor(1, 20));
  EXPECT_TRUE(waitFor(2, 15));
  slider().setValue(0);
  EXPECT_TRUE(waitFor(1, 10));
  EXPECT_EQ(compare.shownStep(2), -1) << "it had no picture yet";
  EXPECT_EQ(label("history.step2"), "begins at step 15");
}

TEST_F(HistoryCompareTest, NewStepsMoveTheSliderOnlyFromItsEnd) {
  for (const int run : {1, 2}) save(run, 10);
  save(1, 20);
  open({1, 2});
  ASSERT_TRUE(waitFor(1, 20));
  compare.addPreview(2, {30, picture(2, 30), 8, 1, 1});
  EXPECT_EQ(compare.step(), 30);
  EXPECT_TRUE(waitFor(2, 30));
  compare.showStep(11);
  EXPECT_EQ(compare.step(), 10);
  compare.addPreview(2, {40, picture(2, 40), 8, 1, 1});
  compare.addPreview(1, {5, picture(1, 5), 8, 1, 1});
  EXPECT_EQ(compare.step(), 10) << "jumped";
  EXPECT_EQ(slider().value(), 1);
  EXPECT_EQ(slider().maximum(), 4);
  EXPECT_TRUE(waitFor(2, 10));
}

TEST_F(HistoryCompareTest, PlaysAllRunsTogetherToTheEnd) {
  for (const int step : {10, 20, 30}) save(1, step);
  save(2, 20);
  open({1, 2});
  ASSERT_TRUE(waitFor(1, 30));
  auto* play = compare.findChild<QToolButton*>("history.play");
  ASSERT_TRUE(play->isVisible() && play->isEnabled());
  QSignalSpy steps(&compare, &HistoryCompare::stepChanged);
  QTest::mouseClick(play, Qt::LeftButton);
  EXPECT_TRUE(compare.playing());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !compare.playing(); }));
  EXPECT_EQ(compare.step(), 30);
  ASSERT_EQ(steps.count(), 3);
  EXPECT_EQ(steps[0][0].toLongLong(), 10);
}

TEST_F(HistoryCompareTest, FourFitAndTheSameRunsKeepTheirPlace) {
  for (int run = 1; run <= 5; ++run) {
    save(run, 10);
    save(run, 20);
  }
  open({1, 2, 3, 4, 5});
  EXPECT_EQ(compare.runs(), (std::vector<int>{1, 2, 3, 4}));
  ASSERT_TRUE(waitFor(4, 20));
  compare.showStep(10);
  open({1, 2, 3, 4});
  EXPECT_EQ(compare.step(), 10) << "a new name is no reason to jump";
  open({5, 1});
  EXPECT_TRUE(waitFor(5, 20));
  EXPECT_EQ(compare.shownStep(2), -1);
}

TEST_F(HistoryCompareTest, DamagedAndMissingPicturesAreLeftOut) {
  save(1, 10);
  std::ofstream(samples(1) / "step-00000020.png") << "not a picture";
  open({1, 2});
  EXPECT_TRUE(waitFor(1, 10));
  EXPECT_TRUE(QTest::qWaitFor([&] { return compare.steps() == Steps{10}; }));
  EXPECT_EQ(label("history.step2"), "no picture yet");
}

TEST_F(HistoryCompareTest, GoingAwayWhileReadingIsSafe) {
  for (int step = 1; step <= 20; ++step) save(1, step);
  for (int i = 0; i < 5; ++i) {
    HistoryCompare other;
    other.setRuns({entry(1)});
    QTest::qWait(i);
  }
}

}  // namespace
}  // namespace loom
