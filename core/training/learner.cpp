#include "core/training/learner.h"

#include <torch/torch.h>

#include <utility>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/state.h"
#include "core/training/gradients.h"
#include "core/training/update_count.h"

namespace loom {
namespace {

constexpr const char* kOptimiser = "optimiser.";

std::shared_ptr<torch::nn::Module> withFirstWeights(const Learner::Make& make, at::Device device,
                                                    at::Generator& random) {
  std::shared_ptr<torch::nn::Module> networks = make();
  initialiseWeights(*networks, random);
  networks->to(device);
  return networks;
}

}  // namespace

Learner::Learner(const Make& make, const Json& settings, at::Device device, at::Generator& random, std::string prefix,
                 std::string raw)
    : m_rate(settings.at("lr")),
      m_gradientClip(settings.value("gradient_clip", 0.0)),
      m_accumulate(settings.at("accumulate")),
      m_prefix(std::move(prefix)),
      m_raw(std::move(raw)),
      m_newest(withFirstWeights(make, device, random)),
      m_adam(*m_newest, AdamOptions{m_rate, settings.at("beta1"), settings.at("beta2")}) {
  const double decay = settings.at("ema");
  if (decay <= 0) return;
  m_average = make();
  m_average->to(device);
  m_averaging = std::make_unique<WeightAverage>(*m_newest, *m_average, decay);
}

void Learner::step(const std::function<at::Tensor()>& lossOf) {
  for (int part = 0; part < m_accumulate; ++part) (lossOf() / m_accumulate).backward();
  clipGradients(*m_newest, m_gradientClip);
  m_adam.step();
  m_adam.clearGradients();
  ++m_updates;
  if (m_averaging) m_averaging->add(m_updates);
}

void Learner::saveModel(TensorFile& file) const {
  saveModule(file, m_prefix, drawing());
}

void Learner::save(TensorFile& file) const {
  saveModel(file);
  if (m_average) saveModule(file, m_raw, *m_newest);
  m_adam.save(file, kOptimiser);
  saveUpdates(file, m_updates);
}

void Learner::load(const TensorFile& file) {
  loadModule(file, m_average ? m_raw : m_prefix, *m_newest);
  if (m_average) loadModule(file, m_prefix, *m_average);
  m_adam.load(file, kOptimiser);
  m_updates = loadUpdates(file);
}

void Learner::startFrom(const std::function<int(torch::nn::Module&)>& take) {
  if (take(*m_newest) == 0) {
    throw Error("none of those weights fit this network",
                "choose a run of the same preset, with the same views, size and width");
  }
  if (m_average) copyModule(*m_newest, *m_average);
}

bool Learner::healthy() const {
  return allFinite(*m_newest) && (!m_average || allFinite(*m_average));
}

}  // namespace loom
