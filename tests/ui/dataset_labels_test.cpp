#include <gtest/gtest.h>

#include <QFileDialog>
#include <QPushButton>

#include "core/base/atomic_file.h"
#include "tests/project/sample_sprite.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/dataset_fixture.h"

namespace loom {
namespace {

class DatasetLabels : public DatasetFixture {
 protected:
  void SetUp() override {
    DatasetFixture::SetUp();
    const char* tags[] = {"knight red", "knight", "slime"};
    for (int i = 0; i < 3; ++i) m_ids.push_back(add(sampleSprite(i), "c" + std::to_string(i), "front", tags[i]));
    reload(3);
    openTab("Labels");
  }
  bool waitForTitle(const QString& title) {
    return wait([this, title] { return text("labelsTitle").contains(title); });
  }
  QToolButton* tagButton(const QString& tag) {
    for (QToolButton* button : find<QWidget>("labelTags")->findChildren<QToolButton*>()) {
      if (button->property("tag").toString() == tag && button->isVisible()) return button;
    }
    return nullptr;
  }
  bool waitForField(SpriteId id, std::string SpriteInfo::*field, const std::string& value) {
    return wait([&] { return info(id).*field == value; });
  }
  std::vector<SpriteId> m_ids;
};

TEST_F(DatasetLabels, WhatDiffersIsSaidToDifferAndStaysWhereNothingIsTyped) {
  EXPECT_FALSE(find<QLineEdit>("labelAuthor")->isEnabled());
  clickSprite(m_ids[0]);
  ASSERT_TRUE(waitForTitle("c0"));
  EXPECT_EQ(find<QLineEdit>("labelSource")->text(), "from/c0");
  press(Qt::Key_A, Qt::ControlModifier);
  ASSERT_TRUE(waitForTitle("3 sprites"));
  EXPECT_EQ(find<QLineEdit>("labelSource")->placeholderText(), "(several)");
  EXPECT_EQ(find<QLineEdit>("labelView")->text(), "front");
  QTest::mouseClick(find<QLineEdit>("labelSource"), Qt::LeftButton);
  QTest::mouseClick(find<QLineEdit>("labelAuthor"), Qt::LeftButton);
  QTest::qWait(100);
  EXPECT_EQ(m_session->undoStack().count(), 0);
  EXPECT_EQ(info(m_ids[1]).source, "from/c1");
}

TEST_F(DatasetLabels, LicenceAuthorAndSourceOfManyChangeInOneUndoStepEach) {
  press(Qt::Key_A, Qt::ControlModifier);
  ASSERT_TRUE(waitForTitle("3 sprites"));
  type("labelAuthor", "Ada");
  ASSERT_TRUE(waitForField(m_ids[2], &SpriteInfo::author, "Ada"));
  EXPECT_EQ(info(m_ids[0]).author, "Ada");
  EXPECT_EQ(m_session->undoStack().count(), 1);
  type("labelLicence", "CC0-1.0");
  ASSERT_TRUE(waitForField(m_ids[0], &SpriteInfo::licence, "CC0-1.0"));
  type("labelSource", "my shelf");
  ASSERT_TRUE(waitForField(m_ids[0], &SpriteInfo::source, "my shelf"));
  EXPECT_EQ(m_session->undoStack().count(), 3);
  m_session->undoStack().undo();
  ASSERT_TRUE(waitForField(m_ids[1], &SpriteInfo::source, "from/c1"));
  EXPECT_EQ(info(m_ids[0]).source, "from/c0");
  m_session->undoStack().undo();
  EXPECT_TRUE(waitForField(m_ids[0], &SpriteInfo::licence, ""));
  EXPECT_EQ(info(m_ids[0]).author, "Ada");
}

TEST_F(DatasetLabels, AViewIsKnownByAnyOfItsNamesAndCannotBeEmpty) {
  clickSprite(m_ids[0]);
  ASSERT_TRUE(waitForTitle("c0"));
  type("labelView", "North");
  ASSERT_TRUE(waitForField(m_ids[0], &SpriteInfo::view, "back"));
  ASSERT_TRUE(wait([this] { return find<QLineEdit>("labelView")->text() == "back"; }));
  auto* edit = find<QLineEdit>("labelView");
  edit->selectAll();
  QTest::keyClick(edit, Qt::Key_Delete);
  QTest::keyClick(edit, Qt::Key_Return);
  EXPECT_EQ(edit->text(), "back");
  EXPECT_EQ(m_session->undoStack().count(), 1);
}

TEST_F(DatasetLabels, AnEditInHandGoesToTheSpritesItWasTypedFor) {
  clickSprite(m_ids[0]);
  ASSERT_TRUE(waitForTitle("c0"));
  auto* edit = find<QLineEdit>("labelAuthor");
  QTest::mouseClick(edit, Qt::LeftButton);
  QTest::keyClicks(edit, "Ada");
  clickSprite(m_ids[1]);  // without Enter
  ASSERT_TRUE(waitForField(m_ids[0], &SpriteInfo::author, "Ada"));
  ASSERT_TRUE(waitForTitle("c1"));
  EXPECT_EQ(info(m_ids[1]).author, "");
  EXPECT_EQ(edit->text(), "");
}

TEST_F(DatasetLabels, TagsAreAddedToAndTakenFromMany) {
  press(Qt::Key_A, Qt::ControlModifier);
  ASSERT_TRUE(waitForTitle("3 sprites"));
  ASSERT_TRUE(wait([this] { return tagButton("knight") != nullptr; }));
  EXPECT_EQ(tagButton("knight")->text(), "knight (2) ×");
  type("labelNewTags", "night  hero");
  ASSERT_TRUE(waitForField(m_ids[2], &SpriteInfo::tags, "slime night hero"));
  EXPECT_EQ(info(m_ids[0]).tags, "knight red night hero");
  ASSERT_TRUE(wait([this] { return tagButton("night") && tagButton("night")->text() == "night ×"; }));
  QTest::mouseClick(tagButton("knight"), Qt::LeftButton);
  ASSERT_TRUE(waitForField(m_ids[1], &SpriteInfo::tags, "night hero"));
  EXPECT_EQ(info(m_ids[0]).tags, "red night hero");
  m_session->undoStack().undo();
  ASSERT_TRUE(waitForField(m_ids[1], &SpriteInfo::tags, "knight night hero"));
  m_session->undoStack().undo();
  EXPECT_TRUE(waitForField(m_ids[0], &SpriteInfo::tags, "knight red"));
}

TEST_F(DatasetLabels, CreditsAreWrittenWhereThePersonSays) {
  clickSprite(m_ids[0]);
  ASSERT_TRUE(waitForTitle("c0"));
  type("labelAuthor", "Ada Lovelace");
  ASSERT_TRUE(waitForField(m_ids[0], &SpriteInfo::author, "Ada Lovelace"));
  const std::filesystem::path file = m_temp / "credits.txt";
  answerFileDialog(*m_page, "creditsDialog", file);
  click("creditsButton");
  ASSERT_TRUE(wait([this] { return m_said.contains("credits.txt"); }));
  EXPECT_NE(readTextFile(file, 100000).find("Ada Lovelace"), std::string::npos);
}

}  // namespace
}  // namespace loom
