#include "core/dataset/sprite_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/dataset/neighbours.h"
#include "core/dataset/principal_axes.h"
#include "tests/dataset/sprite_list.h"

namespace loom {
namespace {

FeatureTable tableOf(std::span<const MapPoint> map) {
  FeatureTable table{.columns = 2};
  for (const MapPoint& point : map) table.values.insert(table.values.end(), {point.x, point.y});
  return table;
}

/// Rows in a few round clouds.
FeatureTable clouds(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<std::vector<float>> centres(20, std::vector<float>(columns));
  for (auto& centre : centres) {
    for (float& value : centre) value = static_cast<float>(random.normal());
  }
  FeatureTable table{.columns = columns};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto& centre = centres[random.below(20)];
    for (const float value : centre) table.values.push_back(value + static_cast<float>(.4 * random.normal()));
  }
  return table;
}

class SpriteMapTest : public testing::Test {
 protected:
  void checkKeepsNeighbours() {
    const auto map = mapOfSprites(m_list.infos(), m_list.source(), 1, m_monitor);
    const FeatureTable table = lookTable(featuresOf(m_list.infos(), m_list.source(), m_monitor));
    const double own = trustworthiness(table, tableOf(map), 12);
    const double axes = trustworthiness(table, alongPrincipalAxes(table, 2), 12);
    std::cout << "trustworthiness (k = 12): map " << own << ", first two principal axes " << axes << "\n";
    EXPECT_GT(own, .95);
    EXPECT_GT(own, axes + .05);
  }
  SpriteList m_list;
  JobMonitor m_monitor;
};

TEST_F(SpriteMapTest, KeepsMoreNeighboursThanPrincipalAxesDo) {
  m_list.addStarter(150);
  checkKeepsNeighbours();
}

TEST_F(SpriteMapTest, KeepsMoreNeighboursOfCharactersThatShareTheirBodies) {
  if (!m_list.addArchive("tiny-hero.zip")) GTEST_SKIP() << "tiny-hero.zip is not here";
  checkKeepsNeighbours();
}

TEST_F(SpriteMapTest, IsTheSameForTheSameSeedAndLiesInTheUnitSquare) {
  m_list.addStarter(40);
  const auto first = mapOfSprites(m_list.infos(), m_list.source(), 5, m_monitor);
  EXPECT_EQ(first, mapOfSprites(m_list.infos(), m_list.source(), 5, m_monitor));
  EXPECT_NE(first, mapOfSprites(m_list.infos(), m_list.source(), 6, m_monitor));
  float low = 1, high = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].sprite, m_list.infos()[i].id);
    low = std::min({low, first[i].x, first[i].y});
    high = std::max({high, first[i].x, first[i].y});
  }
  EXPECT_NEAR(low, 0, 1e-5) << "the square is used to its borders";
  EXPECT_NEAR(high, 1, 1e-5);
}

TEST_F(SpriteMapTest, CopesWithVeryFewSpritesAndWithTwins) {
  EXPECT_TRUE(mapOfSprites(m_list.infos(), m_list.source(), 1, m_monitor).empty());
  for (int count = 1; count <= 40; ++count) {
    m_list.add(starterCharacter(1, static_cast<std::uint64_t>(count % 2)).views[0], "c", "back");
    if (count > 4 && count < 40) continue;
    for (const MapPoint& point : mapOfSprites(m_list.infos(), m_list.source(), 1, m_monitor)) {
      EXPECT_TRUE(point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1) << count << " sprites";
    }
  }
  m_list.add(Sprite(64, 64), "empty", "back");
  EXPECT_EQ(mapOfSprites(m_list.infos(), m_list.source(), 1, m_monitor).size(), 41U);
}

TEST_F(SpriteMapTest, CanBeCancelledAtEveryStage) {
  m_list.addStarter(30);
  std::vector<std::string> stages;
  JobMonitor all({}, [&](const Progress& progress) {
    if (stages.empty() || stages.back() != progress.stage) stages.push_back(progress.stage);
  });
  mapOfSprites(m_list.infos(), m_list.source(), 1, all);
  EXPECT_GE(stages.size(), 3U);
  for (const std::string& stage : stages) {
    std::stop_source stop;
    JobMonitor monitor(stop.get_token(), [&](const Progress& progress) {
      if (progress.stage == stage) stop.request_stop();
    });
    EXPECT_THROW(mapOfSprites(m_list.infos(), m_list.source(), 1, monitor), Cancelled) << stage;
  }
}

TEST(PrincipalAxes, TurnTheLargestVarianceToTheFront) {
  RandomStream random(4);
  FeatureTable table{.columns = 3};
  for (int i = 0; i < 500; ++i) {
    const double along = 5 * random.normal(), across = random.normal();
    table.values.push_back(static_cast<float>(7 + .6 * along - .8 * across));
    table.values.push_back(static_cast<float>(.8 * along + .6 * across));
    table.values.push_back(3);
  }
  const FeatureTable turned = alongPrincipalAxes(table, 3);
  double first = 0, second = 0, third = 0, mixed = 0;
  for (std::size_t i = 0; i < turned.rows(); ++i) {
    const auto row = turned.row(i);
    first += std::pow(row[0], 2) / 500;
    second += std::pow(row[1], 2) / 500;
    third += std::pow(row[2], 2) / 500;
    mixed += static_cast<double>(row[0] * row[1]) / 500;
  }
  EXPECT_NEAR(first, 25, 3);
  EXPECT_NEAR(second, 1, .15);
  EXPECT_NEAR(third, 0, 1e-9);
  EXPECT_NEAR(mixed, 0, 1e-3);
}

TEST(Neighbours, OfLargeTablesAreNearlyAlwaysTheTrueOnes) {
  const FeatureTable table = clouds(NeighbourIndex::kExactRows + 2000, 100, 11);
  JobMonitor monitor;
  const NeighbourIndex index(table, monitor);
  int found = 0, all = 0;
  for (std::size_t row = 0; row < table.rows(); row += 50) {
    std::vector<std::pair<float, std::uint32_t>> exact;
    for (std::uint32_t other = 0; other < table.rows(); ++other) {
      float sum = 0;
      for (std::size_t i = 0; i < table.columns; ++i) sum += std::pow(table.row(row)[i] - table.row(other)[i], 2.F);
      exact.emplace_back(std::sqrt(sum), other);
    }
    std::ranges::sort(exact);
    const auto near = index.nearest(table.row(row), 9);
    ASSERT_EQ(near.size(), 9U);
    EXPECT_EQ(near[0].row, row);
    for (std::size_t i = 1; i < 9; ++i, ++all) {
      EXPECT_LE(near[i - 1].distance, near[i].distance);
      found += near[i].distance <= exact[8].first * 1.0001F;
    }
  }
  std::cout << "neighbours found: " << found << " of " << all << "\n";
  EXPECT_GT(found, .95 * all);
}

}  // namespace
}  // namespace loom
