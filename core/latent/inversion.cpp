#include "core/latent/inversion.h"

#include <torch/torch.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/latent/decoder.h"
#include "core/latent/latent_descent.h"
#include "core/latent/pictures.h"
#include "core/latent/sprite_generator.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr int kCandidates = 64;      // random latents a view, of which the best become starts
constexpr std::int64_t kChunk = 32;  // of them drawn at once
constexpr int kMostStarts = 256;     // side by side: memory
constexpr int kMostSteps = 1'000'000;
constexpr int kShowEvery = 10;  // steps between two looks at what was found so far
constexpr std::int64_t kCoarseSide = 8;

/// Latents of several starts side by side.
struct Descent : LatentDescent {
  at::Tensor views;  ///< N indices
  at::Tensor loss;   ///< N, of the latents before the last step

  std::int64_t count() const { return latents.size(0); }

  /// Leaves the best `most`.
  void keepBest(std::int64_t most) {
    const at::Tensor best = loss.argsort(/*stable=*/true, 0, /*descending=*/false).narrow(0, 0, most);
    for (at::Tensor* part : {&latents, &views, &momentum, &squares, &loss}) *part = part->index_select(0, best);
  }
};

void check(const Model& model, const InversionOptions& options) {
  if (options.steps < 1 || options.steps > kMostSteps || options.starts < 1 || options.starts > kMostStarts ||
      !(options.rate > 0) || !(options.coarseWeight >= 0) || !(options.priorWeight >= 0)) {
    throw Error("the latent cannot be looked for in that way",
                "take at least one step and one start, and a rate above 0");
  }
  for (const Latent& latent : options.from) {
    if (std::cmp_equal(latent.size(), model.latentSize())) continue;
    throw Error("a latent to begin with has " + std::to_string(latent.size()) + " numbers, not " +
                std::to_string(model.latentSize()));
  }
  if (options.view) checkViews(model, 1, std::span(&*options.view, 1));
}

}  // namespace

struct SpriteInverter::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)), decoder(*model), threads(std::max(1, count)) {}

  /// N losses of N latents.
  at::Tensor losses(const at::Tensor& latents, const at::Tensor& views, const at::Tensor& target,
                    const InversionOptions& options) {
    const at::Tensor apart = decoder.pictures(latents, views) - target;
    const auto measured = [&](const at::Tensor& difference) { return difference.abs().mean({1, 2, 3}); };
    const std::int64_t window = std::max<std::int64_t>(1, target.size(2) / kCoarseSide);
    return measured(apart) + options.coarseWeight * measured(at::avg_pool2d(apart, window)) +
           options.priorWeight * latents.square().mean(1);
  }

  Descent begin(const at::Tensor& target, const InversionOptions& options) {
    const torch::NoGradGuard noGrad;
    const auto viewCount = options.view ? 1 : static_cast<std::int64_t>(model->views.size());
    const std::int64_t drawn = std::max(kCandidates, options.starts), size = model->latentSize();
    const std::int64_t each = drawn + std::ssize(options.from);
    Descent all;
    all.latents = at::empty({viewCount * each, size});
    all.views = at::empty({viewCount * each}, at::kLong);
    for (std::int64_t i = 0; i < viewCount * each; ++i) {  // every view is tried with the same latents
      const std::int64_t number = i % each;
      std::ranges::copy(number < drawn
                            ? sampleLatent(options.seed, static_cast<std::uint64_t>(number), static_cast<int>(size))
                            : options.from[static_cast<std::size_t>(number - drawn)],
                        all.latents.mutable_data_ptr<float>() + i * size);
      all.views.mutable_data_ptr<std::int64_t>()[i] = options.view.value_or(static_cast<int>(i / each));
    }
    all.momentum = at::zeros_like(all.latents);
    all.squares = at::zeros_like(all.latents);
    std::vector<at::Tensor> parts;
    for (std::int64_t from = 0; from < all.count(); from += kChunk) {
      const std::int64_t count = std::min(kChunk, all.count() - from);
      parts.push_back(losses(all.latents.narrow(0, from, count), all.views.narrow(0, from, count), target, options));
    }
    all.loss = at::cat(parts);
    all.keepBest(options.starts);
    return all;
  }

  void advance(Descent& descent, const at::Tensor& target, const InversionOptions& options, int number) {
    const torch::AutoGradMode training(true);
    descent.latents.requires_grad_(true);
    const at::Tensor loss = losses(descent.latents, descent.views, target, options);
    const at::Tensor gradient = torch::autograd::grad({loss.sum()}, {descent.latents})[0];
    const torch::NoGradGuard noGrad;
    descent.loss = loss.detach();
    descent.step(gradient, number + 1, fallingRate(options.rate, static_cast<double>(number) / options.steps));
  }

  Sprite draw(const Descent& descent, bool crispAlpha) {
    const torch::NoGradGuard noGrad;
    const at::Tensor best = descent.loss.argmin().view({1});
    const at::Tensor pictures =
        decoder.pictures(descent.latents.index_select(0, best), descent.views.index_select(0, best));
    return toModelSprites(pictures, *model, crispAlpha).front();
  }

  Reconstruction result(const Descent& descent, const at::Tensor& clean, const at::Tensor& target,
                        const InversionOptions& options) {
    const torch::NoGradGuard noGrad;
    const at::Tensor pictures = decoder.pictures(descent.latents, descent.views);
    const PictureDifference difference = pictureDifferences(clean, pictures).front();
    const float* value = descent.latents.const_data_ptr<float>();
    const bool crisp = options.shown.crispAlpha;
    return {.latent = {value, value + model->latentSize()},
            .view = static_cast<int>(descent.views.item<std::int64_t>()),
            .shown = toModelSprites(target, *model, crisp && options.shown.noise == 0).front(),
            .sprite = toModelSprites(pictures, *model, crisp).front(),
            .l1 = difference.l1,
            .accuracy = difference.accuracy,
            .strongestChannel = difference.strongestChannel};
  }

  std::shared_ptr<const Model> model;
  Decoder decoder;
  int threads;
};

SpriteInverter::SpriteInverter(std::shared_ptr<const Model> model, int threads) {
  if (!model) throw Error("there is no model to look in", "train a run, or choose one");
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

SpriteInverter::~SpriteInverter() = default;
SpriteInverter::SpriteInverter(SpriteInverter&&) noexcept = default;
SpriteInverter& SpriteInverter::operator=(SpriteInverter&&) noexcept = default;

const Model& SpriteInverter::model() const {
  return *m_impl->model;
}

Reconstruction SpriteInverter::find(const Sprite& sprite, const InversionOptions& options, JobMonitor& monitor,
                                    const Watcher& watcher, std::int64_t before) {
  check(*m_impl->model, options);
  useThreads(m_impl->threads);
  const at::Tensor clean = toPictures(std::span(&sprite, 1), *m_impl->model);
  const ReconstructOptions& shown = options.shown;
  const at::Tensor target = shown.noise > 0 ? noisy(clean, shown.noise, shown.seed, shown.first) : clean;
  Descent descent = m_impl->begin(target, options);

  int rounds = 1;
  for (std::int64_t left = options.starts; left > 1; left = (left + 1) / 2) ++rounds;
  int round = 1;
  for (int step = 0; step < options.steps; ++step) {
    if (step >= options.steps * round / rounds && descent.count() > 1) {
      descent.keepBest((descent.count() + 1) / 2);
      ++round;
    }
    m_impl->advance(descent, target, options, step);
    monitor.advance(before + step + 1);
    if (watcher && (step + 1) % kShowEvery == 0) watcher(m_impl->draw(descent, shown.crispAlpha), step + 1);
  }
  if (descent.count() > 1) descent.keepBest(1);
  return m_impl->result(descent, clean, target, options);
}

}  // namespace loom
