#include "core/base/natural_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace loom {
namespace {

TEST(NaturalOrder, CountsAsPeopleDo) {
  const std::vector<std::string> sorted = {"", "01", "1", "2", "10", "100", "a", "a-2", "a-9", "a-010", "a-10", "ab"};
  auto shuffled = sorted;
  std::ranges::reverse(shuffled);
  std::ranges::sort(shuffled, naturalLess);
  EXPECT_EQ(shuffled, sorted);
}

TEST(NaturalOrder, HasNoTiesBetweenDifferentNames) {
  EXPECT_FALSE(naturalLess("7", "7"));
  EXPECT_NE(naturalLess("x007", "x7"), naturalLess("x7", "x007"));
  EXPECT_TRUE(naturalLess("99999999999999999998", "99999999999999999999"));
}

}  // namespace
}  // namespace loom
