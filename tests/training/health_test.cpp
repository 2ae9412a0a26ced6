#include "core/training/health.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace loom {
namespace {

const std::vector<std::string> kNames{"loss_critic", "loss_generator", "d_real", "d_fake_before", "d_fake_after"};

class HealthWatchTest : public testing::Test {
 protected:
  void steps(int count, float real, float fake) {
    for (; count > 0; --count) {
      m_watch.addMetrics(++m_step, std::array{.5F, 1.F, real, fake, fake});
      note();
    }
  }
  void preview(double relative) {
    m_watch.addDiversity(m_step, relative);
    note();
  }
  void note() {
    if (const auto health = m_watch.change()) m_said.push_back(*health);
  }

  HealthWatch m_watch{kNames};
  std::int64_t m_step = 0;
  std::vector<Health> m_said;
};

TEST_F(HealthWatchTest, SaysThatAllIsWellAndSaysItOnce) {
  steps(1000, .7F, .3F);
  ASSERT_EQ(m_said.size(), 2U);
  EXPECT_EQ(m_said[0].level, HealthLevel::kGood);
  EXPECT_NE(m_said[0].text.find("Warming up"), std::string::npos);
  EXPECT_EQ(m_said[1].level, HealthLevel::kGood);
  EXPECT_NE(m_said[1].text.find("balanced"), std::string::npos);
}

TEST_F(HealthWatchTest, WarnsOfACriticThatIsNeverInDoubt) {
  steps(300, .7F, .3F);
  steps(20, .99F, .01F);
  EXPECT_EQ(m_said.back().level, HealthLevel::kGood);  // a short time means nothing
  steps(300, .99F, .01F);
  EXPECT_EQ(m_said.back().level, HealthLevel::kWarning);
  EXPECT_NE(m_said.back().text.find("critic wins"), std::string::npos);
  const std::size_t said = m_said.size();
  steps(200, .96F, .055F);  // about the border: no flicker
  EXPECT_EQ(m_said.size(), said);
  steps(300, .7F, .3F);
  EXPECT_EQ(m_said.back().level, HealthLevel::kGood);
}

TEST_F(HealthWatchTest, WarnsOfACriticThatTakesAnything) {
  steps(400, .9F, .85F);
  EXPECT_EQ(m_said.back().level, HealthLevel::kWarning);
  EXPECT_NE(m_said.back().text.find("almost anything"), std::string::npos);
}

TEST_F(HealthWatchTest, SeesACollapseOnlyWhenItLasts) {
  steps(300, .7F, .3F);
  for (int count = 0; count < 5; ++count) preview(.1);
  EXPECT_EQ(m_said.back().level, HealthLevel::kGood);
  preview(.6);
  for (int count = 0; count < 5; ++count) preview(.1);
  EXPECT_EQ(m_said.back().level, HealthLevel::kGood);
  preview(.1);
  EXPECT_EQ(m_said.back().level, HealthLevel::kBad);
  EXPECT_NE(m_said.back().text.find("collapsed"), std::string::npos);
  preview(.6);
  EXPECT_EQ(m_said.back().level, HealthLevel::kGood);
}

TEST_F(HealthWatchTest, DoesNotCallAnUntrainedGeneratorCollapsed) {
  for (int count = 0; count < 20; ++count) {
    steps(5, .6F, .5F);
    preview(.01);
  }
  EXPECT_EQ(m_said.size(), 1U);
}

TEST(HealthWatch, NamesTheFirstNumberThatIsNone) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
  EXPECT_EQ(HealthWatch::firstBroken(kNames, std::array{1.F, 2.F, .5F, .5F, .5F}), "");
  EXPECT_EQ(HealthWatch::firstBroken(kNames, std::array{1.F, nan, .5F, .5F, nan}), "loss_generator");
  EXPECT_EQ(HealthWatch::firstBroken(kNames, std::array{-infinite, 2.F, .5F, .5F, .5F}), "loss_critic");
}

}  // namespace
}  // namespace loom
