// Layers that LibTorch does not have, and convolutions that begin with weights scaled to their inputs.
#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include <cstdint>
#include <memory>
#include <utility>

namespace loom {

/// A layer whose first weights have a deviation of their own rather than DCGAN's .02.
struct ScaledStart {
  double deviation = .02;
};

/// `Layer` (Conv2dImpl, ConvTranspose2dImpl, LinearImpl) with such a deviation.
template <class Layer, class Options>
std::shared_ptr<Layer> scaled(const Options& options, double deviation) {
  struct Scaled final : Layer, ScaledStart {
    Scaled(const Options& layerOptions, double start) : Layer(layerOptions), ScaledStart{start} {}
  };
  return std::make_shared<Scaled>(options, deviation);
}

/// Deviation of weights that keep a signal's size through a layer in which `fanIn` inputs meet in each output (He
/// 2015): gain / sqrt(fanIn). The gain is 1 after nothing, sqrt(2 / (1 + slope^2)) after a ReLU that leaks by `slope`.
double scaledDeviation(std::int64_t fanIn, double gain = 1);
double gainAfterRelu(double slope);

/// Nearest-neighbour upsampling by 2, then a 3 x 3 convolution with padding 1 (Odena 2016): N x in x H x W -> N x out x
/// 2H x 2W. Done as one transposed 4 x 4 convolution whose kernel is summed up from the 3 x 3 one, which gives the same
/// numbers for 4/9 of the multiplications and without the enlarged map.
class UpsampledConvolution : public torch::nn::Module, public ScaledStart {
 public:
  UpsampledConvolution(std::int64_t in, std::int64_t out, bool bias);
  at::Tensor forward(const at::Tensor& x);

  at::Tensor weight;  ///< out x in x 3 x 3
  at::Tensor bias;    ///< out; undefined without
};

/// tanh in float32, with which pictures end: rounded to bfloat16 it is exactly -1 or 1 soon, and has no slope there.
at::Tensor squashed(const at::Tensor& x);

/// Each pixel's feature vector is brought to length sqrt(C) (Karras 2018, "Progressive Growing of GANs").
class PixelNorm : public torch::nn::Module {
 public:
  at::Tensor forward(const at::Tensor& x);
};

/// Adds one noise map, weighted by a learned strength a channel that begins at 0 (Karras 2019, "A Style-Based Generator
/// Architecture"). In training the map is drawn anew for each picture; in evaluation it is the fixed `noise` that is
/// saved with the weights, so that one latent is one picture.
class NoiseInjection : public torch::nn::Module {
 public:
  /// For maps of `side` x `side`.
  NoiseInjection(std::int64_t channels, std::int64_t side);
  at::Tensor forward(const at::Tensor& x, at::Generator& random);

  at::Tensor strength;  ///< 1 x channels x 1 x 1
  at::Tensor noise;     ///< 1 x 1 x side x side, a buffer
};

/// Weighs the middle of a map: 1 - sigmoid(strength) * (1 - exp(-2 r^2)), where r is the distance from the middle in
/// halves of a side. So the middle counts 1 and the rim down to 1 - sigmoid(strength); strength is learned, one number
/// a mask, and begins at 0 (the middle of a side then counts .57, a corner .51). Sprites stand in the middle.
class CentreMask : public torch::nn::Module {
 public:
  explicit CentreMask(std::int64_t side);
  /// 1 x 1 x side x side weights in the type of `x`, the map they are for.
  at::Tensor forward(const at::Tensor& x);

  at::Tensor strength;

 private:
  at::Tensor m_fall;  ///< 1 - exp(-2 r^2), where the strength is; not saved, since it follows from the side
};

/// Minibatch standard deviation (Karras 2018): appends one constant map that holds the mean, over all features, of
/// their deviation among the N pictures, so that a critic sees when a generator makes one picture only. No weights to
/// learn, and differentiable twice. The N pictures must be of one kind, all real or all made.
class MinibatchDeviation : public torch::nn::Module {
 public:
  at::Tensor forward(const at::Tensor& x);
};

/// N x C x H x W -> N x (H * W * C) and back, pixel by pixel: no copy where the maps are channels-last.
at::Tensor flattenMaps(const at::Tensor& maps);
at::Tensor unflattenMaps(const at::Tensor& rows, std::int64_t channels, std::int64_t side);

/// A convolution whose window is the whole map, without padding: N x in x k x k -> N x out x 1 x 1. And the transposed
/// one that makes a whole map of one pixel: N x in x 1 x 1 -> N x out x k x k. Both are matrix multiplications, which
/// are several times as fast when they are done as such.
at::Tensor wholeMapConvolution(torch::nn::Conv2d& layer, const at::Tensor& x);
at::Tensor wholeMapTransposed(torch::nn::ConvTranspose2d& layer, const at::Tensor& x);

/// maps (N x C x 2H x 2W) + small (N x C x H x W) enlarged by 2 to its nearest neighbours, without making the enlarged
/// map.
at::Tensor addEnlarged(const at::Tensor& maps, const at::Tensor& small);

/// Inverted dropout (Srivastava 2014) with masks from `random`, so that no other thread's use of LibTorch changes a
/// run.
at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& random);

}  // namespace loom
