#include "core/training/start_views.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/json.h"
#include "core/nets/hero.h"
#include "core/nets/state.h"
#include "core/nets/turnaround.h"

namespace loom {
namespace {

const std::vector<std::string> kFour{"back", "left", "front", "right"};

TensorFile fileOf(const std::string& network) {
  TensorFile file;
  file.metadata = {{"network", network}, {"views", Json(kFour).dump()}};
  return file;
}

template <typename Module>
void drawWeights(Module& module, std::uint64_t seed) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  initialiseWeights(module, random);
  module.eval();
}

TEST(StartViews, AreChosenWithinADimension) {
  TensorFile file;
  file.tensors["x"] = toRaw(at::arange(24, at::kFloat).view({1, 24}));
  const std::vector<std::int64_t> places{2, 0};
  chooseViews(file, {.tensor = "x", .dimension = 1, .outer = 2}, 3, places);  // 2 x 3 views x 4
  EXPECT_TRUE(toTensor(file.tensors["x"])
                  .equal(at::tensor({8.F, 9.F, 10.F, 11.F, 0.F, 1.F, 2.F, 3.F,  //
                                     20.F, 21.F, 22.F, 23.F, 12.F, 13.F, 14.F, 15.F})
                             .view({1, 16})));
  const RawTensor before = file.tensors["x"];
  chooseViews(file, {.tensor = "x", .dimension = 0}, 3, places);
  chooseViews(file, {.tensor = "x", .dimension = 4}, 3, places);
  chooseViews(file, {.tensor = "none"}, 3, places);
  EXPECT_EQ(file.tensors["x"].bytes, before.bytes) << "not so built";
}

TEST(StartViews, OfAHeroDrawTheSameViewsElsewhere) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(2);
  const Json settings = {{"size", 16}, {"features", 4}, {"latent", 5}, {"colours", 6}};
  const auto known = std::make_shared<HeroDecoder>(settings, 4);
  drawWeights(*known, 1);
  const at::Tensor latents = at::randn({3, 5}, random);
  for (const std::vector<std::string>& views :
       {std::vector<std::string>{"front"}, {"right", "back"}, {"front", "above"}, {"any"}}) {
    SCOPED_TRACE(Json(views).dump());
    TensorFile file = fileOf("hero");
    saveModule(file, "generator.", *known);
    fitViews(file, views);
    const auto fewer = std::make_shared<HeroDecoder>(settings, static_cast<int>(views.size()));
    drawWeights(*fewer, 9);
    loadModule(file, "generator.", *fewer);
    for (std::size_t view = 0; view < views.size(); ++view) {
      const std::int64_t same = views[view] == "right" ? 3 : views[view] == "back" ? 0 : 2;  // any other: the front's
      EXPECT_TRUE(
          at::allclose(fewer->forward(latents, at::full({3}, static_cast<std::int64_t>(view), at::kLong), random),
                       known->forward(latents, at::full({3}, same, at::kLong), random)));
    }
  }
}

TEST(StartViews, OfATurnaroundSayTheSameOfWhatBothSee) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(3);
  const Json settings = {{"size", 16}, {"features", 4}, {"key_depth", 5}};
  const auto known = makeTurnaround("turnaround", settings, 4), fewer = makeTurnaround("turnaround", settings, 2);
  drawWeights(*known, 1);
  known->named_parameters()["trust.weight"].normal_(0, 1, random);
  drawWeights(*fewer, 9);
  TensorFile file = fileOf("turnaround");
  saveModule(file, "turnaround.", *known);
  fitViews(file, std::vector<std::string>{"front", "back"});
  loadModule(file, "turnaround.", *fewer);
  const IndexedCharacters all{.indices = at::randint(5, {2, 4, 16, 16}, random, at::kLong),
                              .palettes = at::rand({2, 5, 4}, random) * 2 - 1,
                              .present = at::ones({2, 4})};
  const at::Tensor places = at::tensor({2, 0}, at::kLong);
  const IndexedCharacters two{
      .indices = all.indices.index_select(1, places), .palettes = all.palettes, .present = at::ones({2, 2})};
  const at::Tensor ofFour = at::tensor({0.F, 0.F, 1.F, 0.F}).expand({2, -1}),
                   ofTwo = at::tensor({1.F, 0.F}).expand({2, -1});  // the front is seen
  const at::Tensor one = turnedLogits(*known, all, ofFour, places.expand({2, -1}), random);
  const at::Tensor other = turnedLogits(*fewer, two, ofTwo, at::arange(2, at::kLong).expand({2, -1}), random);
  EXPECT_TRUE(at::allclose(one, other, 1e-4, 1e-4));
}

TEST(StartViews, LeaveOtherModelsAlone) {
  TensorFile file = fileOf("dcgan");
  file.tensors["generator.choice.bias"] = toRaw(at::ones({16}));
  fitViews(file, std::vector<std::string>{"front"});
  EXPECT_EQ(file.tensors["generator.choice.bias"].shape, std::vector<std::int64_t>{16});
  file = fileOf("hero");
  file.metadata["views"] = "nonsense";
  EXPECT_NO_THROW(fitViews(file, std::vector<std::string>{"front"}));
}

}  // namespace
}  // namespace loom
