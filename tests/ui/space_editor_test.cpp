#include "ui/widgets/space_editor.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/space_row.h"

namespace loom {
namespace {

class SpaceEditorTest : public testing::Test {
 protected:
  SpaceEditorTest() {
    editor.setPreset(preset("cvae"));
    editor.resize(380, 500);
    editor.show();
  }
  template <class Widget>
  Widget& find(const char* name) {
    auto* widget = editor.findChild<Widget*>(name);
    if (widget == nullptr) throw std::runtime_error(std::string("the editor has no ") + name);
    return *widget;
  }
  void add(const char* name) {
    auto& combo = find<QComboBox>("spaceEditor.add");
    const int index = combo.findData(name);
    ASSERT_GT(index, 0) << name << " is not offered";
    combo.setCurrentIndex(index);
    Q_EMIT combo.activated(index);
  }
  std::string range(const char* setting) const {
    const SearchSpace space = editor.space();
    const SearchRange* found = space.find(setting);
    return found == nullptr ? "" : found->text();
  }
  SpaceEditor editor;
};

TEST_F(SpaceEditorTest, EveryPresetBeginsWithItsReadyMadeSearch) {
  for (const Preset& each : presets()) {
    editor.setPreset(each);
    EXPECT_EQ(editor.space().toJson(), readyMadeSpace(each).toJson()) << each.name;
    EXPECT_EQ(editor.trouble(), "") << each.name;
  }
}

TEST_F(SpaceEditorTest, EverySettingOfEveryPresetCanBeSearched) {
  for (const Preset& each : presets()) {
    editor.setPreset(each);
    for (const Setting& setting : each.schema.settings()) {
      if (editor.space().find(setting.name) == nullptr) editor.addSetting(setting.name);
    }
    EXPECT_EQ(editor.trouble(), "") << each.name;
    EXPECT_EQ(editor.space().ranges().size(), each.schema.settings().size()) << each.name;
  }
}

TEST_F(SpaceEditorTest, ARangeAListAndALogarithmicRangeAreTaken) {
  ASSERT_NO_FATAL_FAILURE(add("lr"));
  find<QComboBox>("space.lr.kind").setCurrentIndex(1);
  find<QDoubleSpinBox>("space.lr.low").setValue(1e-5);
  find<QDoubleSpinBox>("space.lr.high").setValue(1e-3);
  const SearchRange* lr = nullptr;
  const SearchSpace space = editor.space();
  lr = space.find("lr");
  ASSERT_NE(lr, nullptr);
  EXPECT_EQ(lr->kind, SearchRange::Kind::kLogarithmic);
  EXPECT_DOUBLE_EQ(lr->low, 1e-5);
  EXPECT_DOUBLE_EQ(lr->high, 1e-3);
  find<QComboBox>("space.lr.kind").setCurrentIndex(0);
  EXPECT_EQ(editor.space().find("lr")->kind, SearchRange::Kind::kUniform);
  find<QLineEdit>("space.latent.list").setText("8, 16,32");
  EXPECT_EQ(range("latent"), "8|16|32");
}

TEST_F(SpaceEditorTest, WhatIsNoRangeIsToldAtOnce) {
  find<QLineEdit>("space.latent.list").setText("8, many");
  EXPECT_NE(editor.trouble(), "");
  find<QLineEdit>("space.latent.list").setText("8");
  EXPECT_EQ(editor.trouble(), "");
}

TEST_F(SpaceEditorTest, ChoicesAreTicked) {
  ASSERT_NO_FATAL_FAILURE(add("augment"));
  EXPECT_EQ(range("augment"), "off|gentle|strong");
  find<QCheckBox>("space.augment.gentle").setChecked(false);
  EXPECT_EQ(range("augment"), "off|strong");
}

TEST_F(SpaceEditorTest, ASettingIsTakenOutAndOfferedAgain) {
  QSignalSpy changes(&editor, &SpaceEditor::changed);
  QTest::mouseClick(&find<QToolButton>("space.kernel.remove"), Qt::LeftButton);
  EXPECT_EQ(range("kernel"), "");
  EXPECT_GT(changes.count(), 0);
  ASSERT_NO_FATAL_FAILURE(add("kernel"));
  EXPECT_NE(range("kernel"), "");
  QTest::mouseClick(&find<QToolButton>("spaceEditor.readyMade"), Qt::LeftButton);
  EXPECT_EQ(editor.space().toJson(), readyMadeSpace(preset("cvae")).toJson());
}

}  // namespace
}  // namespace loom
