#include "core/studio/view_angles.h"

#include <gtest/gtest.h>

#include <set>

namespace loom {
namespace {

using Names = std::vector<std::string>;
const Names kFour = {"back", "left", "front", "right"};
const Names kEight = {"back", "left", "front", "right", "back-left", "back-right", "front-left", "front-right"};

TEST(ViewAngles, FourViewsStandWhereTheyLook) {
  EXPECT_EQ(viewAngles(kFour), (std::vector<double>{0, 270, 180, 90}));
}

TEST(ViewAngles, DiagonalsStandBetween) {
  EXPECT_EQ(viewAngles(kEight), (std::vector<double>{0, 270, 180, 90, 315, 45, 225, 135}));
}

TEST(ViewAngles, UnknownNamesStandEvenly) {
  EXPECT_EQ(viewAngles({"idle", "walk", "jump"}), (std::vector<double>{0, 120, 240}));
}

TEST(ViewAngles, UnknownNamesAmongKnownTakeFreePlaces) {
  const std::vector<double> angles = viewAngles({"back", "left", "front", "right", "portrait", "icon"});
  const std::set<double> different(angles.begin(), angles.end());
  EXPECT_EQ(different.size(), 6U);
  EXPECT_EQ(angles[0], 0);
  EXPECT_EQ(angles[2], 180);
}

TEST(ViewAngles, ATurnBeginsAtTheFrontAndGoesClockwise) {
  EXPECT_EQ(turningOrder(kFour), (Names{"front", "left", "back", "right"}));
  EXPECT_EQ(turningOrder(kEight),
            (Names{"front", "front-left", "left", "back-left", "back", "back-right", "right", "front-right"}));
  EXPECT_EQ(turningOrder({"left", "back"}), (Names{"back", "left"})) << "without a front";
  EXPECT_TRUE(turningOrder({}).empty());
}

}  // namespace
}  // namespace loom
