#include "core/latent/model_check.h"

#include <torch/torch.h>

#include <iterator>
#include <string>

#include "core/base/error.h"
#include "core/latent/latent_prior.h"
#include "core/nets/network.h"
#include "core/nets/state.h"

namespace loom {
namespace {

constexpr const char* kGenerator = "generator.";
constexpr const char* kEncoder = "encoder.";
constexpr const char* kCritic = "critic.";
constexpr const char* kPrior = "prior.";

bool holds(const TensorFile& file, const std::string& prefix) {
  const auto first = file.tensors.lower_bound(prefix);
  return first != file.tensors.end() && first->first.starts_with(prefix);
}

void take(const TensorFile& from, const std::string& prefix, torch::nn::Module& network, TensorFile& into) {
  loadModule(from, prefix, network);
  if (!allFinite(network)) throw Error("some of its weights are no numbers", "it is damaged: take another one");
  saveModule(into, prefix, network);
}

/// The prior as numbers of the type that this program writes.
void takePrior(const Model& model, const TensorFile& from, TensorFile& into) {
  Model withPrior = model;
  for (const char* name : {"prior.mean", "prior.factor"}) {
    if (const auto found = from.tensors.find(name); found != from.tensors.end()) {
      into.tensors[name] = withPrior.weights.tensors[name] = toRaw(toTensor(found->second).to(at::kFloat));
    }
  }
  const LatentPrior check(withPrior);
}

}  // namespace

TensorFile loadModelParts(const std::filesystem::path& path) {
  TensorFile parts;
  for (const char* prefix : {kGenerator, kEncoder, kPrior, kCritic}) {
    TensorFile part = loadTensorFile(path, prefix);
    parts.tensors.merge(part.tensors);
    parts.metadata = std::move(part.metadata);
  }
  return parts;
}

TensorFile checkedWeights(const Model& model, const TensorFile& file, const std::filesystem::path& source) {
  try {
    TensorFile weights;
    const auto views = static_cast<int>(model.views.size());
    take(file, kGenerator, *makeGenerator(model.network, model.settings, views), weights);
    if (holds(file, kEncoder)) take(file, kEncoder, *makeEncoder(model.network, model.settings), weights);
    if (holds(file, kCritic)) take(file, kCritic, *makeCritic(model.network, model.settings, views), weights);
    if (holds(file, kPrior)) takePrior(model, file, weights);
    return weights;
  } catch (const Error& error) {
    throw Error(source.string() + " cannot be used: " + error.what(), error.hint(), source);
  }
}

}  // namespace loom
