// The create page after the program has ended, or was killed: the same character, the same steps to undo; and what is
// done to favourites on it.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QUndoStack>

#include "tests/base/temp_folder.h"
#include "tests/ui/trained_project.h"
#include "ui/models/favourite_commands.h"
#include "ui/models/undo_kinds.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/export_source_panel.h"
#include "ui/widgets/favourites_shelf.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

struct Started {
  explicit Started(const std::filesystem::path& folder) {
    addUndoKinds(session);
    page.resize(1200, 760);
    page.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&page));
    session.openProject(folder);
  }
  CreateStage& stage() { return *page.findChild<CreateStage*>(); }
  FavouritesShelf& shelf() { return *page.findChild<FavouritesShelf*>(); }
  FavouritesTray& tray() { return shelf().tray(); }
  QUndoStack& undo() { return session.undoStack(); }
  bool shows(const std::function<bool(const CharacterState&)>& wanted) {
    return QTest::qWaitFor([&] { return !stage().shown().empty() && wanted(stage().shown().state); });
  }
  bool shows(const CharacterState& wanted) {
    return shows([&](const CharacterState& state) { return state == wanted; });
  }
  CharacterState randomise(int seed) {
    page.findChild<QSpinBox*>("seedBox")->setValue(seed);
    EXPECT_TRUE(shows([&](const CharacterState& state) { return state.seed == static_cast<std::uint64_t>(seed); }));
    return stage().shown().state;
  }
  QStringList inTray() {
    QCoreApplication::processEvents();
    QStringList names;
    for (int i = 0; i < tray().count(); ++i) names.append(tray().item(i)->text());
    return names;
  }
  Session session;
  CreatePage page{session};
};

TEST(CreateKeeping, TheCharacterAndItsStepsAreThereAfterARestart) {
  const TrainedProject project;
  CharacterState first, second;
  QImage picture;
  {
    Started at(project.folder());
    first = at.randomise(5);
    at.page.findChild<QSlider*>("truncationSlider")->setValue(40);
    ASSERT_TRUE(at.shows([](const CharacterState& state) { return state.truncation == .4; }));
    second = at.stage().shown().state;
    picture = at.page.findChild<SpriteCanvas*>("canvas")->image();
  }
  Started at(project.folder());
  ASSERT_TRUE(at.shows(second));
  EXPECT_EQ(at.page.findChild<SpriteCanvas*>("canvas")->image(), picture);
  EXPECT_EQ(at.undo().undoText(), "truncation");
  at.undo().undo();
  EXPECT_TRUE(at.shows(first));
  at.undo().redo();
  EXPECT_TRUE(at.shows(second));
}

TEST(CreateKeeping, ACopyTakenWhileTheProgramRunsHasThemToo) {
  const TrainedProject project;
  const TempFolder folder;
  Started before(project.folder());
  const CharacterState first = before.randomise(5);
  const CharacterState second = before.randomise(6);
  ASSERT_TRUE(QTest::qWaitFor([&] {
    return before.session.catalogue().lastDoneStep() == 2 &&
           before.session.catalogue().value("character", Json::object()).dump().find("\"seed\":6") != std::string::npos;
  }));
  std::filesystem::copy(project.folder(), folder / "copy.loom", std::filesystem::copy_options::recursive);
  Started at(folder / "copy.loom");
  ASSERT_TRUE(at.shows(second));
  at.undo().undo();
  EXPECT_TRUE(at.shows(first));
}

TEST(CreateKeeping, TheWeightsThatWereChosenAreTakenUpAgain) {
  const TrainedProject project;
  CharacterState state;
  {
    Started at(project.folder());
    ASSERT_TRUE(at.shows([](const CharacterState&) { return true; }));
    auto* runs = at.page.findChild<QComboBox*>("runBox");
    runs->setCurrentIndex(runs->findData(1));
    Q_EMIT runs->activated(runs->currentIndex());
    ASSERT_TRUE(QTest::qWaitFor([&] { return at.stage().shown().run == 1; }));
    state = at.randomise(9);
  }
  Started at(project.folder());
  ASSERT_TRUE(at.shows(state));
  EXPECT_EQ(at.stage().shown().run, 1);
  EXPECT_EQ(at.page.findChild<QComboBox*>("runBox")->currentData().toInt(), 1);
}

TEST(CreateKeeping, UndoOverARestartBringsTheOtherWeightsBack) {
  const TrainedProject project;
  CharacterState onTwo, onOne;
  {
    Started at(project.folder());
    onTwo = at.randomise(3);
    QTest::mouseClick(at.page.findChild<QPushButton*>("keepButton"), Qt::LeftButton);
    auto* runs = at.page.findChild<QComboBox*>("runBox");
    runs->setCurrentIndex(runs->findData(1));
    Q_EMIT runs->activated(runs->currentIndex());
    ASSERT_TRUE(QTest::qWaitFor([&] { return at.stage().shown().run == 1; }));
    onOne = at.stage().shown().state;
    Q_EMIT at.tray().loadRequested(at.session.catalogue().favourites().front().id);
    ASSERT_TRUE(at.shows(onTwo));
  }
  Started at(project.folder());
  ASSERT_TRUE(at.shows(onTwo));
  at.undo().undo();
  EXPECT_TRUE(at.shows(onOne));
  EXPECT_EQ(at.stage().shown().run, 1);
  at.undo().redo();
  EXPECT_TRUE(at.shows(onTwo));
  EXPECT_EQ(at.stage().shown().run, 2);
}

TEST(CreateKeeping, ADamagedCharacterIsANewOne) {
  const TrainedProject project;
  for (const Json& damaged : {Json(7), Json{{"state", 3}}, Json{{"state", {{"latent", "!"}}}, {"model", "x"}}}) {
    Project::open(project.folder()).catalogue().setValue("character", damaged);
    Started at(project.folder());
    EXPECT_TRUE(at.shows([](const CharacterState& state) { return state.latent.size() == 12; })) << damaged;
  }
}

TEST(CreateKeeping, FavouritesAreCollectedNotedAndPutInOrderWithUndo) {
  const TrainedProject project;
  Started at(project.folder());
  ASSERT_TRUE(at.shows([](const CharacterState&) { return true; }));
  auto* keep = at.page.findChild<QPushButton*>("keepButton");
  for (int i = 0; i < 3; ++i) QTest::mouseClick(keep, Qt::LeftButton);
  const auto kept = [&] { return at.session.catalogue().favourites(); };
  ASSERT_EQ(kept().size(), 3U);
  const std::vector<qint64> ids{kept()[0].id, kept()[1].id, kept()[2].id};
  Q_EMIT at.tray().orderRequested({ids[2], ids[0], ids[1]});
  EXPECT_EQ(at.inTray(), QStringList({"Favourite 3", "Favourite 1", "Favourite 2"}));
  Q_EMIT at.shelf().collectRequested({ids[0], ids[2]}, "Heroes");
  Q_EMIT at.shelf().noteRequested(ids[1], "the best", "blue");
  at.inTray();  // the page has read what it changed
  Q_EMIT at.shelf().collectionRenameRequested("Heroes", "Champions");
  EXPECT_EQ(kept()[0].collection, "Champions");
  EXPECT_EQ(kept()[1].collection, "Champions");
  EXPECT_EQ(kept()[2].collection, "");
  EXPECT_EQ(kept()[2].note, "the best");
  at.inTray();
  Q_EMIT at.shelf().collectionDeleteRequested("Champions");
  EXPECT_EQ(kept().size(), 3U) << "its favourites stay";
  EXPECT_EQ(kept()[0].collection, "");
  for (int i = 0; i < 2; ++i) at.undo().undo();
  EXPECT_EQ(kept()[0].collection, "Heroes");
  for (int i = 0; i < 2; ++i) at.undo().undo();
  EXPECT_EQ(kept()[2].note, "");
  EXPECT_EQ(kept()[0].collection, "");
  at.undo().undo();
  EXPECT_EQ(at.inTray(), QStringList({"Favourite 1", "Favourite 2", "Favourite 3"}));
}

TEST(CreateKeeping, WhatIsKeptGoesIntoTheCollectionThatIsShown) {
  const TrainedProject project;
  Started at(project.folder());
  ASSERT_TRUE(at.shows([](const CharacterState&) { return true; }));
  auto* keep = at.page.findChild<QPushButton*>("keepButton");
  QTest::mouseClick(keep, Qt::LeftButton);
  Q_EMIT at.shelf().collectRequested({at.session.catalogue().favourites()[0].id}, "Heroes");
  QCoreApplication::processEvents();
  auto* box = at.page.findChild<QComboBox*>("collectionBox");
  ASSERT_GE(box->findText("Heroes"), 0);
  box->setCurrentIndex(box->findText("Heroes"));
  Q_EMIT box->activated(box->currentIndex());
  QTest::mouseClick(keep, Qt::LeftButton);
  EXPECT_EQ(at.session.catalogue().favourites()[1].collection, "Heroes");
  EXPECT_EQ(at.inTray().size(), 2);
}

TEST(ExportSource, ACollectionIsCheckedAndUncheckedAsAWhole) {
  ExportSourcePanel panel;
  panel.setFavourites({{.id = 1, .name = "a", .collection = "Heroes"},
                       {.id = 2, .name = "b"},
                       {.id = 3, .name = "c", .collection = "Heroes"}});
  auto* list = panel.findChild<QListWidget*>("favouritesList");
  const auto row = [list](const QString& text) { return list->findItems(text, Qt::MatchExactly).at(0); };
  EXPECT_EQ(panel.source().favourites, (std::vector<std::int64_t>{2, 1, 3}));
  row("Heroes")->setCheckState(Qt::Unchecked);
  EXPECT_EQ(panel.source().favourites, (std::vector<std::int64_t>{2}));
  row("c")->setCheckState(Qt::Checked);
  EXPECT_EQ(row("Heroes")->checkState(), Qt::PartiallyChecked);
  EXPECT_EQ(panel.source().favourites, (std::vector<std::int64_t>{2, 3}));
  panel.setFavourites({{.id = 1, .name = "a"}, {.id = 2, .name = "b"}});
  EXPECT_EQ(list->count(), 2) << "without collections there are no headings";
}

}  // namespace
}  // namespace loom
