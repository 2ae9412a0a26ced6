// The pieces that networks are composed of: up and down blocks, dropout from an explicit generator, first weights.
#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <cstdint>

namespace loom {

/// Kernel, stride and padding of a square convolution.
struct Window {
  std::int64_t kernel = 4;
  std::int64_t stride = 2;
  std::int64_t padding = 1;
};

/// Transposed convolution, BatchNorm, ReLU. N x in x H x W -> N x out x 2H x 2W with the default window.
class UpBlock : public torch::nn::Module {
 public:
  UpBlock(std::int64_t in, std::int64_t out, const Window& window = {});
  at::Tensor forward(const at::Tensor& x);

 private:
  torch::nn::ConvTranspose2d m_convolution{nullptr};
  torch::nn::BatchNorm2d m_normalisation{nullptr};
};

struct DownBlockOptions {
  Window window = {};
  bool normalise = true;
  double dropout = 0;  ///< 0..1, the share of activations set to 0 in training
};

/// Convolution, BatchNorm (optional), LeakyReLU .2, dropout. N x in x H x W -> N x out x H/2 x W/2 by default.
class DownBlock : public torch::nn::Module {
 public:
  DownBlock(std::int64_t in, std::int64_t out, const DownBlockOptions& options);
  /// `random` draws the dropout masks and lives on x's device.
  at::Tensor forward(const at::Tensor& x, at::Generator& random);

 private:
  DownBlockOptions m_options;
  torch::nn::Conv2d m_convolution{nullptr};
  torch::nn::BatchNorm2d m_normalisation{nullptr};
};

inline constexpr double kLeak = .2;  ///< slope of every LeakyReLU

/// Inverted dropout (Srivastava 2014) with masks from `random`, so that no other thread's use of LibTorch changes a
/// run.
at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& random);

/// First weights as DCGAN has them (Radford 2016): convolutions and linear layers N(0, .02), BatchNorm N(1, .02),
/// biases 0, embeddings N(0, 1). The order of draws is that of the modules, so one seed gives one network.
void initialiseWeights(torch::nn::Module& module, at::Generator& random);

/// Brings convolution weights into channels-last memory, which CPU and GPU kernels are fastest with.
void useChannelsLast(torch::nn::Module& module);

}  // namespace loom
