#include "ui/widgets/ramp_panel.h"

#include <gtest/gtest.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <algorithm>

#include "ui/models/ramp_edits_json.h"
#include "ui/widgets/ramp_row.h"

namespace loom {
namespace {

const Ramp kRed{{60, 10, 10, 255}, {220, 60, 60, 255}};
const Ramp kBlue{{15, 20, 70, 255}, {40, 60, 160, 255}};

/// Two pixels of each red, one of each blue.
std::vector<Sprite> character(const Ramp& most = kRed, const Ramp& other = kBlue) {
  Sprite front(2, 2), back(2, 1);
  std::ranges::copy(most, front.pixels().begin());
  std::ranges::copy(most, front.pixels().begin() + 2);
  std::ranges::copy(other, back.pixels().begin());
  return {front, back};
}

class RampPanelTest : public testing::Test {
 protected:
  RampPanelTest() { panel.setCharacter(character()); }
  QSlider* hue(int number) const { return panel.findChild<QSlider*>(QStringLiteral("hueSlider%1").arg(number)); }
  std::vector<RampRow*> rows() const {
    std::vector<RampRow*> visible;
    for (RampRow* row : panel.findChildren<RampRow*>()) {
      if (!row->isHidden()) visible.push_back(row);
    }
    return visible;
  }
  RampPanel panel;
};

TEST_F(RampPanelTest, HasARowForEachRampWithMostPixelsFirst) {
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows()[0]->colours(), kRed);
  EXPECT_EQ(rows()[1]->colours(), kBlue);
  panel.setCharacter({});
  EXPECT_TRUE(rows().empty());
}

TEST_F(RampPanelTest, TurnsTheHueOfOneRamp) {
  QSignalSpy edited(&panel, &RampPanel::edited);
  hue(2)->setValue(90);
  ASSERT_EQ(edited.size(), 1);
  ASSERT_EQ(panel.edits().size(), 1U);
  EXPECT_EQ(panel.edits()[0].ramp, nameOf(kBlue));
  EXPECT_EQ(panel.edits()[0].shift.hue, 90);
  EXPECT_EQ(rows()[0]->colours(), kRed);
  EXPECT_EQ(rows()[1]->colours()[0], shifted(kBlue, {.hue = 90})[0].to) << "the strip shows what it becomes";
  hue(2)->setValue(0);
  EXPECT_TRUE(panel.edits().empty()) << "no edit is left that does nothing";
}

TEST_F(RampPanelTest, ExchangesTwoRampsAndBack) {
  Q_EMIT rows()[0]->exchangeRequested(2);
  ASSERT_EQ(panel.edits().size(), 2U);
  EXPECT_EQ(rows()[0]->colours()[1], inHuesOf(kBlue, kRed)[1].to);
  EXPECT_EQ(rows()[1]->colours()[1], inHuesOf(kRed, kBlue)[1].to);
  Q_EMIT rows()[1]->exchangeRequested(1);
  EXPECT_TRUE(panel.edits().empty());
  EXPECT_EQ(rows()[0]->colours(), kRed);
}

TEST_F(RampPanelTest, KeepsAnEditWithItsRampWhenTheCharacterChanges) {
  hue(2)->setValue(60);
  const Ramp paler{{30, 40, 90, 255}, {70, 90, 180, 255}};
  panel.setCharacter(character(paler, kRed));
  EXPECT_EQ(hue(1)->value(), 60) << "the blues have most pixels now";
  EXPECT_EQ(hue(2)->value(), 0);
}

TEST_F(RampPanelTest, TakesEverythingBackAtOnce) {
  hue(1)->setValue(30);
  QSignalSpy edited(&panel, &RampPanel::edited);
  panel.findChild<QPushButton*>("resetColoursButton")->click();
  EXPECT_EQ(edited.size(), 1);
  EXPECT_TRUE(panel.edits().empty());
  EXPECT_EQ(hue(1)->value(), 0);
  EXPECT_FALSE(panel.findChild<QPushButton*>("resetColoursButton")->isEnabled());
}

TEST(RampEditsJson, ComesBackAsItWas) {
  const std::vector<RampEdit> edits{
      {.ramp = {.hue = 12.5F}, .like = RampName{.grey = true}, .shift = {.hue = 30, .chroma = .5F, .lightness = .25F}},
      {.ramp = {.grey = true}, .shift = {.lightness = -.5F}}};
  EXPECT_EQ(rampEditsFrom(toJson(edits)), edits);
  EXPECT_TRUE(rampEditsFrom(Json::parse(R"({"hue": 1})")).empty());
  EXPECT_EQ(rampEditsFrom(Json::parse(R"([{"turn": 4}, 7, {"hue": "red"}, {"hue": 3}])")).size(), 1U)
      << "what is of another form is passed over";
}

}  // namespace
}  // namespace loom
