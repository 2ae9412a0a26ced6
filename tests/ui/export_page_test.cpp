#include "ui/pages/export_page.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <functional>

#include "core/base/atomic_file.h"
#include "core/image/codec.h"
#include "tests/ui/answer_dialog.h"
#include "ui/widgets/sheet_preview.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

Sprite filled(int side, Rgba colour) {
  Sprite sprite(side, side);
  std::ranges::fill(sprite.pixels(), colour);
  return sprite;
}

class ExportPageTest : public ::testing::Test {
 protected:
  ExportPageTest()
      : m_folder(fs::temp_directory_path() / ("loom-export-page-" + std::to_string(::getpid()) + "-" +
                                              ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(m_folder);
    fs::create_directories(m_folder);
    QSettings().remove("export");
    m_session.createProject(m_folder / "heroes.loom");
    open();
  }
  ~ExportPageTest() override {
    m_page.reset();
    fs::remove_all(m_folder);
  }

  void open() {
    m_page = std::make_unique<ExportPage>(m_session);
    m_page->resize(1200, 800);
    m_page->show();
    m_page->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
  }

  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = m_page->findChild<Widget*>(name);
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }
  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    ASSERT_TRUE(button->isVisible()) << name;
    ASSERT_TRUE(button->isEnabled()) << name;
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
  }
  void set(const char* name, int value) { find<QSpinBox>(name)->setValue(value); }
  void choose(const char* name, const QString& text) {
    auto* box = find<QComboBox>(name);
    ASSERT_GE(box->findText(text), 0);
    box->setCurrentIndex(box->findText(text));
  }
  QString text(const char* name) { return find<QLabel>(name)->text(); }
  bool infoSays(const QString& words) {
    return QTest::qWaitFor([&] { return find<QLabel>("sheetInfo")->text().contains(words); }, 20000);
  }
  bool savedSays(const QString& words) {
    return QTest::qWaitFor([&] { return find<QLabel>("savedText")->text().contains(words); }, 20000);
  }

  void addFavourites(int count) {
    for (int i = 0; i < count; ++i) {
      Favourite favourite;
      favourite.name = "hero " + std::to_string(i);
      for (const char* view : {"back", "left", "front", "right"}) {
        favourite.views.emplace_back(view);
        favourite.sprites.push_back(filled(16, {static_cast<std::uint8_t>(50 + i), 80, 90, 255}));
      }
      m_session.catalogue().addFavourite(favourite);
    }
    m_session.notifyFavouritesChanged();
  }

  std::vector<SpriteId> addSprites(int characters) {
    std::vector<SpriteId> ids;
    for (int i = 0; i < characters; ++i) {
      for (const char* view : {"back", "front"}) {
        NewSprite sprite;
        sprite.pixels = filled(8, {static_cast<std::uint8_t>(i), 10, 20, 255});
        sprite.character = "c" + std::to_string(i);
        sprite.view = view;
        sprite.source = "test";
        ids.push_back(m_session.catalogue().addSprite(sprite));
      }
    }
    m_session.notifySpritesChanged();
    return ids;
  }

  void answerFile(const fs::path& file) { answerFileDialog(*m_page, "exportDialog", file); }
  void answerReplace(bool replace) {
    whenAsked<QMessageBox>(*m_page, "replaceBox", [replace](QMessageBox* box) {
      QAbstractButton* button = replace ? box->findChild<QPushButton*>("replaceButton")
                                        : static_cast<QAbstractButton*>(box->button(QMessageBox::Cancel));
      QTest::mouseClick(button, Qt::LeftButton);
    });
  }

  fs::path m_folder;
  Session m_session;
  std::unique_ptr<ExportPage> m_page;
};

TEST_F(ExportPageTest, WithoutFavouritesLeadsToTheCreatePage) {
  QSignalSpy pages(&m_session, &Session::pageRequested);
  EXPECT_TRUE(text("emptyText").contains("no favourites yet"));
  EXPECT_FALSE(find<QPushButton>("exportButton")->isEnabled());
  click("emptyButton");
  ASSERT_EQ(pages.size(), 1);
  EXPECT_EQ(pages.front().front().value<Page>(), Page::kCreate);
}

TEST_F(ExportPageTest, EveryEmptySourceSaysWhatToDoNext) {
  click("generatedChoice");
  EXPECT_EQ(find<QPushButton>("emptyButton")->text(), "Go to Train");
  click("selectionChoice");
  EXPECT_EQ(find<QPushButton>("emptyButton")->text(), "Go to Dataset");
  click("everythingChoice");
  EXPECT_EQ(find<QPushButton>("emptyButton")->text(), "Go to Dataset");
  m_session.closeProject();
  EXPECT_EQ(find<QPushButton>("emptyButton")->text(), "Go to Start");
}

TEST_F(ExportPageTest, ShowsFavouritesFirstAndOnlyTheCheckedOnes) {
  addFavourites(3);
  EXPECT_TRUE(find<QRadioButton>("favouritesChoice")->isChecked());
  ASSERT_TRUE(infoSays("48 × 64 px")) << text("sheetInfo").toStdString();
  EXPECT_TRUE(text("sheetInfo").contains("3 characters"));
  EXPECT_TRUE(text("sheetInfo").contains("12 frames"));
  EXPECT_TRUE(infoSays("3 colours"));
  auto* list = find<QListWidget>("favouritesList");
  ASSERT_EQ(list->count(), 3);
  list->item(1)->setCheckState(Qt::Unchecked);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  const QImage shown = find<SheetPreview>("sheetPreview")->picture();
  EXPECT_EQ(shown.pixelColor(0, 0), QColor(50, 80, 90));
  EXPECT_EQ(shown.pixelColor(16, 0), QColor(52, 80, 90));
  click("noFavouritesButton");
  EXPECT_TRUE(text("emptyText").contains("Check the favourites"));
  click("allFavouritesButton");
  EXPECT_TRUE(infoSays("48 × 64 px"));
}

TEST_F(ExportPageTest, OptionsShowInThePreview) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  set("scaleBox", 2);
  ASSERT_TRUE(infoSays("64 × 128 px"));
  set("paddingBox", 4);
  set("borderBox", 3);
  ASSERT_TRUE(infoSays("74 × 146 px"));
  click("fillBox");
  auto* preview = find<SheetPreview>("sheetPreview");
  EXPECT_TRUE(QTest::qWaitFor([&] { return preview->picture().pixelColor(0, 0) == QColor(255, 0, 255); }));
  choose("layoutBox", "LPC");
  EXPECT_TRUE(infoSays("266 × 530 px")) << text("sheetInfo").toStdString();
  EXPECT_FALSE(find<QCheckBox>("trimBox")->isEnabled());
  choose("layoutBox", "Packed");
  EXPECT_TRUE(find<QCheckBox>("trimBox")->isEnabled());
  EXPECT_FALSE(find<QSpinBox>("columnsBox")->isEnabled());
}

TEST_F(ExportPageTest, GreysOutWhatALayoutDoesNotUse) {
  addFavourites(1);
  ASSERT_TRUE(infoSays("16 × 64 px"));
  const auto enabled = [&](const char* name) { return find<QWidget>(name)->isEnabled(); };
  EXPECT_TRUE(enabled("paddingBox") && enabled("innerPaddingBox") && enabled("columnsBox"));
  EXPECT_FALSE(enabled("mergeBox"));
  set("innerPaddingBox", 2);
  EXPECT_TRUE(infoSays("20 × 80 px"));
  choose("layoutBox", "LPC, full sheet");
  EXPECT_TRUE(infoSays("832 × 1344 px")) << "the padding counts no more: " << text("sheetInfo").toStdString();
  for (const char* name : {"paddingBox", "innerPaddingBox", "borderBox", "extrudeBox", "powerOfTwoBox", "trimBox"}) {
    EXPECT_FALSE(enabled(name)) << name;
  }
  choose("layoutBox", "Packed");
  EXPECT_TRUE(enabled("mergeBox") && enabled("paddingBox"));
  set("innerPaddingBox", 0);
  EXPECT_TRUE(infoSays("32 × 32 px"));
  click("mergeBox");
  EXPECT_TRUE(infoSays("16 × 16 px")) << "the four views look the same";
  for (const QWidget* box : m_page->findChildren<QCheckBox*>()) {
    EXPECT_FALSE(box->toolTip().isEmpty()) << box->objectName().toStdString();
  }
}

TEST_F(ExportPageTest, ShowsAndWritesSeveralSheets) {
  addFavourites(5);
  ASSERT_TRUE(infoSays("80 × 64 px"));
  auto* which = find<QComboBox>("whichSheetBox");
  EXPECT_FALSE(which->isVisible());
  set("maxSideBox", 70);
  ASSERT_TRUE(infoSays("2 sheets of at most 64 × 64 px")) << text("sheetInfo").toStdString();
  EXPECT_TRUE(text("sheetInfo").contains("20 frames"));
  EXPECT_TRUE(infoSays("5 colours"));
  ASSERT_TRUE(which->isVisible());
  which->setCurrentIndex(1);
  EXPECT_EQ(find<SheetPreview>("sheetPreview")->picture().pixelColor(0, 0), QColor(54, 80, 90));
  for (const char* name : {"data-tsx", "data-aseprite", "data-godot", "data-unity", "data-css", "data-ase"})
    click(name);
  answerFile(m_folder / "cast.png");
  click("exportButton");
  ASSERT_TRUE(savedSays("Saved cast-1.png and 15 more files")) << text("savedText").toStdString();
  EXPECT_TRUE(fs::exists(m_folder / "cast-2.unity.json"));
  EXPECT_TRUE(fs::exists(m_folder / "cast-2.aseprite"));
  EXPECT_EQ(readImage(m_folder / "cast-2.png").at(0, 0), (Rgba{54, 80, 90, 255}));
  click("eachBox");
  ASSERT_TRUE(infoSays("5 sheets of at most 16 × 64 px"));
  EXPECT_EQ(which->itemText(4), "hero 4");
  click("exportAgainButton");
  ASSERT_TRUE(savedSays("Saved cast-hero 0.png")) << text("savedText").toStdString();
  EXPECT_TRUE(find<QPushButton>("exportAgainButton")->toolTip().contains("cast.png"));
}

TEST_F(ExportPageTest, ASheetThatCannotBeSaysWhyAndRecovers) {
  addFavourites(1);
  ASSERT_TRUE(infoSays("16 × 64 px"));
  set("cellWidthBox", 8);
  ASSERT_TRUE(QTest::qWaitFor([&] { return text("emptyText").contains("16 x 16 px"); }));
  EXPECT_FALSE(find<QPushButton>("exportButton")->isEnabled());
  set("cellWidthBox", 24);
  EXPECT_TRUE(infoSays("24 × 64 px"));
  EXPECT_TRUE(find<QPushButton>("exportButton")->isEnabled());
}

TEST_F(ExportPageTest, ShowsTheSelectionAndTheWholeDataSet) {
  const std::vector<SpriteId> ids = addSprites(5);
  EXPECT_TRUE(find<QRadioButton>("everythingChoice")->isChecked()) << "there is nothing else to show";
  ASSERT_TRUE(infoSays("40 × 16 px"));
  m_session.catalogue().setExcluded(std::vector<SpriteId>{ids[0], ids[1]}, true);
  m_session.notifySpritesChanged();
  EXPECT_TRUE(infoSays("32 × 16 px"));
  m_page->setSelection({ids[2], ids[3], ids[9]});
  click("selectionChoice");
  EXPECT_TRUE(infoSays("16 × 16 px"));
  EXPECT_TRUE(text("sheetInfo").contains("3 frames"));
}

TEST_F(ExportPageTest, BreaksWideSheetsIntoRowsByItself) {
  addSprites(80);
  set("scaleBox", 8);
  EXPECT_TRUE(infoSays("4096 × 256 px")) << text("sheetInfo").toStdString();
}

TEST_F(ExportPageTest, WritesWhatThePreviewShowsAndNeverReplacesSilently) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  EXPECT_FALSE(find<QPushButton>("exportAgainButton")->isEnabled());
  const fs::path file = m_folder / "cast.png";
  answerFile(file);
  click("exportButton");
  ASSERT_TRUE(savedSays("Saved cast.png and cast.json")) << text("savedText").toStdString();
  EXPECT_EQ(readImage(file).width(), 32);
  EXPECT_TRUE(find<QPushButton>("openFolderButton")->isVisible());

  set("scaleBox", 2);
  ASSERT_TRUE(infoSays("64 × 128 px"));
  answerReplace(false);
  click("exportAgainButton");
  EXPECT_EQ(readImage(file).width(), 32) << "the user said no";
  answerReplace(true);
  m_page->activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
  QTest::keyClick(m_page.get(), Qt::Key_E, Qt::ControlModifier);
  EXPECT_TRUE(QTest::qWaitFor([&] { return readImage(file).width() == 64; }));
}

TEST_F(ExportPageTest, AnExportAskedForAtOnceWritesTheNewestSettings) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  click("data-json-hash");
  const fs::path file = m_folder / "quick.png";
  set("scaleBox", 5);
  answerFile(file);
  click("exportButton");
  ASSERT_TRUE(savedSays("Saved quick.png")) << text("savedText").toStdString();
  EXPECT_EQ(readImage(file).width(), 160);
  EXPECT_FALSE(fs::exists(m_folder / "quick.json"));
}

TEST_F(ExportPageTest, RemembersSettingsAndTheLastFile) {
  addFavourites(1);
  choose("layoutBox", "Strip");
  click("data-json-hash");
  click("data-json-array");
  click("data-gpl");
  set("paddingBox", 7);
  ASSERT_TRUE(infoSays("85 × 16 px")) << text("sheetInfo").toStdString();
  answerFile(m_folder / "strip.png");
  click("exportButton");
  ASSERT_TRUE(savedSays("Saved strip.png and strip.json and strip.gpl")) << text("savedText").toStdString();
  open();
  EXPECT_EQ(find<QComboBox>("layoutBox")->currentText(), "Strip");
  EXPECT_FALSE(find<QCheckBox>("data-json-hash")->isChecked());
  EXPECT_TRUE(find<QCheckBox>("data-json-array")->isChecked());
  EXPECT_TRUE(find<QCheckBox>("data-gpl")->isChecked());
  EXPECT_EQ(find<QSpinBox>("paddingBox")->value(), 7);
  ASSERT_TRUE(infoSays("85 × 16 px"));
  EXPECT_TRUE(find<QPushButton>("exportAgainButton")->isEnabled());
  EXPECT_TRUE(find<QPushButton>("exportAgainButton")->toolTip().contains("strip.png"));
}

TEST_F(ExportPageTest, AFailedWriteIsSaidWhereTheUserActed) {
  addFavourites(1);
  ASSERT_TRUE(infoSays("16 × 64 px"));
  fs::create_directories(m_folder / "folder.json");
  answerFile(m_folder / "folder.png");
  answerReplace(true);
  click("exportButton");
  ASSERT_TRUE(savedSays("Not written")) << text("savedText").toStdString();
  EXPECT_FALSE(fs::exists(m_folder / "folder.png"));
}

TEST_F(ExportPageTest, PreviewZoomsByWholeNumbersAndNamesFrames) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  auto* preview = find<SheetPreview>("sheetPreview");
  EXPECT_TRUE(preview->fitted());
  const int zoom = preview->zoom();
  EXPECT_GT(zoom, 1);
  click("zoomInButton");
  EXPECT_GT(preview->zoom(), zoom);
  EXPECT_EQ(text("zoomLabel"), QString("%1×").arg(preview->zoom()));
  for (int i = 0; i < 30 && preview->zoom() > -3; ++i) click("zoomOutButton");
  EXPECT_EQ(preview->zoom(), -3);
  EXPECT_EQ(text("zoomLabel"), "1:3");
  click("fitButton");
  EXPECT_EQ(preview->zoom(), zoom);
  QSignalSpy hovered(preview, &SheetPreview::hovered);
  const auto frame = preview->frameAt(preview->frameArea(5).center());
  ASSERT_EQ(frame, 5U);
  const QPointF place = preview->frameArea(5).center();
  QMouseEvent move(QEvent::MouseMove, place, preview->mapToGlobal(place), Qt::NoButton, Qt::NoButton, {});
  QApplication::sendEvent(preview, &move);
  ASSERT_FALSE(hovered.isEmpty());
  EXPECT_TRUE(hovered.back().front().toString().startsWith("hero 1/left: 16 × 16 px at 16, 16"));
}

}  // namespace
}  // namespace loom
