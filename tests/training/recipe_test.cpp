#include "core/training/adversarial_recipe.h"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/dataset/sampler.h"
#include "core/nets/state.h"
#include "core/training/gradients.h"
#include "core/training/losses.h"
#include "core/training/pixels.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

constexpr int kViews = 4;

/// A recipe on one thread over tinySnapshot, step by step.
class TinyRecipe {
 public:
  TinyRecipe(const std::string& name, const Json& changes)
      : m_data(tinySnapshot(6)),
        m_store(*m_data, true, {.channels = settingsOf(name, changes).at("channels"), .alpha = true}, at::kCPU),
        m_sampler(m_store.size(), RandomStream(1)),
        m_batch(settingsOf(name, changes).at("batch")),
        recipe(preset(name), settingsOf(name, changes), kViews, {}, makeRandomSources(5, at::kCPU)) {
    at::set_num_threads(1);
  }
  std::vector<float> step() {
    return recipe.step([this] {
      ++batches;
      std::vector<std::int64_t> indices(static_cast<std::size_t>(m_batch));
      m_sampler.next(indices);
      return m_store.batch(indices);
    });
  }

 private:
  static Json settingsOf(const std::string& name, Json changes) {
    Json settings = {{"size", 16}, {"features", 8}, {"latent", 6}, {"batch", 8}};
    settings.update(changes);
    return preset(name).schema.complete(settings);
  }
  std::shared_ptr<const Snapshot> m_data;
  PixelStore m_store;
  Sampler m_sampler;
  int m_batch;

 public:
  int batches = 0;  ///< asked for so far
  AdversarialRecipe recipe;
};

std::vector<at::Tensor> copyOf(const torch::nn::Module& module) {
  std::vector<at::Tensor> copies;
  for (const at::Tensor& parameter : module.parameters()) copies.push_back(parameter.detach().clone());
  return copies;
}

double distance(const std::vector<at::Tensor>& a, const torch::nn::Module& b) {
  double sum = 0;
  const auto parameters = b.parameters();
  for (std::size_t index = 0; index < a.size(); ++index) {
    sum += (a[index] - parameters[index].detach()).abs().sum().item<double>();
  }
  return sum;
}

TEST(Losses, AreBinaryCrossEntropyOfLogits) {
  const std::vector<float> logits{-3, 0, 2}, labels{.1F, 1.05F, 1.1F};
  double expected = 0;
  for (std::size_t index = 0; index < 3; ++index) {
    const double p = 1 / (1 + std::exp(-logits[index]));
    expected -= (labels[index] * std::log(p) + (1 - labels[index]) * std::log(1 - p)) / 3;
  }
  EXPECT_NEAR(binaryLoss(at::tensor(logits), at::tensor(labels)).item<double>(), expected, 1e-6);
  EXPECT_TRUE(std::isfinite(binaryLoss(at::tensor({-500.F, 500.F}), at::tensor({1.F, 0.F})).item<float>()));
  at::Tensor x = at::tensor(logits).requires_grad_();
  binaryLoss(x, at::tensor(labels)).backward();
  for (std::int64_t index = 0; index < 3; ++index) {
    const auto at = static_cast<std::size_t>(index);
    EXPECT_NEAR(x.grad()[index].item<double>(), (1 / (1 + std::exp(-logits[at])) - labels[at]) / 3, 1e-6);
  }
}

TEST(Losses, DrawLabelsFromTheirRange) {
  at::Generator random = at::detail::createCPUGenerator(3);
  const at::Tensor labels = noisyLabels(2000, {.8, 1.1}, random, at::kCPU);
  EXPECT_GE(labels.min().item<float>(), .8F);
  EXPECT_LE(labels.max().item<float>(), 1.1F);
  EXPECT_GT(labels.max().item<float>(), 1.09F);
  EXPECT_NEAR(labels.mean().item<float>(), .95, .01);
}

TEST(Losses, NameViews) {
  const at::Tensor logits = at::tensor({2.F, 0.F, 0.F, 1.F}).view({2, 2}), views = at::tensor({0, 0}, at::kLong);
  const double expected = (std::log(1 + std::exp(-2.0)) + std::log(1 + std::exp(1.0))) / 2;
  EXPECT_NEAR(viewLoss(logits, views).item<double>(), expected, 1e-6);
  EXPECT_NEAR(viewAccuracy(logits, views).item<double>(), .5, 1e-6);
}

TEST(Losses, ModeSeekingPushesPicturesOfDifferentLatentsApart) {
  const at::Tensor latents = at::tensor({0.F, 2.F, 5.F}).view({3, 1});  // two rows 2 apart; the third has no partner
  at::Tensor pictures = at::tensor({.1F, .3F, .9F}).view({3, 1, 1, 1}).requires_grad_();
  const at::Tensor loss = modeSeekingLoss(pictures, latents);
  EXPECT_NEAR(loss.item<double>(), 1 / (.2 / 2 + 1e-5), 1e-3);
  loss.backward();
  const at::Tensor downhill = -pictures.grad().flatten();
  EXPECT_LT(downhill[0].item<float>(), 0) << "the lower goes down";
  EXPECT_GT(downhill[1].item<float>(), 0) << "the higher goes up";
  EXPECT_EQ(downhill[2].item<float>(), 0);
  EXPECT_TRUE(std::isfinite(modeSeekingLoss(at::ones({4, 1, 2, 2}), at::randn({4, 3})).item<float>()));
}

TEST(Adam, FollowsThePaperAlsoForChannelsLastWeights) {
  torch::nn::Conv2d layer(torch::nn::Conv2dOptions(2, 3, 2).bias(false));
  layer->weight.set_data(layer->weight.data().contiguous(at::MemoryFormat::ChannelsLast));
  Adam adam(*layer, {.rate = .01, .beta1 = .5, .beta2 = .999});
  at::Tensor weight = layer->weight.detach().to(at::kDouble).clone();
  at::Tensor mean = at::zeros_like(weight), square = at::zeros_like(weight);
  for (int step = 1; step <= 3; ++step) {
    const at::Tensor target = at::arange(24).to(at::kFloat).reshape({3, 2, 2, 2}) * step;  // row-major on purpose
    (layer->weight * target).sum().backward();
    adam.step();
    adam.clearGradients();
    mean = .5 * mean + .5 * target;
    square = .999 * square + .001 * target * target;
    const at::Tensor up = mean / (1 - std::pow(.5, step));
    const at::Tensor down = (square / (1 - std::pow(.999, step))).sqrt() + 1e-8;
    weight = weight - .01 * up / down;
    EXPECT_LT((layer->weight.detach() - weight).abs().max().item<double>(), 1e-5) << "step " << step;
  }
  EXPECT_FALSE(layer->weight.grad().defined());
}

TEST(Adam, LeavesAloneWhatHasNoGradient) {
  torch::nn::Linear layer(2, 2);
  Adam adam(*layer, {.rate = .1});
  const at::Tensor bias = layer->bias.detach().clone();
  layer->weight.sum().backward();
  adam.step();
  EXPECT_TRUE(layer->bias.equal(bias));
}

TEST(ViewLoss, ReachesEveryWeightOfBothNetworks) {
  TinyRecipe tiny("conditional-dcgan", Json::object());
  at::Generator random = at::detail::createCPUGenerator(3);
  const at::Tensor views = at::tensor({0, 1, 2, 3}, at::kLong);
  const at::Tensor fake = tiny.recipe.generator().forward(at::randn({4, 6}, random), views, random);
  viewLoss(tiny.recipe.critic().forward(fake, random).views, views).backward();
  for (const auto& item : tiny.recipe.generator().named_parameters()) {
    ASSERT_TRUE(item.value().grad().defined()) << item.key();
    EXPECT_GT(item.value().grad().abs().max().item<float>(), 0) << item.key();
  }
  for (const auto& item : tiny.recipe.critic().named_parameters()) {
    const bool head = item.key().starts_with("score");
    EXPECT_EQ(item.value().grad().defined(), !head) << item.key();
  }
}

TEST(ViewLoss, IsPartOfBothNetworksSteps) {
  const auto afterOneStep = [](double weight, bool frozenCritic) {
    Json settings = {{"view_weight", weight}};
    if (frozenCritic) settings["lr_critic"] = 0;
    TinyRecipe tiny("conditional-dcgan", settings);
    tiny.step();
    return std::pair(copyOf(tiny.recipe.generator()), copyOf(tiny.recipe.critic()));
  };
  TinyRecipe untouched("conditional-dcgan", Json::object());
  TinyRecipe without("conditional-dcgan", {{"view_weight", 0}});
  without.step();
  const auto before = untouched.recipe.critic().named_parameters(), after = without.recipe.critic().named_parameters();
  EXPECT_TRUE(after["view.weight"].equal(before["view.weight"]));  // nothing else trains the head
  const auto with = afterOneStep(.5, false).second;
  EXPECT_GT(distance(with, without.recipe.critic()), 0);
  const auto a = afterOneStep(.5, true).first, b = afterOneStep(0, true).first;
  double apart = 0;
  for (std::size_t index = 0; index < a.size(); ++index) apart += (a[index] - b[index]).abs().sum().item<double>();
  EXPECT_GT(apart, 0);  // the same critic, so it came by the fakes' view loss alone
}

TEST(ViewLoss, TeachesTheCriticTheViewsOfRealSprites) {
  TinyRecipe tiny("conditional-dcgan", {{"lr_critic", 1e-3}});
  const std::size_t accuracy = 6;
  ASSERT_EQ(AdversarialRecipe::metricNames(true, preset("conditional-dcgan").schema.defaults())[accuracy],
            "view_accuracy");
  float first = 0, last = 0;
  for (int step = 0; step < 80; ++step) {
    const float value = tiny.step()[accuracy];
    if (step == 0) first = value;
    if (step >= 70) last += value / 10;
  }
  EXPECT_LT(first, .8);
  EXPECT_GT(last, .95);
}

TEST(AdversarialRecipe, NeverTrainsTheCriticInTheGeneratorsTurn) {
  TinyRecipe tiny("conditional-dcgan", {{"lr_critic", 0}});
  const auto critic = copyOf(tiny.recipe.critic());
  const auto generator = copyOf(tiny.recipe.generator());
  tiny.step();
  EXPECT_EQ(distance(critic, tiny.recipe.critic()), 0);
  EXPECT_GT(distance(generator, tiny.recipe.generator()), 0);
  for (const at::Tensor& parameter : tiny.recipe.critic().parameters()) {
    EXPECT_TRUE(parameter.requires_grad());
    EXPECT_FALSE(parameter.grad().defined());
  }
}

TEST(AdversarialRecipe, DrawsWithAnAverageThatLagsBehind) {
  TinyRecipe tiny("dcgan", {{"ema", .9}, {"channels", 4}});
  for (int step = 0; step < 5; ++step) tiny.step();
  TensorFile file;
  tiny.recipe.save(file);
  const at::Tensor raw = toTensor(file.tensors.at("generator_raw.picture.weight"));
  const at::Tensor before = toTensor(file.tensors.at("generator.picture.weight"));
  tiny.step();
  file.tensors.clear();
  tiny.recipe.save(file);
  const at::Tensor newest = toTensor(file.tensors.at("generator_raw.picture.weight"));
  const at::Tensor average = toTensor(file.tensors.at("generator.picture.weight"));
  EXPECT_FALSE(raw.equal(newest));
  const double decay = (1.0 + 6) / (10 + 6);  // the sixth update: still warming up
  EXPECT_TRUE(at::allclose(average, decay * before + (1 - decay) * newest, 1e-4, 1e-7));
}

TEST(AdversarialRecipe, DrawingChangesNothing) {
  for (const double ema : {.9, 0.}) {
    TinyRecipe tiny("dcgan", {{"ema", ema}, {"channels", 4}});
    tiny.step();
    TensorFile before, after;
    tiny.recipe.save(before);
    const at::Tensor latents = at::ones({2, 6}), views = at::zeros({2}, at::kLong);
    const at::Tensor first = tiny.recipe.draw(latents, views);
    EXPECT_TRUE(tiny.recipe.draw(latents, views).equal(first));
    EXPECT_FALSE(first.requires_grad());
    tiny.recipe.save(after);
    for (const auto& [name, tensor] : before.tensors) EXPECT_EQ(after.tensors.at(name).bytes, tensor.bytes) << name;
    EXPECT_TRUE(tiny.recipe.generator().is_training());
  }
}

TEST(AdversarialRecipe, AddsBatchesUp) {
  TinyRecipe tiny("conditional-dcgan", {{"accumulate", 3}, {"batch", 4}});
  const auto generator = copyOf(tiny.recipe.generator());
  int batches = 0;
  const auto data = tinySnapshot(6);
  const PixelStore store(*data, true, {.channels = 4}, at::kCPU);
  const std::vector<float> metrics = tiny.recipe.step([&] {
    ++batches;
    return store.batch(std::vector<std::int64_t>{0, 1, 2, 3});
  });
  EXPECT_EQ(batches, 3);
  EXPECT_GT(distance(generator, tiny.recipe.generator()), 0);
  EXPECT_GT(metrics[2], 0);
  EXPECT_LT(metrics[2], 1);  // means, not sums
}

TEST(AdversarialRecipe, UpdatesTheCriticSeveralTimesAStepOnBatchesOfTheirOwn) {
  TinyRecipe tiny("dcgan-wasserstein", {{"critic_steps", 3}, {"accumulate", 2}, {"channels", 4}, {"batch", 4}});
  tiny.step();
  EXPECT_EQ(tiny.batches, 6);
  EXPECT_EQ(batchesAStep({{"critic_steps", 3}, {"accumulate", 2}}), 6);
  TinyRecipe once("dcgan-wasserstein", {{"critic_steps", 1}, {"channels", 4}});
  TinyRecipe often("dcgan-wasserstein", {{"critic_steps", 4}, {"channels", 4}});
  const auto first = copyOf(once.recipe.critic());
  once.step();
  often.step();
  EXPECT_GT(distance(first, often.recipe.critic()), 1.3 * distance(first, once.recipe.critic()));
}

TEST(AdversarialRecipe, HoldsAWassersteinCriticsSlope) {
  const auto penaltyAfter = [](double weight) {
    TinyRecipe tiny("dcgan-wasserstein", {{"channels", 4}, {"penalty", weight}, {"lr_critic", 2e-3}, {"dropout", 0}});
    std::vector<float> metrics;
    for (int step = 0; step < 25; ++step) metrics = tiny.step();
    return std::pair(metrics, AdversarialRecipe::metricNames(false, {{"loss", "wasserstein"}, {"penalty", weight}}));
  };
  const auto [held, names] = penaltyAfter(10);
  ASSERT_EQ(names.back(), "penalty");
  EXPECT_LT(held.back(), 3.F);
  const auto [free, fewer] = penaltyAfter(1e-4);
  EXPECT_GT(free.back(), 10 * held.back()) << "without weight the slope runs away";
}

TEST(AdversarialRecipe, HoldsTheSlopeOfTheScoreThatItsLossWeighs) {
  TinyRecipe tiny("critic-gan-96", {{"channels", 4},
                                    {"accumulate", 1},
                                    {"critic_steps", 5},
                                    {"foreground_weight", 0},
                                    {"lr", 1e-6},
                                    {"lr_critic", 1e-3},
                                    {"dropout", 0}});
  std::vector<float> metrics;
  for (int step = 0; step < 45; ++step) metrics = tiny.step();
  const double apart = 10 * metrics.back() - metrics.front();  // real over made, without the penalty
  // With a slope of 1 scores differ by no more than the pictures do: 16 x 16 x 4 values, half of them apart by 2. The
  // penalty lets the slope be some times that.
  EXPECT_LT(apart, 4 * 2 * std::sqrt(16 * 16 * 4 / 2.0));
}

TEST(AdversarialRecipe, ClipsTheCriticsWeightsOnRequest) {
  TinyRecipe tiny("dcgan-wasserstein",
                  {{"channels", 4}, {"penalty", 0}, {"clip_weights", .01}, {"lr_critic", .01}, {"critic_steps", 2}});
  for (int step = 0; step < 3; ++step) tiny.step();
  for (const at::Tensor& weight : tiny.recipe.critic().parameters()) {
    EXPECT_LE(weight.abs().max().item<float>(), .01F + 1e-7F);
  }
  for (const at::Tensor& weight : tiny.recipe.generator().parameters()) {
    if (weight.abs().max().item<float>() > .01F) return;
  }
  FAIL() << "the generator was clipped";
}

/// Follows how much memory tensors of this thread take.
class MemoryWatch : public c10::MemoryReportingInfoBase {
 public:
  void reportMemoryUsage(void* /*memory*/, std::int64_t size, std::size_t, std::size_t, c10::Device) override {
    m_now += size;
    peak = std::max(peak, m_now);
  }
  bool memoryProfilingEnabled() const override { return true; }
  std::int64_t peak = 0;  ///< bytes over what there was when it began

 private:
  std::int64_t m_now = 0;
};

TEST(AdversarialRecipe, NeedsNoMoreMemoryForMoreBatches) {
  const auto peakOf = [](int batches) {
    TinyRecipe tiny("critic-gan-96", {{"accumulate", batches}, {"critic_steps", 1}, {"batch", 8}, {"channels", 4}});
    tiny.step();  // what stays from now on is there
    const auto watch = std::make_shared<MemoryWatch>();
    const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, watch);
    tiny.step();
    EXPECT_EQ(tiny.batches, 2 * batches);
    return watch->peak;
  };
  const std::int64_t one = peakOf(1);
  EXPECT_GT(one, 100'000);
  EXPECT_LT(peakOf(6), one * 5 / 4);
}

TEST(AdversarialRecipe, PunishesDrawingWhereRealSpritesAreEmpty) {
  const auto drawnAfter = [](double suppression) {
    TinyRecipe tiny(
        "critic-gan-96",
        {{"accumulate", 1}, {"channels", 4}, {"features", 4}, {"suppression", suppression}, {"ema", 0}, {"lr", 5e-3}});
    for (int step = 0; step < 30; ++step) tiny.step();
    return tiny.recipe.draw(at::ones({4, 6}), at::zeros({4}, at::kLong)).mean().item<float>();
  };
  EXPECT_LT(drawnAfter(10), drawnAfter(0) - .1F);
}

TEST(AdversarialRecipe, ClipsGradientsBeforeTheOptimiserSeesThem) {
  torch::nn::Linear layer(3, 2);
  (layer->weight * 100).sum().backward();
  (layer->bias * 7).sum().backward();
  const at::Tensor before = layer->weight.grad().clone();
  clipGradients(*layer, 5);
  const double length =
      std::sqrt(layer->weight.grad().square().sum().item<double>() + layer->bias.grad().square().sum().item<double>());
  EXPECT_NEAR(length, 5, 1e-3);
  EXPECT_TRUE(at::allclose(layer->weight.grad() / layer->weight.grad()[0][0], before / before[0][0]));
  clipGradients(*layer, 100);
  EXPECT_NEAR(layer->weight.grad().square().sum().add(layer->bias.grad().square().sum()).sqrt().item<double>(), length,
              1e-6);
}

}  // namespace
}  // namespace loom
