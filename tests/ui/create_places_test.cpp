// The tab "Places" of the create page on a trained model, and what helps to see a character from all sides.
#include <gtest/gtest.h>

#include <QAction>
#include <QMenu>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include "tests/ui/trained_project.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/widgets/angle_dial.h"
#include "ui/widgets/picture_map.h"
#include "ui/widgets/places_panel.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

class CreatePlaces : public testing::Test {
 protected:
  void SetUp() override {
    page.resize(1200, 760);
    page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
    session.openProject(project.folder());
    ASSERT_TRUE(QTest::qWaitFor([this] { return !stage().shown().empty(); }));
  }
  CreateStage& stage() { return *page.findChild<CreateStage*>(); }
  PlacesPanel& places() { return *page.findChild<PlacesPanel*>("placesPanel"); }
  void open() {
    auto& tabs = *page.findChild<QTabWidget*>("shapeTabs");
    tabs.setCurrentWidget(&places());
    ASSERT_TRUE(places().isVisible());
  }
  bool allThere() {
    return QTest::qWaitFor([this] {
      PictureMap& map = places().map();
      for (int i = 0; i < map.side() * map.side(); ++i) {
        if (map.picture(i).isNull()) return false;
      }
      return map.side() > 0;
    });
  }
  TrainedProject project;
  Session session;
  CreatePage page{session};
};

TEST_F(CreatePlaces, TheMapFillsAndADragIsOneUndoStep) {
  open();
  ASSERT_TRUE(allThere());
  PictureMap& map = places().map();
  EXPECT_EQ(map.side(), 8);
  const Latent before = stage().shown().state.latent;
  const int steps = session.undoStack().index();
  const auto at = [&map](int index) { return map.cellArea(index).center().toPoint(); };
  QTest::mousePress(&map, Qt::LeftButton, {}, at(36));
  for (const int cell : {28, 20, 12}) QTest::mouseMove(&map, at(cell));
  QTest::mouseRelease(&map, Qt::LeftButton, {}, at(12));
  ASSERT_TRUE(QTest::qWaitFor([&] { return stage().shown().state.latent != before; }));
  EXPECT_EQ(session.undoStack().index(), steps + 1);
  session.undoStack().undo();
  EXPECT_TRUE(QTest::qWaitFor([&] { return stage().shown().state.latent == before; }));
  EXPECT_EQ(*map.point(), QPointF(0, 0));
}

TEST_F(CreatePlaces, ThePicturesAreWhatTheModelDrawsThere) {
  open();
  ASSERT_TRUE(allThere());
  PictureMap& map = places().map();
  const QImage wanted = map.picture(9);
  QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellArea(9).center().toPoint());
  const auto shown = [this] { return page.findChild<SpriteCanvas*>("canvas")->image(); };
  EXPECT_TRUE(QTest::qWaitFor([&] {
    int apart = 0;  // the point lies within half a pixel of the cell's middle
    for (int y = 0; y < wanted.height(); ++y) {
      for (int x = 0; x < wanted.width(); ++x) apart += shown().pixel(x, y) != wanted.pixel(x, y);
    }
    return apart < wanted.width() * wanted.height() / 2;
  }));
}

TEST_F(CreatePlaces, ItTurnsByItselfAndTheViewBeforeShinesThrough) {
  auto& dial = *page.findChild<AngleDial*>("angleDial");
  page.findChild<QSpinBox*>("turnSpeed")->setValue(30);
  const int first = dial.value();
  QTest::mouseClick(page.findChild<QToolButton*>("turnButton"), Qt::LeftButton);
  EXPECT_TRUE(QTest::qWaitFor([&] { return dial.value() != first; }));
  QTest::mouseClick(page.findChild<QToolButton*>("turnButton"), Qt::LeftButton);
  auto& canvas = *page.findChild<SpriteCanvas*>("canvas");
  EXPECT_TRUE(canvas.overlay().isNull());
  page.findChild<QToolButton*>("onionButton")->menu()->actions().at(1)->trigger();
  EXPECT_EQ(canvas.overlay().size(), canvas.image().size());
  page.findChild<QToolButton*>("onionButton")->menu()->actions().at(0)->trigger();
  EXPECT_TRUE(canvas.overlay().isNull());
}

}  // namespace
}  // namespace loom
