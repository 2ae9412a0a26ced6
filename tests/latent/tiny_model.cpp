#include "tests/latent/tiny_model.h"

#include <torch/torch.h>

#include "core/nets/blocks.h"
#include "core/nets/hero.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/project/view.h"
#include "core/training/preset.h"

namespace loom::test {
namespace {

std::shared_ptr<Model> modelOf(const TinyModelOptions& options, int strong) {
  auto model = std::make_shared<Model>();
  model->preset = model->network = options.withViews ? "conditional-dcgan" : "dcgan";
  model->settings = {{"size", 16},    {"channels", options.channels}, {"latent", options.latent}, {"features", 4},
                     {"dropout", .2}, {"view_embedding", 3}};
  model->views = options.withViews ? std::vector<std::string>{"back", "left", "front", "right"}
                                   : std::vector<std::string>{std::string(kAnyView)};
  model->run = options.run;
  model->step = options.step;

  const auto network = makeGenerator(model->network, model->settings, static_cast<int>(model->views.size()));
  at::Generator random = at::make_generator<at::CPUGeneratorImpl>(options.seed);
  initialiseWeights(*network, random);
  const torch::NoGradGuard noGrad;
  for (auto& item : network->named_parameters()) {
    if (item.value().dim() != 4) continue;
    item.value().mul_(10);
    const bool first = item.value().size(0) >= options.latent && item.key().starts_with("blocks.0.");
    if (first && strong >= 0) {
      item.value().narrow(0, 0, options.latent).mul_(.05);
      item.value()[strong].mul_(40);
    }
  }
  saveModule(model->weights, "generator.", *network);
  return model;
}

}  // namespace

std::shared_ptr<Model> tinyModel(const TinyModelOptions& options) {
  return modelOf(options, -1);
}

std::shared_ptr<Model> tinyModelLedBy(int strong, const TinyModelOptions& options) {
  return modelOf(options, strong);
}

std::shared_ptr<Model> tinyAutoencoder(bool variational, const TinyModelOptions& options) {
  auto model = std::make_shared<Model>();
  model->preset = variational ? "cvae" : "autoencoder";
  model->network = variational ? "convolutional-vae" : "dcgan";
  model->settings =
      preset(model->preset)
          .schema.complete({{"size", 16}, {"channels", options.channels}, {"latent", options.latent}, {"features", 4}});
  model->views = {std::string(kAnyView)};
  model->run = options.run;
  model->step = options.step;
  at::Generator random = at::make_generator<at::CPUGeneratorImpl>(options.seed);
  const auto generator = makeGenerator(model->network, model->settings, 1);
  const auto encoder = makeEncoder(model->network, model->settings);
  initialiseWeights(*generator, random);
  initialiseWeights(*encoder, random);
  const torch::NoGradGuard noGrad;
  for (auto& parameter : generator->parameters()) {
    if (parameter.dim() == 4) parameter.mul_(10);  // pictures that differ plainly
  }
  saveModule(model->weights, "generator.", *generator);
  saveModule(model->weights, "encoder.", *encoder);
  if (variational) return model;
  model->weights.tensors["prior.mean"] = toRaw(at::full({options.latent}, .5));
  model->weights.tensors["prior.factor"] =
      toRaw(at::eye(options.latent) * .1 + at::ones({options.latent, options.latent}).tril(-1) * .01);
  return model;
}

std::shared_ptr<Model> tinyHero() {
  auto model = std::make_shared<Model>();
  model->preset = model->network = "hero";
  model->settings = preset("hero").schema.complete({{"size", 16}, {"features", 4}, {"latent", 6}, {"colours", 5}});
  model->views = {"back", "left", "front"};
  model->run = 1;
  at::Generator random = at::make_generator<at::CPUGeneratorImpl>(7);
  const auto encoder = std::make_shared<HeroEncoder>(model->settings, 3);
  const auto decoder = std::make_shared<HeroDecoder>(model->settings, 3);
  initialiseWeights(*encoder, random);
  initialiseWeights(*decoder, random);
  saveModule(model->weights, "encoder.", *encoder);
  saveModule(model->weights, "generator.", *decoder);
  model->weights.tensors["prior.mean"] = toRaw(at::full({6}, .5));
  model->weights.tensors["prior.factor"] = toRaw(at::eye(6) * 2);
  return model;
}

std::shared_ptr<Model> tinyTurnaround(std::uint64_t seed) {
  auto model = std::make_shared<Model>();
  model->preset = model->network = "turnaround";
  model->settings = preset("turnaround").schema.complete({{"size", 16}, {"features", 8}, {"key_depth", 8}});
  model->views = {"back", "left", "front", "right"};
  model->run = 1;
  at::Generator random = at::make_generator<at::CPUGeneratorImpl>(seed);
  const auto network = makeTurnaround("turnaround", model->settings, 4);
  initialiseWeights(*network, random);
  saveModule(model->weights, "turnaround.", *network);
  return model;
}

}  // namespace loom::test
