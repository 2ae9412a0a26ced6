#include "ui/pages/turnaround_page.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUrl>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/turnaround_project.h"
#include "ui/pages/sprite_picker.h"
#include "ui/widgets/drawing_bar.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/thumbnail_strip.h"
#include "ui/widgets/view_canvas.h"
#include "ui/widgets/view_panel.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kViews{"back", "left", "front", "right"};

class TurnaroundPageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    QObject::connect(&session, &Session::messaged, [this](const QString& text, const QString&) { said = text; });
    page.resize(1280, 760);
    page.show();
    page.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    session.openProject(project.folder());
    ASSERT_TRUE(wait([this] { return page.findChild<ViewPanel*>("panel-right") != nullptr; }));
  }

  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 20'000); }
  template <class Widget>
  Widget& get(const QString& name) {
    auto* found = page.findChild<Widget*>(name);
    EXPECT_NE(found, nullptr) << name.toStdString();
    return *found;
  }
  ViewPanel& panel(const std::string& view) { return get<ViewPanel>(QString::fromStdString("panel-" + view)); }
  ViewCanvas& canvas(const std::string& view) { return panel(view).canvas(); }
  DrawingBar& tools() { return *page.findChild<DrawingBar*>(); }
  ThumbnailStrip& alternativesStrip() { return get<ThumbnailStrip>("alternativesStrip"); }
  QUndoStack& undo() { return session.undoStack(); }
  void click(const QString& name) {
    auto& button = get<QAbstractButton>(name);
    ASSERT_TRUE(button.isVisible() && button.isEnabled()) << name.toStdString();
    QTest::mouseClick(&button, Qt::LeftButton);
  }
  void press(const std::string& view, int x, int y, Qt::MouseButton button = Qt::LeftButton,
             Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseClick(&canvas(view), button, modifiers, canvas(view).pixelArea({x, y}).center().toPoint());
  }
  /// Chooses an entry of a panel's menu.
  void trigger(const std::string& view, const char* action) {
    auto* found = panel(view).findChild<QAction*>(action);
    ASSERT_NE(found, nullptr) << action;
    found->trigger();
  }
  fs::path picture(const std::string& name, const Sprite& sprite) {
    writePng(folder / name, sprite);
    return folder / name;
  }
  static void drop(QWidget& target, const fs::path& file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
  }
  bool shows(const std::string& view, const Sprite& sprite) {
    return wait([&] { return canvas(view).image() == toImage(sprite); });
  }
  /// What the model makes of these, asked without the page.
  std::vector<TurnedView> expected(const std::vector<std::optional<Sprite>>& views, bool likeliest = false) {
    return Turnaround(TurnaroundProject::model()).missingViews(views, {.likeliest = likeliest, .set = {}});
  }
  /// Gives the front and waits until the other views are there.
  void giveFront() {
    drop(panel("front"), picture("hero.png", hero));
    for (const TurnedView& turned : expected({{}, {}, hero, {}})) {
      ASSERT_TRUE(shows(kViews[static_cast<std::size_t>(turned.view)], turned.sprite));
    }
  }

  TurnaroundProject project;
  TempFolder folder;
  QString said;
  const Sprite hero = sampleSprite(77, 16, 16);
  Session session;
  TurnaroundPage page{session};
};

TEST_F(TurnaroundPageTest, SaysWhatToDoAndOffersToTrainWhereThereIsNoModel) {
  EXPECT_TRUE(get<QLabel>("turnaroundStatus").text().contains("drop a picture"));
  EXPECT_FALSE(get<QPushButton>("addCharacterButton").isEnabled());
  session.createProject(folder / "new.loom");
  std::vector<std::string> asked;
  QObject::connect(&session, &Session::trainingRequested, [&](const std::string& preset) { asked.push_back(preset); });
  EXPECT_TRUE(get<QLabel>("turnaroundEmptyText").isVisible());
  click("turnaroundEmptyButton");
  EXPECT_EQ(asked, std::vector<std::string>{"turnaround"});
}

TEST_F(TurnaroundPageTest, OneGivenViewIsTurnedRound) {
  giveFront();
  EXPECT_TRUE(shows("front", hero));
  EXPECT_TRUE(get<QLabel>("turnaroundStatus").text().contains("drawn in"));
  EXPECT_EQ(get<QLineEdit>("characterName").text(), "hero");
  const Sprite back = sampleSprite(78, 16, 16);
  drop(page, picture("hero-back.png", back));  // its name says which view it is
  for (const TurnedView& turned : expected({back, {}, hero, {}})) {
    EXPECT_TRUE(shows(kViews[static_cast<std::size_t>(turned.view)], turned.sprite));
  }
  EXPECT_TRUE(shows("back", back));
}

TEST_F(TurnaroundPageTest, SharperTakesTheLikeliestColours) {
  giveFront();
  click("likeliestButton");
  for (const TurnedView& turned : expected({{}, {}, hero, {}}, true)) {
    EXPECT_TRUE(shows(kViews[static_cast<std::size_t>(turned.view)], turned.sprite));
  }
  undo().undo();
  EXPECT_FALSE(get<QToolButton>("likeliestButton").isChecked());
}

TEST_F(TurnaroundPageTest, PaintingAGivenViewDrawsTheOthersAnew) {
  giveFront();
  tools().setColour({255, 0, 255, 255});
  press("front", 3, 4);
  Sprite changed = hero;
  changed.at(3, 4) = {255, 0, 255, 255};
  EXPECT_TRUE(shows("front", changed));
  for (const TurnedView& turned : expected({{}, {}, changed, {}})) {
    EXPECT_TRUE(shows(kViews[static_cast<std::size_t>(turned.view)], turned.sprite));
  }
  undo().undo();
  EXPECT_TRUE(shows("front", hero));
}

TEST_F(TurnaroundPageTest, PaintingADrawnViewDecidesAPixelUntilItIsForgotten) {
  giveFront();
  tools().setColour({255, 0, 255, 255});
  press("left", 3, 4);
  ASSERT_TRUE(wait([this] { return canvas("left").image().pixelColor(3, 4) == QColor(255, 0, 255); }));
  EXPECT_EQ(canvas("left").marks(), (std::vector<PixelPlace>{{3, 4}}));
  tools().setTool(DrawingTool::kEraser);
  press("left", 5, 4);
  EXPECT_EQ(canvas("left").image().pixelColor(5, 4).alpha(), 0);
  EXPECT_EQ(canvas("left").marks().size(), 2U);
  click("clear-left");
  EXPECT_TRUE(canvas("left").marks().empty());
  undo().undo();
  EXPECT_EQ(canvas("left").marks().size(), 2U);
}

TEST_F(TurnaroundPageTest, FillAndPickWorkAsAPainterKnowsThem) {
  Sprite flat(16, 16);
  for (Rgba& pixel : flat.pixels()) pixel = {10, 20, 30, 255};
  flat.at(8, 8) = {200, 100, 0, 255};
  drop(panel("front"), picture("flat.png", flat));
  ASSERT_TRUE(shows("front", flat));
  press("front", 8, 8, Qt::LeftButton, Qt::AltModifier);
  EXPECT_EQ(tools().colour(), (Rgba{200, 100, 0, 255}));
  tools().setTool(DrawingTool::kFill);
  press("front", 0, 0);
  const QImage filled = canvas("front").image();
  for (const QPoint at : {QPoint(0, 0), QPoint(15, 15), QPoint(8, 8)}) {
    EXPECT_EQ(filled.pixelColor(at), QColor(200, 100, 0));
  }
}

TEST_F(TurnaroundPageTest, MirrorsExactlyAndOnlyBetweenSides) {
  giveFront();
  const Sprite left = sampleSprite(5, 16, 16);
  drop(panel("left"), picture("side.png", left));
  ASSERT_TRUE(shows("left", left));
  click("mirror-right");
  EXPECT_TRUE(shows("right", mirrored(left)));
  EXPECT_EQ(page.findChild<QToolButton*>("mirror-front"), nullptr);
  EXPECT_EQ(page.findChild<QToolButton*>("mirror-back"), nullptr);
}

TEST_F(TurnaroundPageTest, ADrawnViewThatIsUsedAsGivenShapesTheOthers) {
  giveFront();
  const Sprite left = expected({{}, {}, hero, {}})[1].sprite;
  click("accept-left");
  for (const TurnedView& turned : expected({{}, left, hero, {}})) {
    EXPECT_TRUE(shows(kViews[static_cast<std::size_t>(turned.view)], turned.sprite));
  }
  click("clear-left");
  EXPECT_TRUE(shows("left", left));
  EXPECT_TRUE(get<QToolButton>("accept-left").isVisible()) << "it is the model's again";
}

TEST_F(TurnaroundPageTest, ConfidenceLiesOverDrawnViewsAlone) {
  giveFront();
  QTest::keyClick(&page, Qt::Key_C);
  EXPECT_EQ(canvas("left").overlay().size(), QSize(16, 16));
  EXPECT_TRUE(canvas("front").overlay().isNull());
  EXPECT_TRUE(confidenceText({.2F, .8F, 1, 1}).contains("75 % sure, 1 px"));
  QTest::keyClick(&page, Qt::Key_C);
  EXPECT_TRUE(canvas("left").overlay().isNull());
}

TEST_F(TurnaroundPageTest, OffersWhatAPixelCouldBeAndKeepsTheOneChosen) {
  giveFront();
  const TurnedView left = expected({{}, {}, hero, {}})[1];
  const std::vector<Alternative> offered = alternatives(left, 7, 7);
  ASSERT_GE(offered.size(), 2U);
  press("left", 7, 7, Qt::RightButton);
  ASSERT_TRUE(wait([&] { return alternativesStrip().count() == static_cast<int>(offered.size()); }));
  QTest::keyClick(&page, Qt::Key_2);
  EXPECT_EQ(alternativesStrip().count(), 0);
  EXPECT_EQ(canvas("left").marks().size(), offered[1].set.size());
  const Rgba chosen = offered[1].colour.colour;
  EXPECT_EQ(fromImage(canvas("left").image()).at(7, 7), chosen);
  undo().undo();
  EXPECT_TRUE(canvas("left").marks().empty()) << "one step";
  press("front", 7, 7, Qt::RightButton);
  EXPECT_TRUE(get<QLabel>("alternativesText").text().contains("is given"));
}

TEST_F(TurnaroundPageTest, IsThereAgainWhenTheProjectIsOpenedAgain) {
  giveFront();
  tools().setColour({255, 0, 255, 255});
  press("left", 3, 4);
  session.closeProject();
  EXPECT_TRUE(get<QLabel>("turnaroundEmptyText").isVisible());
  session.openProject(project.folder());
  ASSERT_TRUE(wait([this] { return panel("front").isVisible(); }));
  EXPECT_TRUE(shows("front", hero));
  EXPECT_TRUE(wait([this] { return canvas("left").marks() == std::vector<PixelPlace>{{3, 4}}; }));
  EXPECT_EQ(get<QLineEdit>("characterName").text(), "hero");
}

TEST_F(TurnaroundPageTest, AddsTheCharacterToTheDataSetWithTheCreditsOfItsOrigins) {
  const auto before = session.catalogue().sprites();
  const auto origin = std::ranges::find_if(before, [](const SpriteInfo& info) { return info.view == "back"; });
  session.catalogue().setField(std::vector{origin->id}, SpriteField::kAuthor, "Ada");
  trigger("back", "dataSetAction");
  auto* picker = page.findChild<SpritePicker*>();
  ASSERT_NE(picker, nullptr);
  auto& grid = *picker->findChild<ThumbnailGrid*>();
  auto& filter = *picker->findChild<QLineEdit*>();
  QTest::keyClicks(&filter, "author:Ada");
  ASSERT_TRUE(wait([&] {
    grid.selectAll();
    return grid.selection().ids() == std::vector{origin->id};
  }));
  static_cast<QDialog*>(picker)->accept();
  ASSERT_TRUE(shows("back", session.catalogue().pixels(origin->id)));
  ASSERT_TRUE(wait([this] { return !canvas("right").image().isNull(); }));
  click("addCharacterButton");
  ASSERT_TRUE(wait([&] { return session.catalogue().sprites().size() == before.size() + 4; }));
  ASSERT_TRUE(wait([this] { return said.contains("in the data set"); }));
  const auto after = session.catalogue().sprites();
  for (std::size_t i = before.size(); i < after.size(); ++i) {
    EXPECT_EQ(after[i].character, origin->character + " 2");
    EXPECT_EQ(after[i].author, "Ada");
    EXPECT_EQ(after[i].source, "turnaround of run 1, step 2");
  }
  undo().undo();
  EXPECT_TRUE(wait([&] { return session.catalogue().sprites().size() == before.size(); }));
}

TEST_F(TurnaroundPageTest, TurnsWhatTheDataSetSendsAsOneStep) {
  giveFront();
  const auto sprites = session.catalogue().sprites();
  const auto left = std::ranges::find_if(sprites, [](const SpriteInfo& info) { return info.view == "left"; });
  session.requestTurnaround({left->id});
  EXPECT_TRUE(shows("left", session.catalogue().pixels(left->id)));
  EXPECT_TRUE(wait([this] { return get<QToolButton>("accept-front").isVisible(); })) << "the one before is put away";
  undo().undo();
  EXPECT_TRUE(shows("front", hero));
}

TEST_F(TurnaroundPageTest, KeepsAFavouriteWithAllViews) {
  giveFront();
  click("keepTurnaroundButton");
  const std::vector<Favourite> favourites = session.catalogue().favourites();
  ASSERT_EQ(favourites.size(), 1U);
  EXPECT_EQ(favourites[0].name, "hero");
  EXPECT_EQ(favourites[0].views, kViews);
  EXPECT_EQ(favourites[0].sprites[2], hero);
  EXPECT_TRUE(favourites[0].latent.empty());
  undo().undo();
  EXPECT_TRUE(session.catalogue().favourites().empty());
}

TEST_F(TurnaroundPageTest, SavesAPictureOfEachViewAndWhoDrewWhatItWasMadeOf) {
  session.catalogue().setField(std::vector{session.catalogue().sprites().back().id}, SpriteField::kAuthor, "Ada");
  giveFront();
  fs::create_directories(folder / "out");
  answerFileDialog(page, "saveViewsDialog", folder / "out");
  click("saveViewsButton");
  ASSERT_TRUE(wait([this] { return said.contains("4 pictures"); }));
  for (const std::string& view : kViews) EXPECT_TRUE(fs::exists(folder / "out" / view / "hero.png")) << view;
  EXPECT_EQ(readImage(folder / "out/front/hero.png"), hero);
  std::ifstream credits(folder / "out/hero.credits.txt");
  EXPECT_NE(std::string(std::istreambuf_iterator(credits), {}).find("Ada"), std::string::npos)
      << "the model was trained on it";
}

TEST_F(TurnaroundPageTest, AViewIsDrawnFromNothingOrPasted) {
  trigger("front", "drawAction");
  ASSERT_TRUE(shows("front", Sprite(16, 16)));
  tools().setColour({1, 2, 3, 255});
  press("front", 2, 2);
  EXPECT_EQ(canvas("front").image().pixelColor(2, 2), QColor(1, 2, 3));
  QGuiApplication::clipboard()->setImage(toImage(hero));
  trigger("left", "pasteAction");
  EXPECT_TRUE(shows("left", hero));
  QGuiApplication::clipboard()->clear();
  trigger("left", "pasteAction");
  EXPECT_TRUE(said.contains("no picture on the clipboard"));
}

TEST_F(TurnaroundPageTest, StartsOverAndTakesThatBack) {
  giveFront();
  click("startOverButton");
  for (const std::string& view : kViews) EXPECT_TRUE(canvas(view).image().isNull()) << view;
  undo().undo();
  EXPECT_TRUE(shows("front", hero));
  EXPECT_TRUE(wait([this] { return !canvas("left").image().isNull(); }));
}

}  // namespace
}  // namespace loom
