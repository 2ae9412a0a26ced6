// The pieces that networks are composed of: up and down blocks of one making, and the first weights.
#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>

#include <cstdint>

#include "core/nets/layers.h"

namespace loom {

inline constexpr double kLeak = .2;  ///< slope of every LeakyReLU

/// Kernel, stride and padding of a square convolution.
struct Window {
  std::int64_t kernel = 4;
  std::int64_t stride = 2;
  std::int64_t padding = 1;
  std::int64_t outputPadding = 0;  ///< of a transposed convolution alone
};

/// The window that halves or, transposed, doubles a map of even side, whatever the kernel (2 or more).
Window doublingWindow(std::int64_t kernel);
/// The window that keeps a map's side; the kernel is odd.
Window keepingWindow(std::int64_t kernel);

enum class Normalisation { kNone, kBatch, kPixel, kGroup };

struct BlockOptions {
  Window window = {};
  Normalisation normalisation = Normalisation::kBatch;
  bool normaliseLast = false;  ///< BatchNorm after the activation rather than before it; PixelNorm always is
  double slope = 0;            ///< of the activation below 0: 0 is ReLU, kLeak LeakyReLU
  double dropout = 0;          ///< 0..1, the share of activations set to 0 in training, last of all
  bool bias = false;
  bool scaled = false;         ///< first weights scaled to their inputs instead of DCGAN's N(0, .02)
  double gain = 1;             ///< of those weights
  bool nearest = false;        ///< UpBlock: nearest upsampling and a 3 x 3 convolution; the window says nothing then
  std::int64_t noiseSide = 0;  ///< the side of the maps that noise is injected into; 0: none is
};

/// A convolution of some kind, then noise, normalisation, activation and dropout as the options have them.
class Block : public torch::nn::Module {
 public:
  /// `random` draws dropout masks and noise in training mode and lives on x's device.
  virtual at::Tensor forward(const at::Tensor& x, at::Generator& random) = 0;

 protected:
  explicit Block(const BlockOptions& options) : m_options(options) {}
  /// Registers what follows the convolution, whose maps have `channels`.
  void registerRest(std::int64_t channels);
  at::Tensor finish(at::Tensor x, at::Generator& random);

  BlockOptions m_options;

 private:
  NoiseInjection* m_noise = nullptr;
  PixelNorm* m_pixelNorm = nullptr;
  torch::nn::BatchNorm2d m_normalisation{nullptr};
  torch::nn::GroupNorm m_groupNorm{nullptr};
};

/// Transposed convolution, or upsampling and convolution, first. N x in x H x W -> N x out x 2H x 2W by default.
class UpBlock : public Block {
 public:
  UpBlock(std::int64_t in, std::int64_t out, const BlockOptions& options);
  at::Tensor forward(const at::Tensor& x, at::Generator& random) override;

 private:
  torch::nn::ConvTranspose2d m_transposed{nullptr};
  std::shared_ptr<UpsampledConvolution> m_upsampled;
};

/// Convolution first. N x in x H x W -> N x out x H/2 x W/2 by default.
class DownBlock : public Block {
 public:
  DownBlock(std::int64_t in, std::int64_t out, const BlockOptions& options);
  at::Tensor forward(const at::Tensor& x, at::Generator& random) override;

 private:
  torch::nn::Conv2d m_convolution{nullptr};
};

/// A convolution and a linear layer alone, with scaled first weights of `gain` or, without `scaled`, DCGAN's.
torch::nn::Conv2d convolution(std::int64_t in, std::int64_t out, const Window& window, bool bias, bool scaled,
                              double gain = 1);
torch::nn::Linear linear(std::int64_t in, std::int64_t out, bool scaled, double gain = 1);

/// First weights. As DCGAN has them (Radford 2016): convolutions and linear layers N(0, .02), BatchNorm N(1, .02),
/// biases 0, embeddings N(0, 1); scaled layers N(0, their deviation) instead. Strengths of noise and masks begin at 0,
/// fixed noise is N(0, 1). The order of draws is that of the modules, so one seed gives one network.
void initialiseWeights(torch::nn::Module& module, at::Generator& random);

/// Brings convolution weights into channels-last memory, which CPU and GPU kernels are fastest with.
void useChannelsLast(torch::nn::Module& module);

}  // namespace loom
