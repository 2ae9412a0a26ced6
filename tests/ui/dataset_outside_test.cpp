#include <gtest/gtest.h>

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <filesystem>
#include <fstream>

#include "core/image/codec.h"
#include "tests/project/sample_sprite.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/dataset_fixture.h"
#include "ui/bridge/external_editor.h"

namespace loom {
namespace {

class DatasetOutside : public DatasetFixture {
 protected:
  void SetUp() override {
    DatasetFixture::SetUp();
    m_id = add(sampleSprite(1, 16, 16), "knight", "front");
    add(sampleSprite(2, 16, 16), "orc", "front");
    reload(2);
    writePng(m_temp / "drawn.png", m_drawn);
  }
  /// A program that does `script` with the file it is given.
  std::string editor(const std::string& script) {
    const std::filesystem::path path = m_temp / "my-editor";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }
  void useEditor(const std::string& script) { ExternalEditor::setProgram(QString::fromStdString(editor(script))); }
  std::string drawn() const { return (m_temp / "drawn.png").string(); }
  std::filesystem::path openFile() const { return m_folder / "editing" / (std::to_string(m_id) + "-knight-front.png"); }

  SpriteId m_id = 0;
  Sprite m_drawn = sampleSprite(77, 16, 16);
};

TEST_F(DatasetOutside, ACopiedSpriteIsPastedAsANewOneAndUndone) {
  clickSprite(m_id);
  press(Qt::Key_C, Qt::ControlModifier);
  const QImage copied = QGuiApplication::clipboard()->image();
  ASSERT_EQ(copied.size(), QSize(16, 16));
  EXPECT_EQ(copied.pixelColor(0, 0), QColor(1, 0, 7));
  QImage other(20, 10, QImage::Format_ARGB32);
  other.fill(Qt::transparent);
  other.setPixelColor(3, 3, QColor(9, 8, 7));
  QGuiApplication::clipboard()->setImage(other);
  press(Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(waitForRows(3));
  const SpriteInfo pasted = m_session->catalogue().sprites().back();
  EXPECT_EQ(pasted.width, 20);
  EXPECT_EQ(pixels(pasted.id).at(3, 3), (Rgba{9, 8, 7, 255}));
  m_session->undoStack().undo();
  EXPECT_TRUE(waitForRows(2));
}

TEST_F(DatasetOutside, APictureIsPastedIntoAnEmptyProjectToo) {
  m_session->createProject(m_temp / "empty.loom");
  ASSERT_TRUE(wait([this] { return isShown("emptyDataset"); }));
  m_page->setFocus();
  ASSERT_NE(QApplication::focusWidget(), nullptr);
  QImage picture(8, 8, QImage::Format_ARGB32);
  picture.fill(Qt::red);
  QGuiApplication::clipboard()->setImage(picture);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(waitForRows(1));
  EXPECT_TRUE(isShown("thumbnailGrid"));
}

TEST_F(DatasetOutside, CopiedFilesArePastedAsAnImportAndWordsSaySo) {
  auto* files = new QMimeData;
  files->setUrls({QUrl::fromLocalFile(QString::fromStdString(drawn()))});
  QGuiApplication::clipboard()->setMimeData(files);
  press(Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(waitForRows(3));
  EXPECT_EQ(pixels(m_session->catalogue().sprites().back().id), m_drawn);
  QGuiApplication::clipboard()->setText("just words");
  press(Qt::Key_V, Qt::ControlModifier);
  EXPECT_TRUE(m_said.contains("no picture")) << m_said.toStdString();
}

TEST_F(DatasetOutside, WhatTheOtherProgramSavesIsAnUndoableEdit) {
  useEditor("cat '" + drawn() + "' > \"$1\"");
  const Sprite before = pixels(m_id);
  clickSprite(m_id);
  press(Qt::Key_E, Qt::ControlModifier);
  ASSERT_TRUE(wait([this] { return pixels(m_id) == m_drawn; })) << m_said.toStdString();
  EXPECT_TRUE(wait([this] { return m_said.contains("taken over"); }));
  EXPECT_EQ(m_session->undoStack().count(), 1);
  EXPECT_EQ(m_session->catalogue().steps(m_id).back().value("name", ""), kEditStep);
  openTab("Clean");
  EXPECT_TRUE(wait([this] { return isShown("doneSteps") && find<QListWidget>("doneSteps")->count() == 1; }));
  EXPECT_EQ(find<QListWidget>("doneSteps")->item(0)->text(), "Edited by hand");
  m_session->undoStack().undo();
  ASSERT_TRUE(wait([&] { return pixels(m_id) == before; }));
  // Saved once more there, by another way to save: a new file in the old one's place.
  const Sprite again = sampleSprite(78, 16, 16);
  writePng(openFile(), again);  // writes aside and renames
  ASSERT_TRUE(wait([&] { return pixels(m_id) == again; }));
  // And again: the watch is still there.
  writePng(openFile(), before);
  EXPECT_TRUE(wait([&] { return pixels(m_id) == before; }));
}

TEST_F(DatasetOutside, TheButtonSaysWhichProgramAndAnotherCanBeChosen) {
  useEditor("true");
  m_page.reset();
  showPage();
  ASSERT_TRUE(waitForRows(2));
  EXPECT_EQ(find<QToolButton>("editOutsideButton")->text(), "Edit in My-editor");
  const std::filesystem::path other = m_temp / "better";
  std::ofstream(other) << "#!/bin/sh\ncat '" << drawn() << "' > \"$1\"\n";
  std::filesystem::permissions(other, std::filesystem::perms::owner_all);
  clickSprite(m_id);
  answerFileDialog(*m_page, "editorDialog", other);
  choose("editOutsideButton", "chooseEditorAction");
  ASSERT_TRUE(wait([this] { return find<QToolButton>("editOutsideButton")->text() == "Edit in Better"; }));
  click("editOutsideButton");
  EXPECT_TRUE(wait([this] { return pixels(m_id) == m_drawn; }));
}

TEST_F(DatasetOutside, AProgramThatIsGoneIsSaid) {
  ExternalEditor::setProgram("/nowhere/at-all");
  clickSprite(m_id);
  press(Qt::Key_E, Qt::ControlModifier);
  ASSERT_TRUE(wait([this] { return m_said.contains("Could not start"); })) << m_said.toStdString();
  EXPECT_TRUE(m_hint.contains("Choose another program"));
  EXPECT_TRUE(std::filesystem::exists(openFile()));
}

TEST_F(DatasetOutside, HalfAFileIsNoEditAndTheWholeOneIs) {
  useEditor("head -c 40 '" + drawn() + "' > \"$1\"; sleep 1; cat '" + drawn() + "' > \"$1\"");
  clickSprite(m_id);
  press(Qt::Key_E, Qt::ControlModifier);
  ASSERT_TRUE(wait([this] { return pixels(m_id) == m_drawn; }));
  EXPECT_TRUE(wait([this] { return m_session->undoStack().count() == 1; }));
  EXPECT_FALSE(m_said.contains("could not be read")) << m_said.toStdString();
}

TEST_F(DatasetOutside, WhatWasSavedWhileTheProjectWasClosedIsFoundAtOpeningOnce) {
  useEditor("true");
  clickSprite(m_id);
  press(Qt::Key_E, Qt::ControlModifier);
  ASSERT_TRUE(wait([this] { return m_said.contains("is open in the other program"); }));
  m_session->closeProject();
  ASSERT_TRUE(std::filesystem::exists(openFile()));  // the program still has it
  QTest::qWait(20);
  writePng(openFile(), m_drawn);
  m_session->openProject(m_folder);
  ASSERT_TRUE(wait([this] { return pixels(m_id) == m_drawn; }));
  ASSERT_TRUE(wait([this] { return !m_session->jobs().busy() && m_session->undoStack().count() == 1; }));
  m_session->undoStack().undo();
  ASSERT_TRUE(wait([this] { return pixels(m_id) != m_drawn; }));
  QTest::qWait(400);
  // It has been seen: opening the project again leaves the undo as it is.
  m_session->closeProject();
  m_session->openProject(m_folder);
  QTest::qWait(800);
  EXPECT_NE(pixels(m_id), m_drawn);
  EXPECT_EQ(m_session->undoStack().count(), 0);
}

}  // namespace
}  // namespace loom
