#include <gtest/gtest.h>

#include <QFileDialog>
#include <QPushButton>
#include <fstream>

#include "tests/ui/answer_dialog.h"
#include "tests/ui/dataset_fixture.h"
#include "ui/widgets/cleaning_panel.h"
#include "ui/widgets/palette_swatches.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {
namespace {

constexpr Rgba kMagenta{255, 0, 255, 255};

/// A red figure on a magenta ground.
Sprite onMagenta(int shade, int width = 16, int height = 16) {
  Sprite sprite(width, height);
  std::ranges::fill(sprite.pixels(), kMagenta);
  for (int y = 5; y < 13; ++y) {
    for (int x = 5; x < 10; ++x) sprite.at(x, y) = {static_cast<std::uint8_t>(shade), 20, 30, 255};
  }
  return sprite;
}

class DatasetCleaning : public DatasetFixture {
 protected:
  void SetUp() override {
    DatasetFixture::SetUp();
    for (int i = 0; i < 3; ++i) m_ids.push_back(add(onMagenta(100 + 40 * i), "c" + std::to_string(i), "front"));
    reload(3);
    openTab("Clean");
  }
  void addStep(const QString& name) { choose("addStepButton", "addStep-" + name); }
  QColor after(int x, int y) { return find<SpriteCanvas>("cleaningAfter")->image().pixelColor(x, y); }
  QColor before(int x, int y) { return find<SpriteCanvas>("cleaningBefore")->image().pixelColor(x, y); }
  bool waitForAfter(int x, int y, const std::function<bool(QColor)>& is) {
    return wait([&] {
      const QImage& image = find<SpriteCanvas>("cleaningAfter")->image();
      return image.rect().contains(x, y) && is(image.pixelColor(x, y));
    });
  }
  bool waitForAlpha(SpriteId id, int alpha) {
    return wait([this, id, alpha] { return pixels(id).at(0, 0).a == alpha && !model()->loading(); });
  }
  std::vector<SpriteId> m_ids;
};

TEST_F(DatasetCleaning, NothingCanBeAppliedWithoutASpriteOrAStep) {
  EXPECT_FALSE(canClick("applySelectedButton"));
  EXPECT_TRUE(text("cleaningNotes").contains("Select a sprite"));
  clickSprite(m_ids[0]);
  ASSERT_TRUE(wait([this] { return text("cleaningNotes").contains("Add a step"); }));
  EXPECT_FALSE(canClick("applySelectedButton"));
  addStep("background");
  EXPECT_TRUE(canClick("applySelectedButton"));
  EXPECT_EQ(find<QPushButton>("applySelectedButton")->text(), "Apply to 1 selected");
  EXPECT_EQ(find<QPushButton>("applyShownButton")->text(), "Apply to all 3 shown");
  EXPECT_FALSE(find<QLabel>("stepHelp")->text().isEmpty());
}

TEST_F(DatasetCleaning, BeforeAndAfterFollowTheStepsAndTheirSettings) {
  clickSprite(m_ids[0]);
  addStep("background");
  ASSERT_TRUE(waitForAfter(0, 0, [](QColor colour) { return colour.alpha() == 0; }));
  EXPECT_EQ(before(0, 0), QColor(255, 0, 255));
  EXPECT_EQ(after(6, 6), QColor(100, 20, 30));
  EXPECT_TRUE(text("cleaningNotes").contains("#ff00ff")) << text("cleaningNotes").toStdString();
  // Nothing of that is in the project yet.
  EXPECT_EQ(pixels(m_ids[0]), onMagenta(100));

  addStep("fit");
  auto* form = find<SettingsForm>("stepForm");
  ASSERT_TRUE(form->isVisible());
  const std::string main = cleaningKind("fit").mainSetting;
  form->setValues({{main, 32}});
  ASSERT_TRUE(wait([this] { return find<SpriteCanvas>("cleaningAfter")->image().width() == 32; }));
  auto* list = find<QListWidget>("cleaningSteps");
  ASSERT_EQ(list->count(), 2);
  EXPECT_TRUE(list->item(1)->text().contains("fit=32")) << list->item(1)->text().toStdString();
  click("removeStepButton");
  ASSERT_TRUE(wait([this] { return find<SpriteCanvas>("cleaningAfter")->image().width() == 16; }));
  EXPECT_EQ(list->count(), 1);
}

TEST_F(DatasetCleaning, StepsChangePlacesByButtonAndByKey) {
  addStep("trim");
  addStep("grayscale");
  const auto names = [this] {
    QStringList all;
    for (const CleaningStep& step : find<CleaningPanel>("cleaningPanel")->steps()) all << step.name.c_str();
    return all.join(' ');
  };
  EXPECT_EQ(names(), QString("trim grayscale"));
  click("stepUpButton");
  EXPECT_EQ(names(), QString("grayscale trim"));
  EXPECT_FALSE(canClick("stepUpButton"));
  auto* list = find<QListWidget>("cleaningSteps");
  list->setFocus();
  QTest::keyClick(list, Qt::Key_Down, Qt::ControlModifier);
  EXPECT_EQ(names(), QString("trim grayscale"));
  QTest::keyClick(list, Qt::Key_Delete);
  EXPECT_EQ(names(), QString("trim"));
  EXPECT_EQ(m_session->catalogue().counts().binned, 0);  // the key was meant for the step
}

TEST_F(DatasetCleaning, ApplyingIsOneUndoStepAndShowsInGridAndDetails) {
  clickSprite(m_ids[0]);
  clickSprite(m_ids[1], Qt::ControlModifier);
  addStep("background");
  ASSERT_TRUE(wait([this] { return find<QPushButton>("applySelectedButton")->text().contains("2 selected"); }));
  const std::uint64_t hash = info(m_ids[0]).hash;
  grid()->setFocus();
  QTest::keyClick(grid(), Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(waitForAlpha(m_ids[1], 0));
  EXPECT_EQ(pixels(m_ids[0]).at(0, 0).a, 0);
  EXPECT_EQ(pixels(m_ids[2]), onMagenta(180));  // was not selected
  EXPECT_TRUE(wait([this] { return m_said.contains("2 sprites of 2 changed"); })) << m_said.toStdString();
  EXPECT_EQ(m_session->undoStack().count(), 1);
  ASSERT_TRUE(wait([&] { return model()->sprite(model()->rowOf(m_ids[0])).hash != hash; }));
  // The grid shows no magenta where the sprite was.
  const QPoint corner = grid()->cellInViewport(model()->rowOf(m_ids[0])).center() - QPoint(20, 20);
  EXPECT_TRUE(wait([&] { return grid()->viewport()->grab().toImage().pixelColor(corner) != QColor(255, 0, 255); }));

  m_session->undoStack().undo();
  ASSERT_TRUE(waitForAlpha(m_ids[0], 255));
  EXPECT_EQ(pixels(m_ids[0]), onMagenta(100));
  EXPECT_EQ(pixels(m_ids[1]), onMagenta(140));
  ASSERT_TRUE(wait([&] { return model()->sprite(model()->rowOf(m_ids[0])).hash == hash; }));
  m_session->undoStack().redo();
  EXPECT_TRUE(waitForAlpha(m_ids[0], 0));
  openTab("Details");
  clickSprite(m_ids[0]);
  ASSERT_TRUE(wait([this] { return text("detailsState").contains("Cleaned"); }));
  EXPECT_TRUE(wait([this] {
    const QImage& image = find<SpriteCanvas>("detailsCanvas")->image();
    return !image.isNull() && image.pixelColor(0, 0).alpha() == 0;
  }));
}

TEST_F(DatasetCleaning, AllShownMeansWhatTheFilterLeft) {
  type("filterText", "-character:c2");
  ASSERT_TRUE(waitForRows(2));
  addStep("background");
  ASSERT_TRUE(wait([this] { return find<QPushButton>("applyShownButton")->text() == "Apply to all 2 shown"; }));
  click("applyShownButton");
  ASSERT_TRUE(waitForAlpha(m_ids[0], 0));
  EXPECT_TRUE(waitForAlpha(m_ids[1], 0));
  EXPECT_EQ(pixels(m_ids[2]), onMagenta(180));
}

TEST_F(DatasetCleaning, WhatWasDoneIsListedAndSingleStepsAreTakenBack) {
  clickSprite(m_ids[0]);
  addStep("background");
  addStep("grayscale");
  EXPECT_FALSE(isShown("doneSteps"));
  click("applySelectedButton");
  ASSERT_TRUE(wait([this] { return isShown("doneSteps") && find<QListWidget>("doneSteps")->count() == 2; }));
  const Sprite gray = pixels(m_ids[0]);
  EXPECT_EQ(gray.at(6, 6).r, gray.at(6, 6).g);
  EXPECT_FALSE(canClick("removeDoneButton"));
  auto* list = find<QListWidget>("doneSteps");
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
  ASSERT_TRUE(canClick("removeDoneButton"));
  click("removeDoneButton");
  ASSERT_TRUE(wait([this] { return find<QListWidget>("doneSteps")->count() == 1; }));
  EXPECT_EQ(pixels(m_ids[0]).at(6, 6), (Rgba{100, 20, 30, 255}));
  EXPECT_EQ(pixels(m_ids[0]).at(0, 0).a, 0);
  click("revertButton");
  ASSERT_TRUE(wait([this] { return !isShown("doneSteps"); }));
  EXPECT_EQ(pixels(m_ids[0]), onMagenta(100));
  m_session->undoStack().undo();  // the revert
  EXPECT_TRUE(waitForAlpha(m_ids[0], 0));
  m_session->undoStack().undo();  // the step taken back
  EXPECT_TRUE(wait([&] { return pixels(m_ids[0]) == gray; }));
}

TEST_F(DatasetCleaning, ManyAreRevertedAtOnce) {
  press(Qt::Key_A, Qt::ControlModifier);
  addStep("background");
  ASSERT_TRUE(wait([this] { return find<QPushButton>("applySelectedButton")->text().contains("3 selected"); }));
  click("applySelectedButton");
  ASSERT_TRUE(waitForAlpha(m_ids[2], 0));
  ASSERT_TRUE(wait([this] { return isShown("revertButton"); }));
  EXPECT_EQ(find<QToolButton>("revertButton")->text(), "Revert 3 selected");
  click("revertButton");
  ASSERT_TRUE(waitForAlpha(m_ids[2], 255));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pixels(m_ids[static_cast<std::size_t>(i)]), onMagenta(100 + 40 * i));
  EXPECT_TRUE(wait([this] { return m_session->undoStack().count() == 2; }));
}

TEST_F(DatasetCleaning, OnesOwnPaletteIsLoadedShownAndLockedTo) {
  const std::filesystem::path file = m_temp / "two.hex";
  std::ofstream(file) << "00ff00\n0000ff\n";
  clickSprite(m_ids[0]);
  addStep("lock");
  ASSERT_TRUE(isShown("loadPaletteButton"));
  ASSERT_TRUE(wait([this] { return isShown("cleaningProblem"); }));
  EXPECT_TRUE(text("cleaningProblem").contains("load one below"));
  EXPECT_FALSE(canClick("applySelectedButton"));
  answerFileDialog(*m_page, "paletteDialog", file);
  click("loadPaletteButton");
  auto* swatches = find<PaletteSwatches>("stepSwatches");
  ASSERT_TRUE(wait([&] { return swatches->isVisible() && swatches->count() == 2; }));
  EXPECT_EQ(text("stepPaletteCount"), "2 colours");
  ASSERT_TRUE(waitForAfter(0, 0, [](QColor colour) { return colour == QColor(0, 0, 255); }));
  EXPECT_FALSE(isShown("cleaningProblem"));
  EXPECT_TRUE(canClick("applySelectedButton"));
  // The list is kept with the step when another one is looked at.
  addStep("trim");
  EXPECT_FALSE(isShown("loadPaletteButton"));
  find<QListWidget>("cleaningSteps")->setCurrentRow(0);
  EXPECT_EQ(swatches->count(), 2);
}

TEST_F(DatasetCleaning, AFileThatIsNoPaletteIsSaidInThePanel) {
  const std::filesystem::path file = m_temp / "poem.gpl";
  std::ofstream(file) << "no colours at all";
  clickSprite(m_ids[0]);
  addStep("lock");
  ASSERT_TRUE(wait([this] { return isShown("cleaningProblem"); }));
  answerFileDialog(*m_page, "paletteDialog", file);
  click("loadPaletteButton");
  EXPECT_TRUE(wait([this] { return text("cleaningProblem").contains("poem"); }))
      << text("cleaningProblem").toStdString();
}

TEST_F(DatasetCleaning, TheTabAndTheStepsOfTheLastCleaningAreThereNextTime) {
  clickSprite(m_ids[0]);
  addStep("background");
  addStep("fit");
  click("applySelectedButton");
  ASSERT_TRUE(waitForAlpha(m_ids[0], 0));
  m_page.reset();
  showPage();
  ASSERT_TRUE(waitForRows(3));
  EXPECT_TRUE(isShown("cleaningPanel"));
  ASSERT_EQ(find<QListWidget>("cleaningSteps")->count(), 2);
  EXPECT_EQ(find<CleaningPanel>("cleaningPanel")->steps()[0].name, "background");
  EXPECT_EQ(m_page->findChildren<QListWidget*>("cleaningSteps").size(), 1);
}

TEST_F(DatasetCleaning, AJobThatEndsAfterAnotherProjectWasOpenedIsNoUndoStepThere) {
  clickSprite(m_ids[0]);
  addStep("background");
  click("applySelectedButton");
  m_session->createProject(m_temp / "other.loom");
  ASSERT_TRUE(wait([this] { return !m_session->jobs().busy(); }));
  QTest::qWait(50);
  EXPECT_EQ(m_session->undoStack().count(), 0);
}

}  // namespace
}  // namespace loom
