#include "ui/widgets/preview_scrubber.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "tests/base/temp_folder.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

Sprite picture(std::int64_t step) {
  Sprite sprite(16, 16);
  for (Rgba& pixel : sprite.pixels()) pixel = {static_cast<std::uint8_t>(step), 40, 90, 255};
  return sprite;
}

Preview preview(std::int64_t step) {
  return {step, picture(step), 8, 2, 2};
}

class PreviewScrubberTest : public testing::Test {
 protected:
  void SetUp() override {
    scrubber.resize(400, 300);
    scrubber.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&scrubber));
  }
  void save(std::int64_t step) {
    const std::string name = QString("step-%1.png").arg(step, 8, 10, QChar('0')).toStdString();
    ASSERT_TRUE(toImage(picture(step)).save(QString::fromStdString((folder / name).string())));
  }
  int shownRed() { return scrubber.shown().isNull() ? -1 : qRed(scrubber.shown().pixel(3, 3)); }
  bool waitFor(std::int64_t step) {
    return QTest::qWaitFor([&] { return scrubber.shownStep() == step && shownRed() == static_cast<int>(step); });
  }
  QSlider& slider() { return *scrubber.findChild<QSlider*>("preview.slider"); }
  TempFolder folder;
  PreviewScrubber scrubber;
};

TEST_F(PreviewScrubberTest, ShowsTheNewestOfAFolderAndAllBefore) {
  for (const int step : {50, 100, 150}) save(step);
  std::ofstream(folder / "step-00000200.png") << "not a picture";
  std::ofstream(folder / "notes.txt") << "no picture either";
  scrubber.setHistory(folder.path());
  EXPECT_TRUE(waitFor(150)) << scrubber.shownStep();
  EXPECT_EQ(scrubber.count(), 3) << "the damaged one is left out";
  slider().setValue(0);
  EXPECT_TRUE(waitFor(50));
  scrubber.showStep(110);
  EXPECT_TRUE(waitFor(100));
}

TEST_F(PreviewScrubberTest, FollowsNewPicturesAtTheEnd) {
  scrubber.addPreview(preview(10));
  EXPECT_EQ(shownRed(), 10);
  scrubber.addPreview(preview(20));
  EXPECT_EQ(scrubber.shownStep(), 20);
  EXPECT_EQ(shownRed(), 20);
  EXPECT_EQ(slider().value(), slider().maximum());
}

TEST_F(PreviewScrubberTest, DoesNotJumpWhenNewPicturesArriveElsewhere) {
  for (const int step : {10, 20, 30}) scrubber.addPreview(preview(step));
  slider().setValue(1);
  EXPECT_EQ(scrubber.shownStep(), 20);
  for (const int step : {40, 50, 60}) scrubber.addPreview(preview(step));
  EXPECT_EQ(scrubber.shownStep(), 20);
  EXPECT_EQ(slider().value(), 1);
  EXPECT_EQ(slider().maximum(), 5);
  slider().setValue(5);
  scrubber.addPreview(preview(70));
  EXPECT_EQ(scrubber.shownStep(), 70) << "at the end it follows again";
}

TEST_F(PreviewScrubberTest, ReadsOldPicturesAgainFromTheFolderWhileNewOnesArrive) {
  for (const int step : {10, 20}) save(step);
  scrubber.setHistory(folder.path());
  ASSERT_TRUE(waitFor(20));
  save(30);
  scrubber.addPreview(preview(30));
  EXPECT_EQ(scrubber.shownStep(), 30);
  EXPECT_EQ(scrubber.count(), 3);
  slider().setValue(0);
  EXPECT_TRUE(waitFor(10));
}

TEST_F(PreviewScrubberTest, PlaysFromTheFirstToTheLast) {
  for (const int step : {10, 20, 30}) scrubber.addPreview(preview(step));
  QSignalSpy shown(&scrubber, &PreviewScrubber::shownChanged);
  auto* play = scrubber.findChild<QToolButton*>("preview.play");
  ASSERT_TRUE(play->isVisible() && play->isEnabled());
  QTest::mouseClick(play, Qt::LeftButton);
  EXPECT_TRUE(scrubber.playing());
  EXPECT_EQ(scrubber.shownStep(), 10);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !scrubber.playing(); }));
  EXPECT_EQ(scrubber.shownStep(), 30);
  QList<qint64> steps;
  for (const QList<QVariant>& call : shown) steps += call.front().toLongLong();
  EXPECT_EQ(steps, (QList<qint64>{10, 20, 30}));
}

TEST_F(PreviewScrubberTest, AnotherRunTakesNothingOver) {
  for (const int step : {10, 20}) scrubber.addPreview(preview(step));
  save(5);
  scrubber.setHistory(folder.path());
  EXPECT_TRUE(waitFor(5));
  EXPECT_EQ(scrubber.count(), 1);
  scrubber.clear();
  EXPECT_EQ(scrubber.count(), 0);
  EXPECT_EQ(scrubber.shownStep(), -1);
}

TEST_F(PreviewScrubberTest, GoingAwayWhileReadingIsSafe) {
  for (int step = 1; step <= 20; ++step) save(step);
  for (int i = 0; i < 5; ++i) {
    PreviewScrubber other;
    other.setHistory(folder.path());
    QTest::qWait(i);
  }
  QTest::qWait(20);
}

}  // namespace
}  // namespace loom
