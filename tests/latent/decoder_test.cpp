#include "core/latent/decoder.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/latent/sprite_generator.h"
#include "core/nets/state.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyModel;

const std::vector<float> kMean{.5F, .1F, .2F, .3F, .25F, .9F};

std::shared_ptr<Model> modelWithPrior(float scale = .2F) {
  auto model = tinyModel({.withViews = false});
  at::Tensor factor = at::eye(6) * scale;
  factor[3][1] = .1F;
  model->weights.tensors["prior.mean"] = toRaw(torch::tensor(kMean));
  model->weights.tensors["prior.factor"] = toRaw(factor);
  return model;
}

TEST(CodePrior, TheWayBackIsExact) {
  const at::Tensor latents = at::arange(30, at::kFloat).view({5, 6}) / 10 - 1;
  for (const auto& model : {modelWithPrior(), tinyModel()}) {
    const CodePrior prior = CodePrior::load(model->weights, 6, at::kCPU);
    EXPECT_TRUE(at::allclose(prior.latents(prior.codes(latents)), latents, 1e-4, 1e-5));
  }
}

TEST(Decoder, MakesCodesOfLatents) {
  const auto with = modelWithPrior();
  const std::vector<Latent> zero(1, Latent(6, 0.F));
  const std::vector<int> view(1, 0);
  const auto mean = SpriteGenerator(with).generate(zero, view);
  const std::vector<Latent> code{Latent(kMean.begin(), kMean.end())};
  EXPECT_EQ(mean, SpriteGenerator(tinyModel({.withViews = false})).generate(code, view));
  const std::vector<Latent> far(1, Latent(6, 2.F));
  EXPECT_EQ(SpriteGenerator(with).generate(far, view, {.truncation = 0}), mean);
  EXPECT_NE(SpriteGenerator(with).generate(far, view), mean);
}

TEST(Decoder, KeepsCodesThatAreSharesWithinThem) {
  const auto model = modelWithPrior();  // a dcgan's encoder ends in a sigmoid
  const std::vector<int> view(1, 0);
  const auto drawn = [&](float value) {
    return SpriteGenerator(model).generate(std::vector<Latent>(1, Latent(6, value)), view);
  };
  EXPECT_EQ(drawn(50), drawn(60)) << "every number of the code is 1";
  const std::vector<Latent> ones(1, Latent(6, 1.F));
  EXPECT_EQ(drawn(50), SpriteGenerator(tinyModel({.withViews = false})).generate(ones, view));
}

TEST(Decoder, RefusesAPriorThatDoesNotFit) {
  auto model = modelWithPrior();
  model->weights.tensors["prior.mean"] = toRaw(at::zeros({5}));
  EXPECT_THROW(SpriteGenerator{model}, Error);
}

}  // namespace
}  // namespace loom
