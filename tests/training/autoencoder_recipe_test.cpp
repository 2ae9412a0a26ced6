#include "core/training/autoencoder_recipe.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/dataset/sampler.h"
#include "core/nets/state.h"
#include "core/training/adversarial_recipe.h"
#include "core/training/losses.h"
#include "core/training/pixels.h"
#include "tests/training/tiny_run.h"

namespace loom {
namespace {

Json settingsOf(const std::string& name, const Json& changes) {
  Json settings = {{"size", 16}, {"features", 8}, {"latent", 6}, {"batch", 8}, {"channels", 4}, {"ema", .9}};
  settings.update(changes);
  return preset(name).schema.complete(settings);
}

class TinyAutoencoder {
 public:
  TinyAutoencoder(const std::string& name, const Json& changes)
      : m_settings(settingsOf(name, changes)),
        m_data(tinySnapshot(6)),
        store(*m_data, false, {.channels = m_settings.at("channels")}, at::kCPU),
        m_sampler(store.size(), RandomStream(1)),
        recipe(preset(name), m_settings, {}, makeRandomSources(5, at::kCPU)) {
    at::set_num_threads(1);
    recipe.seeTypical(all());
  }
  std::vector<float> step() {
    return recipe.step([this] {
      std::vector<std::int64_t> indices(m_settings.at("batch").get<std::size_t>());
      m_sampler.next(indices);
      return store.batch(indices);
    });
  }
  Batch all() const {
    std::vector<std::int64_t> indices;
    for (std::int64_t index = 0; index < store.size(); ++index) indices.push_back(index);
    return store.batch(indices);
  }
  float metric(const std::vector<float>& values, const std::string& name) const {
    const std::vector<std::string> names = AutoencoderRecipe::metricNames(m_settings);
    const auto found = std::ranges::find(names, name);
    EXPECT_NE(found, names.end()) << name;
    return values[static_cast<std::size_t>(found - names.begin())];
  }

 private:
  Json m_settings;
  std::shared_ptr<const Snapshot> m_data;

 public:
  PixelStore store;

 private:
  Sampler m_sampler;

 public:
  AutoencoderRecipe recipe;
};

TEST(AutoencoderRecipe, LearnsToGiveBackWhatItSees) {
  for (const char* name : {"autoencoder", "cvae"}) {
    TinyAutoencoder tiny(name, {{"lr", 3e-3}});
    const Batch all = tiny.all();
    const double spread =
        reconstructionLoss(all.pictures, all.pictures.mean(0, true).expand_as(all.pictures)).item<double>();
    std::vector<float> metrics;
    for (int step = 0; step < 150; ++step) metrics = tiny.step();
    EXPECT_LT(*tiny.recipe.lossOn(all), spread / 2) << name << ": it knows more than the mean sprite";
    EXPECT_LT(reconstructionLoss(tiny.recipe.reconstruct(all.pictures), all.pictures).item<double>(), spread / 2)
        << name;
    EXPECT_GT(tiny.metric(metrics, "accuracy"), 0) << name;
    EXPECT_LE(tiny.metric(metrics, "accuracy_channel"), 1) << name;
  }
}

TEST(AutoencoderRecipe, ShowsTheShareAskedForWithNoiseAndWantsItClean) {
  const auto lossWith = [](double share, double level) {
    TinyAutoencoder tiny("autoencoder", {{"lr", 0}, {"dropout", 0}, {"noise_share", share}, {"noise_level", level}});
    return tiny.metric(tiny.step(), "loss");
  };
  const float clean = lossWith(0, .9);
  EXPECT_EQ(lossWith(1, 0), clean);
  EXPECT_EQ(lossWith(.05, .9), clean) << "of 8 sprites that is none";
  EXPECT_NE(lossWith(.5, .9), clean);
  EXPECT_NE(lossWith(1, .9), lossWith(.5, .9));
  EXPECT_LT(lossWith(1, 5), 1) << "noise that had to be given back would cost 25 / 4";
}

TEST(AutoencoderRecipe, AddsTheDivergenceInItsMeasure) {
  TinyAutoencoder tiny("cvae", {{"kl", 3}});
  const std::vector<float> metrics = tiny.step();
  const double values = 4 * 16 * 16;
  EXPECT_NEAR(tiny.metric(metrics, "loss"),
              tiny.metric(metrics, "loss_reconstruction") + 3 * tiny.metric(metrics, "loss_kl") / values, 1e-5);
  EXPECT_GT(tiny.metric(metrics, "loss_kl"), 0);
}

TEST(AutoencoderRecipe, WithoutWeightOfThePriorSamplesNoCodes) {
  const auto names = AutoencoderRecipe::metricNames(settingsOf("cvae", {{"kl", 0}}));
  EXPECT_EQ(std::ranges::count(names, "loss_kl"), 0);
  TinyAutoencoder tiny("cvae", {{"kl", 0}});
  tiny.step();
  TensorFile model;
  tiny.recipe.saveModel(model);
  EXPECT_TRUE(model.tensors.contains("prior.factor"));
  TinyAutoencoder variational("cvae", Json::object());
  variational.step();
  TensorFile other;
  variational.recipe.saveModel(other);
  EXPECT_FALSE(other.tensors.contains("prior.factor")) << "its codes are standard normal as they are";
}

TEST(AutoencoderRecipe, DrawsCodesThatAreSpreadLikeThoseOfTheSprites) {
  TinyAutoencoder tiny("autoencoder", {{"lr", 3e-3}, {"dropout", 0}});
  for (int step = 0; step < 40; ++step) tiny.step();
  TensorFile model;
  tiny.recipe.saveModel(model);
  const at::Tensor mean = toTensor(model.tensors.at("prior.mean")), factor = toTensor(model.tensors.at("prior.factor"));
  ASSERT_EQ(mean.sizes(), at::IntArrayRef({6}));
  ASSERT_EQ(factor.sizes(), at::IntArrayRef({6, 6}));
  EXPECT_TRUE(factor.equal(factor.tril())) << "Cholesky's";
  at::Generator random = at::detail::createCPUGenerator(2);
  const at::Tensor latents = at::randn({500, 6}, random);
  const at::Tensor codes = CodePrior::load(model, 6, at::kCPU).codes(latents);
  EXPECT_TRUE(at::allclose(codes, mean + latents.mm(factor.t()), 1e-4, 1e-5));
  EXPECT_GT(codes.mean().item<float>(), 0);  // behind a sigmoid, far from standard normal
  EXPECT_LT(codes.std(0).max().item<float>(), .6F);
  const at::Tensor drawn = tiny.recipe.draw(latents.narrow(0, 0, 4), at::zeros({4}, at::kLong));
  EXPECT_TRUE(tiny.recipe.draw(latents.narrow(0, 0, 4), at::zeros({4}, at::kLong)).equal(drawn));
}

TEST(CodePrior, FindsTheSpreadOfItsCodes) {
  at::Generator random = at::detail::createCPUGenerator(4);
  const at::Tensor mixing = at::tensor({2.F, 0.F, 1.F, .5F}).view({2, 2});
  const at::Tensor codes = at::randn({4000, 2}, random).mm(mixing.t()) + at::tensor({3.F, -1.F});
  const at::Tensor again = CodePrior::of(codes).codes(at::randn({4000, 2}, random));
  EXPECT_TRUE(at::allclose(again.mean(0), at::tensor({3.F, -1.F}), 0, .1));
  EXPECT_TRUE(at::allclose(again.std(0), codes.std(0), .06, 0));
  const auto correlation = [](const at::Tensor& rows) {
    const at::Tensor apart = rows - rows.mean(0);
    return ((apart.select(1, 0) * apart.select(1, 1)).mean() / (rows.select(1, 0).std() * rows.select(1, 1).std()))
        .item<double>();
  };
  EXPECT_NEAR(correlation(again), .9 * correlation(codes), .05) << "shrunk by a tenth";
  EXPECT_NO_THROW(CodePrior::of(at::ones({2, 5}))) << "codes that never change";
}

TEST(CodePrior, OfCodesThatAreSpreadThemselvesIsWiderThanTheirMeans) {
  at::Generator random = at::detail::createCPUGenerator(5);
  const at::Tensor means = at::randn({2000, 2}, random) * at::tensor({2.F, .1F});
  const at::Tensor variances = at::tensor({5.F, .99F}).expand({2000, -1});
  const at::Tensor codes = CodePrior::of(means, variances).codes(at::randn({4000, 2}, random));
  EXPECT_TRUE(at::allclose(codes.std(0), at::tensor({3.F, 1.F}), .06, 0)) << "of 4 + 5 and of .01 + .99";
}

TEST(AutoencoderRecipe, StartsAGanThatDrawsWhatItDrew) {
  TinyAutoencoder tiny("autoencoder", {{"lr", 3e-3}});
  for (int step = 0; step < 20; ++step) tiny.step();
  TensorFile file;
  tiny.recipe.save(file);
  Json settings = settingsOf("autoencoder-gan", Json::object());
  AdversarialRecipe gan(preset("autoencoder-gan"), settings, 0, {}, makeRandomSources(6, at::kCPU));
  gan.startFrom(file);
  at::Generator random = at::detail::createCPUGenerator(2);
  const at::Tensor latents = at::randn({4, 6}, random) * .2, views = at::zeros({4}, at::kLong);
  EXPECT_TRUE(at::allclose(gan.draw(latents, views), tiny.recipe.draw(latents, views), 1e-4, 1e-5));
  const auto trunk = gan.critic().named_parameters();
  EXPECT_TRUE(
      trunk["blocks.1.convolution.weight"].equal(toTensor(file.tensors.at("encoder.blocks.1.convolution.weight"))));
  TensorFile model;
  gan.saveModel(model);
  EXPECT_TRUE(model.tensors.contains("prior.mean"));
}

}  // namespace
}  // namespace loom
