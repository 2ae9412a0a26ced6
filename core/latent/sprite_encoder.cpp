#include "core/latent/sprite_encoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/latent/decoder.h"
#include "core/latent/pictures.h"
#include "core/nets/state.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr std::size_t kChunk = 32;  // sprites a pass
constexpr const char* kPrefix = "encoder.";

std::vector<Latent> toLatents(const at::Tensor& values) {
  const at::Tensor rows = values.to(at::kFloat).contiguous();
  const float* value = rows.const_data_ptr<float>();
  std::vector<Latent> latents;
  for (std::int64_t i = 0; i < rows.size(0); ++i, value += rows.size(1))
    latents.emplace_back(value, value + rows.size(1));
  return latents;
}

}  // namespace

bool hasEncoder(const Model& model) {
  if (!networkHasEncoder(model.network)) return false;
  const auto first = model.weights.tensors.lower_bound(kPrefix);
  return first != model.weights.tensors.end() && first->first.starts_with(kPrefix);
}

struct SpriteEncoder::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)),
        decoder(*model),
        encoder(makeEncoder(model->network, model->settings)),
        threads(std::max(1, count)) {
    loadModule(model->weights, kPrefix, *encoder);
    encoder->eval();
  }

  at::Tensor latentsOf(const at::Tensor& pictures) {
    return decoder.prior().latents(encoder->forward(pictures, unused).mean);
  }

  void reconstruct(const at::Tensor& clean, std::span<const int> views, const ReconstructOptions& options,
                   std::uint64_t first, std::vector<Reconstruction>& done) {
    const at::Tensor shown = options.noise > 0 ? noisy(clean, options.noise, options.seed, first) : clean;
    const at::Tensor latents = latentsOf(shown);
    at::Tensor view = at::empty({static_cast<std::int64_t>(views.size())}, at::kLong);
    std::ranges::copy(views, view.mutable_data_ptr<std::int64_t>());
    const at::Tensor pictures = decoder.pictures(latents, view);
    std::vector<Sprite> before = toModelSprites(shown, *model, options.noise == 0 && options.crispAlpha);
    std::vector<Sprite> after = toModelSprites(pictures, *model, options.crispAlpha);
    std::vector<Latent> codes = toLatents(latents);
    const std::vector<PictureDifference> differences = pictureDifferences(clean, pictures);
    for (std::size_t i = 0; i < views.size(); ++i) {
      done.push_back({.latent = std::move(codes[i]),
                      .view = views[i],
                      .shown = std::move(before[i]),
                      .sprite = std::move(after[i]),
                      .l1 = differences[i].l1,
                      .accuracy = differences[i].accuracy,
                      .strongestChannel = differences[i].strongestChannel});
    }
  }

  std::shared_ptr<const Model> model;
  Decoder decoder;
  std::shared_ptr<EncoderNetwork> encoder;
  int threads;
  at::Generator unused = at::detail::createCPUGenerator(0);  ///< nothing is drawn in evaluation mode
};

SpriteEncoder::SpriteEncoder(std::shared_ptr<const Model> model, int threads) {
  if (!model || !hasEncoder(*model)) {
    throw Error("the model has no encoder", "an autoencoder has one; a GAN finds latents by inversion");
  }
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

SpriteEncoder::~SpriteEncoder() = default;
SpriteEncoder::SpriteEncoder(SpriteEncoder&&) noexcept = default;
SpriteEncoder& SpriteEncoder::operator=(SpriteEncoder&&) noexcept = default;

const Model& SpriteEncoder::model() const {
  return *m_impl->model;
}

std::vector<Latent> SpriteEncoder::encode(std::span<const Sprite> sprites) {
  const c10::InferenceMode inference;
  useThreads(m_impl->threads);
  std::vector<Latent> all;
  for (std::size_t from = 0; from < sprites.size(); from += kChunk) {
    const auto part = sprites.subspan(from, std::min(kChunk, sprites.size() - from));
    std::vector<Latent> found = toLatents(m_impl->latentsOf(toPictures(part, *m_impl->model)));
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

std::vector<Reconstruction> SpriteEncoder::reconstruct(std::span<const Sprite> sprites, std::span<const int> views,
                                                       const ReconstructOptions& options) {
  checkViews(*m_impl->model, sprites.size(), views);
  const c10::InferenceMode inference;
  useThreads(m_impl->threads);
  std::vector<Reconstruction> all;
  for (std::size_t from = 0; from < sprites.size(); from += kChunk) {
    const std::size_t count = std::min(kChunk, sprites.size() - from);
    m_impl->reconstruct(toPictures(sprites.subspan(from, count), *m_impl->model), views.subspan(from, count), options,
                        options.first + from, all);
  }
  return all;
}

}  // namespace loom
