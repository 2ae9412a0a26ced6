#include "core/nets/blocks.h"

#include <torch/torch.h>

namespace loom {
namespace nn = torch::nn;

UpBlock::UpBlock(std::int64_t in, std::int64_t out, const Window& window) {
  m_convolution = register_module("convolution", nn::ConvTranspose2d(nn::ConvTranspose2dOptions(in, out, window.kernel)
                                                                         .stride(window.stride)
                                                                         .padding(window.padding)
                                                                         .bias(false)));
  m_normalisation = register_module("normalisation", nn::BatchNorm2d(out));
}

at::Tensor UpBlock::forward(const at::Tensor& x) {
  return m_normalisation(m_convolution(x)).relu_();
}

DownBlock::DownBlock(std::int64_t in, std::int64_t out, const DownBlockOptions& options) : m_options(options) {
  m_convolution = register_module("convolution", nn::Conv2d(nn::Conv2dOptions(in, out, options.window.kernel)
                                                                .stride(options.window.stride)
                                                                .padding(options.window.padding)
                                                                .bias(false)));
  if (options.normalise) m_normalisation = register_module("normalisation", nn::BatchNorm2d(out));
}

at::Tensor DownBlock::forward(const at::Tensor& x, at::Generator& random) {
  at::Tensor y = m_convolution(x);
  if (m_normalisation) y = m_normalisation(y);
  y = at::leaky_relu_(y, kLeak);
  return is_training() ? dropout(y, m_options.dropout, random) : y;
}

at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& random) {
  if (probability <= 0) return x;
  if (probability >= 1) return x * 0;
  const double kept = 1 - probability;
  return x * at::empty_like(x).bernoulli_(kept, random).mul_(1 / kept);
}

void initialiseWeights(nn::Module& module, at::Generator& random) {
  const torch::NoGradGuard noGrad;
  const auto spread = [&random](at::Tensor& weight, double mean, double deviation) {
    weight.normal_(mean, deviation, random);
  };
  for (const auto& part : module.modules()) {
    if (auto* convolution = part->as<nn::Conv2d>()) {
      spread(convolution->weight, 0, .02);
      if (convolution->bias.defined()) convolution->bias.zero_();
    } else if (auto* transposed = part->as<nn::ConvTranspose2d>()) {
      spread(transposed->weight, 0, .02);
      if (transposed->bias.defined()) transposed->bias.zero_();
    } else if (auto* normalisation = part->as<nn::BatchNorm2d>()) {
      spread(normalisation->weight, 1, .02);
      normalisation->bias.zero_();
    } else if (auto* linear = part->as<nn::Linear>()) {
      spread(linear->weight, 0, .02);
      if (linear->bias.defined()) linear->bias.zero_();
    } else if (auto* embedding = part->as<nn::Embedding>()) {
      spread(embedding->weight, 0, 1);
    }
  }
}

void useChannelsLast(nn::Module& module) {
  for (at::Tensor& parameter : module.parameters()) {
    if (parameter.dim() == 4) parameter.set_data(parameter.data().contiguous(at::MemoryFormat::ChannelsLast));
  }
}

}  // namespace loom
