#include "ui/widgets/angle_dial.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <set>

namespace loom {
namespace {

using Names = std::vector<std::string>;
const Names kFour = {"back", "left", "front", "right"};
const Names kEight = {"back", "left", "front", "right", "back-left", "back-right", "front-left", "front-right"};

std::string chosen(const AngleDial& dial) {
  return dial.views()[static_cast<std::size_t>(dial.value())];
}

struct Shown {
  explicit Shown(const Names& views) {
    dial.resize(200, 160);
    dial.setViews(views);
    dial.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&dial));
    dial.activateWindow();
    dial.setFocus();
  }
  AngleDial dial;
};

TEST(AngleDial, StartsAtTheFront) {
  Shown shown(kFour);
  EXPECT_EQ(chosen(shown.dial), "front");
}

TEST(AngleDial, ArrowKeysTurnTowardsTheirSide) {
  Shown shown(kFour);
  QTest::keyClick(&shown.dial, Qt::Key_Left);
  EXPECT_EQ(chosen(shown.dial), "left");
  QTest::keyClick(&shown.dial, Qt::Key_Right);
  EXPECT_EQ(chosen(shown.dial), "right");
  QTest::keyClick(&shown.dial, Qt::Key_Up);
  EXPECT_EQ(chosen(shown.dial), "back");
  QTest::keyClick(&shown.dial, Qt::Key_Down);
  EXPECT_EQ(chosen(shown.dial), "front");
}

TEST(AngleDial, ArrowKeysReachEveryDiagonal) {
  Shown shown(kEight);
  QTest::keyClick(&shown.dial, Qt::Key_Left);
  EXPECT_EQ(chosen(shown.dial), "front-left");
  QTest::keyClick(&shown.dial, Qt::Key_Left);
  EXPECT_EQ(chosen(shown.dial), "left");
  QTest::keyClick(&shown.dial, Qt::Key_Up);
  EXPECT_EQ(chosen(shown.dial), "back-left");
  QTest::keyClick(&shown.dial, Qt::Key_Up);
  EXPECT_EQ(chosen(shown.dial), "back");
  QTest::keyClick(&shown.dial, Qt::Key_Down);
  EXPECT_EQ(chosen(shown.dial), "front") << "straight across is one press";
}

TEST(AngleDial, PageKeysGoAllTheWayRound) {
  Shown shown(kEight);
  std::set<std::string> seen;
  for (int i = 0; i < 8; ++i) {
    QTest::keyClick(&shown.dial, Qt::Key_PageUp);
    seen.insert(chosen(shown.dial));
  }
  EXPECT_EQ(seen.size(), 8U);
  EXPECT_EQ(chosen(shown.dial), "front");
}

TEST(AngleDial, ClickAndDragChooseTheNearest) {
  Shown shown(kFour);
  QSignalSpy changes(&shown.dial, &QAbstractSlider::valueChanged);
  QTest::mousePress(&shown.dial, Qt::LeftButton, {}, shown.dial.pointOf(1).toPoint());
  EXPECT_EQ(chosen(shown.dial), "left");
  QTest::mouseMove(&shown.dial, shown.dial.pointOf(0).toPoint() + QPoint(4, 2));
  EXPECT_EQ(chosen(shown.dial), "back");
  QTest::mouseRelease(&shown.dial, Qt::LeftButton, {}, shown.dial.pointOf(0).toPoint());
  QTest::mouseMove(&shown.dial, shown.dial.pointOf(3).toPoint());
  EXPECT_EQ(chosen(shown.dial), "back") << "the button is up";
  EXPECT_EQ(changes.count(), 2);
}

TEST(AngleDial, WheelTurnsOneViewANotch) {
  Shown shown(kFour);
  QWheelEvent event({80, 80}, {80, 80}, {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&shown.dial, &event);
  EXPECT_EQ(chosen(shown.dial), "left");
}

TEST(AngleDial, FocusCanBeSeen) {
  Shown shown(kFour);
  ASSERT_TRUE(shown.dial.hasFocus());
  const QImage focused = shown.dial.grab().toImage();
  shown.dial.clearFocus();
  EXPECT_NE(focused, shown.dial.grab().toImage());
}

TEST(AngleDial, TellsAssistiveToolsItsView) {
  Shown shown(kFour);
  QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&shown.dial);
  ASSERT_NE(accessible, nullptr);
  EXPECT_TRUE(accessible->text(QAccessible::Name).contains("front"));
  QTest::keyClick(&shown.dial, Qt::Key_Up);
  EXPECT_TRUE(accessible->text(QAccessible::Name).contains("back"));
  ASSERT_NE(accessible->valueInterface(), nullptr);
  EXPECT_EQ(accessible->valueInterface()->maximumValue().toInt(), 3);
}

TEST(AngleDial, WithoutViewsItSaysSoAndIsDisabled) {
  Shown shown({"any"});
  EXPECT_FALSE(shown.dial.isEnabled());
  EXPECT_TRUE(shown.dial.toolTip().contains("no views"));
  QTest::keyClick(&shown.dial, Qt::Key_Up);
  EXPECT_EQ(shown.dial.value(), 0);
}

TEST(AngleDial, AnotherModelKeepsTheViewByName) {
  Shown shown(kFour);
  QTest::keyClick(&shown.dial, Qt::Key_Right);
  shown.dial.setViews({"right", "front"});
  EXPECT_EQ(chosen(shown.dial), "right");
}

}  // namespace
}  // namespace loom
