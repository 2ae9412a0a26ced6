#include "ui/widgets/latent_panel.h"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <numeric>

#include "ui/widgets/latent_row.h"

namespace loom {
namespace {

std::vector<int> reversed(int size) {
  std::vector<int> order(static_cast<std::size_t>(size));
  std::iota(order.rbegin(), order.rend(), 0);
  return order;
}

struct Shown {
  explicit Shown(int size) {
    panel.resize(320, 400);
    panel.setOrder(reversed(size));
    panel.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
    panel.activateWindow();
  }
  QPoint at(int rank, float value) const {
    const QRect track = panel.row(rank)->trackArea();
    const float share = (value + LatentRow::kLimit) / (2 * LatentRow::kLimit);
    return {track.left() + static_cast<int>(std::lround(share * static_cast<float>(track.width()))), 13};
  }
  QPushButton* button(const char* name) const { return panel.findChild<QPushButton*>(name); }
  LatentPanel panel;
};

TEST(LatentPanel, RowsFollowTheOrderOfEffect) {
  Shown shown(40);
  ASSERT_EQ(shown.panel.rows(), 40);
  EXPECT_EQ(shown.panel.row(0)->dimension(), 39);
  EXPECT_EQ(shown.panel.row(39)->dimension(), 0);
}

TEST(LatentPanel, ANewOrderKeepsValuesAndLocksWithTheirDimension) {
  Shown shown(4);
  shown.panel.setLatent(std::vector<float>{0.F, 1.F, 2.F, -1.F});
  QTest::mouseClick(shown.panel.row(1), Qt::LeftButton, {}, shown.panel.row(1)->lockArea().center());
  shown.panel.setOrder({2, 0, 1, 3});
  EXPECT_FLOAT_EQ(shown.panel.row(0)->latent(), 2);
  EXPECT_TRUE(shown.panel.row(0)->locked());
  EXPECT_FALSE(shown.panel.row(1)->locked());
}

TEST(LatentPanel, RowsStayWhileOneIsInHand) {
  Shown shown(4);
  LatentRow* row = shown.panel.row(0);
  QTest::mousePress(row, Qt::LeftButton, {}, shown.at(0, 1));
  shown.panel.setOrder({0, 1, 2, 3});
  EXPECT_EQ(row->dimension(), 3) << "a slider must not become another one under the hand";
  QTest::mouseMove(row, shown.at(0, 2));
  QTest::mouseRelease(row, Qt::LeftButton, {}, shown.at(0, 2));
  EXPECT_EQ(row->dimension(), 0);
  EXPECT_NEAR(shown.panel.row(3)->latent(), 2, 0.05) << "the value went with its dimension";
}

TEST(LatentPanel, FocusFollowsItsDimension) {
  Shown shown(4);
  shown.panel.row(0)->setFocus();
  shown.panel.setOrder({0, 1, 2, 3});
  EXPECT_TRUE(shown.panel.row(3)->hasFocus());
}

TEST(LatentPanel, DraggingEditsTheRowsDimension) {
  Shown shown(40);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  QSignalSpy holds(&shown.panel, &LatentPanel::dragChanged);
  QTest::mousePress(shown.panel.row(2), Qt::LeftButton, {}, shown.at(2, 1));
  QTest::mouseMove(shown.panel.row(2), shown.at(2, -2));
  QTest::mouseRelease(shown.panel.row(2), Qt::LeftButton, {}, shown.at(2, -2));
  ASSERT_EQ(edits.count(), 2);
  EXPECT_EQ(edits[0][0].toInt(), 37);
  EXPECT_NEAR(edits[0][1].toFloat(), 1, 0.05);
  EXPECT_NEAR(edits[1][1].toFloat(), -2, 0.05);
  ASSERT_EQ(holds.count(), 2);
  EXPECT_TRUE(holds[0][0].toBool());
  EXPECT_FALSE(holds[1][0].toBool());
}

TEST(LatentPanel, DraggingStopsAtTheEnds) {
  Shown shown(4);
  QTest::mousePress(shown.panel.row(0), Qt::LeftButton, {}, shown.at(0, 0));
  QTest::mouseMove(shown.panel.row(0), shown.at(0, 0) + QPoint(2000, 0));
  EXPECT_FLOAT_EQ(shown.panel.row(0)->latent(), 3);
  QTest::mouseMove(shown.panel.row(0), shown.at(0, 0) - QPoint(2000, 0));
  EXPECT_FLOAT_EQ(shown.panel.row(0)->latent(), -3);
}

TEST(LatentPanel, DoubleClickResets) {
  Shown shown(4);
  shown.panel.setLatent(std::vector<float>{1, 1, 1, 1.5F});
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  QTest::mouseDClick(shown.panel.row(0), Qt::LeftButton, {}, shown.at(0, 1.5F));
  EXPECT_FLOAT_EQ(shown.panel.row(0)->latent(), 0);
  EXPECT_FLOAT_EQ(edits.last()[1].toFloat(), 0);
}

TEST(LatentPanel, AValueCanBeTyped) {
  Shown shown(4);
  LatentRow* row = shown.panel.row(1);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  QTest::mouseClick(row, Qt::LeftButton, {}, row->numberArea().center());
  auto* editor = row->findChild<QLineEdit*>("valueEditor");
  ASSERT_NE(editor, nullptr);
  ASSERT_TRUE(editor->isVisible());
  QTest::keyClicks(editor, "-1,25");
  QTest::keyClick(editor, Qt::Key_Return);
  ASSERT_EQ(edits.count(), 1);
  EXPECT_FLOAT_EQ(row->latent(), -1.25F);
  row->setFocus();
  QTest::keyClicks(row, "2");
  editor = row->findChild<QLineEdit*>("valueEditor", Qt::FindDirectChildrenOnly);
  const auto editors = row->findChildren<QLineEdit*>("valueEditor");
  ASSERT_FALSE(editors.empty());
  QTest::keyClicks(editors.back(), ".5");
  QTest::keyClick(editors.back(), Qt::Key_Return);
  EXPECT_FLOAT_EQ(row->latent(), 2.5F);
}

TEST(LatentPanel, EscapeLeavesTheValue) {
  Shown shown(4);
  LatentRow* row = shown.panel.row(1);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  QTest::mouseClick(row, Qt::LeftButton, {}, row->numberArea().center());
  auto* editor = row->findChild<QLineEdit*>("valueEditor");
  ASSERT_NE(editor, nullptr);
  QTest::keyClicks(editor, "2");
  QTest::keyClick(editor, Qt::Key_Escape);
  EXPECT_FALSE(editor->isVisible());
  EXPECT_EQ(edits.count(), 0);
  EXPECT_FLOAT_EQ(row->latent(), 0);
}

TEST(LatentPanel, NonsenseTypedChangesNothing) {
  Shown shown(4);
  LatentRow* row = shown.panel.row(1);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  for (const char* text : {"abc", "", "nan", "inf", "--3"}) {
    QTest::mouseClick(row, Qt::LeftButton, {}, row->numberArea().center());
    const auto editors = row->findChildren<QLineEdit*>("valueEditor");
    ASSERT_FALSE(editors.empty());
    editors.back()->setText(text);
    QTest::keyClick(editors.back(), Qt::Key_Return);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  EXPECT_EQ(edits.count(), 0);
}

TEST(LatentPanel, ALockedRowStays) {
  Shown shown(4);
  LatentRow* row = shown.panel.row(0);
  QTest::mouseClick(row, Qt::LeftButton, {}, row->lockArea().center());
  EXPECT_TRUE(shown.panel.locks()[3]);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  QTest::mouseClick(row, Qt::LeftButton, {}, shown.at(0, 2));
  QTest::mouseDClick(row, Qt::LeftButton, {}, shown.at(0, 2));
  QTest::keyClick(row, Qt::Key_Right);
  row->setValue(200);  // as an assistive tool does
  QTest::mouseClick(row, Qt::LeftButton, {}, row->numberArea().center());
  EXPECT_EQ(row->findChild<QLineEdit*>("valueEditor"), nullptr);
  EXPECT_EQ(edits.count(), 0);
  EXPECT_FLOAT_EQ(row->latent(), 0);
  QTest::keyClick(row, Qt::Key_L);
  EXPECT_FALSE(shown.panel.locks()[3]);
}

TEST(LatentPanel, LockAllAndUnlockAll) {
  Shown shown(5);
  QPushButton* all = shown.button("lockAllButton");
  QTest::mouseClick(all, Qt::LeftButton);
  EXPECT_EQ(shown.panel.locks(), std::vector<bool>(5, true));
  EXPECT_TRUE(shown.panel.row(4)->locked());
  QTest::mouseClick(all, Qt::LeftButton);
  EXPECT_EQ(shown.panel.locks(), std::vector<bool>(5, false));
}

TEST(LatentPanel, ButtonsAskForResetAndRandomise) {
  Shown shown(5);
  QSignalSpy reset(&shown.panel, &LatentPanel::resetRequested);
  QSignalSpy randomise(&shown.panel, &LatentPanel::randomiseRequested);
  QTest::mouseClick(shown.button("resetButton"), Qt::LeftButton);
  QTest::mouseClick(shown.button("randomiseButton"), Qt::LeftButton);
  EXPECT_EQ(reset.count(), 1);
  EXPECT_EQ(randomise.count(), 1);
}

TEST(LatentPanel, AssistiveToolsEditToo) {
  Shown shown(4);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  shown.panel.row(0)->setValue(150);
  ASSERT_EQ(edits.count(), 1);
  EXPECT_FLOAT_EQ(edits[0][1].toFloat(), 1.5F);
}

TEST(LatentPanel, ValuesBeyondTheTrackAreKeptAsTheyAre) {
  Shown shown(3);
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  shown.panel.setLatent(std::vector<float>{3.75F, 0.123456F, -4});
  EXPECT_EQ(edits.count(), 0);
  EXPECT_FLOAT_EQ(shown.panel.row(2)->latent(), 3.75F);
  EXPECT_FLOAT_EQ(shown.panel.row(1)->latent(), 0.123456F);
}

TEST(LatentPanel, KeysStep) {
  Shown shown(3);
  LatentRow* row = shown.panel.row(0);
  row->setFocus();
  QTest::keyClick(row, Qt::Key_Right);
  EXPECT_FLOAT_EQ(row->latent(), 0.05F);
  QTest::keyClick(row, Qt::Key_Left, Qt::ControlModifier);
  EXPECT_NEAR(row->latent(), 0.04F, 1e-6);
  QTest::keyClick(row, Qt::Key_End);
  EXPECT_FLOAT_EQ(row->latent(), 3);
  QTest::keyClick(row, Qt::Key_Delete);
  EXPECT_FLOAT_EQ(row->latent(), 0);
  QTest::keyClick(row, Qt::Key_Down);
  EXPECT_TRUE(shown.panel.row(1)->hasFocus());
  QTest::keyClick(shown.panel.row(1), Qt::Key_Up);
  EXPECT_TRUE(row->hasFocus());
}

TEST(LatentPanel, TheWheelScrollsAndDoesNotEdit) {
  Shown shown(100);
  auto* scroll = shown.panel.findChild<QScrollArea*>("latentScroll");
  LatentRow* row = shown.panel.row(3);
  row->setFocus();
  QSignalSpy edits(&shown.panel, &LatentPanel::edited);
  const QPointF at(150, 13);
  QWheelEvent bare(at, row->mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                   false);
  QCoreApplication::sendEvent(row, &bare);
  EXPECT_FALSE(bare.isAccepted()) << "left to the scroll area";
  EXPECT_EQ(edits.count(), 0);
  QWheelEvent withCtrl(at, row->mapToGlobal(at), {}, QPoint(0, 120), Qt::NoButton, Qt::ControlModifier,
                       Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(row, &withCtrl);
  EXPECT_EQ(edits.count(), 1);
  EXPECT_GT(scroll->verticalScrollBar()->maximum(), 0);
}

TEST(LatentPanel, FiveHundredAndTwelveAreAllReachable) {
  Shown shown(512);
  auto* scroll = shown.panel.findChild<QScrollArea*>("latentScroll");
  LatentRow* last = shown.panel.row(511);
  EXPECT_TRUE(last->visibleRegion().isEmpty());
  scroll->verticalScrollBar()->setValue(scroll->verticalScrollBar()->maximum());
  QTest::qWait(20);
  EXPECT_EQ(last->visibleRegion().boundingRect(), last->rect());
  scroll->verticalScrollBar()->setValue(0);
  last->setFocus(Qt::TabFocusReason);
  shown.panel.row(510)->setFocus(Qt::TabFocusReason);
  QTest::keyClick(shown.panel.row(510), Qt::Key_Down);
  EXPECT_TRUE(last->hasFocus());
  EXPECT_FALSE(last->visibleRegion().isEmpty()) << "the list follows the focus";
}

}  // namespace
}  // namespace loom
