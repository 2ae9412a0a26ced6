#include "core/latent/character_encoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/image/alpha_edges.h"
#include "core/latent/pictures.h"
#include "core/nets/hero.h"
#include "core/nets/state.h"
#include "core/training/code_prior.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr const char* kPrefix = "encoder.";
constexpr std::size_t kChunk = 32;  // characters a pass
constexpr int kHalf = 128;          // alpha from which a pixel is there, as in training

}  // namespace

bool encodesCharacters(const Model& model) {
  const auto first = model.weights.tensors.lower_bound(kPrefix);
  return model.network == "hero" && first != model.weights.tensors.end() && first->first.starts_with(kPrefix);
}

struct CharacterEncoder::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)),
        prior(CodePrior::load(model->weights, model->latentSize(), at::kCPU)),
        encoder(std::make_shared<HeroEncoder>(model->settings, static_cast<int>(model->views.size()))),
        threads(std::max(1, count)) {
    loadModule(model->weights, kPrefix, *encoder);
    encoder->eval();
  }

  at::Tensor latentsOf(std::span<const std::vector<Sprite>> characters) {
    const auto count = static_cast<std::int64_t>(characters.size());
    const auto views = static_cast<std::int64_t>(model->views.size());
    std::vector<Sprite> sprites;
    at::Tensor present = at::zeros({count, views});
    float* there = present.mutable_data_ptr<float>();
    for (const std::vector<Sprite>& character : characters) {
      if (std::cmp_not_equal(character.size(), views) || std::ranges::all_of(character, &Sprite::empty)) {
        throw Error("a character has not a picture for each view", "give an empty one for a view that is not there");
      }
      for (const Sprite& sprite : character) {
        *there++ = sprite.empty() ? 0.F : 1.F;
        sprites.push_back(sprite.empty() ? Sprite(1, 1) : hardenedAlpha(sprite, kHalf));
      }
    }
    const at::Tensor pictures = toPictures(sprites, *model).unflatten(0, {count, views});
    return prior.latents(encoder->forward(pictures, present, unused).mean);
  }

  std::shared_ptr<const Model> model;
  CodePrior prior;
  std::shared_ptr<HeroEncoder> encoder;
  int threads;
  at::Generator unused = at::detail::createCPUGenerator(0);  ///< nothing is drawn in evaluation mode
};

CharacterEncoder::CharacterEncoder(std::shared_ptr<const Model> model, int threads) {
  if (!model || !encodesCharacters(*model)) {
    throw Error("the model has no encoder of whole characters", "the preset 'hero' has one");
  }
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

CharacterEncoder::~CharacterEncoder() = default;
CharacterEncoder::CharacterEncoder(CharacterEncoder&&) noexcept = default;
CharacterEncoder& CharacterEncoder::operator=(CharacterEncoder&&) noexcept = default;

std::vector<Latent> CharacterEncoder::encode(std::span<const std::vector<Sprite>> characters) {
  const c10::InferenceMode inference;
  useThreads(m_impl->threads);
  std::vector<Latent> all;
  for (std::size_t from = 0; from < characters.size(); from += kChunk) {
    const auto part = characters.subspan(from, std::min(kChunk, characters.size() - from));
    const at::Tensor rows = m_impl->latentsOf(part).to(at::kFloat).contiguous();
    const float* value = rows.const_data_ptr<float>();
    for (std::int64_t i = 0; i < rows.size(0); ++i, value += rows.size(1)) {
      all.emplace_back(value, value + rows.size(1));
    }
  }
  return all;
}

}  // namespace loom
