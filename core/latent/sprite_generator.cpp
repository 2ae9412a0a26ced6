#include "core/latent/sprite_generator.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/latent/decoder.h"
#include "core/latent/latent_effect.h"
#include "core/latent/pictures.h"
#include "core/nets/latent_layers.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr std::size_t kChunk = 32;  // sprites a pass: keeps activations of the largest networks under a few hundred MB

}  // namespace

struct SpriteGenerator::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)), decoder(*model), layers(latentLayers(*model).size()), threads(std::max(1, count)) {}

  std::shared_ptr<const Model> model;
  Decoder decoder;
  std::size_t layers;
  int threads;
  std::vector<int> byEffect;

  void check(std::span<const Latent> latents, std::span<const int> views, const GenerateOptions& options) const {
    if (latents.size() != views.size()) {
      throw Error("there are " + std::to_string(latents.size()) + " latents for " + std::to_string(views.size()) +
                  " views");
    }
    if (!(options.truncation >= 0 && options.truncation <= 1.5)) {
      throw Error("the truncation must be from 0 to 1.5", "1 shows the model as it was trained");
    }
    const auto size = static_cast<std::size_t>(model->latentSize());
    for (const Latent& latent : latents) {
      if (latent.size() != size && latent.size() != layers * size) {
        throw Error("the latent has " + std::to_string(latent.size()) + " numbers where the model takes " +
                        std::to_string(size),
                    "it belongs to another model");
      }
      if (!std::all_of(latent.begin(), latent.end(), [](float v) { return std::isfinite(v); })) {
        throw Error("a latent holds something that is no number", "reset or randomise it");
      }
    }
    for (const int view : views) {
      if (view < 0 || view >= static_cast<int>(model->views.size())) {
        throw Error("the model has no view number " + std::to_string(view));
      }
    }
  }

  void run(std::span<const Latent> latents, std::span<const int> views, const GenerateOptions& options,
           std::vector<Sprite>& sprites) {
    const auto count = static_cast<std::int64_t>(latents.size());
    const std::size_t width = std::ranges::max(latents, {}, &Latent::size).size();
    const at::Tensor z = at::empty({count, static_cast<std::int64_t>(width)});
    const at::Tensor view = at::empty({count}, at::kLong);
    float* value = z.data_ptr<float>();
    for (std::int64_t i = 0; i < count; ++i) {
      const Latent& latent = latents[static_cast<std::size_t>(i)];
      // Beside one with a latent a place, one latent stands at every place.
      for (std::size_t k = 0; k < width; ++k) {
        *value++ = latent[k % latent.size()] * static_cast<float>(options.truncation);
      }
      view.data_ptr<std::int64_t>()[i] = views[static_cast<std::size_t>(i)];
    }
    std::vector<Sprite> drawn = toModelSprites(decoder.pictures(z, view), *model, options.crispAlpha);
    std::ranges::move(drawn, std::back_inserter(sprites));
  }
};

SpriteGenerator::SpriteGenerator(std::shared_ptr<const Model> model, int threads) {
  if (!model) throw Error("there is no model to draw with", "train a run, or choose one");
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

SpriteGenerator::~SpriteGenerator() = default;
SpriteGenerator::SpriteGenerator(SpriteGenerator&&) noexcept = default;
SpriteGenerator& SpriteGenerator::operator=(SpriteGenerator&&) noexcept = default;

const Model& SpriteGenerator::model() const {
  return *m_impl->model;
}

std::vector<Sprite> SpriteGenerator::generate(std::span<const Latent> latents, std::span<const int> views,
                                              const GenerateOptions& options) {
  m_impl->check(latents, views, options);
  const c10::InferenceMode inference;
  useThreads(m_impl->threads);
  std::vector<Sprite> sprites;
  sprites.reserve(latents.size());
  for (std::size_t from = 0; from < latents.size(); from += kChunk) {
    const std::size_t count = std::min(kChunk, latents.size() - from);
    m_impl->run(latents.subspan(from, count), views.subspan(from, count), options, sprites);
  }
  return sprites;
}

std::vector<int> SpriteGenerator::dimensionsByEffect() {
  if (m_impl->byEffect.empty()) {
    LatentEffect effect(model());
    while (!effect.finished()) effect.advance(*this);
    m_impl->byEffect = effect.order();
  }
  return m_impl->byEffect;
}

std::vector<std::string> latentLayers(const Model& model) {
  return latentLayers(model.network);
}

Latent sampleLatent(std::uint64_t seed, std::uint64_t index, int size) {
  RandomStream random(seed, index);
  Latent latent(static_cast<std::size_t>(std::max(0, size)));
  for (float& value : latent) value = static_cast<float>(random.normal());
  return latent;
}

}  // namespace loom
