#include "core/training/recipe.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include "core/base/random_stream.h"
#include "core/nets/network.h"
#include "core/training/adversarial_recipe.h"

namespace loom {

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

std::unique_ptr<Recipe> makeRecipe(const Preset& preset, const Json& settings, int views,
                                   const Environment& environment, RandomSources random) {
  return std::make_unique<AdversarialRecipe>(preset, settings, views, environment, std::move(random));
}

std::vector<std::string> recipeMetrics(const Preset& preset, const Json& /*settings*/) {
  return AdversarialRecipe::metricNames(networkKnowsViews(preset.network));
}

}  // namespace loom
