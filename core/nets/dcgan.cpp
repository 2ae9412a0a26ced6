#include "core/nets/dcgan.h"

#include <torch/torch.h>

#include "core/nets/layer_trace.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr int kHalvings = 4;         // strided convolutions between the picture and the smallest map
constexpr std::int64_t kKernel = 4;  // of the paper, and of files that do not say

/// The window between one number a map and the smallest map of a sprite.
Window wholeMap(const Json& settings) {
  return {.kernel = spriteShape(settings).size >> kHalvings, .stride = 1, .padding = 0};
}

/// Dropout follows the first and third block.
double dropoutAt(int block, double probability) {
  return block % 2 == 0 ? probability : 0;
}

BlockOptions criticBlock(const Json& settings) {
  const bool batch = chosen(settings, "critic_norm", "batch", "none", "batch");
  return {.window = doublingWindow(kernelOf(settings, kKernel)),
          .normalisation = batch ? Normalisation::kBatch : Normalisation::kNone,
          .slope = kLeak,
          .bias = !batch};
}

/// The convolutions that critic and encoder share: channels -> f, 2f, 4f, 8f.
nn::ModuleList trunk(const Json& settings) {
  const std::int64_t features = positive(settings, "features");
  const double dropout = share(settings, "dropout");
  nn::ModuleList blocks;
  std::int64_t in = spriteShape(settings).channels;
  for (int block = 0; block < kHalvings; ++block) {
    BlockOptions options = criticBlock(settings);
    if (block == 0) options.normalisation = Normalisation::kNone;
    options.dropout = dropoutAt(block, dropout);
    const std::int64_t out = features << block;
    blocks->push_back(std::make_shared<DownBlock>(in, out, options));
    in = out;
  }
  return blocks;
}

}  // namespace

DcganGenerator::DcganGenerator(const Json& settings, int views) {
  const std::int64_t features = positive(settings, "features");
  const double dropout = share(settings, "generator_dropout");
  std::int64_t in = positive(settings, "latent");
  if (views > 0) {
    const std::int64_t width = positive(settings, "view_embedding");
    m_view = register_module("view", nn::Embedding(views, width));
    in += width;
  }
  m_blocks = register_module("blocks", nn::ModuleList());
  const Window doubling = doublingWindow(kernelOf(settings, kKernel));
  for (int block = 0; block < kHalvings; ++block) {
    const std::int64_t out = features << (kHalvings - 1 - block);
    m_blocks->push_back(std::make_shared<UpBlock>(
        in, out,
        BlockOptions{.window = block == 0 ? wholeMap(settings) : doubling, .dropout = dropoutAt(block, dropout)}));
    in = out;
  }
  m_picture = register_module(
      "picture", nn::ConvTranspose2d(nn::ConvTranspose2dOptions(in, spriteShape(settings).channels, doubling.kernel)
                                         .stride(doubling.stride)
                                         .padding(doubling.padding)
                                         .output_padding(doubling.outputPadding)
                                         .bias(false)));
}

at::Tensor DcganGenerator::forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) {
  at::Tensor x = m_view ? at::cat({latent, run(m_view, view)}, 1) : latent;
  x = x.unsqueeze(-1).unsqueeze(-1);
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  return squashed(run(m_picture, x));
}

DcganCritic::DcganCritic(const Json& settings, int views) {
  const std::int64_t features = positive(settings, "features");
  const std::int64_t in = features << (kHalvings - 1);
  const Window last = wholeMap(settings);
  m_blocks = register_module("blocks", trunk(settings));
  m_score = register_module("score", convolution(in, 1, last, /*bias=*/false, /*scaled=*/false));
  if (views > 0) {
    BlockOptions options = criticBlock(settings);
    options.window = last;
    m_viewFeatures = register_module("view_features", std::make_shared<DownBlock>(in, features, options));
    m_view = register_module("view", nn::Linear(features, views));
  }
}

Verdict DcganCritic::forward(const at::Tensor& pictures, at::Generator& random) {
  at::Tensor x = pictures;
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  Verdict verdict{.score = wholeMapConvolution(m_score, x).flatten(), .views = {}};
  if (m_view) verdict.views = run(m_view, m_viewFeatures->forward(x, random).flatten(1));
  return verdict;
}

DcganEncoder::DcganEncoder(const Json& settings) {
  const std::int64_t side = wholeMap(settings).kernel;
  m_blocks = register_module("blocks", trunk(settings));
  m_code = register_module("code", nn::Linear((positive(settings, "features") << (kHalvings - 1)) * side * side,
                                              positive(settings, "latent")));
}

Code DcganEncoder::forward(const at::Tensor& pictures, at::Generator& random) {
  at::Tensor x = pictures;
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  return {.mean = run(m_code, flattenMaps(x)).sigmoid(), .logVariance = {}};
}

}  // namespace loom
