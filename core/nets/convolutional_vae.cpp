#include "core/nets/convolutional_vae.h"

#include <torch/torch.h>

#include <array>

#include "core/nets/layer_trace.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr int kDoublings = 4;        // of the decoder
constexpr std::int64_t kKernel = 5;  // of the published network
using Windows = std::array<Window, kDoublings + 1>;

Windows windows(std::int64_t kernel, bool padded) {
  Windows all;
  for (std::size_t block = 0; block < all.size(); ++block) {
    const std::int64_t side = block + 1 < all.size() ? kernel : 3;
    all[block] = {.kernel = side, .stride = block == 0 ? 1 : 2, .padding = padded ? side / 2 : 0};
  }
  return all;
}

/// Side of the map that is left of a sprite after all five; 0 when a kernel no longer fits.
std::int64_t lastSide(std::int64_t side, const Windows& all) {
  for (const Window& window : all) {
    const std::int64_t room = side + 2 * window.padding - window.kernel;
    if (room < 0) return 0;
    side = room / window.stride + 1;
  }
  return side;
}

}  // namespace

ConvolutionalEncoder::ConvolutionalEncoder(const Json& settings) {
  const SpriteShape shape = spriteShape(settings);
  const std::int64_t features = positive(settings, "features"), latent = positive(settings, "latent");
  Windows all = windows(kernelOf(settings, kKernel), /*padded=*/false);
  if (lastSide(shape.size, all) == 0) all = windows(kernelOf(settings, kKernel), /*padded=*/true);
  m_blocks = register_module("blocks", nn::ModuleList());
  std::int64_t in = shape.channels;
  for (std::size_t block = 0; block < all.size(); ++block) {
    const std::int64_t out = features << block;
    m_blocks->push_back(std::make_shared<DownBlock>(in, out,
                                                    BlockOptions{.window = all[block],
                                                                 .normaliseLast = true,
                                                                 .bias = true,
                                                                 .scaled = true,
                                                                 .gain = block == 0 ? 1 : gainAfterRelu(0)}));
    in = out;
  }
  const std::int64_t left = lastSide(shape.size, all);
  m_mean = register_module("mean", linear(in * left * left, latent, /*scaled=*/true));
  m_meanNormalisation = register_module("mean_normalisation", nn::BatchNorm1d(latent));
  if (settings.value("variational", true)) {
    m_logVariance = register_module("log_variance", linear(in * left * left, latent, /*scaled=*/true));
  }
}

Code ConvolutionalEncoder::forward(const at::Tensor& pictures, at::Generator& random) {
  at::Tensor x = pictures;
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  x = flattenMaps(x);
  Code code{.mean = run(m_meanNormalisation, run(m_mean, x)), .logVariance = {}};
  if (m_logVariance) code.logVariance = run(m_logVariance, x);
  return code;
}

ConvolutionalDecoder::ConvolutionalDecoder(const Json& settings) {
  const SpriteShape shape = spriteShape(settings);
  const std::int64_t features = positive(settings, "features");
  m_side = shape.size >> kDoublings;
  m_width = features << kDoublings;
  const std::int64_t start = m_width * m_side * m_side;
  m_start = register_module("start", linear(positive(settings, "latent"), start, /*scaled=*/true));
  m_startNormalisation = register_module("start_normalisation", nn::BatchNorm1d(start));
  m_blocks = register_module("blocks", nn::ModuleList());
  BlockOptions options{.window = doublingWindow(kernelOf(settings, kKernel)),
                       .normalisation = Normalisation::kNone,
                       .bias = true,
                       .scaled = true};
  for (int block = 0; block < kDoublings; ++block) {
    const std::int64_t in = m_width >> block;
    m_blocks->push_back(std::make_shared<UpBlock>(in, in / 2, options));
    options.gain = gainAfterRelu(0);
  }
  m_picture = register_module("picture",
                              convolution(features, shape.channels, keepingWindow(3), /*bias=*/true, /*scaled=*/true));
}

at::Tensor ConvolutionalDecoder::forward(const at::Tensor& latent, const at::Tensor& /*view*/, at::Generator& random) {
  at::Tensor x = run(m_startNormalisation, run(m_start, latent).relu_());
  x = unflattenMaps(x, m_width, m_side);
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  return squashed(run(m_picture, x) / 2);
}

}  // namespace loom
