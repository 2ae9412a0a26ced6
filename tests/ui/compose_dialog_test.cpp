// Dressing LPC characters by hand, with layers drawn by the tests themselves.
#include "ui/pages/compose_dialog.h"

#include <QAction>
#include <QFile>
#include <QLineEdit>
#include <QSpinBox>

#include "core/image/codec.h"
#include "tests/dataset/made_layers.h"
#include "tests/dataset/zipped_pictures.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/data_in_window.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

class ComposeDialogTest : public DataInWindow {
 protected:
  void open() {
    auto dialog = std::make_unique<ComposeDialog>(*m_session);
    ComposeDialog* opened = dialog.get();
    show(std::move(dialog));
    opened->openLayers(putMadeLayers(m_folder.path()));
    ASSERT_TRUE(waitForClothes());
  }
  bool waitForClothes() {
    return wait([this] { return find<QComboBox>("composeSlot-body")->count() > 0; });
  }
  QComboBox* slot(const char* name) { return find<QComboBox>((std::string("composeSlot-") + name).c_str()); }
  QImage front() { return find<SpriteCanvas>("composeView2")->image(); }
  /// Puts on what is called so.
  void wear(const char* name, const QString& part) {
    ASSERT_GE(slot(name)->findText(part), 0) << part.toStdString();
    pick((std::string("composeSlot-") + name).c_str(), slot(name)->findText(part));
  }
  bool waitForWords(const QString& words, bool present = true) {
    return wait([&] { return text("composeWords").contains(words) == present; });
  }
};

TEST_F(ComposeDialogTest, AFolderOfLayersIsChosenAndSomebodyShown) {
  putMadeLayers(m_folder.path());
  show(std::make_unique<ComposeDialog>(*m_session));
  EXPECT_FALSE(find<QWidget>("composeAddButton")->isEnabled());
  answerFileDialog(*m_window, "layersDialog", m_folder / "lpc");
  find<QAction>("openLayersFolderAction")->trigger();
  ASSERT_TRUE(waitForClothes());
  EXPECT_TRUE(text("composeState").contains("parts to choose from")) << text("composeState").toStdString();
  EXPECT_TRUE(wait([this] { return front().size() == QSize(64, 64); }));
  EXPECT_TRUE(find<QWidget>("composeAddButton")->isEnabled());
  // Remembered for the next time.
  show(std::make_unique<ComposeDialog>(*m_session));
  EXPECT_TRUE(waitForClothes());
}

TEST_F(ComposeDialogTest, AnArchiveOfLayersIsChosenLikewise) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& [path, bytes] : madeLayerFiles()) files.emplace_back("lpc/" + path, bytes);
  putArchive(m_folder / "layers.zip", ArchiveKind::kZip, files);
  show(std::make_unique<ComposeDialog>(*m_session));
  answerFileDialog(*m_window, "layersDialog", m_folder / "layers.zip");
  find<QAction>("openLayersArchiveAction")->trigger();
  EXPECT_TRUE(waitForClothes());
}

TEST_F(ComposeDialogTest, ChoicesAreSeenAtOnceAndTakenBack) {
  open();
  wear("body", "light");
  ASSERT_TRUE(wait([this] { return slot("legs")->isEnabled(); }));
  const int dressed = slot("legs")->currentIndex();
  const QString other = dressed == slot("legs")->findText("teal pants") ? "red pants" : "teal pants";
  wear("legs", other);
  ASSERT_TRUE(waitForWords(other == "teal pants" ? "teal" : "red"));
  const QColor legs = other == "teal pants" ? QColor(0, 128, 128) : QColor(200, 20, 20);
  EXPECT_TRUE(wait([&] { return front().pixelColor(32, 50) == legs; }));
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(wait([&] { return slot("legs")->currentIndex() == dressed; }));
  EXPECT_TRUE(wait([&] { return front().pixelColor(32, 50) != legs; }));
  QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_TRUE(wait([&] { return front().pixelColor(32, 50) == legs; }));
}

TEST_F(ComposeDialogTest, TheCharacterInHandIsAddedAndUndoneInTheWindow) {
  open();
  type("composeName", "Ada");
  const QImage shown = front();
  click("composeAddButton");
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 4U);
  for (const SpriteInfo& info : sprites()) {
    EXPECT_EQ(info.character, "Ada");
    EXPECT_NE(info.licence, "");
    EXPECT_NE(info.author, "");
  }
  EXPECT_EQ(text("composeState"), "Added: 4 sprites of 1 character. Undo in the window takes them back.");
  EXPECT_TRUE(m_window->isVisible());  // for the next one
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([this] { return sprites().empty(); }));
}

TEST_F(ComposeDialogTest, ManyAreAddedWithTheirSheetsWhichAreNeverOverwritten) {
  open();
  type("composeCount", "5");
  QTest::keyClick(find<QWidget>("composeCount"), Qt::Key_Tab);
  answerFileDialog(*m_window, "sheetsFolderDialog", m_folder.path());
  click("composeSheetsButton");
  ASSERT_TRUE(wait([this] { return !find<QLineEdit>("composeSheets")->text().isEmpty(); }));
  find<QLineEdit>("composeSheets")->setText(QString::fromStdString((m_folder / "sheets").string()));
  click("composeAddManyButton");
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(sprites().size(), 20U);
  EXPECT_TRUE(std::filesystem::exists(m_folder / "sheets/CREDITS.txt"));
  int sheets = 0;
  for (const auto& file : std::filesystem::directory_iterator(m_folder / "sheets")) {
    if (file.path().extension() != ".png") continue;
    ++sheets;
    EXPECT_EQ(readImage(file.path()).height(), 1344);
  }
  EXPECT_EQ(sheets, 5);
  // Elsewhere the same five would be replaced: in a new project, with the same folder.
  m_session->createProject(m_folder / "other.loom");
  click("composeAddManyButton");
  ASSERT_TRUE(wait([this] { return text("composeState").contains("sheets"); })) << text("composeState").toStdString();
  EXPECT_TRUE(sprites().empty());
}

TEST_F(ComposeDialogTest, TheSheetOfTheCharacterInHandIsSavedWithItsCredits) {
  open();
  answerFileDialog(*m_window, "sheetOutDialog", m_folder / "ada.png");
  click("composeSheetButton");
  ASSERT_TRUE(wait([this] { return text("composeState").startsWith("The sheet is in"); }));
  const Sprite sheet = readImage(m_folder / "ada.png");
  EXPECT_EQ(sheet.width(), 832);
  EXPECT_EQ(sheet.height(), 1344);
  QFile credits(QString::fromStdString((m_folder / "ada-credits.txt").string()));
  ASSERT_TRUE(credits.open(QIODevice::ReadOnly));
  const QString words = credits.readAll();
  EXPECT_TRUE(words.contains("Authors: ") && words.contains("Licence: ")) << words.toStdString();
  EXPECT_TRUE(sprites().empty());  // saved, not added
}

TEST_F(ComposeDialogTest, SaysWhatIsWrongWithAFolderThatHoldsNoLayers) {
  std::filesystem::create_directories(m_folder / "nothing");
  auto* dialog = show(std::make_unique<ComposeDialog>(*m_session));
  dialog->openLayers(m_folder / "nothing");
  ASSERT_TRUE(wait([this] { return !text("composeState").startsWith("Reading"); }));
  EXPECT_TRUE(text("composeState").contains(":")) << text("composeState").toStdString();
  EXPECT_FALSE(find<QWidget>("composeAddButton")->isEnabled());
}

TEST_F(ComposeDialogTest, RealLayersAnswerAsFastAsAPersonClicks) {
  const std::filesystem::path layers = sharedFile("lpc-layers.zip");
  if (layers.empty()) GTEST_SKIP() << "lpc-layers.zip is not here";
  auto* dialog = show(std::make_unique<ComposeDialog>(*m_session));
  dialog->openLayers(layers);
  ASSERT_TRUE(QTest::qWaitFor([this] { return find<QComboBox>("composeSlot-body")->count() > 0; }, 60000));
  for (int i = 0; i < 5; ++i) {
    const QString before = text("composeWords");
    click("composeRandomButton");
    EXPECT_TRUE(wait([&] { return text("composeWords") != before; }));
  }
}

}  // namespace
}  // namespace loom
