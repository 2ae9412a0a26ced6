// DCGAN (Radford 2016) for any size from 16 to 128 in steps of 16, told the view or not, and its encoder.
//
// At 64 x 64 these are the published networks; at another size the kernel next to the latent (the critic's last) is
// (size / 16) squared instead of 4 x 4, and everything else stays. `kernel` is that of all the others, 4 where missing.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>

#include "core/nets/blocks.h"
#include "core/nets/network.h"

namespace loom {

/// Five transposed convolutions (8f, 4f, 2f, f, channels), BatchNorm and ReLU, tanh at the end. With views, a trainable
/// table of views x view_embedding is concatenated to the latent.
class DcganGenerator : public GeneratorNetwork {
 public:
  /// Reads size, channels, latent, features, kernel, generator_dropout (after the first and third; 0 where missing)
  /// and, when `views` > 0, view_embedding.
  DcganGenerator(const Json& settings, int views);
  at::Tensor forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) override;

 private:
  torch::nn::Embedding m_view{nullptr};
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::ConvTranspose2d m_picture{nullptr};
};

/// Five convolutions (f, 2f, 4f, 8f, 1), BatchNorm but for the first, LeakyReLU .2, dropout after the first and third.
/// With views, a second head on the last 8f features names the view: convolution 8f -> f, BatchNorm, LeakyReLU, linear.
class DcganCritic : public CriticNetwork {
 public:
  /// Reads size, channels, features, kernel, dropout and critic_norm: "batch" (where missing), or "none" for biases in
  /// BatchNorm's place, as a gradient penalty asks for (Gulrajani 2017).
  DcganCritic(const Json& settings, int views);
  Verdict forward(const at::Tensor& pictures, at::Generator& random) override;

 private:
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::Conv2d m_score{nullptr};
  std::shared_ptr<DownBlock> m_viewFeatures;
  torch::nn::Linear m_view{nullptr};
};

/// The critic's four blocks under the same names, then a linear layer to the latent and a sigmoid.
class DcganEncoder : public EncoderNetwork {
 public:
  /// Reads what the critic does, and latent.
  explicit DcganEncoder(const Json& settings);
  Code forward(const at::Tensor& pictures, at::Generator& random) override;

 private:
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::Linear m_code{nullptr};
};

}  // namespace loom
