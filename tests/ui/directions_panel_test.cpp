#include "ui/widgets/directions_panel.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

namespace loom {
namespace {

DirectionItem item(int key, const QString& name, Latent vector, double effect, bool pinned = false) {
  return {.key = key, .name = name, .vector = std::move(vector), .effect = effect, .pinned = pinned, .kept = pinned};
}

class DirectionsPanelTest : public testing::Test {
 protected:
  DirectionsPanelTest() {
    panel.resize(320, 600);
    panel.setDirections(items());
    panel.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
    panel.activateWindow();
  }
  static std::vector<DirectionItem> items() {
    return {item(1, "hair", {1, 0, 0}, .1), item(2, "skin", {0, 1, 0}, .3), item(3, "hat", {0, 0, 1}, .2, true)};
  }
  QStringList names() const {
    QStringList list;
    for (int rank = 0; rank < panel.rows(); ++rank) list << panel.row(rank)->item().name;
    return list;
  }
  template <class Widget>
  Widget& in(int rank, const char* name) const {
    auto* found = panel.row(rank)->findChild<Widget*>(name);
    EXPECT_NE(found, nullptr) << name;
    return *found;
  }
  QSlider& slider(int rank) const { return in<QSlider>(rank, "directionSlider"); }
  void press(QWidget& widget, Qt::Key key) const {
    widget.setFocus();
    QTest::keyClick(&widget, key);
  }
  DirectionsPanel panel;
};

TEST_F(DirectionsPanelTest, PinnedOnesStandFirstThenThoseWithMostEffect) {
  EXPECT_EQ(names(), (QStringList{"hat", "skin", "hair"}));
  EXPECT_TRUE(in<QToolButton>(0, "directionPin").isChecked());
  EXPECT_FALSE(in<QToolButton>(1, "directionPin").isChecked());
  EXPECT_TRUE(slider(1).toolTip().contains("30.0 %")) << slider(1).toolTip().toStdString();
}

TEST_F(DirectionsPanelTest, ShowsWhereTheCharacterStandsWithoutAskingForAnything) {
  QSignalSpy moved(&panel, &DirectionsPanel::moved);
  panel.setLatent(Latent{.5F, -1.25F, 4});
  EXPECT_FLOAT_EQ(panel.row(2)->position(), .5F);
  EXPECT_EQ(slider(1).value(), -125);
  EXPECT_EQ(slider(0).value(), 300) << "beyond the slider";
  EXPECT_EQ(in<QDoubleSpinBox>(0, "directionValue").value(), 4);
  EXPECT_EQ(moved.size(), 0);
}

TEST_F(DirectionsPanelTest, KeysMoveResetRenameAndPin) {
  QSignalSpy moved(&panel, &DirectionsPanel::moved), pinned(&panel, &DirectionsPanel::pinToggled);
  panel.setLatent(Latent{1, 1, 1});
  press(slider(1), Qt::Key_Right);
  ASSERT_EQ(moved.size(), 1);
  EXPECT_EQ(moved[0][0].toInt(), 2);
  EXPECT_FLOAT_EQ(moved[0][1].toFloat(), 1.05F);
  press(slider(1), Qt::Key_Home);
  EXPECT_EQ(moved.back()[1].toFloat(), 0);
  press(slider(1), Qt::Key_P);
  ASSERT_EQ(pinned.size(), 1);
  EXPECT_EQ(pinned[0][0].toInt(), 2);
  EXPECT_TRUE(pinned[0][1].toBool());
  press(slider(1), Qt::Key_F2);
  EXPECT_TRUE(in<QLineEdit>(1, "directionName").hasFocus());
}

TEST_F(DirectionsPanelTest, ANameIsEditedInPlace) {
  QSignalSpy renamed(&panel, &DirectionsPanel::renamed);
  auto& name = in<QLineEdit>(2, "directionName");
  press(slider(2), Qt::Key_F2);
  QTest::keyClicks(&name, "long hair");
  QTest::keyClick(&name, Qt::Key_Return);
  ASSERT_EQ(renamed.size(), 1);
  EXPECT_EQ(renamed[0][0].toInt(), 1);
  EXPECT_EQ(renamed[0][1].toString(), "long hair");
  EXPECT_TRUE(slider(2).hasFocus());

  press(slider(2), Qt::Key_F2);
  QTest::keyClicks(&name, "nothing");
  QTest::keyClick(&name, Qt::Key_Escape);
  EXPECT_EQ(name.text(), "long hair");
  press(slider(2), Qt::Key_F2);
  QTest::keyClick(&name, Qt::Key_Delete);
  QTest::keyClick(&name, Qt::Key_Return);
  EXPECT_EQ(name.text(), "long hair") << "an empty name is none";
  EXPECT_EQ(renamed.size(), 1);
}

TEST_F(DirectionsPanelTest, ButtonsAndPicturesMoveToo) {
  QSignalSpy moved(&panel, &DirectionsPanel::moved);
  panel.setLatent(Latent{1, 1, 1});
  QTest::mouseClick(&in<QToolButton>(0, "directionReset"), Qt::LeftButton);
  ASSERT_EQ(moved.size(), 1);
  EXPECT_EQ(moved[0][1].toFloat(), 0);
  const QRect box = slider(0).geometry();
  QWidget* strip = panel.row(0)->childAt(box.right() - 5, box.top() - 20);
  ASSERT_NE(strip, nullptr);
  QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(strip->width() - 5, 10));
  ASSERT_EQ(moved.size(), 2);
  EXPECT_EQ(moved[1][1].toFloat(), 2) << "the right picture is the one at 2";
  auto& value = in<QDoubleSpinBox>(1, "directionValue");
  value.setFocus();
  value.selectAll();
  QTest::keyClicks(&value, "-1.5");
  QTest::keyClick(&value, Qt::Key_Return);
  EXPECT_EQ(moved.back()[0].toInt(), 2);
  EXPECT_FLOAT_EQ(moved.back()[1].toFloat(), -1.5F);
}

TEST_F(DirectionsPanelTest, StaysStillWhileASliderIsHeld) {
  QSignalSpy held(&panel, &DirectionsPanel::dragChanged);
  const QPoint middle = slider(1).rect().center();
  QTest::mousePress(&slider(1), Qt::LeftButton, {}, middle);
  ASSERT_TRUE(slider(1).isSliderDown());
  auto changed = items();
  changed[0].pinned = true;
  changed.push_back(item(4, "armour", {.6F, .8F, 0}, .9));
  panel.setDirections(changed);
  EXPECT_EQ(names(), (QStringList{"hat", "skin", "hair"}));
  QTest::mouseRelease(&slider(1), Qt::LeftButton, {}, middle);
  EXPECT_EQ(held.size(), 2);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel.rows() == 4; }));
  EXPECT_EQ(names(), (QStringList{"hat", "hair", "armour", "skin"}));
}

TEST_F(DirectionsPanelTest, FocusAndPicturesFollowTheirDirection) {
  QImage picture(4, 4, QImage::Format_RGBA8888);
  picture.fill(Qt::red);
  panel.setPicture(1, 2, picture);
  slider(2).setFocus();
  auto changed = items();
  changed[0].pinned = true;
  panel.setDirections(changed);
  EXPECT_EQ(names(), (QStringList{"hat", "hair", "skin"}));
  EXPECT_TRUE(slider(1).hasFocus());
  EXPECT_EQ(panel.row(1)->picture(2), picture);
  EXPECT_TRUE(panel.row(2)->picture(2).isNull());
}

TEST_F(DirectionsPanelTest, OnlyKeptOnesCanBeRemoved) {
  QSignalSpy removed(&panel, &DirectionsPanel::removeRequested);
  press(slider(1), Qt::Key_Delete);
  EXPECT_EQ(removed.size(), 0);
  press(slider(0), Qt::Key_Delete);
  ASSERT_EQ(removed.size(), 1);
  EXPECT_EQ(removed[0][0].toInt(), 3);
}

TEST_F(DirectionsPanelTest, SaysWhatCanBeLearnedFromAndWhatWentWrong) {
  auto& tag = *panel.findChild<QPushButton*>("learnTagButton");
  auto& favourites = *panel.findChild<QPushButton*>("learnFavouritesButton");
  EXPECT_FALSE(tag.isEnabled());
  EXPECT_TRUE(tag.toolTip().contains("tags"));
  EXPECT_FALSE(favourites.isEnabled());
  panel.setSources({"armour", "long-hair"}, true);
  QSignalSpy learn(&panel, &DirectionsPanel::learnTagRequested),
      groups(&panel, &DirectionsPanel::learnFavouritesRequested);
  ASSERT_TRUE(tag.isEnabled() && favourites.isEnabled());
  auto& field = *panel.findChild<QLineEdit*>("learnTagField");
  EXPECT_FALSE(field.isVisible());
  QTest::mouseClick(&tag, Qt::LeftButton);
  ASSERT_TRUE(field.isVisible());
  QTest::keyClicks(&field, "hair");
  ASSERT_NE(field.completer(), nullptr);
  EXPECT_EQ(field.completer()->currentCompletion(), "long-hair");
  field.clear();
  QTest::keyClick(&field, Qt::Key_Return);
  EXPECT_EQ(learn.size(), 0) << "nothing is no tag";
  field.setText("long-hair");
  QTest::mouseClick(panel.findChild<QPushButton*>("learnTagStart"), Qt::LeftButton);
  ASSERT_EQ(learn.size(), 1);
  EXPECT_EQ(learn[0][0].toString(), "long-hair");
  QTest::mouseClick(&favourites, Qt::LeftButton);
  EXPECT_EQ(groups.size(), 1);
  auto& message = *panel.findChild<QLabel*>("directionsMessage");
  EXPECT_FALSE(message.isVisible());
  panel.setMessage("too few");
  EXPECT_TRUE(message.isVisible());
  EXPECT_EQ(message.text(), "too few");
}

TEST_F(DirectionsPanelTest, TheBareWheelLeavesASliderAlone) {
  QSignalSpy moved(&panel, &DirectionsPanel::moved);
  const QPointF at = slider(0).rect().center();
  QWheelEvent wheel(at, slider(0).mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QApplication::sendEvent(&slider(0), &wheel);
  EXPECT_EQ(moved.size(), 0);
}

TEST_F(DirectionsPanelTest, EverythingHasANameForAssistiveTools) {
  for (const char* part : {"directionPin", "directionName", "directionValue", "directionReset", "directionSlider"}) {
    EXPECT_TRUE(in<QWidget>(1, part).accessibleName().contains("skin")) << part;
  }
}

}  // namespace
}  // namespace loom
