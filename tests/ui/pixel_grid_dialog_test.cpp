// The true pixel grid by hand: what was found, what is given, and what undo takes back.
#include "ui/pages/pixel_grid_dialog.h"

#include <QDoubleSpinBox>
#include <QElapsedTimer>

#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/ui/data_in_window.h"
#include "ui/widgets/grid_overlay_view.h"

namespace loom {
namespace {

Sprite enlargedBy(const Sprite& sprite, int scale) {
  Sprite large(sprite.width() * scale, sprite.height() * scale);
  for (int y = 0; y < large.height(); ++y) {
    for (int x = 0; x < large.width(); ++x) large.at(x, y) = sprite.at(x / scale, y / scale);
  }
  return large;
}

Sprite hero(std::uint64_t number) {
  return starterCharacter(8, number).views[2];
}

class PixelGridDialogTest : public DataInWindow {
 protected:
  SpriteId add(const Sprite& pixels, const std::string& character) {
    NewSprite sprite;
    sprite.pixels = pixels;
    sprite.character = character;
    sprite.view = "front";
    return m_session->catalogue().addSprite(sprite);
  }
  void open(std::vector<SpriteId> ids) {
    show(std::make_unique<PixelGridDialog>(*m_session, std::move(ids)));
    ASSERT_TRUE(wait([this] { return text("gridSize").contains("becomes"); }));
  }
  GridOverlayView* overlay() { return find<GridOverlayView>("gridOverlay"); }
  Sprite pixelsOf(SpriteId id) { return m_session->catalogue().pixels(id); }
  bool waitForSteps(int count) {
    return wait([this, count] { return m_session->undoStack().index() == count && !m_session->jobs().busy(); });
  }
};

TEST_F(PixelGridDialogTest, ShowsWhatWasFoundAndAppliesIt) {
  const SpriteId id = add(enlargedBy(hero(1), 4), "a");
  open({id});
  EXPECT_EQ(text("gridState"), "Found (exact): one true pixel takes 4 × 4 px, 100 % sure.");
  EXPECT_EQ(text("gridSize"), "256 × 256 px becomes 64 × 64 px");
  EXPECT_EQ(overlay()->columns().size(), 65U);
  EXPECT_EQ(find<QDoubleSpinBox>("gridScaleX")->value(), 4);
  EXPECT_FALSE(find<QWidget>("gridScaleY")->isEnabled());  // square
  click("applyGridButton");
  ASSERT_TRUE(waitForSteps(1));
  EXPECT_EQ(pixelsOf(id), hero(1));
  EXPECT_TRUE(m_said.startsWith("The pixel grid of 1 sprite was changed.")) << m_said.toStdString();
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([&] { return pixelsOf(id).width() == 256; }));
}

TEST_F(PixelGridDialogTest, AGridGivenByHandGoesBeforeTheOneFound) {
  const SpriteId id = add(enlargedBy(hero(2), 4), "a");
  open({id});
  type("gridScaleX", "8");
  QTest::keyClick(find<QWidget>("gridScaleX"), Qt::Key_Tab);
  ASSERT_TRUE(wait([this] { return text("gridSize") == "256 × 256 px becomes 32 × 32 px"; }));
  EXPECT_EQ(text("gridState"), "Given by hand.");
  EXPECT_EQ(find<QDoubleSpinBox>("gridScaleY")->value(), 8);
  EXPECT_EQ(overlay()->columns().size(), 33U);
  click("gridSquare");
  type("gridScaleY", "4");
  QTest::keyClick(find<QWidget>("gridScaleY"), Qt::Key_Tab);
  ASSERT_TRUE(wait([this] { return text("gridSize") == "256 × 256 px becomes 32 × 64 px"; }));
  click("noGridButton");
  ASSERT_TRUE(wait([this] { return text("gridSize") == "256 × 256 px becomes 256 × 256 px"; }));
  EXPECT_TRUE(overlay()->columns().empty());
  click("findGridButton");
  ASSERT_TRUE(wait([this] { return text("gridSize") == "256 × 256 px becomes 64 × 64 px"; }));
  type("gridScaleX", "2");
  QTest::keyClick(find<QWidget>("gridScaleX"), Qt::Key_Tab);
  click("applyGridButton");
  ASSERT_TRUE(waitForSteps(1));
  EXPECT_EQ(pixelsOf(id), enlargedBy(hero(2), 2));
}

TEST_F(PixelGridDialogTest, SeveralSpritesAreOneStepToUndo) {
  const std::vector<SpriteId> ids = {add(enlargedBy(hero(1), 3), "a"), add(enlargedBy(hero(2), 3), "b"),
                                     add(enlargedBy(hero(3), 3), "c")};
  open(ids);
  EXPECT_EQ(find<QAbstractButton>("applyGridButton")->text(), "Apply to 3 sprites");
  click("applyGridButton");
  ASSERT_TRUE(waitForSteps(1));
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(pixelsOf(ids[i]), hero(i + 1));
  m_session->undoStack().undo();
  ASSERT_TRUE(waitForSteps(0));
  for (const SpriteId id : ids) EXPECT_EQ(pixelsOf(id).width(), 192);
  m_session->undoStack().redo();
  ASSERT_TRUE(waitForSteps(1));
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(pixelsOf(ids[i]), hero(i + 1));
}

TEST_F(PixelGridDialogTest, EachSpriteCanKeepAGridOfItsOwn) {
  const std::vector<SpriteId> ids = {add(enlargedBy(hero(1), 3), "a"), add(enlargedBy(hero(2), 5), "b"),
                                     add(hero(3), "native")};
  open(ids);
  click("gridEach");
  EXPECT_FALSE(find<QWidget>("gridScaleX")->isEnabled());
  click("applyGridButton");
  ASSERT_TRUE(waitForSteps(1));
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(pixelsOf(ids[i]), hero(i + 1));
}

TEST_F(PixelGridDialogTest, ASpriteThatWasTakenBackAlreadyStartsFromItsOriginal) {
  writePng(m_folder / "hero.png", enlargedBy(hero(4), 4));
  m_session->importSprites({m_folder / "hero.png"});
  ASSERT_TRUE(waitForImports(1));
  const SpriteId id = sprites().front().id;
  ASSERT_EQ(pixelsOf(id).width(), 64);
  open({id});
  EXPECT_EQ(text("gridSize"), "256 × 256 px becomes 64 × 64 px");
  click("noGridButton");
  click("applyGridButton");
  ASSERT_TRUE(waitForSteps(2));
  EXPECT_EQ(pixelsOf(id).width(), 256);
}

TEST_F(PixelGridDialogTest, LargePicturesDoNotHoldTheWindowUp) {
  // Each of these takes a hundred milliseconds or more to work out.
  Sprite large(1024, 1024);
  const Sprite small = hero(5);
  for (int y = 0; y < 1024; ++y) {
    for (int x = 0; x < 1024; ++x) large.at(x, y) = small.at(x / 16, y / 16);
  }
  open({add(large, "a")});
  auto* field = find<QDoubleSpinBox>("gridScaleX");
  qint64 slowest = 0;
  for (int i = 0; i < 20; ++i) {
    QElapsedTimer step;
    step.start();
    field->stepBy(1);
    slowest = std::max(slowest, step.elapsed());
  }
  EXPECT_LE(slowest, 20) << "ms for a click";
  const QString expected = QString("1024 × 1024 px becomes %1 × %1 px").arg(qRound(1024 / field->value()));
  EXPECT_TRUE(wait([&] { return text("gridSize") == expected; })) << text("gridSize").toStdString();
}

}  // namespace
}  // namespace loom
