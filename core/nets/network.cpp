#include "core/nets/network.h"

#include <torch/torch.h>

#include <array>
#include <functional>
#include <string_view>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/convolutional_vae.h"
#include "core/nets/dcgan.h"
#include "core/nets/hero.h"
#include "core/nets/latent_layers.h"
#include "core/nets/residual.h"
#include "core/nets/turnaround.h"

namespace loom {
namespace {

struct Entry {
  std::string_view name;
  bool knowsViews = false;
  std::function<std::shared_ptr<GeneratorNetwork>(const Json&, int)> generator = {};
  std::function<std::shared_ptr<CriticNetwork>(const Json&, int)> critic = {};
  std::function<std::shared_ptr<EncoderNetwork>(const Json&, int)> encoder = {};
  std::function<std::shared_ptr<TurnaroundNetwork>(const Json&, int)> turnaround = {};
  std::vector<std::string> layers = {"all"};  ///< latentLayers()
};

const std::array<Entry, 6>& registry() {
  static const std::array<Entry, 6> entries{{
      {.name = "dcgan",
       .generator = [](const Json& settings, int) { return std::make_shared<DcganGenerator>(settings, 0); },
       .critic = [](const Json& settings, int) { return std::make_shared<DcganCritic>(settings, 0); },
       .encoder = [](const Json& settings, int) { return std::make_shared<DcganEncoder>(settings); }},
      {.name = "conditional-dcgan",
       .knowsViews = true,
       .generator = [](const Json& settings, int views) { return std::make_shared<DcganGenerator>(settings, views); },
       .critic = [](const Json& settings, int views) { return std::make_shared<DcganCritic>(settings, views); }},
      {.name = "residual",
       .generator = [](const Json& settings, int) { return std::make_shared<ResidualGenerator>(settings); },
       .critic = [](const Json& settings, int) { return std::make_shared<ResidualCritic>(settings); }},
      {.name = "convolutional-vae",
       .generator = [](const Json& settings, int) { return std::make_shared<ConvolutionalDecoder>(settings); },
       .encoder = [](const Json& settings, int) { return std::make_shared<ConvolutionalEncoder>(settings); }},
      {.name = "hero",
       .knowsViews = true,
       .generator = [](const Json& settings, int views) { return std::make_shared<HeroDecoder>(settings, views); },
       .layers = {"drawing", "colours"}},
      {.name = "turnaround",
       .knowsViews = true,
       .turnaround = [](const Json& settings, int views) { return std::make_shared<ViewUnet>(settings, views); }},
  }};
  return entries;
}

const Entry& find(const std::string& network) {
  std::string known;
  for (const Entry& entry : registry()) {
    if (entry.name == network) return entry;
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  throw Error("there is no network '" + network + "'", "the networks here are: " + known);
}

template <class Network>
std::shared_ptr<Network> made(const std::function<std::shared_ptr<Network>(const Json&, int)>& make,
                              const Json& settings, int views) {
  if (!make) throw Error("this network has no such part", "choose another preset");
  try {
    std::shared_ptr<Network> network = make(settings, views);
    useChannelsLast(*network);
    return network;
  } catch (const Json::exception& error) {
    throw Error(std::string("the network's settings are incomplete: ") + error.what(),
                "the file they come from was made by another version");
  }
}

}  // namespace

std::vector<std::string> networkNames() {
  std::vector<std::string> names;
  for (const Entry& entry : registry()) names.emplace_back(entry.name);
  return names;
}

bool networkKnowsViews(const std::string& network) {
  return find(network).knowsViews;
}

bool networkHasGenerator(const std::string& network) {
  return static_cast<bool>(find(network).generator);
}

std::vector<std::string> latentLayers(const std::string& network) {
  return find(network).layers;
}

bool networkHasCritic(const std::string& network) {
  return static_cast<bool>(find(network).critic);
}

bool networkHasEncoder(const std::string& network) {
  return static_cast<bool>(find(network).encoder);
}

bool networkHasTurnaround(const std::string& network) {
  return static_cast<bool>(find(network).turnaround);
}

std::shared_ptr<GeneratorNetwork> makeGenerator(const std::string& network, const Json& settings, int views) {
  return made(find(network).generator, settings, views);
}

std::shared_ptr<CriticNetwork> makeCritic(const std::string& network, const Json& settings, int views) {
  return made(find(network).critic, settings, views);
}

std::shared_ptr<EncoderNetwork> makeEncoder(const std::string& network, const Json& settings) {
  return made(find(network).encoder, settings, 0);
}

std::shared_ptr<TurnaroundNetwork> makeTurnaround(const std::string& network, const Json& settings, int views) {
  return made(find(network).turnaround, settings, views);
}

std::int64_t parameterCount(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const at::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

}  // namespace loom
