#include "ui/widgets/drawing_bar.h"

#include <gtest/gtest.h>

#include <QColorDialog>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/palette_swatches.h"

namespace loom {
namespace {

constexpr Rgba kRed{200, 30, 30, 255}, kBlue{30, 30, 200, 255};

class DrawingBarTest : public ::testing::Test {
 protected:
  void SetUp() override {
    bar.resize(600, 40);
    bar.show();
    bar.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&bar));
    bar.setColours({{kRed, 20}, {kBlue, 5}});
  }
  PaletteSwatches& swatches() { return *bar.findChild<PaletteSwatches*>(); }
  /// Answers the colour dialog that is open.
  void answer(const char* name, const QColor& colour) {
    auto* dialog = bar.findChild<QColorDialog*>(name);
    ASSERT_NE(dialog, nullptr);
    dialog->setCurrentColor(colour);
    dialog->accept();
  }
  DrawingBar bar;
};

TEST_F(DrawingBarTest, KeysAndButtonsChooseTheTool) {
  EXPECT_EQ(bar.tool(), DrawingTool::kPencil);
  for (const auto& [key, tool] : {std::pair{Qt::Key_E, DrawingTool::kEraser},
                                  {Qt::Key_G, DrawingTool::kFill},
                                  {Qt::Key_I, DrawingTool::kPick},
                                  {Qt::Key_A, DrawingTool::kAlternatives},
                                  {Qt::Key_B, DrawingTool::kPencil}}) {
    QTest::keyClick(&bar, key);
    EXPECT_EQ(bar.tool(), tool);
  }
  QTest::mouseClick(bar.findChild<QToolButton*>("fillButton"), Qt::LeftButton);
  EXPECT_EQ(bar.tool(), DrawingTool::kFill);
}

TEST_F(DrawingBarTest, DrawsWithTheMostFrequentColourUntilAnotherIsChosen) {
  EXPECT_EQ(bar.colour(), kRed);
  QTest::mouseClick(&swatches(), Qt::LeftButton, {}, swatches().swatch(1).center());
  EXPECT_EQ(bar.colour(), kBlue);
  bar.setColours({{kRed, 25}});
  EXPECT_EQ(bar.colour(), kBlue) << "a choice stays";
  swatches().setFocus();
  QTest::keyClick(&swatches(), Qt::Key_Right);
  EXPECT_EQ(bar.colour(), kRed) << "by keys too";
  bar.setColours({{kBlue, 25}});
  EXPECT_EQ(bar.colour(), kBlue) << "another character";
}

TEST_F(DrawingBarTest, SwatchesStayWhereTheyAreWhileOneDraws) {
  bar.setColours({{kBlue, 30}, {{0, 90, 0, 255}, 25}, {kRed, 20}});
  for (const auto& [index, colour] : {std::pair{0, kRed}, {1, kBlue}, {2, Rgba{0, 90, 0, 255}}}) {
    QTest::mouseClick(&swatches(), Qt::LeftButton, {}, swatches().swatch(index).center());
    EXPECT_EQ(bar.colour(), colour) << index;
  }
}

TEST_F(DrawingBarTest, TakesAnyColour) {
  QTest::mouseClick(bar.findChild<QToolButton*>("colourButton"), Qt::LeftButton);
  answer("drawingColourDialog", QColor(1, 2, 3, 128));
  EXPECT_EQ(bar.colour(), (Rgba{1, 2, 3, 128}));
}

TEST_F(DrawingBarTest, ADoubleClickOnASwatchAsksToChangeItsColourEverywhere) {
  std::vector<Rgba> change;
  QObject::connect(&bar, &DrawingBar::recolourRequested, [&](Rgba from, Rgba to) { change = {from, to}; });
  QTest::mouseDClick(&swatches(), Qt::LeftButton, {}, swatches().swatch(1).center());
  answer("changeColourDialog", QColor(9, 9, 9));
  EXPECT_EQ(change, (std::vector<Rgba>{kBlue, {9, 9, 9, 255}}));
  EXPECT_EQ(bar.colour(), (Rgba{9, 9, 9, 255}));
}

}  // namespace
}  // namespace loom
