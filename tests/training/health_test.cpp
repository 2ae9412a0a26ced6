#include "core/training/health.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
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

TEST(HealthWatch, KnowsAnObjectiveThatWasNotTakenFromABreakdown) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
  const std::vector<std::string> names{"loss", "held_out_loss"};
  EXPECT_EQ(HealthWatch::firstBroken(names, std::array{1.F, nan}), "");
  EXPECT_EQ(HealthWatch::firstBroken(names, std::array{1.F, infinite}), "held_out_loss");
  EXPECT_EQ(HealthWatch::firstBroken(names, std::array{nan, nan}), "loss");
}

/// What a watch says last of `steps` rows.
Health saidOf(HealthWatch& watch, int steps, const std::function<std::vector<float>(int)>& row,
              const std::function<void(int)>& preview = {}) {
  Health last;
  for (int step = 1; step <= steps; ++step) {
    watch.addMetrics(step, row(step));
    if (preview) preview(step);
    if (const auto health = watch.change()) last = *health;
  }
  return last;
}

TEST(HealthWatch, DoesNotTakeAWassersteinCriticsScoresForProbabilities) {
  HealthWatch watch(kNames, HealthKind::kScores);
  const Health health = saidOf(watch, 400, [](int) { return std::vector{.5F, 1.F, 40.F, -30.F, -30.F}; });
  EXPECT_EQ(health.level, HealthLevel::kGood);
  HealthWatch blind(kNames, HealthKind::kScores);
  EXPECT_NE(saidOf(blind, 400,
                   [](int) {
                     return std::vector{0.F, 0.F, 1.F, 1.5F, 1.F};
                   })
                .text.find("no difference"),
            std::string::npos);
}

TEST(HealthWatch, WarnsOfAWassersteinCriticThatThePenaltyDoesNotHold) {
  std::vector<std::string> names = kNames;
  names.emplace_back("penalty");
  HealthWatch watch(names, HealthKind::kScores);
  EXPECT_NE(saidOf(watch, 400, [](int) { return std::vector{0.F, 0.F, 9.F, 1.F, 1.F, 3.F}; }).text.find("steeper"),
            std::string::npos);
}

TEST(HealthWatch, SaysThatSamplesTurnedTransparentAndWhatHelps) {
  HealthWatch watch(kNames);
  const auto row = [](int) { return std::vector{.5F, 1.F, .7F, .3F, .3F}; };
  const Health health = saidOf(watch, 500, row, [&](int step) {
    if (step % 25 == 0) watch.addOpacity(step, .01);
  });
  EXPECT_EQ(health.level, HealthLevel::kBad);
  EXPECT_NE(health.text.find("3 channels first"), std::string::npos);
}

TEST(HealthWatch, TellsLearningByHeartFromLearning) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<std::string> names{"loss", "held_out_loss"};
  const auto run = [&](float slope) {
    HealthWatch watch(names, HealthKind::kAutoencoder);
    return saidOf(watch, 1000, [&, slope](int step) {
      const float training = 1 / (1 + static_cast<float>(step) / 100);
      const float heldOut =
          step <= 300 ? 1 - static_cast<float>(step) / 1000 : .7F + slope * static_cast<float>(step - 300);
      return std::vector{training, step % 50 == 0 ? heldOut : nan};
    });
  };
  EXPECT_EQ(run(-1e-4F).level, HealthLevel::kGood);
  const Health overfitted = run(1e-3F);
  EXPECT_EQ(overfitted.level, HealthLevel::kWarning);
  EXPECT_NE(overfitted.text.find("of step 300"), std::string::npos) << overfitted.text;
}

TEST(HealthWatch, SeesCodesThatSayNothing) {
  const std::vector<std::string> names{"loss", "loss_reconstruction", "loss_kl", "accuracy", "held_out_loss"};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  HealthWatch watch(names, HealthKind::kAutoencoder);
  const Health health = saidOf(watch, 300, [nan](int) { return std::vector{.1F, .1F, .01F, .2F, nan}; });
  EXPECT_EQ(health.level, HealthLevel::kBad);
  EXPECT_NE(health.text.find("Weight of the prior"), std::string::npos);
}

}  // namespace
}  // namespace loom
