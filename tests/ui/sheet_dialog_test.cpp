// Cutting a sheet by hand: what a person sees, drags, types and takes back.
#include "ui/pages/sheet_dialog.h"

#include <QCheckBox>
#include <QSpinBox>
#include <QTableWidget>
#include <fstream>

#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/ui/data_in_window.h"
#include "ui/widgets/sheet_cutter.h"

namespace loom {
namespace {

constexpr int kCell = 64;

/// Four rows (back, left, front, right) of `columns` starter characters, 4 px between the cells.
Sprite madeSheet(int columns, int gap = 4) {
  Sprite sheet(columns * (kCell + gap) - gap, 4 * (kCell + gap) - gap);
  for (int column = 0; column < columns; ++column) {
    const StarterCharacter character = starterCharacter(5, static_cast<std::uint64_t>(column));
    for (int row = 0; row < 4; ++row) {
      paste(sheet, character.views[static_cast<std::size_t>(row)], column * (kCell + gap), row * (kCell + gap));
    }
  }
  return sheet;
}

Sprite enlargedBy(const Sprite& sprite, int scale) {
  Sprite large(sprite.width() * scale, sprite.height() * scale);
  for (int y = 0; y < large.height(); ++y) {
    for (int x = 0; x < large.width(); ++x) large.at(x, y) = sprite.at(x / scale, y / scale);
  }
  return large;
}

class SheetDialogTest : public DataInWindow {
 protected:
  /// Opens the dialog on a picture and waits until it is read.
  void open(const Sprite& sheet, const std::string& name = "heroes.png") {
    writePng(m_folder / name, sheet);
    show(std::make_unique<SheetDialog>(*m_session, m_folder / name));
    ASSERT_TRUE(wait([this] { return cutter()->sheetSize().isValid() && !cutter()->sheetSize().isEmpty(); }));
  }
  SheetCutter* cutter() { return find<SheetCutter>("sheetCutter"); }
  std::size_t cells() { return cutter()->cells().size(); }
  QTableWidget* rowNames() { return find<QTableWidget>("rowNames"); }
  /// Where a pixel of the sheet is on the cutter, by a cell that lies there.
  QPoint at(double x, double y) {
    const QRectF first = cutter()->cellArea(0);
    const PixelRect area = cutter()->cells()[0].area;
    const double scale = first.width() / area.width;
    return (first.topLeft() + QPointF(x - area.x, y - area.y) * scale).toPoint();
  }
  void drag(QPoint from, QPoint to) {
    QTest::mousePress(cutter(), Qt::LeftButton, {}, from);
    QTest::mouseMove(cutter(), (from + to) / 2);
    QTest::mouseMove(cutter(), to);
    QTest::mouseRelease(cutter(), Qt::LeftButton, {}, to);
  }
  void undo() { QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); }
  void redo() { QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
};

TEST_F(SheetDialogTest, ShowsTheCellsFoundAndImportsThemUnderTheirRowsNames) {
  open(madeSheet(3));
  EXPECT_EQ(cells(), 12U);
  EXPECT_TRUE(text("sheetState").contains("64 x 64")) << text("sheetState").toStdString();
  EXPECT_EQ(find<QAbstractButton>("importCellsButton")->text(), "Import 12 sprites");
  ASSERT_EQ(rowNames()->rowCount(), 4);
  EXPECT_EQ(rowNames()->item(0, 0)->text(), "1  (3 cells)");
  pick("rowPreset", 2);  // back, left, front, right
  EXPECT_EQ(rowNames()->item(3, 1)->text(), "right");
  click("importCellsButton");
  EXPECT_FALSE(m_window->isVisible());
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 12U);
  EXPECT_EQ(m_report.views, (std::vector<std::string>{"back", "left", "front", "right"}));
  for (const SpriteInfo& info : sprites()) {
    const StarterCharacter character = starterCharacter(5, static_cast<std::uint64_t>(info.frame));
    const auto view = std::ranges::find(m_report.views, info.view) - m_report.views.begin();
    EXPECT_EQ(pixels(info), character.views[static_cast<std::size_t>(view)]) << info.view << info.frame;
  }
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([this] { return sprites().empty(); }));
}

TEST_F(SheetDialogTest, CellsAreDrawnMovedResizedAndRemovedByMouseAndEachIsTakenBack) {
  open(madeSheet(3));
  const std::vector<SheetCell> found = cutter()->cells();

  // Selected by a click, moved by a drag.
  drag(at(30, 30), at(33, 32));
  const std::vector<SheetCell> moved = cutter()->cells();
  EXPECT_EQ(moved[0].area, (PixelRect{found[0].area.x + 3, found[0].area.y + 2, kCell, kCell}));
  EXPECT_EQ(moved[0].row, 0);

  // Its right edge takes hold once it is selected.
  const QRectF area = cutter()->cellArea(0);
  drag(QPointF(area.right(), area.center().y()).toPoint(),
       QPointF(area.right() - area.width() / 4, area.center().y()).toPoint());
  EXPECT_NEAR(cutter()->cells()[0].area.width, kCell * 3 / 4, 1);
  EXPECT_EQ(cutter()->cells()[0].area.x, moved[0].area.x);
  const std::vector<SheetCell> resized = cutter()->cells();

  // Removed; then a new one drawn where it was, which joins its row.
  QTest::keyClick(cutter(), Qt::Key_Delete);
  EXPECT_EQ(cells(), 11U);
  EXPECT_EQ(rowNames()->item(0, 0)->text(), "1  (2 cells)");
  EXPECT_EQ(find<QAbstractButton>("importCellsButton")->text(), "Import 11 sprites");
  drag(at(2, 2), at(50, 60));
  ASSERT_EQ(cells(), 12U);
  EXPECT_EQ(cutter()->cells()[0].row, 0);
  EXPECT_EQ(cutter()->cells()[0].column, 0);
  EXPECT_NEAR(cutter()->cells()[0].area.width, 48, 2);
  const std::vector<SheetCell> drawn = cutter()->cells();

  undo();
  EXPECT_EQ(cells(), 11U);
  undo();
  EXPECT_EQ(cutter()->cells(), resized);
  undo();
  EXPECT_EQ(cutter()->cells(), moved);
  click("undoCellsButton");
  EXPECT_EQ(cutter()->cells(), found);
  EXPECT_FALSE(find<QAbstractButton>("undoCellsButton")->isEnabled());
  for (int i = 0; i < 3; ++i) redo();
  click("redoCellsButton");
  EXPECT_EQ(cutter()->cells(), drawn);
  EXPECT_FALSE(find<QAbstractButton>("redoCellsButton")->isEnabled());
}

TEST_F(SheetDialogTest, KeysSelectMoveResizeAddAndRemove) {
  open(madeSheet(2));
  const std::vector<SheetCell> found = cutter()->cells();
  QTest::keyClick(cutter(), Qt::Key_PageDown);
  EXPECT_EQ(cutter()->selection(), std::set<std::size_t>{0});
  QTest::keyClick(cutter(), Qt::Key_PageDown);
  EXPECT_EQ(cutter()->selection(), std::set<std::size_t>{1});
  for (int i = 0; i < 3; ++i) QTest::keyClick(cutter(), Qt::Key_Left);
  QTest::keyClick(cutter(), Qt::Key_Up, Qt::ShiftModifier);
  EXPECT_EQ(cutter()->cells()[1].area,
            (PixelRect{found[1].area.x - 3, found[1].area.y, found[1].area.width, found[1].area.height - 1}));
  undo();  // the pixels one by one are one step
  EXPECT_EQ(cutter()->cells(), found);
  QTest::keyClick(cutter(), Qt::Key_A, Qt::ControlModifier);
  QTest::keyClick(cutter(), Qt::Key_Delete);
  EXPECT_EQ(cells(), 0U);
  EXPECT_FALSE(find<QAbstractButton>("importCellsButton")->isEnabled());
  QTest::keyClick(cutter(), Qt::Key_Insert);
  QTest::keyClick(cutter(), Qt::Key_Insert);
  ASSERT_EQ(cells(), 2U);
  EXPECT_EQ(cutter()->cells()[0].area.width, kCell);
  EXPECT_EQ(cutter()->cells()[1].column, 1);
  undo();
  undo();
  undo();
  EXPECT_EQ(cutter()->cells(), found);
}

TEST_F(SheetDialogTest, AGridGivenByHandTakesItsRowsAndColumnsAlone) {
  open(madeSheet(3));
  const std::vector<SheetCell> found = cutter()->cells();
  EXPECT_EQ(find<QSpinBox>("gridSpacingX")->value(), 4);  // as found
  type("gridFirstRow", "2");
  type("gridRows", "2");
  type("gridColumns", "1");
  QTest::keyClick(find<QWidget>("gridColumns"), Qt::Key_Return);
  ASSERT_TRUE(m_window->isVisible());  // Return cuts, and does not import
  ASSERT_EQ(cells(), 2U);
  EXPECT_EQ(cutter()->cells()[0].area, (PixelRect{0, 68, kCell, kCell}));
  ASSERT_EQ(rowNames()->rowCount(), 2);
  EXPECT_EQ(rowNames()->item(0, 0)->text(), "2  (1 cell)");
  undo();
  EXPECT_EQ(cutter()->cells(), found);
  type("gridCellWidth", "9999");
  click("useGridButton");
  EXPECT_EQ(cutter()->cells(), found);
  EXPECT_NE(text("sheetState"), "");
  EXPECT_FALSE(text("sheetState").startsWith("Found")) << text("sheetState").toStdString();
  click("findCellsButton");
  EXPECT_EQ(find<QSpinBox>("gridCellWidth")->value(), kCell);
}

TEST_F(SheetDialogTest, NamesTypedIntoTheTableAreImportedAndTakenBack) {
  open(madeSheet(2));
  auto* table = rowNames();
  const auto name = [&](int row, const QString& words) {
    table->setFocus();
    table->setCurrentCell(row, 1);
    auto* field = table->findChild<QLineEdit*>();
    ASSERT_NE(field, nullptr);
    field->setText({});
    QTest::keyClicks(field, words);
    QTest::keyClick(field, Qt::Key_Return);
    QTest::qWait(10);
  };
  name(0, "walk left");
  name(1, "walk right");
  EXPECT_EQ(table->item(0, 1)->text(), "walk left");
  cutter()->setFocus();
  undo();
  EXPECT_EQ(table->item(1, 1)->text(), "");
  EXPECT_EQ(table->item(0, 1)->text(), "walk left");
  redo();
  click("importCellsButton");
  ASSERT_TRUE(waitForImports(1));
  int walking = 0;
  for (const SpriteInfo& info : sprites()) {
    if (info.animation == "walk" && info.view == "left") ++walking;
  }
  EXPECT_EQ(walking, 2);
}

TEST_F(SheetDialogTest, AnEnlargedSheetIsCutAtTheSizeItWasDrawnAt) {
  const Sprite sheet = madeSheet(3);
  open(enlargedBy(sheet, 3));
  auto* native = find<QCheckBox>("nativeCheck");
  EXPECT_TRUE(native->isVisible());
  EXPECT_TRUE(native->isChecked());
  EXPECT_EQ(native->text(), "Enlarged ×3: cut at its native 200 × 268 px");
  EXPECT_EQ(cutter()->sheetSize(), QSize(200, 268));
  EXPECT_EQ(cells(), 12U);
  click("nativeCheck");
  EXPECT_EQ(cutter()->sheetSize(), QSize(600, 804));
  undo();
  EXPECT_TRUE(native->isChecked());
  EXPECT_EQ(cutter()->sheetSize(), QSize(200, 268));
  click("importCellsButton");
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 12U);
  EXPECT_EQ(pixels(sprites().front()), starterCharacter(5, 0).views[0]);
}

TEST_F(SheetDialogTest, RpgMakerSheetsAreCutAndNamedByTheirOrder) {
  Sprite sheet(12 * 32, 8 * 32);
  for (int row = 0; row < 8; ++row) {
    for (int column = 0; column < 12; ++column) {
      paste(sheet,
            cropped(starterCharacter(6, static_cast<std::uint64_t>(12 * row + column)).views[0], {16, 16, 32, 32}),
            32 * column, 32 * row);
    }
  }
  open(sheet);
  pick("rowPreset", 4);
  EXPECT_EQ(cells(), 96U);
  EXPECT_FALSE(rowNames()->isEnabled());
  click("importCellsButton");
  ASSERT_TRUE(waitForImports(1));
  EXPECT_EQ(m_report.characters, 8);
  EXPECT_EQ(m_report.views, (std::vector<std::string>{"back", "left", "front", "right"}));
}

TEST_F(SheetDialogTest, APictureCanBeImportedUncut) {
  open(madeSheet(3));
  click("importWholeButton");
  ASSERT_TRUE(waitForImports(1));
  ASSERT_EQ(sprites().size(), 1U);
  EXPECT_EQ(sprites().front().width, 200);
}

TEST_F(SheetDialogTest, SaysWhatIsWrongWithAFileItCannotRead) {
  std::ofstream(m_folder / "broken.png") << "\x89PNG\r\n\x1a\nnothing";
  show(std::make_unique<SheetDialog>(*m_session, m_folder / "broken.png"));
  ASSERT_TRUE(wait([this] { return !text("sheetState").startsWith("Reading"); }));
  EXPECT_TRUE(text("sheetState").contains("broken.png")) << text("sheetState").toStdString();
  EXPECT_FALSE(find<QAbstractButton>("importCellsButton")->isEnabled());
}

}  // namespace
}  // namespace loom
