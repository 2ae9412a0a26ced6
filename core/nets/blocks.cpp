#include "core/nets/blocks.h"

#include <torch/torch.h>

#include <numeric>
#include <utility>

#include "core/nets/layer_trace.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr std::int64_t kGroups = 8;  // of a GroupNorm; fewer where the channels do not divide

void draw(at::Tensor& weight, at::Tensor& bias, const nn::Module& layer, at::Generator& random) {
  const auto* scaled = dynamic_cast<const ScaledStart*>(&layer);
  weight.normal_(0, scaled != nullptr ? scaled->deviation : ScaledStart{}.deviation, random);
  if (bias.defined()) bias.zero_();
}

template <class BatchNorm>
void drawNormalisation(BatchNorm& layer, at::Generator& random) {
  layer.weight.normal_(1, .02, random);
  layer.bias.zero_();
}

}  // namespace

Window doublingWindow(std::int64_t kernel) {
  return {.kernel = kernel, .stride = 2, .padding = (kernel - 1) / 2, .outputPadding = kernel % 2};
}

Window keepingWindow(std::int64_t kernel) {
  return {.kernel = kernel, .stride = 1, .padding = kernel / 2};
}

void Block::registerRest(std::int64_t channels) {
  if (m_options.noiseSide > 0) {
    m_noise = register_module("noise", std::make_shared<NoiseInjection>(channels, m_options.noiseSide)).get();
  }
  if (m_options.normalisation == Normalisation::kBatch) {
    m_normalisation = register_module("normalisation", nn::BatchNorm2d(channels));
  } else if (m_options.normalisation == Normalisation::kPixel) {
    m_pixelNorm = register_module("pixel_norm", std::make_shared<PixelNorm>()).get();
  } else if (m_options.normalisation == Normalisation::kGroup) {
    const nn::GroupNormOptions layer(std::gcd(kGroups, channels), channels);
    m_groupNorm = register_module("group_norm", nn::GroupNorm(layer));
  }
}

at::Tensor Block::finish(at::Tensor x, at::Generator& random) {
  if (m_noise != nullptr) x = m_noise->forward(x, random);
  if (m_normalisation && !m_options.normaliseLast) x = run(m_normalisation, x);
  if (m_groupNorm) x = run(m_groupNorm, x);
  x = m_options.slope > 0 ? at::leaky_relu_(x, m_options.slope) : x.relu_();
  if (m_normalisation && m_options.normaliseLast) x = run(m_normalisation, x);
  if (m_pixelNorm != nullptr) x = m_pixelNorm->forward(x);
  return is_training() ? dropout(x, m_options.dropout, random) : x;
}

UpBlock::UpBlock(std::int64_t in, std::int64_t out, const BlockOptions& options) : Block(options) {
  const Window& window = options.window;
  if (options.nearest) {
    m_upsampled = std::make_shared<UpsampledConvolution>(in, out, options.bias);
    if (options.scaled) m_upsampled->deviation = scaledDeviation(in * 9, options.gain);
    register_module("convolution", m_upsampled);
  } else {
    const auto layer = nn::ConvTranspose2dOptions(in, out, window.kernel)
                           .stride(window.stride)
                           .padding(window.padding)
                           .output_padding(window.outputPadding)
                           .bias(options.bias);
    const std::int64_t overlapping =
        std::max<std::int64_t>(1, window.kernel * window.kernel / (window.stride * window.stride));
    m_transposed = options.scaled ? nn::ConvTranspose2d(scaled<nn::ConvTranspose2dImpl>(
                                        layer, scaledDeviation(in * overlapping, options.gain)))
                                  : nn::ConvTranspose2d(layer);
    register_module("convolution", m_transposed);
  }
  registerRest(out);
}

at::Tensor UpBlock::forward(const at::Tensor& x, at::Generator& random) {
  if (m_upsampled) return finish(m_upsampled->forward(x), random);
  const bool onePixel = x.size(2) == 1 && x.size(3) == 1;
  const bool wholeMap = onePixel && m_options.window.padding == 0 && m_options.window.outputPadding == 0;
  return finish(wholeMap ? wholeMapTransposed(m_transposed, x) : run(m_transposed, x), random);
}

DownBlock::DownBlock(std::int64_t in, std::int64_t out, const BlockOptions& options) : Block(options) {
  m_convolution =
      register_module("convolution", convolution(in, out, options.window, options.bias, options.scaled, options.gain));
  registerRest(out);
}

at::Tensor DownBlock::forward(const at::Tensor& x, at::Generator& random) {
  const std::int64_t kernel = m_options.window.kernel;
  const bool wholeMap = m_options.window.padding == 0 && x.size(2) == kernel && x.size(3) == kernel;
  return finish(wholeMap ? wholeMapConvolution(m_convolution, x) : run(m_convolution, x), random);
}

nn::Conv2d convolution(std::int64_t in, std::int64_t out, const Window& window, bool bias, bool isScaled, double gain) {
  const auto layer = nn::Conv2dOptions(in, out, window.kernel).stride(window.stride).padding(window.padding).bias(bias);
  if (!isScaled) return nn::Conv2d(layer);
  return nn::Conv2d(scaled<nn::Conv2dImpl>(layer, scaledDeviation(in * window.kernel * window.kernel, gain)));
}

nn::Linear linear(std::int64_t in, std::int64_t out, bool isScaled, double gain) {
  const nn::LinearOptions layer(in, out);
  return isScaled ? nn::Linear(scaled<nn::LinearImpl>(layer, scaledDeviation(in, gain))) : nn::Linear(layer);
}

void initialiseWeights(nn::Module& module, at::Generator& random) {
  const torch::NoGradGuard noGrad;
  for (const auto& part : module.modules()) {
    if (auto* convolution = part->as<nn::Conv2d>()) {
      draw(convolution->weight, convolution->bias, *part, random);
    } else if (auto* transposed = part->as<nn::ConvTranspose2d>()) {
      draw(transposed->weight, transposed->bias, *part, random);
    } else if (auto* upsampled = part->as<UpsampledConvolution>()) {
      draw(upsampled->weight, upsampled->bias, *part, random);
    } else if (auto* linear = part->as<nn::Linear>()) {
      draw(linear->weight, linear->bias, *part, random);
    } else if (auto* maps = part->as<nn::BatchNorm2d>()) {
      drawNormalisation(*maps, random);
    } else if (auto* rows = part->as<nn::BatchNorm1d>()) {
      drawNormalisation(*rows, random);
    } else if (auto* embedding = part->as<nn::Embedding>()) {
      embedding->weight.normal_(0, 1, random);
    } else if (auto* noise = part->as<NoiseInjection>()) {
      noise->strength.zero_();
      noise->noise.normal_(0, 1, random);
    } else if (auto* mask = part->as<CentreMask>()) {
      mask->strength.zero_();
    }
  }
}

void useChannelsLast(nn::Module& module) {
  for (at::Tensor& parameter : module.parameters()) {
    if (parameter.dim() == 4) parameter.set_data(parameter.data().contiguous(at::MemoryFormat::ChannelsLast));
  }
}

}  // namespace loom
