#include "ui/widgets/places_panel.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/widgets/picture_map.h"

namespace loom {
namespace {

constexpr int kSize = 24;

Latent character(int number) {
  return sampleLatent(5, static_cast<std::uint64_t>(number), kSize);
}

QImage dot() {
  QImage image(16, 16, QImage::Format_RGBA8888);
  image.fill(Qt::red);
  return image;
}

class Places : public testing::Test {
 protected:
  void SetUp() override {
    QObject::connect(&panel, &PlacesPanel::picturesWanted, [this](const std::vector<Latent>& latents) {
      offered = latents;
      for (int i = 0; std::cmp_less(i, latents.size()); ++i) panel.setPicture(i, dot());
    });
    QObject::connect(&panel, &PlacesPanel::edited, [this](const Latent& latent, bool moving) {
      now = latent;
      moved = moving;
      ++edits;
      panel.setLatent(latent);
    });
    panel.resize(320, 520);
    panel.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
    panel.setLatent(now);
    panel.setShown(true);
  }
  template <class Widget>
  Widget& get(const char* name) {
    return *panel.findChild<Widget*>(name);
  }
  void choose(PlacesPanel::Kind kind) { get<QComboBox>("placesKind").setCurrentIndex(static_cast<int>(kind)); }
  void click(const char* name) {
    auto& button = get<QPushButton>(name);
    ASSERT_TRUE(button.isVisible() && button.isEnabled()) << name;
    QTest::mouseClick(&button, Qt::LeftButton);
  }
  QPoint middleOf(int index) { return panel.map().cellArea(index).center().toPoint(); }

  PlacesPanel panel;
  Latent now = character(0);
  bool moved = false;
  int edits = 0;
  std::vector<Latent> offered;
};

TEST_F(Places, AMapIsAskedForAndThePointInItsMiddleIsTheCharacter) {
  EXPECT_EQ(offered.size(), 64U);
  EXPECT_EQ(panel.map().side(), 8);
  ASSERT_TRUE(panel.map().point());
  EXPECT_EQ(*panel.map().point(), QPointF(0, 0));
  EXPECT_EQ(edits, 0);
}

TEST_F(Places, DraggingThePointBringsTheCharacterToWhatIsShownThere) {
  QTest::mousePress(&panel.map(), Qt::LeftButton, {}, middleOf(36));
  EXPECT_TRUE(moved);
  QTest::mouseMove(&panel.map(), middleOf(10));
  QTest::mouseRelease(&panel.map(), Qt::LeftButton, {}, middleOf(10));
  ASSERT_EQ(now.size(), offered[10].size());
  for (std::size_t i = 0; i < now.size(); ++i) EXPECT_NEAR(now[i], offered[10][i], .1) << i;
  EXPECT_EQ(offered.size(), 64U) << "the map stays as it is";
}

TEST_F(Places, ArrowKeysMoveThePointAndPlusGoesTowardsWhatIsUnderIt) {
  panel.map().setFocus();
  QTest::keyClick(&panel.map(), Qt::Key_Right);
  ASSERT_TRUE(panel.map().point());
  EXPECT_NEAR(panel.map().point()->x(), .125, 1e-3);
  const Latent before = now;
  QTest::keyClick(&panel.map(), Qt::Key_Plus);
  EXPECT_NE(now, before);
  EXPECT_FALSE(moved);
}

TEST_F(Places, WhatTheModelCanChangeAreTheFirstAxes) {
  std::vector<Direction> directions(3);
  for (std::size_t i = 0; i < directions.size(); ++i) {
    directions[i] = {.name = "axis " + std::to_string(i + 1), .vector = Latent(kSize)};
    directions[i].vector[i + 5] = 1;
  }
  panel.setDirections(directions);
  ASSERT_EQ(offered.size(), 64U);
  for (std::size_t i = 0; i < kSize; ++i) EXPECT_EQ(offered[0][i] != now[i], i == 5 || i == 6) << i;
  EXPECT_LT(offered[0][5], offered[7][5]) << "to the right";
  EXPECT_LT(offered[0][6], offered[56][6]) << "downwards";
  EXPECT_TRUE(get<QLabel>("muted").text().contains("axis 2"));
  click("placesOthers");
  EXPECT_FALSE(get<QLabel>("muted").text().contains("axis")) << "one is left over: then any directions";
  EXPECT_NE(offered[0][0], now[0]);
}

TEST_F(Places, OthersAreOtherDirectionsAndHereIsANewMiddle) {
  const std::vector<Latent> before = offered;
  click("placesOthers");
  EXPECT_NE(offered, before);
  QTest::mouseClick(&panel.map(), Qt::LeftButton, {}, middleOf(0));
  click("placesHere");
  EXPECT_EQ(*panel.map().point(), QPointF(0, 0));
}

TEST_F(Places, AVariationIsTakenByAClickAndKeepsWhatIsLocked) {
  LatentLocks locks(kSize);
  locks[3] = true;
  panel.setLocks(locks);
  choose(PlacesPanel::Kind::kVariations);
  ASSERT_EQ(offered.size(), 16U);
  for (const Latent& one : offered) EXPECT_EQ(one[3], character(0)[3]);
  EXPECT_FALSE(panel.map().point());
  QTest::mouseClick(&panel.map(), Qt::LeftButton, {}, middleOf(5));
  EXPECT_EQ(now, offered[5]);
  EXPECT_FALSE(moved) << "a step of its own";
  get<QDoubleSpinBox>("placesRadius").setValue(0);
  for (const Latent& one : offered) EXPECT_EQ(one, now);
}

TEST_F(Places, ChildrenAskForTwoParentsFirst) {
  offered.clear();
  choose(PlacesPanel::Kind::kChildren);
  EXPECT_TRUE(offered.empty());
  EXPECT_TRUE(get<QLabel>("muted").text().contains("favourites"));
  get<QDoubleSpinBox>("placesRadius").setValue(0);
  panel.setParents({character(1), character(2)});
  ASSERT_EQ(offered.size(), 16U);
  for (std::size_t i = 0; i < kSize; ++i) {
    EXPECT_TRUE(offered[2][i] == character(1)[i] || offered[2][i] == character(2)[i]) << i;
  }
  panel.setParents({});
  EXPECT_TRUE(panel.map().picture(0).isNull()) << "nobody's children are shown";
}

TEST_F(Places, NothingIsDrawnForATabThatIsNotShown) {
  panel.setShown(false);
  offered.clear();
  choose(PlacesPanel::Kind::kVariations);
  EXPECT_TRUE(offered.empty());
  panel.setShown(true);
  EXPECT_EQ(offered.size(), 16U);
}

TEST_F(Places, ChildrenByLayerHaveTheDrawingOfTheRowAndTheColoursOfTheColumn) {
  auto& breeding = get<QComboBox>("breedingKind");
  choose(PlacesPanel::Kind::kChildren);
  panel.setParents({character(1), character(2)});
  panel.setLayers(2);
  breeding.setCurrentIndex(2);
  ASSERT_EQ(offered.size(), 4U);
  EXPECT_EQ(panel.map().side(), 2);
  Latent wanted = character(1);
  const Latent colours = character(2);
  wanted.insert(wanted.end(), colours.begin(), colours.end());
  EXPECT_EQ(offered[1], wanted);
  Latent bred;
  QObject::connect(&panel, &PlacesPanel::bred, [&](const Latent& whole) { bred = whole; });
  QTest::mouseClick(&panel.map(), Qt::LeftButton, {}, middleOf(1));
  EXPECT_EQ(bred, wanted);
  panel.setLayers(1);
  EXPECT_EQ(breeding.currentIndex(), 0) << "a model that takes its latent in once has no such children";
}

TEST_F(Places, AMapGoesThroughThreeFavourites) {
  auto& through = get<QPushButton>("placesThrough");
  panel.setParents({character(1), character(2)});
  EXPECT_FALSE(through.isEnabled());
  panel.setParents({character(1), character(2), character(3)});
  click("placesThrough");
  const LatentPlane plane = LatentPlane::through(character(1), character(2), character(3));
  EXPECT_EQ(offered, [&] {
    std::vector<Latent> at;
    for (const PlanePoint& cell : LatentPlane::cells(8, 8)) at.push_back(plane.at(cell));
    return at;
  }());
  QTest::mouseClick(&panel.map(), Qt::LeftButton, {}, middleOf(9));
  EXPECT_TRUE(plane.nearest(now) != PlanePoint()) << "the character is on that plane now";
  const Latent before = now;
  click("placesHere");
  EXPECT_NE(offered.front(), plane.at(LatentPlane::cells(8, 8).front())) << "around the character again";
  EXPECT_EQ(now, before);
}

TEST_F(Places, ARandomWalkGoesOnUntilAHandMovesTheCharacter) {
  const Latent before = now;
  panel.toggleWalk();
  EXPECT_EQ(panel.kind(), PlacesPanel::Kind::kWalk);
  ASSERT_TRUE(QTest::qWaitFor([&] { return edits > 5; }));
  EXPECT_NE(now, before);
  EXPECT_TRUE(moved) << "one gesture";
  panel.setLatent(character(8));
  EXPECT_FALSE(panel.walks());
  EXPECT_FALSE(get<QPushButton>("walkAboutButton").isChecked());
  const int edited = edits;
  QTest::qWait(120);
  EXPECT_EQ(edits, edited);
}

TEST_F(Places, ARandomWalkLeavesLockedValuesAlone) {
  LatentLocks locks(kSize);
  locks[3] = true;
  panel.setLocks(locks);
  const float value = now[3];
  get<QDoubleSpinBox>("walkPace").setValue(.2);
  panel.toggleWalk();
  ASSERT_TRUE(QTest::qWaitFor([&] { return edits > 20; }));
  EXPECT_EQ(now[3], value);
  click("walkAboutButton");
  EXPECT_FALSE(panel.walks());
}

TEST_F(Places, ARandomWalkEndsWhenNobodySeesIt) {
  panel.toggleWalk();
  ASSERT_TRUE(QTest::qWaitFor([&] { return edits > 2; }));
  panel.hide();
  EXPECT_FALSE(panel.walks());
}

}  // namespace
}  // namespace loom
