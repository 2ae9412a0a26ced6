#include "ui/widgets/sprite_canvas.h"

#include <gtest/gtest.h>

#include <QPaintEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace loom {
namespace {

constexpr Rgba kRed{255, 0, 0, 255};
constexpr Rgba kBlue{0, 0, 255, 255};

/// Left half red, right half blue.
Sprite halves(int side) {
  Sprite sprite(side, side);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) sprite.at(x, y) = x < side / 2 ? kRed : kBlue;
  }
  return sprite;
}

void wheel(QWidget& widget, QPointF at, int notches) {
  QWheelEvent event(at, widget.mapToGlobal(at.toPoint()), {}, QPoint(0, notches * 120), Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

/// What was asked to be repainted since the last look.
class PaintWatch : public QObject {
 public:
  explicit PaintWatch(QWidget& widget) : m_widget(widget) { widget.installEventFilter(this); }
  QRegion take() {
    QTest::qWait(30);
    return std::exchange(m_region, {});
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (watched == &m_widget && event->type() == QEvent::Paint) m_region |= static_cast<QPaintEvent*>(event)->region();
    return false;
  }

 private:
  QWidget& m_widget;
  QRegion m_region;
};

struct Shown {
  Shown() {
    canvas.resize(400, 300);
    canvas.setPixelGrid(false);
    canvas.setSprite(halves(16));
    canvas.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&canvas));
  }
  SpriteCanvas canvas;
};

TEST(SpriteCanvas, FitsAtTheLargestWholeZoom) {
  Shown shown;
  EXPECT_EQ(shown.canvas.zoom(), 300 / 16);
  shown.canvas.resize(170, 170);
  EXPECT_EQ(shown.canvas.zoom(), 10);
}

TEST(SpriteCanvas, DrawsPixelsWithHardEdges) {
  Shown shown;
  const QImage picture = shown.canvas.grab().toImage();
  const QRectF left = shown.canvas.pixelArea({7, 8});
  const QRectF right = shown.canvas.pixelArea({8, 8});
  const int y = static_cast<int>(left.center().y());
  EXPECT_EQ(picture.pixelColor(static_cast<int>(left.right()) - 1, y), QColor(255, 0, 0));
  EXPECT_EQ(picture.pixelColor(static_cast<int>(right.left()), y), QColor(0, 0, 255));
}

TEST(SpriteCanvas, ShowsTheGroundThroughTransparentPixels) {
  Shown shown;
  shown.canvas.setSprite(Sprite(16, 16));
  shown.canvas.setBackground(QColor(90, 143, 60));
  const QPoint middle = shown.canvas.pixelArea({8, 8}).center().toPoint();
  EXPECT_EQ(shown.canvas.grab().toImage().pixelColor(middle), QColor(90, 143, 60));
  shown.canvas.setBackground({});
  const QImage checkered = shown.canvas.grab().toImage();
  EXPECT_NE(checkered.pixelColor(middle), checkered.pixelColor(middle + QPoint(8, 0)));
}

TEST(SpriteCanvas, RepaintsOnlyWhatChanged) {
  Shown shown;
  PaintWatch watch(shown.canvas);
  watch.take();
  Sprite sprite = halves(16);
  shown.canvas.setSprite(sprite);
  EXPECT_TRUE(watch.take().isEmpty()) << "the same sprite again";
  sprite.at(3, 5) = kBlue;
  shown.canvas.setSprite(sprite);
  const QRect repainted = watch.take().boundingRect();
  EXPECT_FALSE(repainted.isEmpty());
  EXPECT_TRUE(shown.canvas.pixelArea({3, 5}).toAlignedRect().adjusted(-2, -2, 2, 2).contains(repainted));
  const QPoint changed = shown.canvas.pixelArea({3, 5}).center().toPoint();
  EXPECT_EQ(shown.canvas.grab().toImage().pixelColor(changed), QColor(0, 0, 255));
}

TEST(SpriteCanvas, APartPaintedAloneMatchesTheWhole) {
  Shown shown;
  shown.canvas.setPixelGrid(true);
  const QRect part(shown.canvas.pixelArea({5, 5}).toAlignedRect().adjusted(3, 2, 21, 17));
  EXPECT_EQ(shown.canvas.grab(part).toImage(), shown.canvas.grab().toImage().copy(part));
}

TEST(SpriteCanvas, WheelZoomsAtThePointer) {
  Shown shown;
  const QPointF at = shown.canvas.pixelArea({2, 3}).center();
  const int before = shown.canvas.zoom();
  wheel(shown.canvas, at, 1);
  EXPECT_GT(shown.canvas.zoom(), before);
  EXPECT_EQ(shown.canvas.pixelAt(at), QPoint(2, 3));
  wheel(shown.canvas, at, -2);
  EXPECT_LT(shown.canvas.zoom(), before);
  EXPECT_FALSE(shown.canvas.fitted());
}

TEST(SpriteCanvas, SmallWheelPortionsAddUp) {
  Shown shown;
  const int before = shown.canvas.zoom();
  const QPointF at(200, 150);
  for (int i = 0; i < 3; ++i) {
    QWheelEvent event(at, at, {}, QPoint(0, 40), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&shown.canvas, &event);
    if (i < 2) {
      EXPECT_EQ(shown.canvas.zoom(), before);
    }
  }
  EXPECT_GT(shown.canvas.zoom(), before);
}

TEST(SpriteCanvas, DraggingMovesAndDoubleClickFits) {
  Shown shown;
  const QPointF corner = shown.canvas.pixelArea({0, 0}).topLeft();
  QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, QPoint(200, 150));
  QTest::mouseMove(&shown.canvas, QPoint(230, 140));
  QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, QPoint(230, 140));
  EXPECT_EQ(shown.canvas.pixelArea({0, 0}).topLeft(), corner + QPointF(30, -10));
  QTest::mouseDClick(&shown.canvas, Qt::LeftButton, {}, QPoint(200, 150));
  EXPECT_TRUE(shown.canvas.fitted());
  EXPECT_EQ(shown.canvas.pixelArea({0, 0}).topLeft(), corner);
}

TEST(SpriteCanvas, CannotBeDraggedOutOfSight) {
  Shown shown;
  QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, QPoint(200, 150));
  for (int i = 0; i < 8; ++i) QTest::mouseMove(&shown.canvas, QPoint(200 + 200 * (i + 1), 150));
  QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, QPoint(1800, 150));
  const QRectF sprite = shown.canvas.pixelArea({0, 0}) | shown.canvas.pixelArea({15, 15});
  EXPECT_TRUE(sprite.intersects(QRectF(shown.canvas.rect())));
}

TEST(SpriteCanvas, HoverTellsPixelAndColour) {
  Shown shown;
  QSignalSpy hovered(&shown.canvas, &SpriteCanvas::hovered);
  QSignalSpy ended(&shown.canvas, &SpriteCanvas::hoverEnded);
  QTest::mouseMove(&shown.canvas, shown.canvas.pixelArea({12, 1}).center().toPoint());
  ASSERT_FALSE(hovered.isEmpty());
  EXPECT_EQ(hovered.last().at(0).toPoint(), QPoint(12, 1));
  EXPECT_EQ(hovered.last().at(1).value<QColor>(), QColor(0, 0, 255));
  QTest::mouseMove(&shown.canvas, QPoint(1, 1));
  EXPECT_EQ(ended.count(), 1);
}

TEST(SpriteCanvas, GridAppearsFromEightTimes) {
  Shown shown;
  shown.canvas.setPixelGrid(true);
  const auto differsAtLine = [&] {
    const QImage with = shown.canvas.grab().toImage();
    shown.canvas.setPixelGrid(false);
    const QImage without = shown.canvas.grab().toImage();
    shown.canvas.setPixelGrid(true);
    return with != without;
  };
  shown.canvas.setZoom(6);
  EXPECT_FALSE(differsAtLine());
  shown.canvas.setZoom(8);
  EXPECT_TRUE(differsAtLine());
}

TEST(SpriteCanvas, ALargeSpriteIsShrunkToFit) {
  Shown shown;
  shown.canvas.setSprite(halves(640));
  EXPECT_EQ(shown.canvas.zoom(), 0);
  EXPECT_TRUE(QRectF(shown.canvas.rect()).contains(shown.canvas.pixelArea({639, 639}).center()));
  QTest::keyClick(&shown.canvas, Qt::Key_Plus);
  EXPECT_EQ(shown.canvas.zoom(), 1);
}

}  // namespace
}  // namespace loom
