#include "core/training/adversarial_recipe.h"

#include <torch/torch.h>

#include <array>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/state.h"
#include "core/training/gradients.h"
#include "core/training/losses.h"
#include "core/training/update_count.h"

namespace loom {
namespace {

enum Metric : std::size_t {
  kLossCritic,
  kLossGenerator,
  kReal,
  kFakeBefore,
  kFakeAfter,
  kViewLoss,
  kViewAccuracy,
  kViewAccuracyFake,
  kPenalty
};
constexpr std::array<const char*, 9> kNames{"loss_critic",   "loss_generator",     "d_real",
                                            "d_fake_before", "d_fake_after",       "view_loss",
                                            "view_accuracy", "view_accuracy_fake", "penalty"};

/// The weight of the gradient penalty, which only the Wasserstein loss has.
double penaltyOf(const Json& settings) {
  return AdversarialLoss(settings).isWasserstein() ? settings.value("penalty", 0.0) : 0;
}

std::vector<std::size_t> reported(bool knowsViews, const Json& settings) {
  std::vector<std::size_t> metrics{kLossCritic, kLossGenerator, kReal, kFakeBefore, kFakeAfter};
  if (knowsViews) metrics.insert(metrics.end(), {kViewLoss, kViewAccuracy, kViewAccuracyFake});
  if (penaltyOf(settings) > 0) metrics.push_back(kPenalty);
  return metrics;
}

bool hasAlpha(const Json& settings) {
  return settings.at("channels").get<int>() % 2 == 0;
}

}  // namespace

AdversarialRecipe::AdversarialRecipe(const Preset& preset, const Json& settings, int views,
                                     const Environment& environment, RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_views(networkKnowsViews(preset.network) ? views : 0),
      m_latent(settings.at("latent")),
      m_accumulate(settings.at("accumulate")),
      m_criticSteps(settings.value("critic_steps", 1)),
      m_rate(settings.at("lr")),
      m_criticRate(settings.at("lr_critic")),
      m_gradientClip(settings.value("gradient_clip", 0.0)),
      m_weightClip(settings.value("clip_weights", 0.0)),
      m_loss(settings),
      m_penalty(penaltyOf(settings)),
      m_viewWeight(settings.value("view_weight", 0.0)),
      m_modeSeeking(settings.value("mode_seeking", 0.0)),
      m_foreground(settings.value("foreground", false)),
      m_backgroundWeight(settings.value("foreground_weight", 1.0)),
      m_suppression(m_foreground && hasAlpha(settings) ? settings.value("suppression", 0.0) : 0),
      m_reported(reported(m_views > 0, settings)) {
  m_generator = makeGenerator(preset.network, settings, m_views);
  m_critic = makeCritic(preset.network, settings, m_views);
  initialiseWeights(*m_generator, m_random.host);
  initialiseWeights(*m_critic, m_random.host);
  m_generator->to(environment.device);
  m_critic->to(environment.device);
  if (const double decay = settings.at("ema"); decay > 0) {
    m_average = makeGenerator(preset.network, settings, m_views);
    m_average->to(environment.device);
    m_averaging = std::make_unique<WeightAverage>(*m_generator, *m_average, decay);
  }
  const double beta1 = settings.at("beta1"), beta2 = settings.at("beta2");
  m_generatorAdam = std::make_unique<Adam>(*m_generator, AdamOptions{m_rate, beta1, beta2});
  m_criticAdam = std::make_unique<Adam>(*m_critic, AdamOptions{m_criticRate, beta1, beta2});
}

std::vector<std::string> AdversarialRecipe::metricNames(bool knowsViews, const Json& settings) {
  std::vector<std::string> names;
  for (const std::size_t metric : reported(knowsViews, settings)) names.emplace_back(kNames[metric]);
  return names;
}

void AdversarialRecipe::setRateFactor(double factor) {
  m_generatorAdam->setRate(m_rate * factor);
  m_criticAdam->setRate(m_criticRate * factor);
}

AdversarialRecipe::Latents AdversarialRecipe::drawLatents(std::int64_t count) {
  Latents latents{.values = onDevice(at::randn({count, m_latent}, m_random.host), m_environment.device), .views = {}};
  if (m_views == 0) return latents;
  at::Tensor views = at::randint(m_views, {count}, m_random.host, at::kLong);
  // Mode seeking compares the halves of a batch row by row: both then show the same view.
  if (m_modeSeeking > 0) views.narrow(0, count / 2, count / 2).copy_(views.narrow(0, 0, count / 2));
  latents.views = onDevice(views, m_environment.device);
  return latents;
}

at::Tensor AdversarialRecipe::make(const Latents& latents) {
  const Autocast autocast(m_environment);
  return m_generator->forward(m_prior.codes(latents.values), latents.views, m_random.device);
}

Verdict AdversarialRecipe::judge(const at::Tensor& pictures) {
  const Autocast autocast(m_environment);
  return m_critic->forward(pictures, m_random.device);
}

at::Tensor AdversarialRecipe::weightsOf(const at::Tensor& scores) const {
  return m_foreground ? foregroundWeights(m_alpha, scores, m_backgroundWeight) : at::Tensor();
}

std::vector<float> AdversarialRecipe::step(const std::function<Batch()>& nextBatch) {
  MetricSums metrics(kNames.size());
  for (int update = 1; update <= m_criticSteps; ++update) updateCritic(nextBatch, update == m_criticSteps, metrics);
  updateGenerator(metrics);
  return metrics.means(m_reported);
}

void AdversarialRecipe::updateCritic(const std::function<Batch()>& nextBatch, bool last, MetricSums& metrics) {
  m_parts.clear();
  for (int part = 0; part < m_accumulate; ++part) {
    const Batch real = nextBatch();
    m_parts.push_back(drawLatents(real.pictures.size(0)));
    m_alpha = real.alpha;
    {
      // One graph is kept for the generator's turn; with several parts their graphs would fill the memory.
      const torch::AutoGradMode graph(last && m_accumulate == 1);
      m_fake = make(m_parts.back());
    }
    trainCritic(real, m_fake.detach(), metrics);
  }
  clipGradients(*m_critic, m_gradientClip);
  m_criticAdam->step();
  m_criticAdam->clearGradients();
  clipWeights(*m_critic, m_weightClip);
}

void AdversarialRecipe::updateGenerator(MetricSums& metrics) {
  setTrainable(*m_critic, false);
  for (const Latents& part : m_parts) {
    if (m_accumulate > 1) m_fake = make(part);
    trainGenerator(part, m_fake, metrics);
  }
  m_fake.reset();
  setTrainable(*m_critic, true);
  clipGradients(*m_generator, m_gradientClip);
  m_generatorAdam->step();
  m_generatorAdam->clearGradients();
  ++m_updates;
  if (m_averaging) m_averaging->add(m_updates);
}

void AdversarialRecipe::trainCritic(const Batch& real, const at::Tensor& fake, MetricSums& metrics) {
  const Verdict onReal = judge(real.pictures);
  at::Tensor loss = m_loss.onReal(onReal.score, weightsOf(onReal.score), m_random.host);
  if (m_views > 0) {
    const at::Tensor naming = viewLoss(onReal.views, real.views);
    loss = loss + m_viewWeight * naming;
    metrics.add(kViewLoss, naming);
    metrics.add(kViewAccuracy, viewAccuracy(onReal.views, real.views));
  }
  (loss / m_accumulate).backward();
  const Verdict onFake = judge(fake);
  const at::Tensor fakeLoss = m_loss.onFake(onFake.score, weightsOf(onFake.score), m_random.host);
  (fakeLoss / m_accumulate).backward();
  at::Tensor sum = loss.detach() + fakeLoss.detach();
  if (m_penalty > 0) {
    // The slope is held of the score that the loss sees: held of the plain mean of a map, the critic would let the
    // background take back what it says of the sprite, and be as steep as it likes.
    const auto score = [this](const at::Tensor& pictures) {
      const at::Tensor plain = judge(pictures).score;
      const at::Tensor weights = weightsOf(plain);
      return weights.defined() ? plain.to(at::kFloat) * weights : plain;
    };
    const at::Tensor penalty = gradientPenalty(score, real.pictures, fake, m_random.device);
    (m_penalty / m_accumulate * penalty).backward();
    metrics.add(kPenalty, penalty);
    sum = sum + m_penalty * penalty.detach();
  }
  metrics.add(kLossCritic, sum);
  metrics.add(kReal, m_loss.opinion(onReal.score));
  metrics.add(kFakeBefore, m_loss.opinion(onFake.score));
}

void AdversarialRecipe::trainGenerator(const Latents& latents, const at::Tensor& fake, MetricSums& metrics) {
  const Verdict verdict = judge(fake);
  // Which real sprite's alpha a made one is weighed by is chance, so the newest batch's serves for every part.
  at::Tensor loss = m_loss.ofGenerator(verdict.score, weightsOf(verdict.score));
  if (m_views > 0) {
    loss = loss + m_viewWeight * viewLoss(verdict.views, latents.views);
    metrics.add(kViewAccuracyFake, viewAccuracy(verdict.views, latents.views));
  }
  if (m_suppression > 0) loss = loss + m_suppression * suppressionLoss(fake, m_alpha);
  metrics.add(kLossGenerator, loss);
  if (m_modeSeeking > 0 && fake.size(0) > 1) loss = loss + m_modeSeeking * modeSeekingLoss(fake, latents.values);
  (loss / m_accumulate).backward();
  metrics.add(kFakeAfter, m_loss.opinion(verdict.score));
}

at::Tensor AdversarialRecipe::draw(const at::Tensor& latents, const at::Tensor& views) {
  const torch::NoGradGuard noGrad;
  GeneratorNetwork& network = drawing();
  network.eval();
  const at::Tensor codes = m_prior.codes(latents.to(m_environment.device));
  at::Tensor pictures = network.forward(codes, views.to(m_environment.device), m_random.device);
  if (!m_average) network.train();
  return pictures;
}

void AdversarialRecipe::saveModel(TensorFile& file) const {
  saveModule(file, "generator.", drawing());
  m_prior.save(file);
}

void AdversarialRecipe::save(TensorFile& file) const {
  saveModel(file);
  if (m_average) saveModule(file, "generator_raw.", *m_generator);
  saveModule(file, "critic.", *m_critic);
  m_generatorAdam->save(file, "optimiser_generator.");
  m_criticAdam->save(file, "optimiser_critic.");
  m_random.save(file);
  saveUpdates(file, m_updates);
}

void AdversarialRecipe::load(const TensorFile& file) {
  loadModule(file, m_average ? "generator_raw." : "generator.", *m_generator);
  if (m_average) loadModule(file, "generator.", *m_average);
  loadModule(file, "critic.", *m_critic);
  m_generatorAdam->load(file, "optimiser_generator.");
  m_criticAdam->load(file, "optimiser_critic.");
  m_random.load(file);
  m_prior = CodePrior::load(file, m_latent, m_environment.device);
  m_updates = loadUpdates(file);
}

void AdversarialRecipe::startFrom(const TensorFile& file) {
  int taken = loadModuleWhereItFits(file, "generator.", *m_generator);
  taken += loadModuleWhereItFits(file, "critic.", *m_critic);
  taken += loadModuleWhereItFits(file, "encoder.", *m_critic);  // an autoencoder has no critic: its trunk is one's
  if (taken == 0) {
    throw Error("none of those weights fit this network", "choose the same preset, size and width as that run had");
  }
  if (CodePrior::latentIn(file) == m_latent) m_prior = CodePrior::load(file, m_latent, m_environment.device);
  if (m_average) copyModule(*m_generator, *m_average);
}

bool AdversarialRecipe::healthy() const {
  return allFinite(*m_generator) && allFinite(*m_critic) && (!m_average || allFinite(*m_average));
}

}  // namespace loom
