// Drawing over a character on the create page, mirrored sides, and pictures that open as they were made.
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <functional>

#include "core/base/atomic_file.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/studio/origins.h"
#include "tests/base/temp_folder.h"
#include "tests/ui/trained_project.h"
#include "ui/bridge/external_editor.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_hand_off.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/find_dialog.h"
#include "ui/widgets/angle_dial.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"
#include "ui/widgets/view_canvas.h"

namespace loom {
namespace {

constexpr Rgba kInk{255, 0, 128, 255};

class CreateTouchUpTest : public testing::Test {
 protected:
  void SetUp() override {
    page.resize(1200, 760);
    page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    page.activateWindow();
    session.openProject(project.folder());
    ASSERT_TRUE(QTest::qWaitFor([this] { return !stage().shown().empty(); }));
    page.findChild<QSpinBox*>("seedBox")->setValue(7);
    ASSERT_TRUE(QTest::qWaitFor([this] { return stage().shown().state.seed == 7; }));
    page.findChild<QToolButton*>("symmetryButton")->setChecked(false);
  }
  bool becomes(const std::function<bool()>& wanted) { return QTest::qWaitFor(wanted); }
  CreateStage& stage() { return *page.findChild<CreateStage*>(); }
  ViewCanvas& canvas() { return stage().canvas(); }
  DrawingBar& bar() { return *page.findChild<DrawingBar*>(); }
  void draw() {
    page.findChild<QPushButton*>("touchUpButton")->click();
    ASSERT_TRUE(bar().isVisible());
    bar().setColour(kInk);
  }
  QPoint at(int x, int y) { return canvas().pixelArea({x, y}).center().toPoint(); }
  /// Does something that changes the character, and waits until the generator has caught up with it.
  void change(const std::function<void()>& deed) {
    const CharacterState before = stage().shown().state;
    deed();
    (void)QTest::qWaitFor([&] { return stage().shown().state != before; }, 500);  // some deeds change nothing
  }
  void undo() {
    change([this] { session.undoStack().undo(); });
  }
  void stroke(QPoint from, QPoint to) {
    change([&] { drawStroke(from, to); });
  }
  void drawStroke(QPoint from, QPoint to) {
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, at(from.x(), from.y()));
    QTest::mouseMove(&canvas(), at(to.x(), to.y()));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, at(to.x(), to.y()));
  }
  Sprite shown() { return stage().shownSprite(); }
  void look(const std::string& view) {
    auto& dial = *page.findChild<AngleDial*>("angleDial");
    const auto& views = stage().shown().views;
    dial.setValue(static_cast<int>(std::ranges::find(views, view) - views.begin()));
    ASSERT_EQ(stage().viewName(), view);
  }
  void press(const char* button) {
    change([&] { page.findChild<QToolButton*>(button)->click(); });
  }

  void drop(const std::filesystem::path& file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &event);
  }
  TrainedProject project;
  Session session;
  CreatePage page{session};
};

TEST_F(CreateTouchUpTest, WhatIsDrawnLiesOverTheOneViewAndIsUndoneStrokeByStroke) {
  draw();
  look("front");
  const std::vector<Sprite> before = stage().shown().sprites;
  stroke({2, 3}, {6, 3});
  stroke({2, 8}, {2, 9});
  EXPECT_EQ(shown().at(4, 3), kInk);
  EXPECT_EQ(shown().at(2, 9), kInk);
  EXPECT_EQ(canvas().marks().size(), 7U);
  look("back");
  EXPECT_EQ(shown(), before[0]) << "another view is as it was";
  look("front");
  undo();
  EXPECT_NE(shown().at(2, 9), kInk);
  EXPECT_EQ(shown().at(4, 3), kInk);
  undo();
  EXPECT_EQ(stage().shown().sprites, before);
}

TEST_F(CreateTouchUpTest, TheEraserAndRestoreAndTheLayerItself) {
  draw();
  const Sprite before = shown();
  stroke({2, 3}, {6, 3});
  bar().setTool(DrawingTool::kEraser);
  stroke({2, 3}, {3, 3});
  EXPECT_EQ(shown().at(2, 3).a, 0);
  bar().setTool(DrawingTool::kRestore);
  stroke({2, 3}, {2, 3});
  EXPECT_EQ(shown().at(2, 3), before.at(2, 3));
  EXPECT_EQ(shown().at(3, 3).a, 0);
  const Sprite touched = shown();
  press("layerShownButton");
  EXPECT_EQ(shown(), before);
  press("layerShownButton");
  EXPECT_EQ(shown(), touched);
  press("clearLayerButton");
  EXPECT_EQ(shown(), before);
  undo();
  EXPECT_EQ(shown(), touched);
}

TEST_F(CreateTouchUpTest, SymmetryDrawsOnBothSides) {
  draw();
  page.findChild<QToolButton*>("symmetryButton")->click();
  stroke({2, 3}, {4, 3});
  const int last = shown().width() - 1;
  for (const int x : {2, 3, 4}) {
    EXPECT_EQ(shown().at(x, 3), kInk);
    EXPECT_EQ(shown().at(last - x, 3), kInk);
  }
}

TEST_F(CreateTouchUpTest, TheRightButtonPicksAndAFillTakesTheWholeRegion) {
  draw();
  stroke({2, 3}, {6, 3});
  PixelPlace opaque{12, 12};
  while (shown().at(opaque.x, opaque.y).a == 0) opaque = {(opaque.x + 1) % 32, opaque.y + (opaque.x == 31 ? 1 : 0)};
  const Rgba there = shown().at(opaque.x, opaque.y);
  QTest::mouseClick(&canvas(), Qt::RightButton, {}, at(opaque.x, opaque.y));
  EXPECT_EQ(bar().colour(), there);
  bar().setTool(DrawingTool::kFill);
  stroke({4, 3}, {4, 3});
  for (int x = 2; x <= 6; ++x) EXPECT_EQ(shown().at(x, 3), there) << x;
}

TEST_F(CreateTouchUpTest, MirroredSidesAreDrawnOnTogether) {
  look("right");
  auto& mirrors = *page.findChild<QCheckBox*>("mirrorSidesBox");
  ASSERT_TRUE(mirrors.isVisible());
  mirrors.click();
  ASSERT_TRUE(becomes([this] { return stage().shown().state.mirrorSides; }));
  look("left");
  const Sprite left = shown();
  look("right");
  EXPECT_EQ(shown(), mirrored(left));
  draw();
  stroke({1, 3}, {1, 3});
  EXPECT_EQ(shown().at(1, 3), kInk);
  EXPECT_EQ(canvas().marks(), (std::vector<PixelPlace>{{1, 3}}));
  const int last = shown().width() - 1;
  look("left");
  EXPECT_EQ(shown().at(last - 1, 3), kInk);
}

TEST_F(CreateTouchUpTest, ArrowKeysDrawInsteadOfTurning) {
  look("front");
  draw();
  canvas().setFocus();
  QTest::keyClick(&canvas(), Qt::Key_Right);
  QTest::keyClick(&canvas(), Qt::Key_Space);
  EXPECT_EQ(stage().viewName(), "front");
  EXPECT_EQ(canvas().marks().size(), 1U);
  QTest::keyClick(&canvas(), Qt::Key_PageDown);
  EXPECT_NE(stage().viewName(), "front");
}

TEST_F(CreateTouchUpTest, AFavouriteKeepsItsLayer) {
  draw();
  stroke({2, 3}, {6, 3});
  const CharacterLook look = stage().shown();
  keepFavourite(session, look, "kept", stage().viewName());
  const CharacterLook kept = lookOf(session.catalogue().favourites().back());
  EXPECT_EQ(kept.state.touchUp, look.state.touchUp);
  EXPECT_EQ(kept.sprites, look.sprites);
}

TEST_F(CreateTouchUpTest, NothingIsDrawnOnWhatIsOnlyLookedAt) {
  page.findChild<QPushButton*>("storeAButton")->click();
  page.findChild<QPushButton*>("storeBButton")->click();
  draw();
  stage().toggle();
  ASSERT_FALSE(stage().showsNow());
  const int steps = session.undoStack().count();
  stroke({2, 3}, {6, 3});
  EXPECT_EQ(session.undoStack().count(), steps);
}

TEST_F(CreateTouchUpTest, ACopiedPictureOpensAsItWasMade) {
  draw();
  stroke({2, 3}, {6, 3});
  const CharacterState made = stage().shown().state;
  QTest::keyClick(&page, Qt::Key_C, Qt::ControlModifier);
  const QByteArray png = QGuiApplication::clipboard()->mimeData()->data("image/png");
  const auto bytes = std::as_bytes(std::span(png.constData(), static_cast<std::size_t>(png.size())));
  ASSERT_EQ(originsOf(bytes).size(), 1U);
  QTest::keyClick(&page, Qt::Key_R);
  ASSERT_TRUE(QTest::qWaitFor([&] { return stage().shown().state.latent != made.latent; }));
  QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
  EXPECT_TRUE(QTest::qWaitFor([&] { return stage().shown().state == made; }));
  EXPECT_EQ(page.findChild<FindDialog*>(), nullptr);
}

TEST_F(CreateTouchUpTest, OfASheetOneCharacterIsChosen) {
  std::vector<CharacterState> states;
  for (const char* name : {"Ann", "Bob"}) {
    states.push_back(stage().shown().state);
    keepFavourite(session, stage().shown(), name, stage().viewName());
    QTest::keyClick(&page, Qt::Key_R);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stage().shown().state != states.back(); }));
  }
  const TempFolder folder;
  saveSheet(layOutSheet(favouriteCharacters(session.catalogue()), {}), folder / "sheet.png", {});
  drop(folder / "sheet.png");
  QInputDialog* dialog = nullptr;
  ASSERT_TRUE(QTest::qWaitFor([&] { return (dialog = page.findChild<QInputDialog*>("madeDialog")) != nullptr; }));
  EXPECT_EQ(dialog->comboBoxItems(), (QStringList{"1: Ann", "2: Bob"}));
  dialog->setTextValue("2: Bob");
  dialog->accept();
  EXPECT_TRUE(QTest::qWaitFor([&] { return stage().shown().state == states[1]; }));
}

TEST_F(CreateTouchUpTest, APictureOfAnotherProjectIsLookedFor) {
  QString said;
  QObject::connect(&session, &Session::messaged, [&](const QString& text) { said = text; });
  Favourite made = favouriteOf(stage().shown(), "Stranger", "front");
  Json origin = Json::parse(originText(made, session.catalogue()));
  origin["recipe"] = "0123456789abcdef";
  const std::string text = origin.dump();
  const TempFolder folder;
  writeFileAtomically(folder / "a.png", withOrigins(encodePng(shown()), {&text, 1}));
  drop(folder / "a.png");
  EXPECT_TRUE(QTest::qWaitFor([&] { return said.contains("another project"); }));
}

TEST_F(CreateTouchUpTest, AViewIsDraggedOutAsAPictureThatSaysHowItWasMade) {
  CreateHandOff& handOff = *page.findChild<CreateHandOff*>();
  const auto data = handOff.mimeData(1, true);
  EXPECT_EQ(fromImage(qvariant_cast<QImage>(data->imageData())), stage().shown().sprites[1]);
  ASSERT_EQ(data->urls().size(), 1);
  const std::filesystem::path file = data->urls().front().toLocalFile().toStdString();
  EXPECT_EQ(readImage(file), stage().shown().sprites[1]);
  ASSERT_EQ(originsOf(file).size(), 1U);
  EXPECT_EQ(originsOf(file).front().made.latent, stage().shown().state.latent);

  auto& strip = *page.findChild<ThumbnailStrip*>("viewStrip");
  QSignalSpy dragged(&strip, &ThumbnailStrip::dragged);
  QObject::disconnect(&strip, &ThumbnailStrip::dragged, &stage(), nullptr);  // a real drag would wait for a drop
  const QPoint from = strip.cellArea(2).center();
  QTest::mousePress(&strip, Qt::LeftButton, {}, from);
  QTest::mouseMove(&strip, from + QPoint(1, 0));
  EXPECT_TRUE(dragged.isEmpty());
  QMouseEvent pulled(QEvent::MouseMove, from + QPointF(40, 0), strip.mapToGlobal(from + QPointF(40, 0)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&strip, &pulled);
  ASSERT_EQ(dragged.size(), 1);
  EXPECT_EQ(dragged.front().front().toInt(), 2);
}

TEST_F(CreateTouchUpTest, WhatAnotherProgramSavesIsDrawnOverTheCharacter) {
  const TempFolder folder;
  // A program for sprites that does nothing but tell what it was asked to open.
  const std::string script = "#!/bin/sh\nprintf %s \"$1\" > '" + (folder / "opened").string() + "'\n";
  writeFileAtomically(folder / "editor.sh", std::as_bytes(std::span(script)));
  std::filesystem::permissions(folder / "editor.sh", std::filesystem::perms::owner_all);
  const QString before = ExternalEditor::program();
  ExternalEditor::setProgram(QString::fromStdString((folder / "editor.sh").string()));
  look("front");
  const Sprite sent = shown();
  QTest::keyClick(&page, Qt::Key_E, Qt::ControlModifier);
  std::string file;
  ASSERT_TRUE(QTest::qWaitFor([&] {
    std::error_code none;
    if (std::filesystem::file_size(folder / "opened", none) > 0 && !none) {
      file = readTextFile(folder / "opened", 10'000);
    }
    return !file.empty();
  }));
  ExternalEditor::setProgram(before);
  EXPECT_EQ(readImage(file), sent);
  Sprite drawn = sent;
  drawn.at(3, 3) = kInk;
  drawn.at(9, 9) = {};
  writePng(file, drawn);
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown() == drawn; }));
  EXPECT_LE(stage().shown().state.touchUp.layers.at("front").size(), 2U) << "only what has changed";
  drawn.at(4, 4) = kInk;
  writePng(file, drawn);
  EXPECT_TRUE(QTest::qWaitFor([&] { return shown() == drawn; })) << "it is still watched";
  undo();
  undo();
  EXPECT_EQ(shown(), sent);
}

}  // namespace
}  // namespace loom
