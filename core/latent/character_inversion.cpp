#include "core/latent/character_inversion.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/image/alpha_edges.h"
#include "core/latent/character_encoder.h"
#include "core/latent/latent_descent.h"
#include "core/latent/pictures.h"
#include "core/nets/hero.h"
#include "core/nets/state.h"
#include "core/training/code_prior.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr int kMostSteps = 100'000;
constexpr int kHalf = 128;                  // alpha from which a pixel is there, as in training
constexpr int kShowEvery = 10;              // steps between two looks at what was found so far
constexpr double kWide = .3, kSharp = .08;  // the mixture's width, first and last
constexpr std::uint64_t kOthers = 6;        // random characters that missing views are begun with
constexpr int kRounds = 8;                  // of filling them

at::Tensor asRow(const Latent& latent) {
  return at::tensor(at::ArrayRef<float>(latent)).unsqueeze(0);
}

}  // namespace

struct CharacterInverter::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)),
        encoder(model, count),
        prior(CodePrior::load(model->weights, model->latentSize(), at::kCPU)),
        decoder(std::make_shared<HeroDecoder>(model->settings, static_cast<int>(model->views.size()))),
        threads(std::max(1, count)) {
    loadModule(model->weights, "generator.", *decoder);
    decoder->eval();
    for (at::Tensor& parameter : decoder->parameters()) parameter.requires_grad_(false);
  }

  at::Tensor drawn(const at::Tensor& latent) {
    const auto views = static_cast<std::int64_t>(model->views.size());
    return likeliest(decoder->mixture(prior.codes(latent), unused), views, model->side()).flatten(0, 1);
  }

  /// The views of the characters drawn from these latents, those that are known in their place.
  std::vector<std::vector<Sprite>> completed(const std::vector<Latent>& latents, std::span<const Sprite> known) {
    const torch::NoGradGuard noGrad;
    std::vector<at::Tensor> rows;
    for (const Latent& latent : latents) rows.push_back(asRow(latent));
    std::vector<Sprite> sprites = toModelSprites(drawn(at::cat(rows)), *model, /*crispAlpha=*/true);
    std::vector<std::vector<Sprite>> characters;
    for (std::size_t i = 0; i < latents.size(); ++i) {
      auto& character = characters.emplace_back(known.begin(), known.end());
      for (std::size_t view = 0; view < known.size(); ++view) {
        if (character[view].empty()) character[view] = std::move(sprites[i * known.size() + view]);
      }
    }
    return characters;
  }

  /// Where to begin. An encoder that has always seen all views makes little of one: the missing ones are filled with
  /// what its own answer looks like, again and again, from several characters; the one that tells the seen views best
  /// is taken.
  Latent begun(std::span<const Sprite> known, const at::Tensor& wanted, const at::Tensor& present) {
    std::vector<std::vector<Sprite>> alone = {{known.begin(), known.end()}};
    std::vector<Latent> latents = encoder.encode(alone);
    if (std::ranges::none_of(known, &Sprite::empty)) return latents.front();
    latents.emplace_back(latents.front().size());
    for (std::uint64_t other = 0; other < kOthers; ++other) {
      latents.push_back(sampleLatent(0, other, model->latentSize()));
    }
    for (int round = 0; round < kRounds; ++round) latents = encoder.encode(completed(latents, known));
    const torch::NoGradGuard noGrad;
    std::vector<double> losses;
    for (const Latent& latent : latents) {
      const PaletteMixture made = decoder->mixture(prior.codes(asRow(latent)), unused);
      losses.push_back(mixtureLoss(made, wanted, present, kWide).item<double>());
    }
    return latents[static_cast<std::size_t>(std::ranges::min_element(losses) - losses.begin())];
  }

  /// Step `number` of the search, from 0.
  void advance(LatentDescent& descent, const at::Tensor& wanted, const at::Tensor& present,
               const CharacterInversionOptions& options, int number) {
    const torch::AutoGradMode training(true);
    const double done = static_cast<double>(number) / options.steps;
    at::Tensor latent = descent.latents.detach().requires_grad_(true);
    const PaletteMixture made = decoder->mixture(prior.codes(latent), unused);
    const at::Tensor told = mixtureLoss(made, wanted, present, kWide + (kSharp - kWide) * done).sum();
    const at::Tensor loss = told + options.priorWeight * latent.square().sum() / 2;
    const at::Tensor gradient = torch::autograd::grad({loss}, {latent})[0];
    const torch::NoGradGuard noGrad;
    descent.step(gradient, number + 1, fallingRate(options.rate, done));
  }

  FoundCharacter result(const at::Tensor& latent, const at::Tensor& wanted, std::span<const Sprite> views) {
    const torch::NoGradGuard noGrad;
    const at::Tensor pictures = drawn(latent);
    const at::Tensor row = latent.contiguous();
    const float* value = row.const_data_ptr<float>();
    FoundCharacter found{.latent = {value, value + row.size(1)},
                         .sprites = toModelSprites(pictures, *model, /*crispAlpha=*/true)};
    const std::vector<PictureDifference> apart = pictureDifferences(wanted.flatten(0, 1), pictures);
    double seen = 0;
    for (std::size_t view = 0; view < views.size(); ++view) {
      if (views[view].empty()) continue;
      found.l1 += apart[view].l1;
      found.accuracy += apart[view].accuracy;
      ++seen;
    }
    found.l1 /= seen;
    found.accuracy /= seen;
    return found;
  }

  std::shared_ptr<const Model> model;
  CharacterEncoder encoder;
  CodePrior prior;
  std::shared_ptr<HeroDecoder> decoder;
  int threads;
  at::Generator unused = at::detail::createCPUGenerator(0);  ///< nothing is drawn in evaluation mode
};

CharacterInverter::CharacterInverter(std::shared_ptr<const Model> model, int threads) {
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

CharacterInverter::~CharacterInverter() = default;

FoundCharacter CharacterInverter::find(std::span<const Sprite> views, const CharacterInversionOptions& options,
                                       JobMonitor& monitor, const Watcher& watcher) {
  if (options.steps < 0 || options.steps > kMostSteps || !(options.rate > 0) || !(options.priorWeight >= 0)) {
    throw Error("the latent cannot be looked for in that way", "take 0 steps or more, and a rate above 0");
  }
  const std::vector<std::vector<Sprite>> one = {{views.begin(), views.end()}};
  const std::vector<Sprite>& character = one.front();
  useThreads(m_impl->threads);
  std::vector<Sprite> filled;
  at::Tensor present = at::zeros({1, static_cast<std::int64_t>(character.size())});
  for (std::size_t view = 0; view < character.size(); ++view) {
    filled.push_back(character[view].empty() ? Sprite(1, 1) : hardenedAlpha(character[view], kHalf));
    present.mutable_data_ptr<float>()[view] = character[view].empty() ? 0.F : 1.F;
  }
  const at::Tensor wanted = toPictures(filled, *m_impl->model).unsqueeze(0);
  monitor.begin("Looking for the character", options.steps);
  const at::Tensor first = asRow(m_impl->begun(character, wanted, present));
  LatentDescent descent{.latents = first, .momentum = at::zeros_like(first), .squares = at::zeros_like(first)};
  for (int step = 0; step < options.steps; ++step) {
    m_impl->advance(descent, wanted, present, options, step);
    monitor.advance(step + 1);
    if (watcher && (step + 1) % kShowEvery == 0) {
      const torch::NoGradGuard noGrad;
      watcher(toModelSprites(m_impl->drawn(descent.latents), *m_impl->model, true), step + 1);
    }
  }
  return m_impl->result(descent.latents, wanted, character);
}

Reconstruction CharacterInverter::reconstruct(const Sprite& sprite, int view, const ReconstructOptions& options,
                                              std::uint64_t number) {
  const Model& model = *m_impl->model;
  checkViews(model, 1, std::span(&view, 1));
  const at::Tensor clean = toPictures(std::span(&sprite, 1), model);
  const at::Tensor shown = options.noise > 0 ? noisy(clean, options.noise, options.seed, number) : clean;
  std::vector<Sprite> views(model.views.size());
  Sprite& seen = views[static_cast<std::size_t>(view)];
  seen = toModelSprites(shown, model, /*crispAlpha=*/true).front();
  JobMonitor unwatched;
  FoundCharacter found = find(views, {.steps = 0}, unwatched);
  Sprite& made = found.sprites[static_cast<std::size_t>(view)];
  const PictureDifference difference = pictureDifferences(clean, toPictures(std::span(&made, 1), model)).front();
  return {.latent = std::move(found.latent),
          .view = view,
          .shown = std::move(seen),
          .sprite = std::move(made),
          .l1 = difference.l1,
          .accuracy = difference.accuracy,
          .strongestChannel = difference.strongestChannel};
}

}  // namespace loom
