#include "core/training/losses.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/training/adversarial_loss.h"
#include "core/training/learning_rate.h"

namespace loom {
namespace {

at::Generator numbers() {
  return at::detail::createCPUGenerator(11);
}

TEST(GradientPenalty, IsThatOfTheSlopeAndIsDifferentiatedOnceMore) {
  at::Generator random = numbers();
  const at::Tensor real = at::randn({5, 2, 4, 4}, random), fake = at::randn({5, 2, 4, 4}, random);
  at::Tensor weight = (at::randn({2, 4, 4}, random) * .3).requires_grad_();
  const auto linear = [&weight](const at::Tensor& pictures) { return (pictures * weight).sum({1, 2, 3}); };
  const at::Tensor penalty = gradientPenalty(linear, real, fake, random);
  const at::Tensor length = weight.detach().norm();
  EXPECT_NEAR(penalty.item<double>(), std::pow(length.item<double>() - 1, 2), 1e-5);
  penalty.backward();
  const at::Tensor expected = 2 * (length - 1) * weight.detach() / length;
  EXPECT_TRUE(at::allclose(weight.grad(), expected, 1e-4, 1e-6));
}

TEST(GradientPenalty, LooksBetweenRealAndFakeWithAPlaceForEachSprite) {
  at::Generator random = numbers();
  const at::Tensor real = at::zeros({64, 1, 2, 2}), fake = at::ones({64, 1, 2, 2});
  at::Tensor seen;
  gradientPenalty(
      [&seen](const at::Tensor& pictures) {
        seen = pictures.detach();
        return pictures.sum({1, 2, 3});
      },
      real, fake, random);
  EXPECT_GE(seen.min().item<float>(), 0);
  EXPECT_LE(seen.max().item<float>(), 1);
  EXPECT_GT(seen.std().item<float>(), .2);
  EXPECT_LT((seen - seen.narrow(2, 0, 1).narrow(3, 0, 1)).abs().max().item<float>(), 1e-6) << "one place a sprite";
}

TEST(GradientPenalty, TakesTheMeanOfAMapOfScores) {
  at::Generator random = numbers();
  const at::Tensor real = at::randn({3, 1, 4, 4}, random);
  const auto map = [](const at::Tensor& pictures) { return pictures.squeeze(1) * 8; };  // 16 scores
  EXPECT_NEAR(gradientPenalty(map, real, real, random).item<double>(), std::pow(8.0 / 16 * 4 - 1, 2), 1e-5);
}

TEST(ForegroundWeights, EqualThoseOfEachPixelWithTheMapEnlarged) {
  at::Generator random = numbers();
  const at::Tensor alpha = at::rand({3, 1, 16, 16}, random), scores = at::randn({3, 4, 4}, random);
  const double background = .1;
  const at::Tensor each = alpha.squeeze(1) + (1 - alpha.squeeze(1)) * background;
  const at::Tensor enlarged = scores.repeat_interleave(4, 1).repeat_interleave(4, 2);
  EXPECT_NEAR(meanScore(scores, foregroundWeights(alpha, scores, background)).item<double>(),
              (each * enlarged).mean().item<double>(), 1e-6);
  const at::Tensor single = at::randn({3}, random);
  EXPECT_EQ(foregroundWeights(alpha, single, background).sizes(), single.sizes());
  EXPECT_TRUE(foregroundWeights(at::ones_like(alpha), scores, background).equal(at::ones_like(scores)));
}

TEST(SuppressionLoss, CountsOnlyWhatIsDrawnWhereNothingShouldBe) {
  const at::Tensor empty = -at::ones({1, 4, 2, 2});
  at::Tensor alpha = at::zeros({1, 1, 2, 2});
  EXPECT_EQ(suppressionLoss(empty, alpha).item<float>(), 0);
  EXPECT_NEAR(suppressionLoss(at::ones({1, 4, 2, 2}), alpha).item<float>(), 1, 1e-6);
  alpha.select(3, 0).fill_(1);
  EXPECT_NEAR(suppressionLoss(at::zeros({1, 4, 2, 2}), alpha).item<float>(), .25, 1e-6);
}

TEST(AdversarialLoss, OfWassersteinIsTheDifferenceOfTheMeans) {
  at::Generator random = numbers();
  const Json settings = {{"loss", "wasserstein"}, {"real_label_low", .8}, {"real_label_high", 1.1}};
  const AdversarialLoss loss(settings);
  const at::Tensor before = random.get_state();
  const at::Tensor real = at::tensor({3.F, 5.F}), fake = at::tensor({1.F, -2.F});
  const at::Tensor critic = loss.onReal(real, {}, random) + loss.onFake(fake, {}, random);
  EXPECT_NEAR(critic.item<float>(), -.5F - 4, 1e-6);
  EXPECT_NEAR(loss.ofGenerator(fake, {}).item<float>(), .5F, 1e-6);
  EXPECT_NEAR(loss.opinion(real).item<float>(), 4, 1e-6);
  EXPECT_TRUE(random.get_state().equal(before)) << "there are no labels to draw";
  EXPECT_NEAR(loss.onFake(fake, at::tensor({1.F, .5F}), random).item<float>(), 0, 1e-6);
}

TEST(AdversarialLoss, OfEntropyTakesMapsAndWeights) {
  at::Generator random = numbers();
  const Json settings = {{"loss", "bce"}};
  const AdversarialLoss loss(settings);
  const at::Tensor map = at::zeros({2, 3, 3});
  EXPECT_NEAR(loss.onReal(map, {}, random).item<float>(), std::log(2), 1e-6);
  EXPECT_NEAR(loss.onReal(map, at::full({2, 3, 3}, .5), random).item<float>(), std::log(2) / 2, 1e-6);
  EXPECT_NEAR(loss.opinion(map).item<float>(), .5, 1e-6);
}

TEST(PriorDivergence, IsThatOfTheFormula) {
  const at::Tensor mean = at::tensor({1.F, 0.F, 2.F, 0.F}).view({2, 2});
  const at::Tensor logVariance = at::tensor({0.F, 0.F, 0.F, std::log(4.F)}).view({2, 2});
  EXPECT_EQ(priorDivergence(at::zeros({2, 3}), at::zeros({2, 3})).item<float>(), 0);
  const double first = .5, second = 2 + (4 - 1 - std::log(4.0)) / 2;
  EXPECT_NEAR(priorDivergence(mean, logVariance).item<double>(), (first + second) / 2, 1e-6);
}

TEST(Accuracy, CountsPixelsNearInEveryChannelAndPixelsOfTheRightColour) {
  at::Tensor wanted = at::zeros({1, 3, 1, 4});
  wanted.select(1, 0).fill_(.5);  // red is strongest everywhere
  at::Tensor made = wanted.clone();
  made.index_put_({0, 2, 0, 1}, 7.9 * 2 / 255);  // near enough
  made.index_put_({0, 2, 0, 2}, 9. * 2 / 255);   // not
  made.index_put_({0, 1, 0, 3}, .9);             // green is stronger now
  EXPECT_NEAR(pixelAccuracy(made, wanted).item<float>(), .5, 1e-6);
  EXPECT_NEAR(channelAccuracy(made, wanted).item<float>(), .75, 1e-6);
  EXPECT_NEAR(reconstructionLoss(wanted + .2, wanted).item<float>(), .01, 1e-6);
}

TEST(RateFactor, FollowsItsSchedule) {
  const auto at = [](const char* schedule, double epochs) {
    return rateFactor({{"schedule", schedule}, {"schedule_epochs", 10}, {"lr_decay", .9}}, 1000, epochs);
  };
  EXPECT_EQ(at("constant", 7), 1);
  EXPECT_NEAR(at("exponential", 2.9), .81, 1e-12) << "it changes once an epoch";
  EXPECT_NEAR(at("linear", 5), .505, 1e-12);
  EXPECT_NEAR(at("cosine", 5), .505, 1e-12);
  EXPECT_EQ(at("cosine", 0), 1);
  EXPECT_NEAR(at("linear", 99), .01, 1e-12);
  EXPECT_NEAR(at("cosine", 99), .01, 1e-12);
  EXPECT_NEAR(rateFactor({{"warmup", 4}}, 0, 0), .25, 1e-12);
  EXPECT_EQ(rateFactor({{"warmup", 4}}, 3, 0), 1);
  const Json steps = {{"schedule", "linear"}, {"schedule_epochs", 10}, {"schedule_steps", 100}};
  EXPECT_NEAR(rateFactor(steps, 50, 9), .505, 1e-12) << "a length in steps goes before one in epochs";
  EXPECT_NEAR(rateFactor(steps, 200, 1), .01, 1e-12);
  EXPECT_EQ(rateFactor(Json::object(), 50, 3), 1) << "older settings know no schedule";
}

}  // namespace
}  // namespace loom
