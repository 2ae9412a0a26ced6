#include <gtest/gtest.h>

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>

#include "tests/project/sample_sprite.h"
#include "tests/ui/answer_dialog.h"
#include "tests/ui/dataset_fixture.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/sprite_map_view.h"

namespace loom {
namespace {

constexpr int kCharacters = 6;

class DatasetCuration : public DatasetFixture {
 protected:
  /// Six characters in two views; c5's front is c0's once more, a pixel to the right.
  void SetUp() override {
    DatasetFixture::SetUp();
    for (int i = 0; i < kCharacters; ++i) {
      m_front.push_back(
          add(figure(i == 5 ? 0 : i, i == 5 ? 1 : 0), "c" + std::to_string(i), "front", i % 2 == 0 ? "even" : "odd"));
      m_back.push_back(add(figure(40 + i, 0), "c" + std::to_string(i), "back"));
    }
    reload(2 * kCharacters);
  }
  static Sprite figure(int number, int shift) {
    const Sprite inner = sampleSprite(number, 12, 12);
    Sprite sprite(24, 24);
    for (int y = 0; y < 12; ++y) {
      for (int x = 0; x < 12; ++x) sprite.at(x + 6 + shift, y + 6) = inner.at(x, y);
    }
    return sprite;
  }
  SpriteMapView* map() { return find<SpriteMapView>("spriteMap"); }
  BarChart* chart(const char* name) { return find<BarChart>(name); }
  bool isGrid() { return isShown("thumbnailGrid"); }
  std::vector<SpriteId> m_front, m_back;
};

TEST_F(DatasetCuration, APointOnTheMapSelectsItsSprite) {
  click("mapLook");
  ASSERT_TRUE(isShown("spriteMap"));
  ASSERT_TRUE(wait([this] { return map()->positionOf(m_front[2]).has_value(); }));
  for (const SpriteId id : {m_front[2], m_back[4]}) {
    QTest::mouseClick(map(), Qt::LeftButton, {}, map()->positionOf(id)->toPoint());
    ASSERT_EQ(m_page->selection(), std::vector<SpriteId>{id});
  }
  EXPECT_TRUE(wait([this] { return text("detailsTitle") == "c4"; }));
  // A click where nothing is takes the selection away; X works here too.
  QTest::mouseClick(map(), Qt::LeftButton, {}, map()->positionOf(m_back[4])->toPoint());
  map()->setFocus();
  QTest::keyClick(map(), Qt::Key_X);
  EXPECT_TRUE(info(m_back[4]).excluded);
  QTest::mouseClick(map(), Qt::LeftButton, {}, QPoint(1, 1));
  EXPECT_TRUE(m_page->selection().empty());
}

TEST_F(DatasetCuration, TheMapZoomsPansAndTakesARubberBand) {
  click("mapLook");
  ASSERT_TRUE(wait([this] { return map()->positionOf(m_front[0]).has_value(); }));
  const QPointF was = *map()->positionOf(m_front[0]);
  map()->setFocus();
  QTest::keyClick(map(), Qt::Key_Plus);
  EXPECT_NE(*map()->positionOf(m_front[0]), was);
  QTest::keyClick(map(), Qt::Key_0);
  EXPECT_EQ(*map()->positionOf(m_front[0]), was);
  QWheelEvent wheel(was, map()->mapToGlobal(was), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(map(), &wheel);
  EXPECT_LT(QLineF(*map()->positionOf(m_front[0]), was).length(), 1);  // what is pointed at stays
  EXPECT_NE(*map()->positionOf(m_front[1]), was);
  QTest::mouseDClick(map(), Qt::LeftButton, {}, QPoint(1, 1));
  EXPECT_EQ(*map()->positionOf(m_front[0]), was);
  QTest::mousePress(map(), Qt::LeftButton, {}, QPoint(1, 1));
  QTest::mouseMove(map(), QPoint(map()->width() / 2, map()->height() / 2));
  QTest::mouseRelease(map(), Qt::LeftButton, {}, QPoint(map()->width() - 1, map()->height() - 1));
  EXPECT_EQ(m_page->selection().size(), std::size_t{2 * kCharacters});
}

TEST_F(DatasetCuration, TheMapKeepsStillWhenLabelsChangeAndSaysWhenItIsOld) {
  click("mapLook");
  ASSERT_TRUE(wait([this] { return map()->positionOf(m_front[0]).has_value(); }));
  const QPointF was = *map()->positionOf(m_front[1]);
  type("filterText", "view:front");
  ASSERT_TRUE(waitForRows(kCharacters));
  QTest::mouseClick(map(), Qt::LeftButton, {}, map()->positionOf(m_back[0])->toPoint());
  EXPECT_EQ(std::ranges::count(m_page->selection(), m_back[0]), 0);  // filtered out: it is not on the map
  m_session->catalogue().setField(m_front, SpriteField::kTags, "new");
  m_session->notifySpritesChanged();
  ASSERT_TRUE(wait([this] { return !model()->loading(); }));
  QTest::qWait(100);
  EXPECT_EQ(m_session->jobs().currentTitle(), "");
  EXPECT_EQ(*map()->positionOf(m_front[1]), was);
  add(figure(99, 0), "stranger", "front");
  reload(kCharacters + 1);
  EXPECT_EQ(*map()->positionOf(m_front[1]), was);
  click("mapLook");
  EXPECT_TRUE(wait([this] { return map()->positionOf(m_back.back() + 1).has_value(); }));
}

TEST_F(DatasetCuration, ABarOfAChartShowsItsSpritesInTheGrid) {
  click("chartsLook");
  ASSERT_TRUE(wait([this] { return !chart("chartViews")->bars().empty(); }));
  EXPECT_TRUE(text("chartsSummary").contains("12 sprites of 6 characters"));
  ASSERT_EQ(chart("chartViews")->bars().size(), 2U);
  EXPECT_EQ(chart("chartViews")->bars()[1].label, "front");
  QTest::qWait(50);  // laid out
  const QWidget* plot = chart("chartViews")->childAt(chart("chartViews")->barArea(1).center());
  ASSERT_NE(plot, nullptr);
  QTest::mouseClick(const_cast<QWidget*>(plot), Qt::LeftButton, {},
                    plot->mapFrom(chart("chartViews"), chart("chartViews")->barArea(1).center()));
  EXPECT_TRUE(isGrid());
  EXPECT_EQ(find<QLineEdit>("filterText")->text(), "view:front");
  ASSERT_TRUE(waitForRows(kCharacters));
}

TEST_F(DatasetCuration, EveryBarFindsAsManySpritesAsItCounts) {
  m_session->catalogue().setField(m_front, SpriteField::kLicence, "CC-BY 4.0 or later");
  m_session->catalogue().setField(m_back, SpriteField::kAuthor, "Ada L.");
  m_session->notifySpritesChanged();
  ASSERT_TRUE(wait([this] { return !model()->loading(); }));
  click("chartsLook");
  ASSERT_TRUE(wait([this] { return chart("chartAuthors")->bars().size() == 2; }));
  for (const char* name :
       {"chartSizes", "chartColours", "chartViews", "chartTags", "chartLicences", "chartAuthors", "chartAnimations"}) {
    for (const Bar& bar : chart(name)->bars()) {
      const SpriteArrangement found = arrangeSprites(model()->table(), {bar.filter});
      EXPECT_EQ(found.rows.size(), static_cast<std::size_t>(bar.count)) << name << ": " << bar.filter.toStdString();
    }
  }
}

TEST_F(DatasetCuration, ChartsAreReachedByKeyAndLeaveTheWheelToThePage) {
  click("chartsLook");
  ASSERT_TRUE(wait([this] { return !chart("chartTags")->bars().empty(); }));
  BarChart* tags = chart("chartTags");
  tags->setFocus();
  QTest::keyClick(tags, Qt::Key_Down);
  QTest::keyClick(tags, Qt::Key_Return);
  EXPECT_TRUE(isGrid());
  EXPECT_TRUE(find<QLineEdit>("filterText")->text().startsWith("tag:"));
  click("chartsLook");
  QWidget* plot = chart("chartSizes")->childAt(chart("chartSizes")->rect().center());
  const QPointF centre = plot->rect().center();
  QWheelEvent wheel(centre, plot->mapToGlobal(centre), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QCoreApplication::sendEvent(plot, &wheel);
  EXPECT_FALSE(wheel.isAccepted() && find<QScrollArea>("setCharts")->verticalScrollBar()->value() == 0 &&
               find<QScrollArea>("setCharts")->verticalScrollBar()->maximum() > 0);
}

TEST_F(DatasetCuration, NearDuplicatesAreGroupedAndAllButTheFirstExcluded) {
  choose("checkButton", "checkDuplicates");
  ASSERT_TRUE(wait([this] { return isShown("findingsStrip"); }));
  EXPECT_EQ(text("findingsText"), "Near duplicates: 1 finding");
  ASSERT_TRUE(waitForRows(2));
  EXPECT_TRUE(model()->sectionTitle(0).startsWith("c0: 2 alike (")) << model()->sectionTitle(0).toStdString();
  EXPECT_EQ(model()->sprite(0).id, m_front[0]);
  EXPECT_EQ(model()->sprite(1).id, m_front[5]);
  click("excludeFindingsButton");
  ASSERT_TRUE(wait([this] { return info(m_front[5]).excluded; }));
  EXPECT_FALSE(info(m_front[0]).excluded);
  click("excludeFindingsButton");
  EXPECT_TRUE(m_said.contains("Nothing to do")) << m_said.toStdString();
  click("closeFindingsButton");
  ASSERT_TRUE(waitForRows(2 * kCharacters));
  EXPECT_FALSE(isShown("findingsStrip"));
  m_session->undoStack().undo();
  EXPECT_TRUE(wait([this] { return !info(m_front[5]).excluded; }));
}

TEST_F(DatasetCuration, TheOneThatStaysIsOneThatTrainingSees) {
  const SpriteId out[] = {m_front[0]};
  m_session->catalogue().setExcluded(out, true);
  reload(2 * kCharacters);
  choose("checkButton", "checkDuplicates");
  ASSERT_TRUE(waitForRows(2));
  click("excludeFindingsButton");
  EXPECT_TRUE(m_said.contains("Nothing to do"));
  EXPECT_FALSE(info(m_front[5]).excluded);
}

TEST_F(DatasetCuration, AnEmptySpriteIsUnlikeTheOthersAndCannotBeThrownOutBlindly) {
  const SpriteId empty = add(Sprite(24, 24), "ghost", "front");
  reload(2 * kCharacters + 1);
  choose("checkButton", "checkOutliers");
  ASSERT_TRUE(wait([this] { return isShown("findingsStrip"); })) << m_said.toStdString();
  ASSERT_TRUE(
      wait([&] { return model()->rowOf(empty) >= 0 && model()->arrangement().kind == SectionKind::kFindings; }));
  EXPECT_FALSE(isShown("excludeFindingsButton"));
  EXPECT_FALSE(model()->sectionTitle(0).isEmpty());
}

TEST_F(DatasetCuration, ACheckThatFindsNothingSaysSo) {
  choose("checkButton", "checkMirrors");  // there are no left and right views
  ASSERT_TRUE(wait([this] { return m_said.contains("nothing was found"); }));
  EXPECT_FALSE(isShown("findingsStrip"));
  EXPECT_EQ(model()->rowCount(), 2 * kCharacters);
}

TEST_F(DatasetCuration, HeldOutCharactersAreChosenCountedAndUndone) {
  choose("checkButton", "splitAction");
  QDialog* dialog = find<QDialog>("splitDialog");
  ASSERT_TRUE(wait([&] { return dialog->isVisible(); }));
  auto* counts = dialog->findChild<QLabel*>("splitCounts");
  ASSERT_TRUE(wait([&] { return counts->text().contains("Training: 6 characters, 12 sprites"); }));
  dialog->findChild<QDoubleSpinBox*>("splitPercent")->setValue(50);
  ASSERT_TRUE(wait([&] { return !counts->text().contains("Held out: 0 characters"); }));
  auto* align = dialog->findChild<QPushButton*>("alignButton");
  QTest::mouseClick(align, Qt::LeftButton);
  ASSERT_TRUE(wait([&] { return counts->text().contains("No near duplicates lie in both parts"); }));
  // Until the copies c0 and c5 come to lie in different parts.
  SplitSettings other{.fraction = .5, .seed = 1};
  while (isHeldOut(other, "c0") == isHeldOut(other, "c5")) ++other.seed;
  dialog->findChild<QSpinBox*>("splitSeed")->setValue(static_cast<int>(other.seed));
  QTest::mouseClick(align, Qt::LeftButton);
  ASSERT_TRUE(wait([&] { return counts->text().contains("kept where their near duplicates are"); }))
      << counts->text().toStdString();
  QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
  const SplitSettings saved = loadSplit(m_session->catalogue());
  EXPECT_EQ(saved.fraction, .5);
  EXPECT_EQ(isHeldOut(saved, "c0"), isHeldOut(saved, "c5"));
  m_session->undoStack().undo();
  EXPECT_EQ(loadSplit(m_session->catalogue()).fraction, 0);
}

}  // namespace
}  // namespace loom
