#include "ui/pages/export_page.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <fstream>
#include <functional>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "core/image/animation.h"
#include "core/image/codec.h"
#include "tests/ui/answer_dialog.h"
#include "ui/widgets/sheet_hand_off.h"
#include "ui/widgets/sheet_preview.h"
#include "ui/widgets/sprite_image.h"

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

TEST_F(ExportPageTest, CopiesTheSheetShownPixelByPixel) {
  addFavourites(5);
  set("maxSideBox", 70);
  ASSERT_TRUE(infoSays("2 sheets of at most 64 × 64 px"));
  find<QComboBox>("whichSheetBox")->setCurrentIndex(1);
  QGuiApplication::clipboard()->clear();
  QTest::keyClick(m_page.get(), Qt::Key_C, Qt::ControlModifier);
  const QImage copied = QGuiApplication::clipboard()->image();
  EXPECT_EQ(copied.size(), QSize(16, 64));
  EXPECT_EQ(copied.pixelColor(3, 60), QColor(54, 80, 90));
  find<QComboBox>("whichSheetBox")->setCurrentIndex(0);
  click("copySheetButton");
  EXPECT_EQ(QGuiApplication::clipboard()->image().size(), QSize(64, 64));
  click("noFavouritesButton");
  EXPECT_FALSE(find<QPushButton>("copySheetButton")->isEnabled()) << "there is no sheet";
}

TEST_F(ExportPageTest, OpensTheExportedFileInTheEditorElseACopyUnderItsName) {
  addFavourites(1);
  ASSERT_TRUE(infoSays("16 × 64 px"));
  const fs::path editor = m_folder / "editor", opened = m_folder / "opened";
  std::ofstream(editor) << "#!/bin/sh\ncp \"$1\" '" << opened.string() << ".png'\necho \"$1\" > '" << opened.string()
                        << ".new'\nmv '" << opened.string() << ".new' '" << opened.string() << "'\n";
  fs::permissions(editor, fs::perms::owner_all);
  QSettings().setValue("externalEditor", QString::fromStdString(editor.string()));
  const auto openedFile = [&] {
    EXPECT_TRUE(QTest::qWaitFor([&] { return fs::exists(opened); }, 20000));
    const std::string file = readTextFile(opened, 1000);
    fs::remove(opened);
    return fs::path(file.substr(0, file.find('\n')));
  };
  click("openSheetButton");
  const fs::path copy = openedFile();
  EXPECT_EQ(copy.filename(), "heroes.png");
  EXPECT_NE(copy.parent_path(), m_folder);
  EXPECT_EQ(readImage(m_folder / "opened.png").at(0, 0), (Rgba{50, 80, 90, 255}));
  answerFile(m_folder / "cast.png");
  click("exportButton");
  ASSERT_TRUE(savedSays("Saved cast.png"));
  click("openSheetButton");
  EXPECT_EQ(openedFile(), m_folder / "cast.png");
  m_page->hide();
  m_page->show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return find<QPushButton>("openSheetButton")->isEnabled(); }, 20000));
  click("openSheetButton");
  EXPECT_EQ(openedFile(), m_folder / "cast.png") << "laid out anew it is the same";
  set("scaleBox", 2);
  ASSERT_TRUE(infoSays("32 × 128 px"));
  click("openSheetButton");
  EXPECT_NE(openedFile(), m_folder / "cast.png") << "what was exported looks different";
  EXPECT_EQ(readImage(m_folder / "opened.png").width(), 32);
  fs::remove_all(copy.parent_path().parent_path());  // as systems do in the end

  QSignalSpy said(&m_session, &Session::messaged);
  QSettings().setValue("externalEditor", "/nowhere/at/all");
  click("openSheetButton");
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20000));
  EXPECT_TRUE(said.front().front().toString().contains("/nowhere/at/all"));
  QSettings().remove("externalEditor");
  SheetHandOff* handOff = m_page->findChild<SheetHandOff*>();
  ASSERT_NE(handOff, nullptr);
  const auto sheet = std::make_shared<Sheet>();
  sheet->image = filled(3, {9, 8, 7, 255});
  const fs::path kept = handOff->fileOf({.sheet = sheet, .name = "a.png"}).toStdString();
  fs::remove_all(kept.parent_path().parent_path());  // kept for programs that outlive the studio
}

TEST_F(ExportPageTest, ADragCarriesThePixelsAndTheAddressOfAFile) {
  QImage picture(2, 1, QImage::Format_RGBA8888);
  picture.setPixelColor(0, 0, QColor(1, 2, 3));
  picture.setPixelColor(1, 0, Qt::transparent);
  const std::unique_ptr<QMimeData> data(sheetMimeData(picture, "/tmp/a b.png"));
  EXPECT_EQ(qvariant_cast<QImage>(data->imageData()).pixelColor(0, 0), QColor(1, 2, 3));
  ASSERT_EQ(data->urls().size(), 1);
  EXPECT_EQ(data->urls().front().toLocalFile(), "/tmp/a b.png");

  SheetHandOff handOff(m_session.jobs(), [] { return std::nullopt; });
  const auto sheet = std::make_shared<Sheet>();
  sheet->image = filled(3, {9, 8, 7, 255});
  const QString file = handOff.fileOf({.sheet = sheet, .name = "cast-2.png"});
  EXPECT_EQ(QFileInfo(file).fileName(), "cast-2.png");
  EXPECT_EQ(readImage(file.toStdString()).at(2, 2), (Rgba{9, 8, 7, 255}));
  std::ofstream(file.toStdString()) << "worked on meanwhile";
  EXPECT_EQ(QFileInfo(handOff.fileOf({.sheet = sheet, .name = "cast-2.png"})).fileName(), "cast-2.png");
  EXPECT_EQ(readTextFile(file.toStdString(), 100), "worked on meanwhile");
  EXPECT_EQ(handOff.fileOf({.sheet = sheet, .name = "cast.png", .exported = m_folder / "x.png"}),
            QString::fromStdString((m_folder / "x.png").string()));
}

TEST_F(ExportPageTest, ShiftPullsTheSheetOutWhereElseTheViewMoves) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  SheetPreview preview;
  preview.resize(300, 300);
  auto sheet = std::make_shared<Sheet>(layOutSheet({{"a", {{"front", filled(16, {1, 2, 3, 255})}}}}, {}));
  preview.setSheet(sheet, toImage(sheet->image));
  QSignalSpy wanted(&preview, &SheetPreview::dragWanted);
  const auto pull = [&](Qt::KeyboardModifiers keys) {
    QTest::mousePress(&preview, Qt::LeftButton, keys, {150, 150});
    const QPointF to(190, 190);
    QMouseEvent move(QEvent::MouseMove, to, preview.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, keys);
    QApplication::sendEvent(&preview, &move);
    QTest::mouseRelease(&preview, Qt::LeftButton, keys, {190, 190});
  };
  const QRectF before = preview.frameArea(0);
  pull(Qt::ShiftModifier);
  EXPECT_EQ(wanted.size(), 1);
  EXPECT_EQ(preview.frameArea(0), before);
  pull({});
  EXPECT_EQ(wanted.size(), 1);
  EXPECT_NE(preview.frameArea(0), before);
}

TEST_F(ExportPageTest, APresetSetsTheFormAndShowsWhenItWasChanged) {
  addFavourites(1);
  ASSERT_TRUE(infoSays("16 × 64 px"));
  auto* presets = find<QComboBox>("presetBox");
  const auto pick = [&](const QString& name) {
    const int row = presets->findText(name);
    ASSERT_GE(row, 0) << name.toStdString();
    presets->setCurrentIndex(row);
    Q_EMIT presets->activated(row);
  };
  for (const char* name : {"Aseprite", "Tiled", "Godot 4", "Unity", "LPC"}) {
    pick(name);
    EXPECT_EQ(presets->currentText(), name);
    EXPECT_FALSE(find<QAbstractButton>("deletePresetButton")->isEnabled()) << name;
  }
  EXPECT_EQ(find<QComboBox>("layoutBox")->currentText(), "LPC");
  pick("Unity");
  EXPECT_EQ(find<QComboBox>("layoutBox")->currentText(), "Packed");
  EXPECT_TRUE(find<QCheckBox>("data-unity")->isChecked());
  EXPECT_FALSE(find<QCheckBox>("data-json-hash")->isChecked());
  EXPECT_EQ(find<QSpinBox>("extrudeBox")->value(), 2);
  set("extrudeBox", 3);
  EXPECT_EQ(presets->currentText(), "Unity (changed)");
  set("extrudeBox", 2);
  EXPECT_EQ(presets->currentText(), "Unity");
  click("data-css");
  EXPECT_EQ(presets->currentText(), "Unity (changed)");
  open();
  presets = find<QComboBox>("presetBox");
  EXPECT_EQ(presets->currentText(), "Unity (changed)") << "remembered";
  pick("Unity (changed)");
  EXPECT_FALSE(find<QCheckBox>("data-css")->isChecked()) << "chosen again it is what it was";
}

TEST_F(ExportPageTest, KeepsAndForgetsPresetsOfOnesOwn) {
  set("paddingBox", 5);
  set("scaleBox", 3);
  choose("layoutBox", "Strip");
  click("data-gpl");
  click("fillBox");
  const auto name = [&](const QString& text) {
    whenAsked<QInputDialog>(*m_page, "presetNameDialog", [text](QInputDialog* dialog) {
      dialog->setTextValue(text);
      dialog->accept();
    });
    click("savePresetButton");
  };
  auto* presets = find<QComboBox>("presetBox");
  name("Mine / 50%");
  ASSERT_TRUE(QTest::qWaitFor([&] { return presets->currentText() == "Mine / 50%"; }));
  bool told = false;
  whenAsked<QMessageBox>(*m_page, nullptr, [&](QMessageBox* box) {
    told = box->text().contains("comes with the program");
    box->accept();
  });
  name("unity");
  EXPECT_TRUE(QTest::qWaitFor([&] { return told; }));

  QSettings().setValue("export/paddingBox", 0);
  QSettings().setValue("export/layoutBox", "Grid");
  open();
  presets = find<QComboBox>("presetBox");
  ASSERT_EQ(presets->currentText(), "Mine / 50% (changed)");
  Q_EMIT presets->activated(presets->currentIndex());
  EXPECT_EQ(presets->currentText(), "Mine / 50%");
  EXPECT_EQ(find<QSpinBox>("paddingBox")->value(), 5);
  EXPECT_EQ(find<QSpinBox>("scaleBox")->value(), 3);
  EXPECT_EQ(find<QComboBox>("layoutBox")->currentText(), "Strip");
  EXPECT_TRUE(find<QCheckBox>("data-gpl")->isChecked());
  EXPECT_TRUE(find<QCheckBox>("fillBox")->isChecked());
  whenAsked<QMessageBox>(*m_page, nullptr, [](QMessageBox* box) { box->button(QMessageBox::Yes)->click(); });
  click("deletePresetButton");
  EXPECT_EQ(presets->currentText(), "No preset");
  EXPECT_LT(presets->findText("Mine / 50%"), 0);
  EXPECT_EQ(find<QSpinBox>("paddingBox")->value(), 5) << "the settings stay";
}

TEST_F(ExportPageTest, APresetOfAnotherVersionIsTakenAsFarAsItMakesSense) {
  QSettings settings;
  settings.setValue("export/presets/odd", R"({"scaleBox": 1e300, "paddingBox": -7, "borderBox": "wide", "trimBox": 1,
      "layoutBox": "spiral", "colour": "no colour", "extrudeBox": 2.4, "columnsBox": null, "future": {"a": [1]}})");
  for (const char* damaged : {"[1, 2]", "{\"scaleBox\":", "", "17"}) {
    settings.setValue(QString("export/presets/damaged%1").arg(QString(damaged).size()), damaged);
  }
  settings.setValue("export/presets/list", QStringList{"a", "b"});
  settings.setValue("export/preset", "odd");
  set("borderBox", 9);
  choose("layoutBox", "Packed");
  open();
  auto* presets = find<QComboBox>("presetBox");
  ASSERT_EQ(presets->currentText(), "odd (changed)");
  EXPECT_EQ(presets->count(), 7) << "none, five, and this one";
  Q_EMIT presets->activated(presets->currentIndex());
  EXPECT_EQ(presets->currentText(), "odd");
  EXPECT_EQ(find<QSpinBox>("scaleBox")->value(), 16);
  EXPECT_EQ(find<QSpinBox>("paddingBox")->value(), 0);
  EXPECT_EQ(find<QSpinBox>("borderBox")->value(), 0) << "as in a new form";
  EXPECT_EQ(find<QSpinBox>("extrudeBox")->value(), 2);
  EXPECT_EQ(find<QComboBox>("layoutBox")->currentText(), "Grid");
  EXPECT_FALSE(find<QCheckBox>("trimBox")->isChecked());
  EXPECT_EQ(find<QPushButton>("colourButton")->text(), "#ff00ff");
}

/// Two cells, red and blue, beside each other; the red one's right edge as the preview shows it.
QColor redEdge(const SheetOptions& options, std::optional<EngineLook> look) {
  Sheet laidOut = layOutSheet(
      {{"a", {{"front", filled(16, {255, 0, 0, 255})}}}, {"b", {{"front", filled(16, {0, 0, 255, 255})}}}}, options);
  const auto sheet = std::make_shared<const Sheet>(std::move(laidOut));
  SheetPreview preview;
  preview.setOutlines(false);
  preview.resize(400, 300);
  preview.setEngineLook(look);
  preview.setSheet(sheet, toImage(sheet->image).convertToFormat(QImage::Format_ARGB32_Premultiplied));
  const QImage seen = preview.grab().toImage();
  const QRectF red = preview.frameArea(0);
  return seen.pixelColor(static_cast<int>(red.right()) - 1, static_cast<int>(red.center().y()));
}

TEST_F(ExportPageTest, AnEnginesFilterShowsWhatBleedsInUntilCellsAreExtruded) {
  const QColor red(255, 0, 0);
  EXPECT_EQ(redEdge({}, {}), red);
  EXPECT_EQ(redEdge({}, EngineLook{TextureFilter::kNearest, 2.5}), red);
  for (const double scale : {1.5, 2.0, 2.5}) {
    const QColor bled = redEdge({}, EngineLook{TextureFilter::kLinear, scale});
    EXPECT_GT(bled.blue(), 40) << scale;
    EXPECT_LT(bled.red(), 220) << scale;
    EXPECT_EQ(redEdge({.padding = 2, .extrude = 1}, EngineLook{TextureFilter::kLinear, scale}), red) << scale;
  }
  EXPECT_GT(redEdge({}, EngineLook{TextureFilter::kMipmaps, 0.75}).blue(), 10);
}

TEST_F(ExportPageTest, TheLookOfThePreviewIsRemembered) {
  addFavourites(2);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  EXPECT_FALSE(find<QComboBox>("lookScaleBox")->isEnabled());
  auto* preview = find<SheetPreview>("sheetPreview");
  choose("lookBox", "Engine, bilinear");
  choose("lookScaleBox", "2.5×");
  const QRectF first = preview->frameArea(0), second = preview->frameArea(4);
  EXPECT_GT(second.left(), first.right()) << "apart from each other";
  EXPECT_EQ(preview->frameAt(second.center()), 4U);
  EXPECT_EQ(preview->frameText(4), "hero 1/back: 16 × 16 px at 16, 0") << "in the sheet's pixels";
  open();
  EXPECT_EQ(find<QComboBox>("lookBox")->currentText(), "Engine, bilinear");
  EXPECT_EQ(find<QComboBox>("lookScaleBox")->currentText(), "2.5×");
}

TEST_F(ExportPageTest, SavesTheCharactersAsTheyTurn) {
  addFavourites(3);
  ASSERT_TRUE(infoSays("48 × 64 px"));
  QSettings settings;
  for (const char* key : {"loopKind", "loopTogether", "loopTime", "loopEndless", "format", "scale", "ground"}) {
    settings.remove(QString("film/") + key);
  }
  settings.setValue("film/folder", QString::fromStdString(m_folder.string()));
  find<QListWidget>("favouritesList")->item(1)->setCheckState(Qt::Unchecked);
  ASSERT_TRUE(infoSays("32 × 64 px"));
  const auto openDialog = [&] {
    m_page->activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
    QTest::keyClick(m_page.get(), Qt::Key_L, Qt::ControlModifier);
    auto* dialog = find<QDialog>("loopsDialog");
    EXPECT_TRUE(QTest::qWaitForWindowActive(dialog));
    return dialog;
  };
  QDialog* dialog = openDialog();
  EXPECT_TRUE(text("loopFound").startsWith("2 films."));
  EXPECT_TRUE(text("filmSize").startsWith("4 frames, 1.0 s, 512 × 512")) << text("filmSize").toStdString();
  EXPECT_FALSE(find<QWidget>("filmRate")->isVisible());
  set("loopTime", 120);
  set("filmScale", 2);
  EXPECT_TRUE(text("filmSize").startsWith("4 frames, 0.5 s, 32 × 32")) << text("filmSize").toStdString();
  QSignalSpy said(&m_session, &Session::messaged);
  QTest::mouseClick(dialog->findChild<QPushButton*>("filmWriteButton"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20000)) << text("filmState").toStdString();
  EXPECT_TRUE(said.front().front().toString().startsWith("heroes-hero 0.gif and 1 more film written"));
  const auto read = [&](const char* name) {
    return decodeAnimation(readFile(m_folder / name, limits::kMaxFileBytes), name).frames;
  };
  const auto frames = read("heroes-hero 2.gif");
  ASSERT_FALSE(frames.empty());
  EXPECT_EQ(frames.front().sprite.at(0, 0), (Rgba{52, 80, 90, 255}));
  EXPECT_FALSE(fs::exists(m_folder / "heroes-hero 1.gif"));

  dialog = openDialog();
  EXPECT_EQ(find<QSpinBox>("loopTime")->value(), 120);
  QTest::mouseClick(dialog->findChild<QPushButton*>("filmWriteButton"), Qt::LeftButton);
  EXPECT_TRUE(text("filmState").contains("and 1 more would be replaced")) << text("filmState").toStdString();
  find<QComboBox>("loopTogether")->setCurrentIndex(1);
  find<QComboBox>("loopKind")->setCurrentIndex(1);
  EXPECT_TRUE(text("filmState").contains("no character here has an animation", Qt::CaseInsensitive))
      << text("filmState").toStdString();
  EXPECT_FALSE(find<QWidget>("filmWriteButton")->isEnabled());
  find<QComboBox>("loopKind")->setCurrentIndex(0);
  QTest::mouseClick(dialog->findChild<QPushButton*>("filmWriteButton"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return said.size() == 2; }, 20000));
  EXPECT_EQ(read("heroes.gif").front().sprite.width(), 2 * 2 * 16) << "side by side";
}

TEST_F(ExportPageTest, AnimationsOfTheDataSetAreLoopsWithTheirTimes) {
  for (int frame = 0; frame < 3; ++frame) {
    NewSprite sprite;
    sprite.pixels = filled(8, {static_cast<std::uint8_t>(frame), 10, 20, 255});
    sprite.character = "walker";
    sprite.view = "front";
    sprite.animation = "walk";
    sprite.frame = frame;
    sprite.milliseconds = 40 + 10 * frame;
    sprite.source = "test";
    sprite.author = "Ann Artist";
    sprite.licence = "CC0";
    m_session.catalogue().addSprite(sprite);
  }
  m_session.notifySpritesChanged();
  ASSERT_TRUE(infoSays("3 frames"));
  QSettings().setValue("film/folder", QString::fromStdString(m_folder.string()));
  QSettings().remove("film/loopKind");
  click("animationButton");
  auto* dialog = find<QDialog>("loopsDialog");
  ASSERT_TRUE(QTest::qWaitForWindowActive(dialog));
  EXPECT_EQ(find<QComboBox>("loopKind")->currentIndex(), 1) << "nobody turns here";
  EXPECT_FALSE(find<QSpinBox>("loopTime")->isEnabled());
  EXPECT_EQ(find<QComboBox>("loopAnimation")->itemText(1), "walk");
  QSignalSpy said(&m_session, &Session::messaged);
  QTest::mouseClick(dialog->findChild<QPushButton*>("filmWriteButton"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !said.isEmpty(); }, 20000)) << text("filmState").toStdString();
  EXPECT_TRUE(said.front().front().toString().startsWith("3 frames written to ")) << "of one film";
  const fs::path credits = m_folder / "heroes.credits.txt";
  EXPECT_NE(readTextFile(credits, 10'000).find("Ann Artist"), std::string::npos);
  const auto frames = decodeAnimation(readFile(m_folder / "heroes.gif", limits::kMaxFileBytes), "heroes.gif").frames;
  ASSERT_EQ(frames.size(), 3U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(frames[static_cast<std::size_t>(i)].milliseconds, 40 + 10 * i);
}

TEST_F(ExportPageTest, EveryWidgetHasATooltipAndAName) {
  for (const char* name : {"presetBox", "lookBox", "lookScaleBox", "copySheetButton", "dragSheetButton",
                           "openSheetButton", "savePresetButton", "deletePresetButton", "animationButton"}) {
    const auto* widget = find<QWidget>(name);
    EXPECT_FALSE(widget->toolTip().isEmpty()) << name;
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    EXPECT_FALSE(heard->text(QAccessible::Name).isEmpty()) << name;
  }
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
