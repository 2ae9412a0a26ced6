#include "ui/widgets/view_canvas.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

/// A canvas of 8 x 8 pixels, 20 times as large, and what it told.
class ViewCanvasTest : public ::testing::Test {
 protected:
  void SetUp() override {
    canvas.resize(160, 160);
    canvas.setSprite(sampleSprite(1, 8, 8));
    canvas.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&canvas));
    QObject::connect(&canvas, &ViewCanvas::strokeBegan, [this](QPoint pixel, Qt::KeyboardModifiers with) {
      stroke = {{pixel.x(), pixel.y()}};
      modifiers = with;
    });
    QObject::connect(&canvas, &ViewCanvas::strokeWent, [this](const std::vector<PixelPlace>& pixels) {
      stroke.insert(stroke.end(), pixels.begin(), pixels.end());
    });
    QObject::connect(&canvas, &ViewCanvas::strokeEnded, [this] { ++ended; });
    QObject::connect(&canvas, &ViewCanvas::asked, [this](QPoint pixel) { asked.push_back(pixel); });
  }
  QPoint at(int x, int y) { return canvas.pixelArea({x, y}).center().toPoint(); }

  ViewCanvas canvas;
  std::vector<PixelPlace> stroke;
  Qt::KeyboardModifiers modifiers;
  std::vector<QPoint> asked;
  int ended = 0;
};

TEST_F(ViewCanvasTest, AStrokeLeavesNoPixelOut) {
  QTest::mousePress(&canvas, Qt::LeftButton, Qt::AltModifier, at(1, 1));
  QTest::mouseMove(&canvas, at(5, 3));
  QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(5, 3));
  EXPECT_EQ(stroke, (std::vector<PixelPlace>{{1, 1}, {2, 2}, {3, 2}, {4, 3}, {5, 3}}));
  EXPECT_EQ(modifiers, Qt::AltModifier);
  EXPECT_EQ(ended, 1);
  QTest::mouseMove(&canvas, at(7, 7));
  EXPECT_EQ(stroke.size(), 5U) << "the button is up";
}

TEST_F(ViewCanvasTest, AStrokeThatLeavesThePictureComesBackWhereItEnters) {
  QTest::mousePress(&canvas, Qt::LeftButton, {}, at(7, 4));
  QTest::mouseMove(&canvas, QPoint(400, 90));
  QTest::mouseMove(&canvas, at(2, 6));
  QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(2, 6));
  EXPECT_EQ(stroke, (std::vector<PixelPlace>{{7, 4}, {2, 6}}));
}

TEST_F(ViewCanvasTest, TheRightButtonAsksAndTheMiddleOneMoves) {
  QTest::mouseClick(&canvas, Qt::RightButton, {}, at(6, 2));
  EXPECT_EQ(asked, (std::vector<QPoint>{{6, 2}}));
  const QRectF before = canvas.pixelArea({0, 0});
  QTest::mousePress(&canvas, Qt::MiddleButton, {}, at(4, 4));
  QTest::mouseMove(&canvas, at(4, 4) + QPoint(11, 7));
  QTest::mouseRelease(&canvas, Qt::MiddleButton, {}, at(4, 4) + QPoint(11, 7));
  EXPECT_EQ(canvas.pixelArea({0, 0}).topLeft(), before.topLeft() + QPointF(11, 7));
  EXPECT_TRUE(stroke.empty());
}

TEST_F(ViewCanvasTest, KeysGoFromPixelToPixelDrawAndAsk) {
  canvas.setFocus();
  QTest::mouseMove(&canvas, at(0, 0));
  for (const int key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Down})
    QTest::keyClick(&canvas, static_cast<Qt::Key>(key));
  QTest::keyClick(&canvas, Qt::Key_Space);
  EXPECT_EQ(stroke, (std::vector<PixelPlace>{{2, 1}}));
  EXPECT_EQ(ended, 1);
  for (int i = 0; i < 12; ++i) QTest::keyClick(&canvas, Qt::Key_Up);
  QTest::keyClick(&canvas, Qt::Key_Return);
  EXPECT_EQ(asked, (std::vector<QPoint>{{2, 0}})) << "the edge holds";
}

TEST_F(ViewCanvasTest, MarksAreSeen) {
  const QImage plain = canvas.grab().toImage();
  canvas.setMarks({{3, 3}});
  const QImage marked = canvas.grab().toImage();
  const QPoint corner = canvas.pixelArea({3, 3}).topLeft().toPoint() + QPoint(2, 2);
  EXPECT_EQ(marked.pixelColor(corner), QColor(Qt::white));
  canvas.setMarks({});
  EXPECT_EQ(canvas.grab().toImage(), plain);
}

TEST_F(ViewCanvasTest, AnOverlayLiesOverThePictureOfItsSizeAlone) {
  const QPoint middle = at(4, 4);
  QImage overlay(8, 8, QImage::Format_ARGB32);
  overlay.fill(QColor(10, 200, 90));
  canvas.setOverlay(overlay);
  EXPECT_EQ(canvas.grab().toImage().pixelColor(middle), QColor(10, 200, 90));
  canvas.setOverlay(overlay.copy(0, 0, 7, 7));
  EXPECT_NE(canvas.grab().toImage().pixelColor(middle), QColor(10, 200, 90));
}

TEST_F(ViewCanvasTest, DrawsOnlyWhileItIsForDrawing) {
  canvas.setDrawing(false);
  QTest::mouseClick(&canvas, Qt::LeftButton, {}, at(1, 1));
  QTest::mouseClick(&canvas, Qt::RightButton, {}, at(1, 1));
  EXPECT_TRUE(stroke.empty());
  EXPECT_TRUE(asked.empty());
  canvas.setDrawing(true);
  QTest::mousePress(&canvas, Qt::LeftButton, {}, at(1, 1));
  canvas.setDrawing(false);
  EXPECT_EQ(ended, 1) << "a stroke under way ends with it";
  QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(1, 1));
  EXPECT_EQ(ended, 1);
}

}  // namespace
}  // namespace loom
