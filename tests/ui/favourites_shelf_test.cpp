#include "ui/widgets/favourites_shelf.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDropEvent>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/project/sample_sprite.h"
#include "ui/widgets/favourite_note_dialog.h"
#include "ui/widgets/favourites_tray.h"

namespace loom {
namespace {

Favourite favourite(std::int64_t id, const char* name, const char* collection, const char* note, const char* tags) {
  return {.id = id,
          .name = name,
          .run = 1,
          .collection = collection,
          .note = note,
          .tags = tags,
          .views = {"front"},
          .sprites = {sampleSprite(static_cast<int>(id))}};
}

class Shelf : public ::testing::Test {
 protected:
  void SetUp() override {
    shelf.resize(300, 500);
    shelf.show();
    shelf.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&shelf));
    shelf.setFavourites(all);
  }
  FavouritesTray& tray() { return shelf.tray(); }
  QStringList shown() {
    QStringList names;
    for (int i = 0; i < tray().count(); ++i) names.append(tray().item(i)->text());
    return names;
  }
  template <class Widget>
  Widget& get(const char* name) {
    auto* found = shelf.findChild<Widget*>(name);
    EXPECT_NE(found, nullptr) << name;
    return *found;
  }
  QComboBox& box() { return get<QComboBox>("collectionBox"); }
  void choose(const QString& text) {
    const int row = box().findText(text);
    ASSERT_GE(row, 0) << text.toStdString();
    box().setCurrentIndex(row);
    Q_EMIT box().activated(row);
  }
  void answerName(const QString& name) {
    auto* dialog = shelf.findChild<QInputDialog*>("collectionNameDialog");
    ASSERT_NE(dialog, nullptr);
    dialog->setTextValue(name);
    dialog->accept();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  void select(std::initializer_list<int> rows) {
    tray().clearSelection();
    for (const int row : rows) tray().item(row)->setSelected(true);
    tray().setCurrentItem(tray().item(*rows.begin()), QItemSelectionModel::NoUpdate);
    tray().setFocus();
  }
  using Ids = std::vector<qint64>;
  static Ids ids(const QSignalSpy& spy) { return spy.at(0).at(0).value<Ids>(); }
  /// As the end of a drag of the selected ones.
  void drop(const QPoint& at) {
    QMimeData* dragged = tray().model()->mimeData(tray().selectionModel()->selectedIndexes());
    QDragEnterEvent enter(at, Qt::MoveAction, dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(tray().viewport(), &enter);
    QDropEvent event(at, Qt::MoveAction, dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(tray().viewport(), &event);
    delete dragged;
  }

  std::vector<Favourite> all{
      favourite(1, "Knight", "Heroes", "brave", "metal tall"), favourite(2, "Mage", "", "an old friend", "robe"),
      favourite(3, "Rogue", "Heroes", "", "leather tall"), favourite(4, "Slime", "Monsters", "", "green")};
  FavouritesShelf shelf;
};

TEST_F(Shelf, ShowsAllOrACollectionOrThoseInNone) {
  EXPECT_EQ(shown(), QStringList({"Knight", "Mage", "Rogue", "Slime"}));
  choose("Heroes");
  EXPECT_EQ(shown(), QStringList({"Knight", "Rogue"}));
  EXPECT_EQ(shelf.collection(), "Heroes");
  choose("In no collection");
  EXPECT_EQ(shown(), QStringList("Mage"));
  EXPECT_EQ(shelf.collection(), "");
  choose("All favourites");
  EXPECT_EQ(tray().count(), 4);
  EXPECT_EQ(shelf.collection(), "");
}

TEST_F(Shelf, TheFilterMatchesWordsOfNameTagsAndNote) {
  auto& filter = get<QLineEdit>("favouritesFilter");
  const auto filtered = [&](const QString& words) {
    filter.setText(words);
    return shown();
  };
  EXPECT_EQ(filtered("KNI"), QStringList("Knight"));
  EXPECT_EQ(filtered("tall"), QStringList({"Knight", "Rogue"}));
  EXPECT_EQ(filtered("friend"), QStringList("Mage"));
  EXPECT_EQ(filtered("tall leather"), QStringList("Rogue"));
  EXPECT_EQ(filtered("robe tall"), QStringList());
  choose("Monsters");
  EXPECT_EQ(filtered("tall"), QStringList());
  EXPECT_EQ(filtered(""), QStringList("Slime"));
}

TEST_F(Shelf, ANewCollectionIsShownAndTakesWhatIsKept) {
  choose("New collection…");
  EXPECT_EQ(box().currentText(), "All favourites") << "until it has a name";
  answerName("  Villains ");
  EXPECT_EQ(box().currentText(), "Villains");
  EXPECT_EQ(shelf.collection(), "Villains");
  EXPECT_EQ(tray().count(), 0);
  all.push_back(favourite(5, "Lich", "Villains", "", ""));
  shelf.setFavourites(all);
  EXPECT_EQ(shown(), QStringList("Lich"));
}

TEST_F(Shelf, SelectedOnesAreCollectedByKey) {
  QSignalSpy asked(&shelf, &FavouritesShelf::collectRequested);
  select({1, 3});
  QTest::keyClick(&tray(), Qt::Key_M, Qt::ControlModifier);
  auto* menu = shelf.findChild<QMenu*>("collectMenu");
  ASSERT_NE(menu, nullptr);
  ASSERT_EQ(menu->activeAction()->text(), "Heroes");
  QTest::keyClick(menu, Qt::Key_Return);
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(ids(asked), (Ids{2, 4}));
  EXPECT_EQ(asked[0][1].toString(), "Heroes");
}

TEST_F(Shelf, ACollectionIsRenamedAndDeleted) {
  EXPECT_FALSE(get<QToolButton>("collectionMenuButton").isEnabled()) << "all of them are shown";
  choose("Heroes");
  QSignalSpy renamed(&shelf, &FavouritesShelf::collectionRenameRequested);
  QSignalSpy deleted(&shelf, &FavouritesShelf::collectionDeleteRequested);
  get<QAction>("renameCollection").trigger();
  answerName("Champions");
  ASSERT_EQ(renamed.count(), 1);
  EXPECT_EQ(renamed[0][0].toString(), "Heroes");
  EXPECT_EQ(renamed[0][1].toString(), "Champions");
  for (Favourite& one : all) {
    if (one.collection == "Heroes") one.collection = "Champions";
  }
  shelf.setFavourites(all);
  EXPECT_EQ(shown(), QStringList({"Knight", "Rogue"}));
  get<QAction>("deleteCollection").trigger();
  ASSERT_EQ(deleted.count(), 1);
  EXPECT_EQ(deleted[0][0].toString(), "Champions");
  EXPECT_EQ(tray().count(), 4) << "all are shown";
}

TEST_F(Shelf, NoteAndTagsAreEditedByKeyAndSaidInTheTooltip) {
  QSignalSpy noted(&shelf, &FavouritesShelf::noteRequested);
  select({0});
  QTest::keyClick(&tray(), Qt::Key_I, Qt::ControlModifier);
  auto* dialog = shelf.findChild<FavouriteNoteDialog*>();
  ASSERT_NE(dialog, nullptr);
  auto* note = dialog->findChild<QPlainTextEdit*>("noteEdit");
  auto* tags = dialog->findChild<QLineEdit*>("tagsEdit");
  EXPECT_EQ(note->toPlainText(), "brave");
  EXPECT_EQ(tags->text(), "metal tall");
  note->setPlainText("brave,\nand <b>loud</b>");
  tags->setText(" metal  tall metal knight ");
  dialog->accept();
  ASSERT_EQ(noted.count(), 1);
  EXPECT_EQ(noted[0][0].toLongLong(), 1);
  EXPECT_EQ(noted[0][1].toString(), "brave,\nand <b>loud</b>");
  EXPECT_EQ(noted[0][2].toString(), "metal tall knight");
  all[0].note = noted[0][1].toString().toStdString();
  shelf.setFavourites(all);
  const QString tip = tray().item(0)->toolTip();
  EXPECT_TRUE(tip.contains("metal tall") && tip.contains("Heroes")) << tip.toStdString();
  EXPECT_TRUE(tip.contains("and &lt;b&gt;loud")) << "what somebody wrote is no markup";
}

TEST_F(Shelf, DraggingPutsInOrder) {
  QSignalSpy ordered(&tray(), &FavouritesTray::orderRequested);
  select({3});
  drop(tray().visualItemRect(tray().item(1)).center() - QPoint(10, 0));
  ASSERT_EQ(ordered.count(), 1);
  EXPECT_EQ(ids(ordered), (Ids{1, 4, 2, 3}));
  EXPECT_EQ(tray().count(), 4) << "whoever owns them decides";
  ordered.clear();
  select({0, 2});
  drop(tray().viewport()->rect().bottomRight() - QPoint(2, 2));
  EXPECT_EQ(ids(ordered), (Ids{2, 4, 1, 3}));
  ordered.clear();
  select({1});
  drop(tray().visualItemRect(tray().item(1)).center() + QPoint(10, 0));
  EXPECT_EQ(ordered.count(), 0) << "it stays where it is";
}

TEST_F(Shelf, KeysPutInOrderAmongWhatIsShown) {
  choose("Heroes");
  QSignalSpy ordered(&tray(), &FavouritesTray::orderRequested);
  select({1});
  QTest::keyClick(&tray(), Qt::Key_Left, Qt::AltModifier);
  ASSERT_EQ(ordered.count(), 1);
  EXPECT_EQ(ids(ordered), (Ids{3, 1}));
  ordered.clear();
  select({0});
  QTest::keyClick(&tray(), Qt::Key_Left, Qt::AltModifier);
  EXPECT_EQ(ordered.count(), 0) << "it is the first";
  choose("All favourites");
  select({0, 1});
  QTest::keyClick(&tray(), Qt::Key_Right, Qt::AltModifier);
  ASSERT_EQ(ordered.count(), 1);
  EXPECT_EQ(ids(ordered), (Ids{3, 1, 2, 4}));
}

TEST_F(Shelf, EverythingHasANameForTheScreenReader) {
  for (const QWidget* widget : {static_cast<QWidget*>(&box()), static_cast<QWidget*>(&tray()),
                                static_cast<QWidget*>(&get<QLineEdit>("favouritesFilter")),
                                static_cast<QWidget*>(&get<QToolButton>("collectionMenuButton"))}) {
    EXPECT_FALSE(widget->accessibleName().isEmpty());
    EXPECT_FALSE(widget->toolTip().isEmpty());
  }
}

}  // namespace
}  // namespace loom
