// The directions of the create page, on real models.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>
#include <cmath>

#include "tests/ui/trained_project.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/learn_groups_dialog.h"
#include "ui/widgets/directions_panel.h"

namespace loom {
namespace {

class CreateDirectionsTest : public testing::Test {
 protected:
  CreateDirectionsTest() {
    page.resize(1200, 800);
    page.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&page));
    page.activateWindow();
    session.openProject(project.folder());
    page.findChild<QTabWidget*>("shapeTabs")->setCurrentWidget(&panel());
    EXPECT_TRUE(QTest::qWaitFor([&] { return panel().rows() > 0; }, 60'000));
  }
  DirectionsPanel& panel() { return *page.findChild<DirectionsPanel*>(); }
  const CharacterLook& shown() { return page.findChild<CreateStage*>()->shown(); }
  /// The stage shows what the panel's sliders say.
  bool settled() {
    return QTest::qWaitFor([&] {
      if (shown().empty()) return false;
      const DirectionRow* row = panel().row(0);
      return std::abs(positionOn(shown().state.latent, row->item().vector) - row->position()) < 1e-3F;
    });
  }
  QSlider& slider(int rank) { return *panel().row(rank)->findChild<QSlider*>("directionSlider"); }
  QString name(int rank) { return panel().row(rank)->item().name; }
  QString message() { return page.findChild<QLabel*>("directionsMessage")->text(); }
  void rename(int rank, const QString& text) {
    slider(rank).setFocus();
    QTest::keyClick(&slider(rank), Qt::Key_F2);
    auto& field = *panel().row(rank)->findChild<QLineEdit*>("directionName");
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Return);
    QCoreApplication::processEvents();
  }

  /// Gives so many sprites the tag, and learns from it as a person does.
  void learnTag(const QString& tag, std::size_t sprites) {
    std::vector<SpriteId> ids;
    for (const SpriteInfo& sprite : session.catalogue().sprites()) ids.push_back(sprite.id);
    session.catalogue().setField(std::span(ids).first(sprites), SpriteField::kTags, tag.toStdString());
    session.notifySpritesChanged();
    auto& button = *page.findChild<QPushButton*>("learnTagButton");
    auto& field = *page.findChild<QLineEdit*>("learnTagField");
    ASSERT_TRUE(QTest::qWaitFor([&] {
      if (!button.isEnabled()) return false;
      field.completer()->setCompletionPrefix(tag);
      return field.completer()->currentCompletion() == tag;
    }));
    QTest::mouseClick(&button, Qt::LeftButton);
    QTest::keyClicks(&field, tag);
    QTest::keyClick(&field, Qt::Key_Return);
  }

  TrainedProject project;
  Session session;
  CreatePage page{session};
};

TEST_F(CreateDirectionsTest, AModelsDirectionsComeByThemselvesMostEffectFirst) {
  ASSERT_EQ(panel().rows(), 12);
  for (int rank = 1; rank < panel().rows(); ++rank) {
    EXPECT_GE(panel().row(rank - 1)->item().effect, panel().row(rank)->item().effect);
  }
  EXPECT_EQ(name(0), "Direction 1");
}

TEST_F(CreateDirectionsTest, ASliderMovesTheCharacterAlongItAloneAndADragIsOneUndoStep) {
  ASSERT_TRUE(settled());
  const Latent before = shown().state.latent;
  const Sprite picture = shown().sprites[0];
  const int steps = session.undoStack().count();
  slider(0).setSliderDown(true);
  for (const int value : {50, 120, 200}) {
    slider(0).setSliderPosition(value);
    QTest::qWait(10);
  }
  slider(0).setSliderDown(false);
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return std::abs(positionOn(shown().state.latent, panel().row(0)->item().vector) - 2) < 1e-3F; }));
  EXPECT_NE(shown().sprites[0], picture);
  for (int rank = 1; rank < panel().rows(); ++rank) {
    const Latent& vector = panel().row(rank)->item().vector;
    EXPECT_NEAR(positionOn(shown().state.latent, vector), positionOn(before, vector), 1e-3) << rank;
  }
  EXPECT_EQ(session.undoStack().count(), steps + 1);
  session.undoStack().undo();
  EXPECT_NEAR(panel().row(0)->position(), positionOn(before, panel().row(0)->item().vector), 1e-4);
}

TEST_F(CreateDirectionsTest, EachShowsTheCharacterBeforeAndAfter) {
  ASSERT_TRUE(settled());
  const auto complete = [&] {
    for (int rank = 0; rank < panel().rows(); ++rank) {
      for (int place = 0; place < 3; ++place) {
        if (panel().row(rank)->picture(place).isNull()) return false;
      }
    }
    return true;
  };
  ASSERT_TRUE(QTest::qWaitFor(complete, 30'000));
  const QImage low = panel().row(0)->picture(0), high = panel().row(0)->picture(2);
  EXPECT_NE(low, high);
  EXPECT_EQ(low.size(), QSize(32, 32));
  const QImage ofThis = panel().row(3)->picture(1);
  QTest::keyClick(&page, Qt::Key_R);
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel().row(3)->picture(1) != ofThis; })) << "of another character";
}

TEST_F(CreateDirectionsTest, PicturesAreDrawnWhenThePanelIsComeBackTo) {
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel().row(11)->picture(2).isNull(); }, 30'000));
  auto& tabs = *page.findChild<QTabWidget*>("shapeTabs");
  const QImage before = panel().row(11)->picture(2);
  tabs.setCurrentIndex(0);
  QTest::keyClick(&page, Qt::Key_R);
  QTest::qWait(400);
  EXPECT_EQ(panel().row(11)->picture(2), before) << "nobody sees it";
  tabs.setCurrentWidget(&panel());
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel().row(11)->picture(2) != before; }, 30'000));
}

TEST_F(CreateDirectionsTest, NamesAndPinsStayWithTheProjectAndCanBeUndone) {
  rename(2, "long hair");
  ASSERT_EQ(name(2), "long hair");
  QTest::mouseClick(panel().row(2)->findChild<QToolButton*>("directionPin"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return name(0) == "long hair"; }));
  EXPECT_EQ(panel().rows(), 12) << "it stands for the one that was found";
  session.undoStack().undo();
  EXPECT_EQ(name(2), "long hair");
  session.undoStack().redo();
  EXPECT_EQ(name(0), "long hair");

  Session again;
  CreatePage other(again);
  other.resize(1000, 700);
  other.show();
  again.openProject(project.folder());
  auto& rows = *other.findChild<DirectionsPanel*>();
  ASSERT_TRUE(QTest::qWaitFor([&] { return rows.rows() == 12; }, 60'000));
  EXPECT_EQ(rows.row(0)->item().name, "long hair");
  EXPECT_TRUE(rows.row(0)->item().pinned);

  slider(0).setFocus();
  QTest::keyClick(&slider(0), Qt::Key_Delete);
  EXPECT_EQ(panel().rows(), 12) << "the one found comes back in its own name";
  for (int rank = 0; rank < 12; ++rank) EXPECT_NE(name(rank), "long hair");
  session.undoStack().undo();
  EXPECT_EQ(name(0), "long hair");
}

TEST_F(CreateDirectionsTest, AModelWithoutAnEncoderLearnsFromATagToo) {
  learnTag("armour", 8);
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel().rows() > 0 && name(0) == "armour"; }, 120'000))
      << message().toStdString();
  EXPECT_TRUE(panel().row(0)->item().pinned);
  EXPECT_TRUE(message().isEmpty());
  session.undoStack().undo();
  EXPECT_NE(name(0), "armour");
}

TEST_F(CreateDirectionsTest, TooFewTaggedSpritesAreRefusedInPlace) {
  learnTag("rare", 2);
  ASSERT_TRUE(QTest::qWaitFor([&] { return message().contains("2 examples"); })) << message().toStdString();
  EXPECT_TRUE(page.findChild<QLabel*>("directionsMessage")->isVisible());
}

TEST_F(CreateDirectionsTest, ADirectionIsLearnedFromTwoGroupsOfFavourites) {
  ASSERT_TRUE(settled());
  auto& button = *page.findChild<QPushButton*>("learnFavouritesButton");
  EXPECT_FALSE(button.isEnabled());
  const Latent axis = panel().row(4)->item().vector;
  for (int i = 0; i < 6; ++i) {
    CharacterLook look = shown();
    look.state.latent = movedTo(look.state.latent, axis, i < 3 ? 2.F + static_cast<float>(i) / 10 : -2.F);
    keepFavourite(session, look, QString("F%1").arg(i), "front");
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return button.isEnabled(); }));
  QTest::mouseClick(&button, Qt::LeftButton);
  auto* dialog = page.findChild<LearnGroupsDialog*>();
  ASSERT_NE(dialog, nullptr);
  auto& list = *dialog->findChild<QTreeWidget*>("groupList");
  auto& learn = *dialog->findChild<QPushButton*>("groupLearn");
  ASSERT_EQ(list.topLevelItemCount(), 6);
  const auto side = [&](int row) { return qobject_cast<QComboBox*>(list.itemWidget(list.topLevelItem(row), 1)); };
  for (int i = 0; i < 6; ++i) {
    EXPECT_FALSE(learn.isEnabled()) << i;
    ASSERT_NE(side(i), nullptr);
    EXPECT_TRUE(side(i)->accessibleName().contains(QString("F%1").arg(i)));
    side(i)->setFocus();
    for (int downs = i < 3 ? 1 : 2; downs > 0; --downs) QTest::keyClick(side(i), Qt::Key_Down);
  }
  dialog->findChild<QLineEdit*>("groupName")->setText("braver");
  ASSERT_TRUE(learn.isEnabled());
  QTest::mouseClick(&learn, Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return name(0) == "braver"; }, 20'000)) << message().toStdString();
  EXPECT_TRUE(panel().row(0)->item().pinned);
  EXPECT_GT(positionOn(panel().row(0)->item().vector, axis), .99F);
  session.undoStack().undo();
  EXPECT_NE(name(0), "braver");
}

}  // namespace
}  // namespace loom
