#include "core/evaluate/group_interval.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace loom {
namespace {

TEST(GroupInterval, IsAsWideAsStudentsDistributionSays) {
  EXPECT_NEAR(errorsOf95(4), 3.182, .06);
  EXPECT_NEAR(errorsOf95(6), 2.571, .01);
  EXPECT_NEAR(errorsOf95(12), 2.201, .005);
  EXPECT_NEAR(errorsOf95(100'000), 1.960, .001);
}

TEST(GroupInterval, OfSixGroupsWithOneValueEachIsTheTextbooksOne) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6};
  const std::vector<int> groups = {0, 1, 2, 3, 4, 5};
  const double error = std::sqrt(3.5 / 6);  // the values' variance is 3.5
  EXPECT_NEAR(meanHalfWidth(values, groups, 1), 2.571 * error, .1 * error * 2.571);
}

TEST(GroupInterval, DoesNotNarrowWhenEveryGroupSaysTheSameAgain) {
  std::vector<double> values;
  std::vector<int> groups, apart(24);
  for (int i = 0; i < 24; ++i) {
    values.push_back(i / 4);
    groups.push_back(i / 4);
  }
  std::iota(apart.begin(), apart.end(), 0);
  const double once = meanHalfWidth(std::vector<double>{0, 1, 2, 3, 4, 5}, std::vector<int>{0, 1, 2, 3, 4, 5}, 1);
  EXPECT_NEAR(meanHalfWidth(values, groups, 1), once, 1e-9);
  EXPECT_LT(meanHalfWidth(values, apart, 1), .5 * once) << "four times as many witnesses";
}

TEST(GroupInterval, OfWhatIsTheSameEverywhereOrOfOneGroupIsNothing) {
  EXPECT_NEAR(meanHalfWidth(std::vector<double>{2, 2, 2}, std::vector<int>{0, 1, 2}, 1), 0, 1e-9);
  EXPECT_EQ(meanHalfWidth(std::vector<double>{1, 2, 3}, std::vector<int>{7, 7, 7}, 1), 0);
  EXPECT_EQ(meanHalfWidth({}, {}, 1), 0);
}

TEST(GroupInterval, WeighsAGroupByItsRows) {
  // One large group at 0, one row at 1 in each of three others: the mean is .25 and hangs on few witnesses.
  std::vector<double> values(9, 0);
  std::vector<int> groups(9, 0);
  for (int i = 1; i <= 3; ++i) {
    values.push_back(1);
    groups.push_back(i);
  }
  EXPECT_GT(meanHalfWidth(values, groups, 1), .5);
}

}  // namespace
}  // namespace loom
