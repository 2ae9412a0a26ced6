#include "ui/pages/dataset_page.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <atomic>
#include <filesystem>
#include <memory>

#include "core/base/atomic_file.h"
#include "core/image/codec.h"
#include "ui/models/sprite_model.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/thumbnail_grid.h"

namespace loom {
namespace {

constexpr const char* kViews[] = {"back", "left", "front", "right"};

std::filesystem::path uniqueFolder(const std::string& name) {
  static std::atomic<int> next = 0;
  return std::filesystem::temp_directory_path() /
         ("spriteloom-dataset-page-" + name + "-" + std::to_string(QCoreApplication::applicationPid()) + "-" +
          std::to_string(next++));
}

/// A 16x16 sprite of `colours` colours around `base`.
Sprite plainSprite(Rgba base, int colours) {
  Sprite sprite(16, 16);
  for (int y = 4; y < 16; ++y) {
    for (int x = 4; x < 12; ++x) {
      sprite.at(x, y) = base;
      sprite.at(x, y).b = static_cast<std::uint8_t>((x + y) % colours);
    }
  }
  return sprite;
}

/// A session with the page on screen, on a project of its own.
class DatasetPageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    QSettings().clear();
    m_session = std::make_unique<Session>();
    m_session->createProject(m_folder);
    m_page = std::make_unique<DatasetPage>(*m_session);
    m_page->resize(1100, 700);
    m_page->show();
    m_page->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
    // What the main window would show.
    QObject::connect(m_session.get(), &Session::messaged, [this](const QString& text) { m_said = text; });
  }
  void TearDown() override {
    m_page.reset();
    m_session.reset();
    std::filesystem::remove_all(m_folder);
  }

  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = m_page->findChild<Widget*>(name);
    EXPECT_NE(widget, nullptr) << name;
    return widget;
  }
  ThumbnailGrid* grid() { return find<ThumbnailGrid>("thumbnailGrid"); }
  SpriteModel* model() { return m_page->findChild<SpriteModel*>(); }
  QString text(const char* label) { return find<QLabel>(label)->text(); }
  bool isShown(const char* name) {
    auto* widget = m_page->findChild<QWidget*>(name);
    return widget && widget->isVisible();
  }
  void click(const char* name) {
    auto* button = find<QAbstractButton>(name);
    ASSERT_TRUE(button->isVisible()) << name;
    ASSERT_TRUE(button->isEnabled()) << name;
    QTest::mouseClick(button, Qt::LeftButton);
  }
  void clickCell(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    grid()->ensureVisible(row);
    const QPoint centre = grid()->cellInViewport(row).center();
    ASSERT_TRUE(grid()->viewport()->rect().contains(centre)) << "row " << row;
    QTest::mouseClick(grid()->viewport(), Qt::LeftButton, modifiers, centre);
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    grid()->setFocus();
    QTest::keyClick(grid(), key, modifiers);
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, 10000); }
  bool waitForRows(int rows) {
    return wait([this, rows] { return !model()->loading() && model()->rowCount() == rows; });
  }
  bool waitForCounts(const QString& part) {
    return wait([this, part] { return text("spriteCounts").contains(part); });
  }

  /// Three characters in four views: hero-2, hero-10 and slime, whose front is hero-2's front again: 12 sprites.
  void fillWithTwelve() {
    Catalogue& catalogue = m_session->catalogue();
    const char* names[] = {"hero-10", "hero-2", "slime"};
    for (int c = 0; c < 3; ++c) {
      for (int v = 0; v < 4; ++v) {
        NewSprite sprite;
        const bool twin = c == 2 && v == 2;
        sprite.pixels = plainSprite(
            {static_cast<std::uint8_t>(40 * (twin ? 1 : c) + 10), static_cast<std::uint8_t>(50 * v), 0, 255}, 3);
        sprite.character = names[c];
        sprite.view = kViews[v];
        sprite.source = std::string("sprites/") + names[c] + ".png";
        sprite.licence = c == 0 ? "CC0" : "";
        sprite.tags = c == 2 ? "green monster" : "knight";
        m_ids.push_back(catalogue.addSprite(sprite));
      }
    }
    m_session->notifySpritesChanged();
    ASSERT_TRUE(waitForRows(12));
    ASSERT_TRUE(waitForCounts("12 sprites"));
  }
  std::vector<SpriteId> idsOf(const std::string& character) {
    std::vector<SpriteId> ids;
    for (const SpriteInfo& info : m_session->catalogue().sprites()) {
      if (info.character == character) ids.push_back(info.id);
    }
    return ids;
  }
  int rowOf(const std::string& character, const std::string& view) {
    for (int row = 0; row < model()->rowCount(); ++row) {
      if (model()->sprite(row).character == character && model()->sprite(row).view == view) return row;
    }
    ADD_FAILURE() << character << ", " << view << " is not shown";
    return 0;
  }
  bool isExcluded(SpriteId id) {
    const SpriteId ids[] = {id};
    return m_session->catalogue().sprites(ids).front().excluded;
  }
  QColor colourAt(QPoint viewportPoint) { return grid()->viewport()->grab().toImage().pixelColor(viewportPoint); }

  std::filesystem::path m_folder = uniqueFolder("project") += ".loom";
  std::unique_ptr<Session> m_session;
  std::unique_ptr<DatasetPage> m_page;
  std::vector<SpriteId> m_ids;
  QString m_said;
};

TEST_F(DatasetPageTest, AnEmptyProjectSaysHowToBegin) {
  EXPECT_TRUE(wait([this] { return isShown("emptyDataset"); }));
  EXPECT_FALSE(isShown("thumbnailGrid"));
  EXPECT_TRUE(wait([this] { return isShown("emptyImportFolderButton"); }));
  EXPECT_TRUE(text("emptyTitle").contains("Drop"));
  QSignalSpy pages(m_session.get(), &Session::pageRequested);
  m_session->closeProject();
  EXPECT_TRUE(wait([this] { return isShown("emptyProjectButton"); }));
  EXPECT_FALSE(isShown("emptyImportFolderButton"));
  click("emptyProjectButton");
  ASSERT_EQ(pages.count(), 1);
  EXPECT_EQ(pages.front().front().value<Page>(), Page::kStart);
}

TEST_F(DatasetPageTest, StarterCharactersArriveWithAReportAndLeadToTraining) {
  ASSERT_TRUE(wait([this] { return isShown("emptyStarterButton"); }));
  click("emptyStarterButton");
  ASSERT_TRUE(waitForRows(1000));
  EXPECT_TRUE(isShown("thumbnailGrid"));
  EXPECT_TRUE(wait([this] { return isShown("importReport"); }));
  EXPECT_TRUE(text("importHeadline").contains("250 characters")) << text("importHeadline").toStdString();
  EXPECT_TRUE(text("importHeadline").contains("4 views (back, left, front, right)"));
  EXPECT_TRUE(text("importHeadline").contains("64x64"));
  EXPECT_FALSE(isShown("importSkippedTable"));
  QSignalSpy pages(m_session.get(), &Session::pageRequested);
  click("importTrainButton");
  click("trainButton");
  ASSERT_EQ(pages.count(), 2);
  EXPECT_EQ(pages.front().front().value<Page>(), Page::kTrain);
}

TEST_F(DatasetPageTest, AnImportCanBeUndoneFromItsReport) {
  ASSERT_TRUE(wait([this] { return isShown("emptyStarterButton"); }));
  click("emptyStarterButton");
  ASSERT_TRUE(waitForRows(1000));
  ASSERT_TRUE(wait([this] { return isShown("importUndoButton"); }));
  click("importUndoButton");
  EXPECT_TRUE(waitForRows(0));
  EXPECT_TRUE(isShown("emptyDataset"));
  EXPECT_FALSE(isShown("importUndoButton"));
  EXPECT_EQ(m_session->catalogue().counts().sprites, 0);
  m_session->undoStack().redo();
  EXPECT_TRUE(waitForRows(1000));
  EXPECT_TRUE(isShown("importUndoButton"));
}

TEST_F(DatasetPageTest, DroppedFilesAreImportedAndUnreadableOnesAreListedWithTheReason) {
  const std::filesystem::path files = uniqueFolder("files");
  std::filesystem::create_directories(files / "front");
  std::filesystem::create_directories(files / "back");
  writePng(files / "front" / "knight.png", plainSprite({200, 10, 10, 255}, 3));
  writePng(files / "back" / "knight.png", plainSprite({10, 200, 10, 255}, 3));
  const std::string noPicture = "this is no picture";
  writeFileAtomically(files / "front" / "broken.png", noPicture);

  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(QString::fromStdString(files.string()))});
  QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(m_page.get(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  EXPECT_TRUE(isShown("dropOverlay"));
  QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(m_page.get(), &drop);
  EXPECT_FALSE(isShown("dropOverlay"));

  ASSERT_TRUE(waitForRows(2));
  ASSERT_TRUE(wait([this] { return isShown("importSkippedTable"); }));
  EXPECT_TRUE(text("importHeadline").contains("2 sprites arrived: 1 character"));
  const QAbstractItemModel* skipped = find<QTableView>("importSkippedTable")->model();
  ASSERT_GE(skipped->rowCount(), 1);  // notes on what arrived follow
  EXPECT_TRUE(skipped->data(skipped->index(0, 0)).toString().contains("broken.png"));
  EXPECT_FALSE(skipped->data(skipped->index(0, 1)).toString().isEmpty());
  click("importCopyButton");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("broken.png"));
  click("importCloseButton");
  EXPECT_FALSE(isShown("importReport"));
  std::filesystem::remove_all(files);
}

TEST_F(DatasetPageTest, ADragWithoutFilesIsRefused) {
  QMimeData data;
  data.setText("just words");
  QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(m_page.get(), &enter);
  EXPECT_FALSE(enter.isAccepted());
  EXPECT_FALSE(isShown("dropOverlay"));
}

TEST_F(DatasetPageTest, CountsAndGroupsAreShown) {
  fillWithTwelve();
  EXPECT_EQ(text("spriteCounts"), "12 sprites  ·  3 characters  ·  4 views  ·  1 duplicate");
  ASSERT_EQ(model()->arrangement().sections.size(), 3U);  // by character, counted as people do
  EXPECT_EQ(model()->sectionTitle(0), "hero-2");
  EXPECT_EQ(model()->sectionTitle(1), "hero-10");
  EXPECT_EQ(model()->sprite(0).view, "back");
  EXPECT_EQ(model()->sprite(3).view, "right");

  find<QComboBox>("grouping")->setCurrentIndex(2);
  ASSERT_TRUE(wait([this] { return model()->arrangement().kind == SectionKind::kView; }));
  ASSERT_EQ(model()->arrangement().sections.size(), 4U);
  EXPECT_EQ(model()->sectionTitle(2), "front");
  EXPECT_EQ(model()->arrangement().sections[2].count, 3);
}

TEST_F(DatasetPageTest, TheFilterLooksAtNamesViewsTagsAndSources) {
  fillWithTwelve();
  auto* filter = find<QLineEdit>("filterText");
  ASSERT_TRUE(filter->isVisible());
  QTest::keyClicks(filter, "KNIGHT front");
  EXPECT_TRUE(waitForRows(2));
  EXPECT_TRUE(waitForCounts("(2 shown)"));
  EXPECT_EQ(model()->sprite(0).character, "hero-2");
  QTest::keyClick(filter, Qt::Key_Escape);
  EXPECT_TRUE(filter->text().isEmpty());
  EXPECT_TRUE(waitForRows(12));
  QTest::keyClicks(filter, "slime.png");
  EXPECT_TRUE(waitForRows(4));
  filter->clear();
  QTest::keyClicks(filter, "x");  // a letter, not the key that excludes
  EXPECT_TRUE(waitForRows(0));
  EXPECT_EQ(m_session->catalogue().counts().excluded, 0);
}

TEST_F(DatasetPageTest, XExcludesAndUndoAndXIncludeAgain) {
  fillWithTwelve();
  const int row = rowOf("hero-2", "front");
  const SpriteId id = model()->sprite(row).id;
  ASSERT_TRUE(wait([&] { return colourAt(grid()->cellInViewport(row).center()).red() == 50; }));
  clickCell(row);
  press(Qt::Key_X);
  EXPECT_TRUE(isExcluded(id));
  EXPECT_TRUE(waitForCounts("1 excluded"));
  EXPECT_TRUE(wait([this] { return find<QPushButton>("excludeButton")->text() == "Include"; }));
  EXPECT_TRUE(text("detailsState").contains("Excluded"));
  // Dimmed: the ground shines through. The selection's veil is taken away first.
  press(Qt::Key_Escape);
  EXPECT_GT(colourAt(grid()->cellInViewport(row).center()).blue(), 30);

  m_session->undoStack().undo();
  EXPECT_FALSE(isExcluded(id));
  EXPECT_TRUE(wait([this] { return !text("spriteCounts").contains("excluded"); }));
  m_session->undoStack().redo();
  EXPECT_TRUE(isExcluded(id));
  EXPECT_TRUE(waitForCounts("1 excluded"));
  clickCell(row);
  press(Qt::Key_X);
  EXPECT_FALSE(isExcluded(id));
}

TEST_F(DatasetPageTest, QuickFiltersShowTheExcludedAndTheIncluded) {
  fillWithTwelve();
  clickCell(0);
  clickCell(2, Qt::ShiftModifier);
  EXPECT_EQ(m_page->selection().size(), 3U);
  ASSERT_TRUE(wait([this] { return find<QPushButton>("excludeButton")->isEnabled(); }));
  click("excludeButton");
  EXPECT_TRUE(waitForCounts("3 excluded"));
  click("showExcluded");
  EXPECT_TRUE(waitForRows(3));
  click("showIncluded");
  EXPECT_TRUE(waitForRows(9));
  click("showAll");
  EXPECT_TRUE(waitForRows(12));
}

TEST_F(DatasetPageTest, DelBinsAndUndoBringsBackWithTheNextSpriteCurrent) {
  fillWithTwelve();
  clickCell(1);
  const SpriteId deleted = model()->sprite(1).id;
  const SpriteId next = model()->sprite(2).id;
  press(Qt::Key_Delete);
  ASSERT_TRUE(waitForRows(11));
  EXPECT_EQ(m_session->catalogue().counts().sprites, 11);
  EXPECT_EQ(m_session->catalogue().counts().binned, 1);
  EXPECT_TRUE(m_said.contains("1 sprite deleted"));
  ASSERT_EQ(grid()->currentRow(), 1);
  EXPECT_EQ(model()->sprite(1).id, next);
  EXPECT_EQ(m_session->undoStack().undoText(), "delete 1 sprite");
  m_session->undoStack().undo();
  ASSERT_TRUE(waitForRows(12));
  EXPECT_GE(model()->rowOf(deleted), 0);
}

TEST_F(DatasetPageTest, DuplicatesAreListedAndAllButOneAreExcluded) {
  fillWithTwelve();
  find<QComboBox>("grouping")->setCurrentIndex(0);
  click("showDuplicates");
  ASSERT_TRUE(waitForRows(2));
  EXPECT_TRUE(wait([this] { return isShown("duplicatesStrip"); }));
  EXPECT_TRUE(text("duplicatesText").contains("1 picture is here more than once; 1 sprite could go"));
  EXPECT_EQ(model()->arrangement().kind, SectionKind::kTwins);
  click("excludeDuplicatesButton");
  EXPECT_TRUE(waitForCounts("1 excluded"));
  const int kept = rowOf("hero-2", "front"), out = rowOf("slime", "front");
  EXPECT_FALSE(model()->excludedAt(model()->indexAt(kept)));
  EXPECT_TRUE(model()->excludedAt(model()->indexAt(out)));
  click("excludeDuplicatesButton");  // nothing more to do, and it says so
  EXPECT_TRUE(m_said.contains("Nothing to do"));
  EXPECT_EQ(m_session->catalogue().counts().excluded, 1);
}

TEST_F(DatasetPageTest, KeysMoveAndExtendTheSelection) {
  fillWithTwelve();
  clickCell(0);
  press(Qt::Key_Right);
  EXPECT_EQ(m_page->selection(), std::vector<SpriteId>{model()->sprite(1).id});
  press(Qt::Key_Right, Qt::ShiftModifier);
  press(Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(m_page->selection().size(), 3U);
  press(Qt::Key_Left, Qt::ShiftModifier);
  EXPECT_EQ(m_page->selection().size(), 2U);
  press(Qt::Key_End);
  EXPECT_EQ(grid()->currentRow(), 11);
  press(Qt::Key_Home, Qt::ShiftModifier);
  EXPECT_EQ(m_page->selection().size(), 12U);
  press(Qt::Key_Escape);
  EXPECT_TRUE(m_page->selection().empty());
  press(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(m_page->selection().size(), 12U);
  press(Qt::Key_Home);
  press(Qt::Key_Down);
  press(Qt::Key_Up);
  EXPECT_EQ(grid()->currentRow(), 0);
}

TEST_F(DatasetPageTest, ARubberBandSelectsWhatItTouches) {
  fillWithTwelve();
  find<QComboBox>("grouping")->setCurrentIndex(0);
  ASSERT_TRUE(wait([this] { return model()->arrangement().kind == SectionKind::kPlain; }));
  QWidget* viewport = grid()->viewport();
  const QPoint from(2, 2);
  const QPoint to = grid()->cellInViewport(2).center();
  QTest::mousePress(viewport, Qt::LeftButton, Qt::NoModifier, from);
  for (const QPoint& point : {(from + to) / 2, to}) {
    QMouseEvent move(QEvent::MouseMove, QPointF(point), viewport->mapToGlobal(QPointF(point)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport, &move);
  }
  QTest::mouseRelease(viewport, Qt::LeftButton, Qt::NoModifier, to);
  EXPECT_EQ(m_page->selection(),
            (std::vector<SpriteId>{model()->sprite(0).id, model()->sprite(1).id, model()->sprite(2).id}));
}

TEST_F(DatasetPageTest, TheSelectionIsToldOnceAndSurvivesRegroupingAndReloading) {
  fillWithTwelve();
  std::vector<std::vector<SpriteId>> told;
  QObject::connect(m_page.get(), &DatasetPage::selectionChanged,
                   [&](const std::vector<SpriteId>& ids) { told.push_back(ids); });
  const SpriteId id = model()->sprite(5).id;
  clickCell(5);
  ASSERT_TRUE(wait([&] { return told.size() == 1; }));
  EXPECT_EQ(told.front(), std::vector<SpriteId>{id});
  find<QComboBox>("grouping")->setCurrentIndex(2);
  ASSERT_TRUE(wait([this] { return model()->arrangement().kind == SectionKind::kView; }));
  EXPECT_EQ(m_page->selection(), std::vector<SpriteId>{id});
  m_session->notifySpritesChanged();
  ASSERT_TRUE(wait([this] { return !model()->loading(); }));
  EXPECT_EQ(m_page->selection(), std::vector<SpriteId>{id});
  // What the filter hides is no longer selected: Del must not strike what nobody sees.
  QTest::keyClicks(find<QLineEdit>("filterText"), "slime");
  ASSERT_TRUE(waitForRows(4));
  EXPECT_TRUE(m_page->selection().empty());
  EXPECT_TRUE(wait([&] { return told.size() == 2; }));
  EXPECT_TRUE(told.back().empty());
}

TEST_F(DatasetPageTest, DetailsShowTheSpriteItsViewsItsColoursAndItsOrigin) {
  fillWithTwelve();
  clickCell(rowOf("hero-10", "left"));
  ASSERT_TRUE(wait([this] { return text("detailsTitle") == "hero-10"; }));
  EXPECT_EQ(text("detailsFacts"), "left  ·  16 × 16 px  ·  3 colours");
  EXPECT_EQ(text("detailsLicence"), "CC0");
  EXPECT_TRUE(isShown("detailsLicence"));
  EXPECT_EQ(text("detailsTags"), "knight");
  EXPECT_FALSE(isShown("detailsAuthor"));
  auto* swatches = find<PaletteSwatches>("paletteSwatches");
  EXPECT_TRUE(wait([&] { return swatches->count() == 3; }));
  EXPECT_EQ(find<SpriteCanvas>("detailsCanvas")->image().size(), QSize(16, 16));
  // Its other views are one click away.
  auto* front = find<QAbstractButton>("detailsView2");
  ASSERT_TRUE(front->isVisible());
  EXPECT_EQ(front->text(), "front");
  QTest::mouseClick(front, Qt::LeftButton);
  EXPECT_TRUE(wait([this] { return text("detailsFacts").startsWith("front"); }));
  EXPECT_EQ(m_page->selection(), std::vector<SpriteId>{model()->sprite(rowOf("hero-10", "front")).id});

  clickCell(rowOf("slime", "front"), Qt::ControlModifier);
  EXPECT_TRUE(wait([this] { return text("detailsSummary").contains("2 sprites of 2 characters selected"); }));
  EXPECT_EQ(text("detailsSummaryViews"), "front: 2");
  EXPECT_EQ(text("detailsSummarySizes"), "16 × 16: 2");
}

TEST_F(DatasetPageTest, ZoomStaysWholeAndKeepsThePlace) {
  fillWithTwelve();
  const int zoom = grid()->zoom();
  const int side = grid()->cellInViewport(0).width();
  press(Qt::Key_Minus, Qt::ControlModifier);
  EXPECT_EQ(grid()->zoom(), zoom - 1);
  EXPECT_EQ(grid()->cellInViewport(0).width(), side - 16);
  EXPECT_EQ(text("zoomLabel"), QString("%1×").arg(zoom - 1));
  const QPointF centre = grid()->viewport()->rect().center();
  QWheelEvent wheel(centre, grid()->viewport()->mapToGlobal(centre), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(grid()->viewport(), &wheel);
  EXPECT_EQ(grid()->zoom(), zoom);
}

TEST_F(DatasetPageTest, TheZoomIsThereAgainNextTime) {
  fillWithTwelve();
  const int zoom = grid()->zoom();
  press(Qt::Key_Minus, Qt::ControlModifier);
  press(Qt::Key_Minus, Qt::ControlModifier);
  m_page.reset();
  m_page = std::make_unique<DatasetPage>(*m_session);
  m_page->resize(1100, 700);
  m_page->show();
  ASSERT_TRUE(waitForRows(12));
  EXPECT_EQ(grid()->zoom(), zoom - 2);
}

TEST_F(DatasetPageTest, TheScrollPositionSurvivesAReload) {
  m_session->addStarterSet(250, 3);
  ASSERT_TRUE(waitForRows(1000));
  QScrollBar* bar = grid()->verticalScrollBar();
  ASSERT_GT(bar->maximum(), 2000);
  bar->setValue(bar->maximum() / 2);
  const int place = bar->value();
  m_session->notifySpritesChanged();
  ASSERT_TRUE(wait([this] { return !model()->loading(); }));
  EXPECT_EQ(bar->value(), place);
}

TEST_F(DatasetPageTest, ManySpritesAreExcludedAsAJobAndShownAtOnce) {
  m_session->addStarterSet(250, 3);
  ASSERT_TRUE(waitForRows(1000));
  ASSERT_TRUE(wait([this] { return !m_session->jobs().busy() && isShown("importReport"); }));
  press(Qt::Key_A, Qt::ControlModifier);
  press(Qt::Key_X);
  EXPECT_EQ(model()->excludedCount(), 1000);  // on screen before the job has ended
  EXPECT_TRUE(wait([this] { return m_session->catalogue().counts().excluded == 1000; }));
  EXPECT_TRUE(waitForCounts("excluded"));
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([this] { return m_session->catalogue().counts().excluded == 0; }));
  EXPECT_TRUE(wait([this] { return model()->excludedCount() == 0; }));
}

}  // namespace
}  // namespace loom
