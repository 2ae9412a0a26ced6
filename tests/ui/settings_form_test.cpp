#include "ui/widgets/settings_form.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <utility>

#include "core/base/error.h"
#include "ui/widgets/setting_editors.h"

namespace loom {
namespace {

Setting number(const std::string& name, SettingType type, Json fallback, double minimum, double maximum) {
  Setting setting;
  setting.name = name;
  setting.title = name;
  setting.type = type;
  setting.fallback = std::move(fallback);
  setting.minimum = minimum;
  setting.maximum = maximum;
  setting.basic = true;
  return setting;
}

SettingsSchema sample() {
  Setting size = number("size", SettingType::kInteger, 64, 16, 128);
  size.title = "Size";
  size.help = "How large the sprites are.";
  size.unit = "px";
  size.multipleOf = 16;
  Setting rate = number("lr", SettingType::kReal, 2e-4, 0, 1);
  rate.help = "How far a step goes.";
  Setting mirror;
  mirror.name = "mirror";
  mirror.type = SettingType::kBoolean;
  mirror.fallback = false;
  mirror.group = "Data";
  Setting loss;
  loss.name = "loss";
  loss.type = SettingType::kChoice;
  loss.fallback = "bce";
  loss.choices = {"bce", "wasserstein"};
  loss.group = "Losses";
  Setting background;
  background.name = "background";
  background.type = SettingType::kColour;
  background.fallback = "#203040";
  background.group = "Data";
  return SettingsSchema({size, rate, mirror, loss, background});
}

class SettingsFormTest : public testing::Test {
 protected:
  void SetUp() override {
    form.setSchema(sample());
    form.resize(420, 500);
    form.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&form));
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = form.findChild<Widget*>(name);
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }
  SettingsForm form;
};

TEST_F(SettingsFormTest, StartsWithEveryDefaultAndNoChanges) {
  EXPECT_EQ(form.values(), sample().defaults());
  EXPECT_TRUE(form.changes().empty());
}

TEST_F(SettingsFormTest, MakesAnEditorOfEachType) {
  EXPECT_EQ(find<QSpinBox>("setting.size")->suffix(), " px");
  EXPECT_EQ(find<QSpinBox>("setting.size")->minimum(), 16);
  EXPECT_EQ(find<QSpinBox>("setting.size")->maximum(), 128);
  EXPECT_EQ(find<QDoubleSpinBox>("setting.lr")->text(), "2e-4");
  EXPECT_FALSE(find<QCheckBox>("setting.mirror")->isChecked());
  EXPECT_EQ(find<QComboBox>("setting.loss")->count(), 2);
  EXPECT_EQ(find<QLineEdit>("setting.background")->text(), "#203040");
}

TEST_F(SettingsFormTest, ShowsTheBasicOnesFirstAndTheRestWhenAsked) {
  EXPECT_TRUE(find<QSpinBox>("setting.size")->isVisible());
  EXPECT_FALSE(find<QCheckBox>("setting.mirror")->isVisible());
  auto* all = find<QToolButton>("settingsForm.all");
  ASSERT_TRUE(all->isVisible() && all->isEnabled());
  QTest::mouseClick(all, Qt::LeftButton);
  EXPECT_TRUE(find<QCheckBox>("setting.mirror")->isVisible());
  EXPECT_TRUE(find<QComboBox>("setting.loss")->isVisible());
}

TEST_F(SettingsFormTest, TypingALearningRateInScientificNotationIsUnderstood) {
  auto* rate = find<QDoubleSpinBox>("setting.lr");
  QSignalSpy changed(&form, &SettingsForm::changed);
  rate->setFocus();
  rate->selectAll();
  QTest::keyClicks(rate, "4.5e-5");
  QTest::keyClick(rate, Qt::Key_Return);
  EXPECT_DOUBLE_EQ(form.values()["lr"].get<double>(), 4.5e-5);
  EXPECT_EQ(rate->text(), "4.5e-5");
  EXPECT_GE(changed.count(), 1);
  EXPECT_EQ(form.changes(), (Json{{"lr", 4.5e-5}}));
}

TEST_F(SettingsFormTest, ArrowsMoveALearningRatesLeadingDigit) {
  auto* rate = find<QDoubleSpinBox>("setting.lr");
  rate->stepUp();
  EXPECT_EQ(rate->text(), "3e-4");
  rate->setValue(1e-3);
  rate->stepDown();
  EXPECT_EQ(rate->text(), "9e-4");
  rate->stepUp();
  EXPECT_EQ(rate->text(), "1e-3");
}

TEST_F(SettingsFormTest, NumbersOutsideTheRangeOrBetweenItsStepsAreNeverGiven) {
  auto* size = find<QSpinBox>("setting.size");
  size->setFocus();
  size->selectAll();
  QTest::keyClicks(size, "50");
  EXPECT_EQ(form.values()["size"], 48) << "between 48 and 64";
  QTest::keyClick(size, Qt::Key_Return);
  EXPECT_EQ(size->value(), 48);
  size->setValue(5000);
  EXPECT_EQ(form.values()["size"], 128);
  EXPECT_NO_THROW(sample().complete(form.values()));
}

TEST_F(SettingsFormTest, MarksWhatDiffersAndTakesItBack) {
  auto* reset = find<QToolButton>("reset.size");
  EXPECT_FALSE(reset->isVisible());
  find<QSpinBox>("setting.size")->setValue(32);
  ASSERT_TRUE(reset->isVisible() && reset->isEnabled());
  EXPECT_TRUE(find<QToolButton>("settingsForm.resetAll")->isVisible());
  QTest::mouseClick(reset, Qt::LeftButton);
  EXPECT_EQ(form.values()["size"], 64);
  EXPECT_FALSE(reset->isVisible());
  EXPECT_FALSE(find<QToolButton>("settingsForm.resetAll")->isVisible());
}

TEST_F(SettingsFormTest, TakesValuesAndTellsOnce) {
  QSignalSpy changed(&form, &SettingsForm::changed);
  form.setValues({{"mirror", true}, {"loss", "wasserstein"}, {"background", "#ff0080"}, {"size", 96}});
  EXPECT_EQ(changed.count(), 1);
  EXPECT_EQ(form.changes(), (Json{{"mirror", true}, {"loss", "wasserstein"}, {"background", "#ff0080"}, {"size", 96}}));
  form.resetAll();
  EXPECT_TRUE(form.changes().empty());
}

TEST_F(SettingsFormTest, RefusesValuesThatAreNotAllowedAndKeepsItsOwn) {
  form.setValues({{"size", 96}});
  EXPECT_THROW(form.setValues({{"size", 50}}), Error);
  EXPECT_THROW(form.setValues({{"unheard_of", 1}}), Error);
  EXPECT_EQ(form.values()["size"], 96);
}

TEST_F(SettingsFormTest, AnUnfinishedColourChangesNothing) {
  form.setShowsAll(true);
  auto* colour = find<QLineEdit>("setting.background");
  colour->setFocus();
  colour->selectAll();
  QTest::keyClicks(colour, "#ff0");
  EXPECT_EQ(form.values()["background"], "#203040");
  QTest::keyClicks(colour, "0AA");
  EXPECT_EQ(form.values()["background"], "#ff00aa");
}

TEST_F(SettingsFormTest, TellsTheHelpOfTheSettingInHand) {
  find<QDoubleSpinBox>("setting.lr")->setFocus();
  EXPECT_TRUE(find<QLabel>("settingsForm.help")->text().contains("How far a step goes."));
  EXPECT_TRUE(find<QLabel>("settingsForm.help")->text().contains("default 2e-4"));
  EXPECT_TRUE(find<QSpinBox>("setting.size")->toolTip().contains("How large the sprites are."));
  EXPECT_TRUE(find<QSpinBox>("setting.size")->toolTip().contains("16 to 128, in steps of 16"));
  EXPECT_EQ(find<QSpinBox>("setting.size")->accessibleName(), "Size");
}

TEST_F(SettingsFormTest, AnotherSchemaKeepsWhatWasChangedWhereItIsAllowed) {
  form.setValues({{"size", 32}, {"lr", 1e-3}, {"mirror", true}});
  form.setSchema(SettingsSchema(
      {number("size", SettingType::kInteger, 48, 16, 64), number("lr", SettingType::kReal, 1e-5, 0, 1e-4)}));
  EXPECT_EQ(form.values()["size"], 32);
  EXPECT_DOUBLE_EQ(form.values()["lr"].get<double>(), 1e-5) << "1e-3 is not allowed here";
  EXPECT_FALSE(form.values().contains("mirror"));
}

TEST_F(SettingsFormTest, ScrollingOverANumberDoesNotChangeIt) {
  auto* size = find<QSpinBox>("setting.size");
  find<QDoubleSpinBox>("setting.lr")->setFocus();
  const QPointF centre = size->rect().center();
  QWheelEvent wheel(centre, size->mapToGlobal(centre), {}, QPoint(0, 120), Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(size, &wheel);
  EXPECT_EQ(size->value(), 64);
}

TEST(RealSpinBox, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(RealSpinBox::text(0), "0");
  EXPECT_EQ(RealSpinBox::text(.5), "0.5");
  EXPECT_EQ(RealSpinBox::text(.999), "0.999");
  EXPECT_EQ(RealSpinBox::text(2e-4), "2e-4");
  EXPECT_EQ(RealSpinBox::text(2.5e-5), "2.5e-5");
  EXPECT_EQ(RealSpinBox::text(10), "10");
  EXPECT_EQ(RealSpinBox::text(3e7), "3e7");
}

}  // namespace
}  // namespace loom
