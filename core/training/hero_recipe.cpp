#include "core/training/hero_recipe.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/nets/indexed_characters.h"
#include "core/nets/state.h"
#include "core/training/evaluating.h"
#include "core/training/losses.h"

namespace loom {
namespace {

constexpr std::int64_t kAtOnce = 32;                      // characters in one evaluation
constexpr std::int64_t kLookedAt = 4;                     // characters of a batch whose accuracy is measured
constexpr double kWide = .5, kSharp = .08;                // of the densities about a colour, on [-1, 1]
constexpr double kKlSteps = 500;                          // in which the divergence comes to count fully
constexpr double kMostVariance = 4, kLeastVariance = -8;  // logarithms

// Nats a pixel at the sharp width. After thousands of steps on heroes, 50 others cost .6 and 50 monsters 6.7; the
// monsters came out better from a soft beginning (after 300 steps a KID of .13 rather than .70; .41 from new weights).
constexpr double kKnown = 2;

constexpr const char *kBegun = "hero.begun", *kJudging = "hero.judging";

enum Metric : std::size_t { kLoss, kReconstruction, kDivergence, kAccuracy };
constexpr std::array<const char*, 4> kNames{"loss", "loss_reconstruction", "loss_kl", "accuracy"};
constexpr std::array<std::size_t, 4> kReported{kLoss, kReconstruction, kDivergence, kAccuracy};

/// The characters' pictures with every pixel opaque or transparent, as a palette has it: N x V x 4 x S x S.
at::Tensor hardPictures(const IndexedCharacters& characters) {
  const at::Tensor alpha = (characters.palettes.narrow(2, 3, 1) + 1) / 2;
  const at::Tensor colours = (characters.palettes.narrow(2, 0, 3) + 1) / 2 / alpha.clamp_min(.5);
  const at::Tensor there = alpha.ge(.5);
  const at::Tensor hard = at::cat({at::where(there, colours.clamp_max(1), 0), there.to(at::kFloat)}, 2);
  return painted(characters.indices, hard * 2 - 1);
}

}  // namespace

HeroNetworks::HeroNetworks(const Json& settings, int views)
    : encoder(register_module("encoder", std::make_shared<HeroEncoder>(settings, views))),
      generator(register_module("generator", std::make_shared<HeroDecoder>(settings, views))) {
  useChannelsLast(*this);
}

HeroRecipe::HeroRecipe(const Json& settings, int views, const Environment& environment, RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_views(views),
      m_kl(settings.at("kl")),
      m_sharpen(settings.at("sharpen")),
      m_learner([&] { return std::make_shared<HeroNetworks>(settings, views); }, settings, environment.device,
                m_random.host, /*prefix=*/"", "raw.") {}

std::vector<std::string> HeroRecipe::metricNames() {
  return {kNames.begin(), kNames.end()};
}

void HeroRecipe::setRateFactor(double factor) {
  m_learner.setRateFactor(factor);
}

std::vector<float> HeroRecipe::step(const std::function<Batch()>& nextBatch) {
  MetricSums metrics(kNames.size());
  m_learner.step([&] { return train(nextBatch(), metrics); });
  return metrics.means(kReported);
}

double HeroRecipe::comeTo(double steps) const {
  return m_begun || steps <= 0 ? 1 : std::min(1.0, static_cast<double>(m_learner.updates()) / steps);
}

bool HeroRecipe::knows(const PaletteMixture& made, const at::Tensor& wanted, const at::Tensor& present) const {
  const torch::NoGradGuard noGrad;
  const auto pixels = static_cast<double>(m_views * wanted.size(4) * wanted.size(4));
  return mixtureLoss(made, wanted, present, kSharp).mean().item<double>() < kKnown * pixels;
}

at::Tensor HeroRecipe::train(const Batch& batch, MetricSums& metrics) {
  const IndexedCharacters& characters = batch.characters;
  const at::Tensor wanted = hardPictures(characters);
  const std::int64_t side = wanted.size(4);
  Code code;
  PaletteMixture made;
  {
    const Autocast autocast(m_environment);
    code = newest().encoder->forward(wanted, characters.present, m_random.device);
    code.mean = code.mean.to(at::kFloat);
    code.logVariance = code.logVariance.to(at::kFloat).clamp(kLeastVariance, kMostVariance);
    const at::Tensor noise = at::empty_like(code.mean).normal_(0, 1, m_random.device);
    made = newest().generator->mixture(code.mean + (code.logVariance / 2).exp() * noise, m_random.device);
  }
  if (std::exchange(m_judging, false)) m_begun = knows(made, wanted, characters.present);
  const double width = kWide + (kSharp - kWide) * comeTo(m_sharpen);
  const at::Tensor reconstruction = mixtureLoss(made, wanted, characters.present, width).mean();
  const at::Tensor divergence = priorDivergence(code.mean, code.logVariance);
  const at::Tensor loss = (reconstruction + m_kl * comeTo(kKlSteps) * divergence) / static_cast<double>(side * side);
  metrics.add(kLoss, loss);
  metrics.add(kReconstruction, reconstruction.detach() / static_cast<double>(m_views * side * side));
  metrics.add(kDivergence, divergence);
  const torch::NoGradGuard noGrad;
  const std::int64_t looked = std::min(kLookedAt, wanted.size(0));
  const std::int64_t rows = made.logits.size(0) / wanted.size(0) * looked;
  const PaletteMixture some{.logits = made.logits.narrow(0, 0, rows), .palette = made.palette.narrow(0, 0, looked)};
  metrics.add(kAccuracy,
              pixelAccuracy(likeliest(some, m_views, side).flatten(0, 1), wanted.narrow(0, 0, looked).flatten(0, 1)));
  return loss;
}

void HeroRecipe::seeTypical(const Batch& typical) {
  m_typical = typical.characters;
}

const CodePrior& HeroRecipe::prior() const {
  if (!m_typical.indices.defined() || m_priorOf == m_learner.updates()) return m_prior;
  HeroEncoder& encoder = *drawing().encoder;
  const Evaluating evaluating(encoder);
  std::vector<at::Tensor> means, variances;
  for (std::int64_t first = 0; first < m_typical.indices.size(0); first += kAtOnce) {
    const auto part = [&](const at::Tensor& all) {
      return all.narrow(0, first, std::min(kAtOnce, all.size(0) - first));
    };
    const IndexedCharacters some{part(m_typical.indices), part(m_typical.palettes), part(m_typical.present)};
    const Code code = encoder.forward(hardPictures(some), some.present, m_random.device);
    means.push_back(code.mean);
    variances.push_back(code.logVariance.clamp(kLeastVariance, kMostVariance).exp());
  }
  m_prior = CodePrior::of(at::cat(means), at::cat(variances));
  m_priorOf = m_learner.updates();
  return m_prior;
}

at::Tensor HeroRecipe::draw(const at::Tensor& latents, const at::Tensor& views) {
  const at::Tensor codes = prior().codes(latents.to(m_environment.device));
  HeroDecoder& generator = *drawing().generator;
  const Evaluating evaluating(generator);
  return generator.forward(codes, views.to(m_environment.device), m_random.device);
}

void HeroRecipe::saveModel(TensorFile& file) const {
  m_learner.saveModel(file);
  prior().save(file);
}

void HeroRecipe::save(TensorFile& file) const {
  m_learner.save(file);
  prior().save(file);
  m_random.save(file);
  if (m_begun) file.metadata[kBegun] = "1";
  if (m_judging) file.metadata[kJudging] = "1";
}

void HeroRecipe::load(const TensorFile& file) {
  m_learner.load(file);
  m_random.load(file);
  m_begun = file.metadata.contains(kBegun);
  m_judging = file.metadata.contains(kJudging);
}

void HeroRecipe::startFrom(const TensorFile& file) {
  m_learner.startFrom([&file](torch::nn::Module& newest) { return loadModuleWhereItFits(file, "", newest); });
  m_judging = true;
}

bool HeroRecipe::healthy() const {
  return m_learner.healthy();
}

}  // namespace loom
