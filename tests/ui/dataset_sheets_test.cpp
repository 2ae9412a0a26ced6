// A picture that comes alone is shown first where it looks like a sheet; and the ways in that the page offers.
#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

#include "core/dataset/lpc_sheet.h"
#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/data_in_window.h"
#include "ui/pages/compose_dialog.h"
#include "ui/pages/data_export_dialog.h"
#include "ui/pages/dataset_page.h"
#include "ui/pages/page_dialog.h"
#include "ui/pages/pixel_grid_dialog.h"
#include "ui/pages/sheet_dialog.h"
#include "ui/widgets/sheet_cutter.h"

namespace loom {
namespace {

Sprite hero(std::uint64_t number, std::size_t view = 2) {
  return starterCharacter(11, number).views[view];
}

/// 3 x 4 characters, 4 px apart.
Sprite madeSheet() {
  Sprite sheet(3 * 68 - 4, 4 * 68 - 4);
  for (int i = 0; i < 12; ++i) paste(sheet, hero(static_cast<std::uint64_t>(i)), i % 3 * 68, i / 3 * 68);
  return sheet;
}

Sprite madeLpcSheet() {
  Sprite sheet(832, 1344);
  for (const LpcBlock& block : lpcBlocks()) {
    for (int row = 0; row < block.rows; ++row) {
      const auto view = static_cast<std::size_t>(block.rows == 1 ? 2 : row);
      for (int frame = 0; frame < block.columns; ++frame) {
        paste(sheet, hero(1, view), frame * kLpcCell, (block.firstRow + row) * kLpcCell);
      }
    }
  }
  return sheet;
}

class DatasetSheetsTest : public DataInWindow {
 protected:
  void SetUp() override {
    DataInWindow::SetUp();
    auto page = std::make_unique<DatasetPage>(*m_session);
    page->resize(1100, 700);
    show(std::move(page));
  }
  std::filesystem::path put(const std::string& name, const Sprite& picture) {
    writePng(m_folder / name, picture);
    return m_folder / name;
  }
  void drop(const QMimeData& data) {
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
  }
  void dropFiles(const std::vector<std::filesystem::path>& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto& file : files) urls.append(QUrl::fromLocalFile(QString::fromStdString(file.string())));
    data.setUrls(urls);
    drop(data);
  }
  template <class Dialog>
  Dialog* waitForDialog() {
    Dialog* dialog = nullptr;
    EXPECT_TRUE(wait([&] {
      dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
      return dialog != nullptr;
    }));
    return dialog;
  }
  void choose(const char* action) {
    ASSERT_NE(find<QToolButton>("moreImportButton")->menu(), nullptr);
    find<QAction>(action)->trigger();
  }
  bool idle() {
    return wait([this] { return !m_session->jobs().busy(); });
  }
};

TEST_F(DatasetSheetsTest, ADroppedSheetIsShownBeforeItIsCut) {
  dropFiles({put("heroes.png", madeSheet())});
  auto* dialog = waitForDialog<SheetDialog>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(sprites().empty());
  EXPECT_EQ(dialog->findChild<SheetCutter*>()->cells().size(), 12U);
  QTest::mouseClick(dialog->findChild<QAbstractButton*>("importCellsButton"), Qt::LeftButton);
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(sprites().size(), 12U);
}

TEST_F(DatasetSheetsTest, CancelledItImportsNothing) {
  dropFiles({put("heroes.png", madeSheet())});
  auto* dialog = waitForDialog<SheetDialog>();
  ASSERT_NE(dialog, nullptr);
  QTest::keyClick(dialog, Qt::Key_Escape);
  EXPECT_TRUE(idle());
  EXPECT_TRUE(sprites().empty());
}

TEST_F(DatasetSheetsTest, APictureLargerThanASpriteMayBeIsShownToo) {
  Sprite large(1400, 1100);
  paste(large, hero(1), 300, 300);
  dropFiles({put("large.png", large)});
  auto* dialog = waitForDialog<SheetDialog>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_FALSE(dialog->findChild<QAbstractButton*>("importWholeButton")->isEnabled());
  dialog->reject();
}

TEST_F(DatasetSheetsTest, SpritesFullLpcSheetsAndSeveralFilesAreImportedAtOnce) {
  dropFiles({put("hero.png", hero(3))});
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(sprites().size(), 1U);
  dropFiles({put("lpc.png", madeLpcSheet())});
  ASSERT_TRUE(waitForImports(2));
  EXPECT_EQ(sprites().size(), 5U);
  dropFiles({put("a.png", madeSheet()), put("b.png", hero(4))});
  ASSERT_TRUE(waitForImports(3));
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
}

TEST_F(DatasetSheetsTest, AFullLpcSheetCanBeCutInThreeWays) {
  put("lpc.png", madeLpcSheet());
  answerFileDialog(*m_window, "sheetFileDialog", m_folder / "lpc.png");
  choose("cutSheetAction");
  SheetDialog* dialog = nullptr;
  ASSERT_TRUE(wait([&] {
    dialog = m_window->findChild<SheetDialog*>();
    return dialog != nullptr && dialog->findChild<QComboBox*>("lpcFrames")->isVisible();
  }));
  auto* cutter = dialog->findChild<SheetCutter*>();
  auto* frames = dialog->findChild<QComboBox*>("lpcFrames");
  const auto take = [&](int index) {
    frames->setCurrentIndex(index);
    Q_EMIT frames->activated(index);
  };
  EXPECT_EQ(cutter->cells().size(), 4U);
  EXPECT_EQ(cutter->cells()[0].area, (PixelRect{0, 512, 64, 64}));
  take(1);
  EXPECT_EQ(cutter->cells().size(), 4U);
  EXPECT_EQ(cutter->cells()[0].area, (PixelRect{0, 260, 64, 64}));
  take(2);
  EXPECT_EQ(cutter->cells().size(), 178U);
  QTest::keyClick(dialog, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(cutter->cells()[0].area, (PixelRect{0, 260, 64, 64}));
  take(2);
  QTest::mouseClick(dialog->findChild<QAbstractButton*>("importCellsButton"), Qt::LeftButton);
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 178U);
  int shoot = 0;
  for (const SpriteInfo& info : sprites()) {
    if (info.animation == "shoot" && info.view == "left") {
      EXPECT_EQ(info.frame, shoot++);
      EXPECT_EQ(info.character, "lpc");
    }
  }
  EXPECT_EQ(shoot, 13);
}

TEST_F(DatasetSheetsTest, TheEmptyPageOffersEveryWayIn) {
  click("emptySheetButton");
  if (auto* files = waitForDialog<QFileDialog>()) files->reject();
  click("emptyPageButton");
  if (auto* page = waitForDialog<PageDialog>()) page->reject();
  click("emptyComposeButton");
  if (auto* compose = waitForDialog<ComposeDialog>()) compose->reject();
  EXPECT_TRUE(wait([] { return QApplication::activeModalWidget() == nullptr; }));
  m_window->activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
  QGuiApplication::clipboard()->setImage(QImage(16, 16, QImage::Format_ARGB32));
  QTest::keyClick(m_window.get(), Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(sprites().size(), 1U);
}

TEST_F(DatasetSheetsTest, TheMenuLeadsToEveryDialog) {
  dropFiles({put("hero.png", hero(3))});
  ASSERT_TRUE(waitForImports(1));
  ASSERT_TRUE(idle());
  choose("webPageAction");
  if (auto* dialog = waitForDialog<PageDialog>()) dialog->reject();
  choose("exportDataAction");
  if (auto* dialog = waitForDialog<DataExportDialog>()) dialog->reject();
  choose("composeAction");
  if (auto* dialog = waitForDialog<ComposeDialog>()) dialog->reject();
  EXPECT_TRUE(wait([] { return QApplication::activeModalWidget() == nullptr; }));
  choose("pixelGridAction");
  EXPECT_TRUE(m_said.startsWith("Nothing is selected.")) << m_said.toStdString();
}

TEST_F(DatasetSheetsTest, ALinkFromABrowserOpensThePage) {
  QMimeData link;
  link.setData("text/uri-list", "http://127.0.0.1:9/heroes\r\n");
  drop(link);
  auto* dialog = waitForDialog<PageDialog>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_EQ(dialog->findChild<QLineEdit*>("pageAddress")->text(), "http://127.0.0.1:9/heroes");
  dialog->reject();
  QMimeData pictures;
  pictures.setHtml("<img src='http://127.0.0.1:9/a.png'><img src='http://127.0.0.1:9/b.png'>");
  ASSERT_TRUE(wait([] { return QApplication::activeModalWidget() == nullptr; }));
  drop(pictures);
  dialog = waitForDialog<PageDialog>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_EQ(dialog->findChild<QAbstractButton*>("fetchButton")->text(), "Fetch and import 2 pictures");
  dialog->reject();
}

}  // namespace
}  // namespace loom
