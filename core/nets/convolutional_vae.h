// A convolutional autoencoder, variational (Kingma 2014) or plain: the published network of a sprite autoencoder.
//
// At 64 x 64 these are the published layers. Below that, where a convolution without padding would leave nothing, all
// of the encoder's are padded by half a kernel. Weights begin scaled to their inputs (He 2015).
#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include "core/nets/blocks.h"
#include "core/nets/network.h"

namespace loom {

/// Five convolutions (f, 2f, 4f, 8f with `kernel`, 16f with 3 x 3; stride 1, 2, 2, 2, 2), each with ReLU, then
/// BatchNorm. The mean is linear with BatchNorm after it; the logarithm of the variance is linear alone.
class ConvolutionalEncoder : public EncoderNetwork {
 public:
  /// Reads size, channels, latent, features (32 in the published one), kernel (5 where missing) and variational (true
  /// where missing; false leaves the variance out and makes the mean the code).
  explicit ConvolutionalEncoder(const Json& settings);
  Code forward(const at::Tensor& pictures, at::Generator& random) override;

 private:
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::Linear m_mean{nullptr};
  torch::nn::BatchNorm1d m_meanNormalisation{nullptr};
  torch::nn::Linear m_logVariance{nullptr};
};

/// Linear to (size / 16) squared x 16f, ReLU, BatchNorm; four transposed convolutions (8f, 4f, 2f, f) with ReLU; a
/// 3 x 3 convolution to the channels. The published sigmoid's [0, 1] is stretched to [-1, 1]: 2 sigmoid(x) - 1, which
/// is tanh(x / 2).
class ConvolutionalDecoder : public GeneratorNetwork {
 public:
  /// Reads size, channels, latent, features, kernel.
  explicit ConvolutionalDecoder(const Json& settings);
  at::Tensor forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) override;

 private:
  torch::nn::Linear m_start{nullptr};
  torch::nn::BatchNorm1d m_startNormalisation{nullptr};
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::Conv2d m_picture{nullptr};
  std::int64_t m_width = 0;
  std::int64_t m_side = 0;
};

}  // namespace loom
