#include "core/training/recipe.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/training/adversarial_recipe.h"
#include "core/training/autoencoder_recipe.h"
#include "core/training/hero_recipe.h"
#include "core/training/turnaround_recipe.h"

namespace loom {
namespace {

constexpr const char* kHost = "random.host";
constexpr const char* kDevice = "random.device";

bool isAutoencoder(const Preset& preset) {
  return preset.training == "autoencoder";
}

bool isHero(const Preset& preset) {
  return preset.training == "hero";
}

bool isTurnaround(const Preset& preset) {
  return preset.training == "turnaround";
}

}  // namespace

RandomSources makeRandomSources(std::uint64_t seed, at::Device device) {
  RandomStream seeds(seed, /*stream=*/1);
  RandomSources sources{.host = at::detail::createCPUGenerator(seeds.next()), .device = {}};
  const std::uint64_t deviceSeed = seeds.next();
  if (device.is_cpu()) {
    sources.device = at::detail::createCPUGenerator(deviceSeed);
  } else {
    at::Generator shared = at::globalContext().defaultGenerator(device);
    const std::lock_guard lock(shared.mutex());
    sources.device = shared.clone();
    sources.device.set_current_seed(deviceSeed);
  }
  return sources;
}

void RandomSources::save(TensorFile& file) const {
  file.tensors[kHost] = toRaw(host.get_state());
  file.tensors[kDevice] = toRaw(device.get_state());
}

void RandomSources::load(const TensorFile& file) {
  const auto state = [&file](const char* name) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) throw Error(std::string("the checkpoint lacks '") + name + "'", "it is damaged");
    return toTensor(found->second);
  };
  host.set_state(state(kHost));
  const at::Tensor there = state(kDevice);
  // A run continued on another kind of device draws other dropout masks from here on; everything else is as it was.
  if (there.sizes() == device.get_state().sizes()) device.set_state(there);
}

std::unique_ptr<Recipe> makeRecipe(const Preset& preset, const Json& settings, int views,
                                   const Environment& environment, RandomSources random) {
  if (isAutoencoder(preset)) {
    return std::make_unique<AutoencoderRecipe>(preset, settings, environment, std::move(random));
  }
  if (isHero(preset)) return std::make_unique<HeroRecipe>(settings, views, environment, std::move(random));
  if (isTurnaround(preset)) {
    return std::make_unique<TurnaroundRecipe>(preset, settings, views, environment, std::move(random));
  }
  return std::make_unique<AdversarialRecipe>(preset, settings, views, environment, std::move(random));
}

std::int64_t batchesAStep(const Json& settings) {
  return settings.value("accumulate", std::int64_t{1}) * settings.value("critic_steps", std::int64_t{1});
}

std::vector<std::string> recipeMetrics(const Preset& preset, const Json& settings) {
  if (isAutoencoder(preset)) return AutoencoderRecipe::metricNames(settings);
  if (isHero(preset)) return HeroRecipe::metricNames();
  if (isTurnaround(preset)) return TurnaroundRecipe::metricNames();
  return AdversarialRecipe::metricNames(networkKnowsViews(preset.network), settings);
}

}  // namespace loom
