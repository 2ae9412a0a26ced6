#include "core/training/adversarial_recipe.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/state.h"
#include "core/training/losses.h"

namespace loom {
namespace {

/// Where each metric of a step lies; accuracies only for networks that know views.
enum Metric {
  kLossCritic,
  kLossGenerator,
  kReal,
  kFakeBefore,
  kFakeAfter,
  kViewLoss,
  kViewAccuracy,
  kViewAccuracyFake
};
constexpr std::size_t kMetricsWithoutViews = 5;
constexpr std::size_t kMetricsWithViews = 8;

/// The average's weight at update `update`: less at first, so that it does not drag the first random weights along.
double averagingAt(double decay, std::int64_t update) {
  const auto done = static_cast<double>(update);
  return std::min(decay, (1 + done) / (10 + done));
}

void setTrainable(torch::nn::Module& module, bool trainable) {
  for (at::Tensor& parameter : module.parameters()) parameter.requires_grad_(trainable);
}

at::Tensor probability(const at::Tensor& logits) {
  return logits.detach().to(at::kFloat).sigmoid().mean();
}

void add(std::vector<at::Tensor>& metrics, Metric metric, const at::Tensor& value) {
  at::Tensor& sum = metrics[metric];
  sum = sum.defined() ? sum + value.detach() : value.detach();
}

}  // namespace

AdversarialRecipe::AdversarialRecipe(const Preset& preset, const Json& settings, int views,
                                     const Environment& environment, RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_views(networkKnowsViews(preset.network) ? views : 0),
      m_latent(settings.at("latent")),
      m_accumulate(settings.at("accumulate")),
      m_averaging(settings.at("ema")),
      m_viewWeight(settings.value("view_weight", 0.0)),
      m_modeSeeking(settings.value("mode_seeking", 0.0)),
      m_realLow(settings.at("real_label_low")),
      m_realHigh(settings.at("real_label_high")),
      m_fakeLow(settings.at("fake_label_low")),
      m_fakeHigh(settings.at("fake_label_high")) {
  m_generator = makeGenerator(preset.network, settings, m_views);
  m_critic = makeCritic(preset.network, settings, m_views);
  initialiseWeights(*m_generator, m_random.host);
  initialiseWeights(*m_critic, m_random.host);
  m_generator->to(environment.device);
  m_critic->to(environment.device);
  if (m_averaging > 0) {
    m_average = makeGenerator(preset.network, settings, m_views);
    m_average->to(environment.device);
    copyModule(*m_generator, *m_average);
    setTrainable(*m_average, false);
    m_average->eval();
  }
  const double beta1 = settings.at("beta1"), beta2 = settings.at("beta2");
  m_generatorAdam = std::make_unique<Adam>(*m_generator, AdamOptions{settings.at("lr"), beta1, beta2});
  m_criticAdam = std::make_unique<Adam>(*m_critic, AdamOptions{settings.at("lr_critic"), beta1, beta2});
}

std::vector<std::string> AdversarialRecipe::metricNames(bool knowsViews) {
  std::vector<std::string> names{"loss_critic", "loss_generator", "d_real", "d_fake_before", "d_fake_after"};
  if (knowsViews) names.insert(names.end(), {"view_loss", "view_accuracy", "view_accuracy_fake"});
  return names;
}

AdversarialRecipe::Latents AdversarialRecipe::drawLatents(std::int64_t count) {
  Latents latents{.values = at::randn({count, m_latent}, m_random.host).to(m_environment.device), .views = {}};
  if (m_views == 0) return latents;
  at::Tensor views = at::randint(m_views, {count}, m_random.host, at::kLong);
  // Mode seeking compares the halves of a batch row by row: both then show the same view.
  if (m_modeSeeking > 0) views.narrow(0, count / 2, count / 2).copy_(views.narrow(0, 0, count / 2));
  latents.views = views.to(m_environment.device);
  return latents;
}

at::Tensor AdversarialRecipe::make(const Latents& latents) {
  const Autocast autocast(m_environment);
  return m_generator->forward(latents.values, latents.views, m_random.device);
}

Verdict AdversarialRecipe::judge(const at::Tensor& pictures) {
  const Autocast autocast(m_environment);
  return m_critic->forward(pictures, m_random.device);
}

std::vector<float> AdversarialRecipe::step(const std::function<Batch()>& nextBatch) {
  std::vector<at::Tensor> metrics(m_views > 0 ? kMetricsWithViews : kMetricsWithoutViews);
  std::vector<Latents> latents;
  at::Tensor fake;
  for (int part = 0; part < m_accumulate; ++part) {
    const Batch real = nextBatch();
    latents.push_back(drawLatents(real.pictures.size(0)));
    // One graph is kept for the generator's turn; with several parts their graphs would fill the memory.
    const torch::AutoGradMode graph(m_accumulate == 1);
    fake = make(latents.back());
    const torch::AutoGradMode training(true);
    trainCritic(real, fake.detach(), metrics);
  }
  m_criticAdam->step();
  m_criticAdam->clearGradients();
  setTrainable(*m_critic, false);
  for (const Latents& part : latents) {
    if (m_accumulate > 1) fake = make(part);
    trainGenerator(part, fake, metrics);
  }
  setTrainable(*m_critic, true);
  m_generatorAdam->step();
  m_generatorAdam->clearGradients();
  updateAverage();
  const at::Tensor values = at::stack(metrics).div_(m_accumulate).to(at::kCPU);
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

void AdversarialRecipe::trainCritic(const Batch& real, const at::Tensor& fake, std::vector<at::Tensor>& metrics) {
  const std::int64_t count = real.pictures.size(0);
  const Verdict onReal = judge(real.pictures);
  const at::Tensor realLabels = noisyLabels(count, {m_realLow, m_realHigh}, m_random.host, m_environment.device);
  at::Tensor loss = binaryLoss(onReal.score, realLabels);
  if (m_views > 0) {
    const at::Tensor naming = viewLoss(onReal.views, real.views);
    loss = loss + m_viewWeight * naming;
    add(metrics, kViewLoss, naming);
    add(metrics, kViewAccuracy, viewAccuracy(onReal.views, real.views));
  }
  (loss / m_accumulate).backward();
  const Verdict onFake = judge(fake);
  const at::Tensor fakeLabels = noisyLabels(count, {m_fakeLow, m_fakeHigh}, m_random.host, m_environment.device);
  const at::Tensor fakeLoss = binaryLoss(onFake.score, fakeLabels);
  (fakeLoss / m_accumulate).backward();
  add(metrics, kLossCritic, loss.detach() + fakeLoss.detach());
  add(metrics, kReal, probability(onReal.score));
  add(metrics, kFakeBefore, probability(onFake.score));
}

void AdversarialRecipe::trainGenerator(const Latents& latents, const at::Tensor& fake,
                                       std::vector<at::Tensor>& metrics) {
  const Verdict verdict = judge(fake);
  at::Tensor loss = binaryLoss(verdict.score, at::ones_like(verdict.score, at::kFloat));
  if (m_views > 0) {
    loss = loss + m_viewWeight * viewLoss(verdict.views, latents.views);
    add(metrics, kViewAccuracyFake, viewAccuracy(verdict.views, latents.views));
  }
  add(metrics, kLossGenerator, loss);
  if (m_modeSeeking > 0 && fake.size(0) > 1) loss = loss + m_modeSeeking * modeSeekingLoss(fake, latents.values);
  (loss / m_accumulate).backward();
  add(metrics, kFakeAfter, probability(verdict.score));
}

void AdversarialRecipe::updateAverage() {
  ++m_updates;
  if (!m_average) return;
  const torch::NoGradGuard noGrad;
  const double share = 1 - averagingAt(m_averaging, m_updates);
  std::vector<at::Tensor> average = m_average->parameters(), newest = m_generator->parameters();
  const std::vector<at::Tensor> averageBuffers = m_average->buffers(), newestBuffers = m_generator->buffers();
  for (std::size_t index = 0; index < averageBuffers.size(); ++index) {
    if (averageBuffers[index].is_floating_point()) {
      average.push_back(averageBuffers[index]);
      newest.push_back(newestBuffers[index]);
    } else {
      averageBuffers[index].copy_(newestBuffers[index]);
    }
  }
  at::_foreach_lerp_(average, newest, share);
}

at::Tensor AdversarialRecipe::draw(const at::Tensor& latents, const at::Tensor& views) {
  const torch::NoGradGuard noGrad;
  GeneratorNetwork& network = drawing();
  network.eval();
  at::Tensor pictures =
      network.forward(latents.to(m_environment.device), views.to(m_environment.device), m_random.device);
  if (!m_average) network.train();
  return pictures;
}

void AdversarialRecipe::saveModel(TensorFile& file) const {
  saveModule(file, "generator.", drawing());
}

void AdversarialRecipe::save(TensorFile& file) const {
  saveModel(file);
  if (m_average) saveModule(file, "generator_raw.", *m_generator);
  saveModule(file, "critic.", *m_critic);
  m_generatorAdam->save(file, "optimiser_generator.");
  m_criticAdam->save(file, "optimiser_critic.");
  file.tensors["random.host"] = toRaw(m_random.host.get_state());
  file.tensors["random.device"] = toRaw(m_random.device.get_state());
  file.metadata["updates"] = std::to_string(m_updates);
}

void AdversarialRecipe::load(const TensorFile& file) {
  loadModule(file, m_average ? "generator_raw." : "generator.", *m_generator);
  if (m_average) loadModule(file, "generator.", *m_average);
  loadModule(file, "critic.", *m_critic);
  m_generatorAdam->load(file, "optimiser_generator.");
  m_criticAdam->load(file, "optimiser_critic.");
  const auto random = [&file](const char* name) {
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end()) throw Error(std::string("the checkpoint lacks '") + name + "'", "it is damaged");
    return toTensor(found->second);
  };
  m_random.host.set_state(random("random.host"));
  const at::Tensor device = random("random.device");
  // A run continued on another kind of device draws other dropout masks from here on; everything else is as it was.
  if (device.sizes() == m_random.device.get_state().sizes()) m_random.device.set_state(device);
  try {
    m_updates = std::stoll(file.metadata.at("updates"));
  } catch (const std::exception&) {
    throw Error("the checkpoint does not say how far it is", "it is damaged: take an earlier one");
  }
}

void AdversarialRecipe::startFrom(const TensorFile& file) {
  int taken = loadModuleWhereItFits(file, "generator.", *m_generator);
  taken += loadModuleWhereItFits(file, "critic.", *m_critic);
  if (taken == 0) {
    throw Error("none of those weights fit this network", "choose the same preset, size and width as that run had");
  }
  if (m_average) copyModule(*m_generator, *m_average);
}

bool AdversarialRecipe::healthy() const {
  return allFinite(*m_generator) && allFinite(*m_critic) && (!m_average || allFinite(*m_average));
}

}  // namespace loom
