#include "core/latent/model_check.h"

#include <torch/torch.h>

#include <iterator>
#include <string>

#include "core/base/error.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/training/code_prior.h"

namespace loom {
namespace {

constexpr const char* kGenerator = "generator.";
constexpr const char* kEncoder = "encoder.";
constexpr const char* kCritic = "critic.";
constexpr const char* kPrior = "prior.";
constexpr const char* kTurnaround = "turnaround.";

bool holds(const TensorFile& file, const std::string& prefix) {
  const auto first = file.tensors.lower_bound(prefix);
  return first != file.tensors.end() && first->first.starts_with(prefix);
}

void take(const TensorFile& from, const std::string& prefix, torch::nn::Module& network, TensorFile& into) {
  loadModule(from, prefix, network);
  if (!allFinite(network)) throw Error("some of its weights are no numbers", "it is damaged: take another one");
  saveModule(into, prefix, network);
}

void takePrior(const TensorFile& from, std::int64_t latent, TensorFile& into) {
  const CodePrior prior = CodePrior::load(from, latent, at::kCPU);
  if (!prior.isThere()) throw Error("half of what its codes are made by is missing", "it is damaged: take another one");
  // Both ways through it are finite only where every part of it is, and the factor can be undone.
  if (!prior.latents(prior.codes(at::ones({1, latent}))).isfinite().all().item<bool>()) {
    throw Error("what its codes are made by cannot be undone", "it is damaged: take another one");
  }
  prior.save(into);
}

}  // namespace

TensorFile loadModelParts(const std::filesystem::path& path) {
  TensorFile parts;
  for (const char* prefix : {kGenerator, kEncoder, kPrior, kCritic, kTurnaround}) {
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
    if (networkHasTurnaround(model.network)) {
      take(file, kTurnaround, *makeTurnaround(model.network, model.settings, views), weights);
      return weights;
    }
    take(file, kGenerator, *makeGenerator(model.network, model.settings, views), weights);
    if (holds(file, kEncoder)) take(file, kEncoder, *makeEncoder(model.network, model.settings), weights);
    if (holds(file, kCritic)) take(file, kCritic, *makeCritic(model.network, model.settings, views), weights);
    if (holds(file, kPrior)) takePrior(file, model.latentSize(), weights);
    return weights;
  } catch (const Error& error) {
    throw Error(source.string() + " cannot be used: " + error.what(), error.hint(), source);
  }
}

}  // namespace loom
