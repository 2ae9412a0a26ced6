#include "ui/pages/create_page.h"

#include <gtest/gtest.h>

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QUndoStack>
#include <algorithm>

#include "tests/ui/tiny_project.h"
#include "tests/ui/trained_project.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/angle_dial.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/latent_row.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/sprite_image.h"
#include "ui/widgets/thumbnail_strip.h"

namespace loom {
namespace {

/// The page in a shown window, on a project.
class Studio {
 public:
  explicit Studio(const std::filesystem::path& folder) {
    page.resize(1200, 760);
    page.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&page));
    page.activateWindow();
    session.openProject(folder);
  }
  template <class Widget>
  Widget& get(const char* name) {
    auto* found = page.findChild<Widget*>(name);
    EXPECT_NE(found, nullptr) << name;
    return *found;
  }
  SpriteCanvas& canvas() { return get<SpriteCanvas>("canvas"); }
  ThumbnailStrip& views() { return get<ThumbnailStrip>("viewStrip"); }
  LatentPanel& panel() { return get<LatentPanel>("latentPanel"); }
  FavouritesTray& tray() { return get<FavouritesTray>("favouritesTray"); }
  AngleDial& dial() { return get<AngleDial>("angleDial"); }
  CreateStage& stage() { return *page.findChild<CreateStage*>(); }
  void click(const char* name) {
    auto& button = get<QPushButton>(name);
    ASSERT_TRUE(button.isVisible() && button.isEnabled()) << name;
    QTest::mouseClick(&button, Qt::LeftButton);
  }

  /// Waits until the generator has answered everything: the shown look is that of what the sliders say.
  bool settled() {
    return QTest::qWaitFor([this] {
      const CharacterLook& look = stage().shown();
      if (look.empty() || panel().rows() == 0) return false;
      for (int rank = 0; rank < panel().rows(); ++rank) {
        const LatentRow* row = panel().row(rank);
        if (static_cast<std::size_t>(panel().rows()) != look.state.latent.size()) return false;
        if (look.state.latent[static_cast<std::size_t>(row->dimension())] != row->latent()) return false;
      }
      return true;
    });
  }
  void drag(int rank, float from, float to) {
    LatentRow* row = panel().row(rank);
    const QRect track = row->trackArea();
    const auto at = [&](float value) {
      return QPoint(track.left() + static_cast<int>((value + 3) / 6 * static_cast<float>(track.width())), 13);
    };
    QTest::mousePress(row, Qt::LeftButton, {}, at(from));
    for (int i = 1; i <= 8; ++i) {
      QTest::mouseMove(row, at(from + (to - from) * static_cast<float>(i) / 8));
      QTest::qWait(5);
    }
    QTest::mouseRelease(row, Qt::LeftButton, {}, at(to));
  }
  void clickFavourite(int index) {
    const QRect area = tray().visualItemRect(tray().item(index));
    QTest::mouseClick(tray().viewport(), Qt::LeftButton, {}, area.center());
  }

  Session session;
  CreatePage page{session};
};

TEST(CreatePage, OpensTheNewestRunWithAllItsViews) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(studio.panel().rows(), 12);
  EXPECT_EQ(studio.views().count(), 4);
  EXPECT_EQ(studio.dial().views(), (std::vector<std::string>{"back", "left", "front", "right"}));
  EXPECT_TRUE(studio.canvas().isVisible());
  EXPECT_EQ(studio.canvas().image().size(), QSize(32, 32));
  EXPECT_EQ(studio.stage().shown().run, 2);
}

TEST(CreatePage, TakesUpARunTrainedWhileItWasOffTheScreen) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  ASSERT_EQ(studio.stage().shown().run, 2);
  const auto trainOne = [&studio] {
    studio.session.training().start(studio.session.project(), tinyRequest(2));
    return QTest::qWaitFor([&] { return studio.session.training().run() > 0; }, 60'000) &&
           QTest::qWaitFor([&] { return !studio.session.training().active(); }, 60'000);
  };
  ASSERT_TRUE(trainOne());
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(studio.stage().shown().run, 2) << "nothing is exchanged under the user's hands";
  studio.page.hide();
  ASSERT_TRUE(trainOne());
  studio.page.show();
  EXPECT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().run == 4; })) << studio.stage().shown().run;
}

TEST(CreatePage, AProjectWithoutRunsSaysWhatIsNext) {
  const TrainedProject project;
  Studio studio(project.folder());
  studio.session.createProject(project.folder().string() + "-new.loom");
  QSignalSpy asked(&studio.session, &Session::pageRequested);
  EXPECT_FALSE(studio.canvas().isVisible());
  EXPECT_TRUE(studio.get<QLabel>("emptyText").isVisible());
  studio.click("emptyButton");
  studio.session.addStarterSet(2, 1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.get<QPushButton>("emptyButton").text().contains("Train"); }));
  studio.click("emptyButton");
  ASSERT_EQ(asked.count(), 2);
  EXPECT_EQ(asked[0][0].value<Page>(), Page::kDataset);
  EXPECT_EQ(asked[1][0].value<Page>(), Page::kTrain);
  studio.session.closeProject();
  EXPECT_TRUE(studio.get<QPushButton>("emptyButton").text().contains("Start"));
  std::filesystem::remove_all(project.folder().string() + "-new.loom");
}

TEST(CreatePage, ASliderChangesEveryViewAndOneUndoTakesItBack) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  const QImage before = studio.canvas().image();
  const QImage smallBefore = studio.views().picture(0);
  studio.drag(0, 0, 2.5F);
  ASSERT_TRUE(studio.settled());
  EXPECT_NE(studio.canvas().image(), before);
  EXPECT_NE(studio.views().picture(0), smallBefore);
  EXPECT_EQ(studio.session.undoStack().count(), 1);
  studio.session.undoStack().undo();
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(studio.canvas().image(), before);
}

TEST(CreatePage, TheSameSeedIsTheSameCharacter) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  auto& seed = studio.get<QSpinBox>("seedBox");
  std::vector<QImage> pictures;
  for (const int value : {5, 6, 5}) {
    seed.setValue(value);
    ASSERT_TRUE(studio.settled());
    pictures.push_back(studio.canvas().image());
    EXPECT_EQ(studio.stage().shown().state.latent, sampleLatent(static_cast<std::uint64_t>(value), 0, 12));
  }
  EXPECT_EQ(pictures[0], pictures[2]);
  EXPECT_NE(pictures[0], pictures[1]);
}

TEST(CreatePage, RandomiseByKeyKeepsLockedSliders) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  // By dimension: the sliders change places when their effects have been measured.
  const auto rowOf = [&studio](int dimension) {
    int rank = 0;
    while (studio.panel().row(rank)->dimension() != dimension) ++rank;
    return studio.panel().row(rank);
  };
  const int locked = studio.panel().row(1)->dimension();
  const int free = studio.panel().row(2)->dimension();
  QTest::mouseClick(rowOf(locked), Qt::LeftButton, {}, rowOf(locked)->lockArea().center());
  const float kept = rowOf(locked)->latent();
  const float other = rowOf(free)->latent();
  QTest::keyClick(&studio.canvas(), Qt::Key_R);
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(rowOf(locked)->latent(), kept);
  EXPECT_NE(rowOf(free)->latent(), other);
  QTest::keyClick(&studio.canvas(), Qt::Key_R, Qt::ControlModifier);
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(rowOf(locked)->latent(), kept);
  EXPECT_EQ(rowOf(free)->latent(), 0);
}

TEST(CreatePage, TruncationChangesThePictureAndCanBeUndone) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  const QImage before = studio.canvas().image();
  studio.get<QSlider>("truncationSlider").setValue(10);
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state.truncation == 0.1; }));
  EXPECT_NE(studio.canvas().image(), before);
  studio.session.undoStack().undo();
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state.truncation == 1; }));
  EXPECT_EQ(studio.canvas().image(), before);
}

TEST(CreatePage, ClickingASmallViewShowsItLarge) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  for (const int view : {0, 3, 1, 2}) {
    QTest::mouseClick(&studio.views(), Qt::LeftButton, {}, studio.views().cellArea(view).center());
    EXPECT_EQ(studio.canvas().image(), studio.views().picture(view));
    EXPECT_EQ(studio.dial().value(), view);
  }
  studio.canvas().setFocus();
  QTest::keyClick(&studio.canvas(), Qt::Key_Up);
  EXPECT_EQ(studio.stage().viewName(), "back");
  EXPECT_EQ(studio.canvas().image(), studio.views().picture(0));
}

TEST(CreatePage, FavouritesSurviveARestartAndLoadBack) {
  const TrainedProject project;
  CharacterLook kept;
  {
    Studio studio(project.folder());
    ASSERT_TRUE(studio.settled());
    studio.drag(0, 0, 2);
    studio.get<QSlider>("truncationSlider").setValue(80);
    ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state.truncation == 0.8; }));
    ASSERT_TRUE(studio.settled());
    kept = studio.stage().shown();
    QTest::keyClick(&studio.canvas(), Qt::Key_F);
    EXPECT_EQ(studio.tray().count(), 1);
  }
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  ASSERT_EQ(studio.tray().count(), 1);
  QTest::keyClick(&studio.canvas(), Qt::Key_R);
  ASSERT_TRUE(studio.settled());
  const CharacterState random = studio.stage().shown().state;
  ASSERT_NE(random, kept.state);
  studio.clickFavourite(0);
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state == kept.state; }));
  EXPECT_EQ(studio.stage().shown().sprites, kept.sprites);
  EXPECT_EQ(studio.stage().shown().step, kept.step);
  studio.session.undoStack().undo();
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state == random; }));
}

TEST(CreatePage, AFavouriteBringsItsOwnRunBack) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  QTest::keyClick(&studio.canvas(), Qt::Key_F);
  const CharacterLook kept = studio.stage().shown();
  auto& runs = studio.get<QComboBox>("runBox");
  runs.setCurrentIndex(runs.findData(1));
  Q_EMIT runs.activated(runs.currentIndex());
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().run == 1; }));
  EXPECT_EQ(studio.panel().rows(), 10);
  studio.clickFavourite(0);
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().run == 2; }));
  ASSERT_TRUE(studio.settled());
  EXPECT_EQ(studio.stage().shown().sprites, kept.sprites);
  EXPECT_EQ(runs.currentData().toInt(), 2);
}

TEST(CreatePage, AFavouriteWithoutItsWeightsIsShownAsItWas) {
  const TrainedProject project;
  CharacterLook kept;
  {
    Studio studio(project.folder());
    ASSERT_TRUE(studio.settled());
    kept = studio.stage().shown();
    QTest::keyClick(&studio.canvas(), Qt::Key_F);
  }
  for (const RunInfo& run : Project::open(project.folder()).catalogue().runs()) {
    std::filesystem::remove_all(project.folder() / run.folder / "checkpoints");
  }
  Studio studio(project.folder());
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.tray().isVisible() && studio.tray().count() == 1; }));
  studio.clickFavourite(0);
  EXPECT_EQ(studio.stage().shown().sprites, kept.sprites);
  EXPECT_EQ(studio.canvas().image(), toImage(kept.sprites[2]));
  EXPECT_TRUE(studio.get<QLabel>("noticeText").isVisible());
  EXPECT_FALSE(studio.get<QPushButton>("noticeButton").isVisible()) << "there are no other weights to offer";
}

TEST(CreatePage, FavouritesAreKeptRenamedAndRemovedWithUndo) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  const auto inCatalogue = [&] { return studio.session.catalogue().favourites(); };
  studio.click("keepButton");
  ASSERT_EQ(inCatalogue().size(), 1U);
  EXPECT_EQ(inCatalogue()[0].views.size(), 4U);
  EXPECT_EQ(inCatalogue()[0].sprites, studio.stage().shown().sprites);
  QUndoStack& undo = studio.session.undoStack();
  undo.undo();
  EXPECT_TRUE(inCatalogue().empty());
  EXPECT_TRUE(QTest::qWaitFor([&] { return studio.tray().count() == 0; }));
  undo.redo();
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.tray().count() == 1; }));
  studio.tray().item(0)->setText("Knight");  // as the editor of the item does
  EXPECT_EQ(inCatalogue()[0].name, "Knight");
  undo.undo();
  EXPECT_EQ(inCatalogue()[0].name, "Favourite 1");
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.tray().item(0)->text() == "Favourite 1"; }));
  studio.tray().item(0)->setSelected(true);
  studio.tray().setFocus();
  QTest::keyClick(&studio.tray(), Qt::Key_Delete);
  EXPECT_TRUE(inCatalogue().empty());
  undo.undo();
  EXPECT_EQ(inCatalogue().size(), 1U);
}

TEST(CreatePage, AAndBCanBeTurnedBetween) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  const QImage a = studio.canvas().image();
  EXPECT_FALSE(studio.get<QPushButton>("toggleButton").isEnabled());
  studio.click("storeAButton");
  QTest::keyClick(&studio.canvas(), Qt::Key_R);
  ASSERT_TRUE(studio.settled());
  const QImage b = studio.canvas().image();
  ASSERT_NE(a, b);
  studio.click("storeBButton");
  studio.click("toggleButton");
  EXPECT_EQ(studio.canvas().image(), a);
  QTest::keyClick(&studio.canvas(), Qt::Key_QuoteLeft);
  EXPECT_EQ(studio.canvas().image(), b);
  studio.canvas().setFocus();
  QTest::keyClick(&studio.canvas(), Qt::Key_Tab);
  EXPECT_EQ(studio.canvas().image(), a);
  studio.click("sideBySideButton");
  auto& left = studio.get<SpriteCanvas>("leftCanvas");
  EXPECT_TRUE(left.isVisible());
  EXPECT_EQ(left.image(), a);
  EXPECT_EQ(studio.canvas().image(), b);
  EXPECT_EQ(left.zoom(), studio.canvas().zoom());
}

TEST(CreatePage, ASliderMoveReturnsFromTheComparison) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  studio.click("storeAButton");
  const CharacterState a = studio.stage().shown().state;
  QTest::keyClick(&studio.canvas(), Qt::Key_R);
  ASSERT_TRUE(studio.settled());
  studio.click("storeBButton");
  studio.click("toggleButton");
  ASSERT_EQ(studio.stage().shown().state, a);
  studio.drag(3, 0, 1);
  ASSERT_TRUE(studio.settled()) << "what is shown is what the sliders say";
  studio.click("toggleButton");
  studio.click("takeButton");
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state == a; }));
  EXPECT_TRUE(studio.settled()) << "the sliders went to A";
}

TEST(CreatePage, EarlierStatesAreOneClickAway) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  auto& history = studio.get<ThumbnailStrip>("historyStrip");
  ASSERT_TRUE(QTest::qWaitFor([&] { return history.count() == 1; }));
  const CharacterState first = studio.stage().shown().state;
  QTest::keyClick(&studio.canvas(), Qt::Key_R);
  ASSERT_TRUE(QTest::qWaitFor([&] { return history.count() == 2; }));
  QTest::mouseClick(&history, Qt::LeftButton, {}, history.cellArea(1).center());
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().state == first; }));
}

TEST(CreatePage, CopiesTheSpriteAtItsOwnSize) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  QGuiApplication::clipboard()->clear();
  QTest::keyClick(&studio.canvas(), Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QGuiApplication::clipboard()->image().size(), QSize(32, 32));
}

TEST(CreatePage, AModelWithoutViewsDisablesTheDial) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  auto& runs = studio.get<QComboBox>("runBox");
  runs.setCurrentIndex(runs.findData(1));
  Q_EMIT runs.activated(runs.currentIndex());
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().run == 1; }));
  EXPECT_FALSE(studio.dial().isEnabled());
  EXPECT_EQ(studio.views().count(), 1);
}

TEST(CreatePage, NewestFollowsTheTraining) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  ASSERT_EQ(studio.stage().shown().step, 2);
  ResumeRequest more;
  more.run = 2;
  more.steps = 8;
  std::vector<std::int64_t> seen;
  QObject::connect(&studio.stage(), &CreateStage::shownChanged, &studio.stage(),
                   [&] { seen.push_back(studio.stage().shown().step); });
  QSignalSpy finished(&studio.session.training(), &TrainingBridge::finished);
  studio.session.training().resume(studio.session.project(), more);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000));
  ASSERT_TRUE(QTest::qWaitFor([&] { return studio.stage().shown().step == 8; }));
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(studio.session.undoStack().count(), 0) << "new weights are no edit";
}

TEST(CreatePage, ExportIsOneClickAway) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  QSignalSpy asked(&studio.session, &Session::pageRequested);
  studio.click("exportButton");
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].value<Page>(), Page::kExport);
}

TEST(CreatePage, EveryControlHasANameForAssistiveTools) {
  const TrainedProject project;
  Studio studio(project.folder());
  ASSERT_TRUE(studio.settled());
  for (const QWidget* widget : studio.page.findChildren<QWidget*>()) {
    if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
    if (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) != nullptr) continue;  // the box has the name
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    ASSERT_NE(accessible, nullptr);
    EXPECT_FALSE(accessible->text(QAccessible::Name).isEmpty())
        << widget->metaObject()->className() << " " << widget->objectName().toStdString();
  }
}

}  // namespace
}  // namespace loom
