// The data set as files, from the window.
#include "ui/pages/data_export_dialog.h"

#include <QLineEdit>
#include <fstream>

#include "core/image/codec.h"
#include "tests/project/sample_sprite.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/data_in_window.h"

namespace loom {
namespace {

class DataExportDialogTest : public DataInWindow {
 protected:
  void SetUp() override {
    DataInWindow::SetUp();
    for (int i = 0; i < 3; ++i) {
      NewSprite sprite;
      sprite.pixels = sampleSprite(i, 8, 8);
      sprite.character = "hero-" + std::to_string(i);
      sprite.view = i == 0 ? "back" : "front";
      sprite.author = "Ann";
      m_ids.push_back(m_session->catalogue().addSprite(sprite));
    }
  }
  void open(std::vector<SpriteId> selected = {}) {
    show(std::make_unique<DataExportDialog>(*m_session, std::move(selected)));
  }
  void writeTo(const std::string& name) {
    find<QLineEdit>("exportOut")->setText(QString::fromStdString((m_folder / name).string()));
    click("exportWriteButton");
  }
  bool waitForEnd() {
    return wait([this] { return !m_window->isVisible(); });
  }
  std::string lineOf(const std::string& file, int line) {
    std::ifstream stream(m_folder / file);
    std::string text;
    for (int i = 0; i <= line; ++i) std::getline(stream, text);
    return text;
  }
  std::vector<SpriteId> m_ids;
};

TEST_F(DataExportDialogTest, WritesFoldersAndSaysSo) {
  open();
  EXPECT_FALSE(find<QWidget>("exportWriteButton")->isEnabled());  // where to is not said yet
  EXPECT_FALSE(find<QWidget>("exportLabel")->isEnabled());        // of tables alone
  std::filesystem::create_directories(m_folder / "out");
  answerFileDialog(*m_window, "exportOutDialog", m_folder / "out");
  click("exportBrowse");
  ASSERT_TRUE(wait([this] { return find<QWidget>("exportWriteButton")->isEnabled(); }));
  click("exportWriteButton");
  ASSERT_TRUE(waitForEnd());
  EXPECT_TRUE(m_said.startsWith("3 sprites written to ")) << m_said.toStdString();
  EXPECT_EQ(readImage(m_folder / "out/back/hero-0.png"), sampleSprite(0, 8, 8));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "out/CREDITS.txt"));
}

TEST_F(DataExportDialogTest, WritesATableAsChosenAndRemembersTheChoices) {
  open();
  pick("exportAs", 1);
  pick("exportChannels", 0);
  pick("exportLabel", 2);
  click("exportHeader");
  writeTo("set.csv");
  ASSERT_TRUE(waitForEnd());
  const std::string first = lineOf("set.csv", 0);
  EXPECT_TRUE(first.starts_with("hero-0,")) << first.substr(0, 80);
  EXPECT_EQ(std::ranges::count(first, ','), 64);
  open();
  EXPECT_EQ(find<QComboBox>("exportAs")->currentIndex(), 1);
  EXPECT_EQ(find<QComboBox>("exportChannels")->currentIndex(), 0);
  EXPECT_EQ(find<QComboBox>("exportLabel")->currentIndex(), 2);
  EXPECT_TRUE(find<QLineEdit>("exportOut")->text().endsWith("set.csv"));
  pick("exportAs", 0);
  EXPECT_EQ(find<QLineEdit>("exportOut")->text(), "");  // a file is no folder
}

TEST_F(DataExportDialogTest, TheSelectedAloneMayBeWritten) {
  open({m_ids[1], m_ids[2]});
  EXPECT_EQ(find<QComboBox>("exportWhich")->currentText(), "The 2 sprites selected");
  writeTo("out");
  ASSERT_TRUE(waitForEnd());
  EXPECT_FALSE(std::filesystem::exists(m_folder / "out/back"));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "out/front/hero-2.png"));
}

TEST_F(DataExportDialogTest, RefusesToOverwriteUntilAllowed) {
  std::filesystem::create_directories(m_folder / "out/back");
  std::ofstream(m_folder / "out/back/hero-0.png") << "mine";
  open();
  writeTo("out");
  ASSERT_TRUE(wait([this] { return text("exportState").contains("hero-0.png"); })) << text("exportState").toStdString();
  EXPECT_TRUE(m_window->isVisible());
  EXPECT_EQ(lineOf("out/back/hero-0.png", 0), "mine");
  EXPECT_FALSE(std::filesystem::exists(m_folder / "out/front"));
  click("exportForce");
  click("exportWriteButton");
  ASSERT_TRUE(waitForEnd());
  EXPECT_EQ(readImage(m_folder / "out/back/hero-0.png"), sampleSprite(0, 8, 8));
}

}  // namespace
}  // namespace loom
