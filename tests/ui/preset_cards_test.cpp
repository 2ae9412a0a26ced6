#include "ui/widgets/preset_cards.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QLabel>
#include <QTest>
#include <set>

namespace loom {
namespace {

class PresetCardsTest : public testing::Test {
 protected:
  PresetCardsTest() {
    cards.setPresets(presets());
    cards.resize(600, 200);
    cards.show();
  }
  QAbstractButton& card(const std::string& name) {
    return *cards.findChild<QAbstractButton*>(QString::fromStdString("preset." + name));
  }
  std::set<int> columns() {
    QCoreApplication::processEvents();
    std::set<int> lefts;
    for (const Preset& preset : presets()) lefts.insert(card(preset.name).x());
    return lefts;
  }
  QString makes() { return cards.findChild<QLabel*>("presetCards.makes")->text(); }
  PresetCards cards;
};

TEST_F(PresetCardsTest, AllPresetsAreInSightWithoutScrolling) {
  ASSERT_GE(presets().size(), 8U);
  EXPECT_EQ(columns().size(), 4U);
  for (const Preset& preset : presets()) {
    EXPECT_TRUE(card(preset.name).isVisible()) << preset.name;
    EXPECT_TRUE(cards.rect().contains(card(preset.name).geometry())) << preset.name;
  }
}

TEST_F(PresetCardsTest, TheirTitlesAreWhole) {
  QCoreApplication::processEvents();
  for (const Preset& preset : presets()) {
    EXPECT_EQ(card(preset.name).findChildren<QLabel*>().front()->text().toStdString(), preset.title);
  }
}

TEST_F(PresetCardsTest, ANarrowPageHasFewerInARow) {
  cards.resize(300, 500);
  EXPECT_EQ(columns().size(), 2U);
}

TEST_F(PresetCardsTest, WhatTheChosenOneMakesIsTold) {
  QTest::mouseClick(&card("cvae"), Qt::LeftButton);
  EXPECT_EQ(cards.current(), "cvae");
  EXPECT_TRUE(makes().contains(QString::fromStdString(preset("cvae").makes).toHtmlEscaped()));
  cards.setEstimate("cvae", "30 epochs", "30 epochs; the first run here measures the time.");
  EXPECT_TRUE(makes().contains("the first run here"));
}

}  // namespace
}  // namespace loom
