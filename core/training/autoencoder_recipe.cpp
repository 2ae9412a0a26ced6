#include "core/training/autoencoder_recipe.h"

#include <torch/torch.h>

#include <array>
#include <cmath>

#include "core/nets/code_range.h"
#include "core/nets/state.h"
#include "core/training/evaluating.h"
#include "core/training/losses.h"

namespace loom {
namespace {

constexpr std::int64_t kAtOnce = 64;  // pictures in one evaluation

enum Metric : std::size_t { kLoss, kReconstruction, kDivergence, kAccuracy, kChannelAccuracy };
constexpr std::array<const char*, 5> kNames{"loss", "loss_reconstruction", "loss_kl", "accuracy", "accuracy_channel"};

/// The weight of the prior; 0 where codes are not sampled.
double klOf(const Json& settings) {
  return settings.value("variational", false) ? settings.value("kl", 0.0) : 0;
}

std::vector<std::size_t> reported(const Json& settings) {
  std::vector<std::size_t> metrics{kLoss};
  if (klOf(settings) > 0) metrics.insert(metrics.end(), {kReconstruction, kDivergence});
  metrics.push_back(kAccuracy);
  if (settings.at("channels").get<int>() > 1) metrics.push_back(kChannelAccuracy);
  return metrics;
}

}  // namespace

Autoencoder::Autoencoder(const std::string& network, const Json& settings)
    : encoder(register_module("encoder", makeEncoder(network, settings))),
      generator(register_module("generator", makeGenerator(network, settings, 0))) {}

AutoencoderRecipe::AutoencoderRecipe(const Preset& preset, const Json& settings, const Environment& environment,
                                     RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_latent(settings.at("latent")),
      m_kl(klOf(settings)),
      m_noiseShare(settings.value("noise_share", 0.0)),
      m_noiseLevel(settings.value("noise_level", 0.0)),
      m_reported(reported(settings)),
      m_learner([&] { return std::make_shared<Autoencoder>(preset.network, settings); }, settings, environment.device,
                m_random.host, /*prefix=*/"", "raw.") {}

std::vector<std::string> AutoencoderRecipe::metricNames(const Json& settings) {
  std::vector<std::string> names;
  for (const std::size_t metric : reported(settings)) names.emplace_back(kNames[metric]);
  return names;
}

void AutoencoderRecipe::setRateFactor(double factor) {
  m_learner.setRateFactor(factor);
}

std::vector<float> AutoencoderRecipe::step(const std::function<Batch()>& nextBatch) {
  MetricSums metrics(kNames.size());
  m_learner.step([&] { return train(nextBatch(), metrics); });
  return metrics.means(m_reported);
}

/// The first `count` pictures with noise, the others as they are.
at::Tensor AutoencoderRecipe::noisy(const at::Tensor& pictures, std::int64_t count) {
  if (count == 0) return pictures;
  at::Tensor changed = pictures.clone();
  at::Tensor part = changed.narrow(0, 0, count);
  part.add_(at::empty_like(part).normal_(0, m_noiseLevel, m_random.device));
  return changed;
}

at::Tensor AutoencoderRecipe::codeOf(const Code& code) {
  if (m_kl <= 0) return code.mean;
  const at::Tensor mean = code.mean.to(at::kFloat);
  return mean + (code.logVariance.to(at::kFloat) / 2).exp() * at::empty_like(mean).normal_(0, 1, m_random.device);
}

at::Tensor AutoencoderRecipe::lossOf(const at::Tensor& reconstruction, const at::Tensor& divergence,
                                     std::int64_t values) const {
  return divergence.defined() ? reconstruction + m_kl / static_cast<double>(values) * divergence : reconstruction;
}

at::Tensor AutoencoderRecipe::train(const Batch& batch, MetricSums& metrics) {
  const at::Tensor& wanted = batch.pictures;
  const std::int64_t count = wanted.size(0);
  const std::int64_t disturbed = m_noiseLevel > 0 ? std::llround(m_noiseShare * static_cast<double>(count)) : 0;
  Code code;
  at::Tensor made;
  {
    const Autocast autocast(m_environment);
    code = networks().encoder->forward(noisy(wanted, disturbed), m_random.device);
    made = networks().generator->forward(codeOf(code), batch.views, m_random.device);
  }
  const at::Tensor reconstruction = reconstructionLoss(made, wanted);
  const at::Tensor divergence = m_kl > 0 ? priorDivergence(code.mean, code.logVariance) : at::Tensor();
  const at::Tensor loss = lossOf(reconstruction, divergence, wanted.numel() / count);
  metrics.add(kLoss, loss);
  metrics.add(kReconstruction, reconstruction);
  if (divergence.defined()) metrics.add(kDivergence, divergence);
  const std::int64_t clean = disturbed < count ? disturbed : 0;  // where all are noisy, those count
  const at::Tensor seen = made.narrow(0, clean, count - clean), meant = wanted.narrow(0, clean, count - clean);
  metrics.add(kAccuracy, pixelAccuracy(seen, meant));
  if (wanted.size(1) > 1) metrics.add(kChannelAccuracy, channelAccuracy(seen, meant));
  return loss;
}

void AutoencoderRecipe::seeTypical(const Batch& sprites) {
  m_typical = sprites.pictures.add(1).mul_(127.5).round_().to(at::kByte);
}

const CodePrior& AutoencoderRecipe::prior() const {
  if (m_kl > 0 || !m_typical.defined() || m_priorOf == m_learner.updates()) return m_prior;
  const Evaluating evaluating(drawing());
  std::vector<at::Tensor> codes;
  for (const at::Tensor& part : m_typical.split(kAtOnce)) {
    const at::Tensor pictures = part.to(at::kFloat).div_(127.5).sub_(1).contiguous(at::MemoryFormat::ChannelsLast);
    codes.push_back(drawing().encoder->forward(pictures, m_random.device).mean);
  }
  m_prior = CodePrior::of(at::cat(codes));
  m_priorOf = m_learner.updates();
  return m_prior;
}

at::Tensor AutoencoderRecipe::draw(const at::Tensor& latents, const at::Tensor& views) {
  const CodePrior& distribution = prior();
  const Evaluating evaluating(drawing());
  at::Tensor codes = distribution.codes(latents.to(m_environment.device));
  if (distribution.isThere() && codesAreShares(*drawing().encoder)) codes = codes.clamp(0, 1);
  return drawing().generator->forward(codes, views.to(m_environment.device), m_random.device);
}

at::Tensor AutoencoderRecipe::reconstruct(const at::Tensor& pictures) {
  const Evaluating evaluating(drawing());
  std::vector<at::Tensor> made;
  for (const at::Tensor& part : pictures.to(m_environment.device).split(kAtOnce)) {
    const at::Tensor code = drawing().encoder->forward(part, m_random.device).mean;
    made.push_back(drawing().generator->forward(code, {}, m_random.device));
  }
  return at::cat(made);
}

std::optional<double> AutoencoderRecipe::lossOn(const Batch& batch) {
  const Evaluating evaluating(drawing());
  const Code code = drawing().encoder->forward(batch.pictures, m_random.device);
  const at::Tensor made = drawing().generator->forward(code.mean, batch.views, m_random.device);
  const at::Tensor divergence = m_kl > 0 ? priorDivergence(code.mean, code.logVariance) : at::Tensor();
  return lossOf(reconstructionLoss(made, batch.pictures), divergence, batch.pictures.numel() / batch.pictures.size(0))
      .item<double>();
}

void AutoencoderRecipe::saveModel(TensorFile& file) const {
  m_learner.saveModel(file);
  prior().save(file);
}

void AutoencoderRecipe::save(TensorFile& file) const {
  m_learner.save(file);
  prior().save(file);
  m_random.save(file);
}

void AutoencoderRecipe::load(const TensorFile& file) {
  m_learner.load(file);
  m_random.load(file);
}

void AutoencoderRecipe::startFrom(const TensorFile& file) {
  m_learner.startFrom([&](torch::nn::Module& newest) {
    int taken = loadModuleWhereItFits(file, "", newest);
    taken += loadModuleWhereItFits(file, "critic.", *networks().encoder);  // a GAN's trunk is its critic's
    return taken;
  });
}

bool AutoencoderRecipe::healthy() const {
  return m_learner.healthy();
}

}  // namespace loom
