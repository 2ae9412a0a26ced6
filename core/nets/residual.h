// Generator and critic of residual blocks, for adversarial training with a gradient penalty at 96 x 96 and around it.
//
// The system they come from names its parts and says little of their order, which is ours. Each part is a setting, so
// that with all of them off these are plain DCGANs. With f features, maps are 4f wide at size / 16, then 2f, f, f/2,
// and f/4 at full size (at least 4, at most 512): full-size layers are thin, since their time goes into memory.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include "core/nets/blocks.h"
#include "core/nets/network.h"

namespace loom {

/// Linear to size / 16, four blocks that double, a 1 x 1 convolution and tanh. A block is an up block (upsampling,
/// noise, LeakyReLU, PixelNorm, dropout), then a 3 x 3 convolution with LeakyReLU, plus a skip: a 1 x 1 convolution,
/// enlarged.
class ResidualGenerator : public GeneratorNetwork {
 public:
  /// Reads size, channels, latent, features, and where it is not missing:
  /// - upsampling: "nearest" (and a 3 x 3 convolution; where missing) or "transposed" (4 x 4);
  /// - residual (true): false leaves the 3 x 3 convolution and the skip out;
  /// - pixel_norm (true): false normalises by BatchNorm; noise (true); generator_dropout (0);
  /// - scaled_init (true): weights scaled to their inputs (He 2015) once, not by a factor in each step as Karras 2018
  ///   does; false draws them as DCGAN does.
  explicit ResidualGenerator(const Json& settings);
  at::Tensor forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) override;

 private:
  torch::nn::Linear m_start{nullptr};
  torch::nn::ModuleList m_blocks{nullptr};
  torch::nn::Conv2d m_picture{nullptr};
  std::int64_t m_width = 0;
  std::int64_t m_side = 0;
};

/// A 4 x 4 convolution to size / 2, three blocks that halve, the deviation within the batch, a 3 x 3 convolution and a
/// linear score. A block is a 3 x 3 convolution, dropout, then a 4 x 4 one with stride 2, weighed by a centre mask,
/// plus a skip: the mean of each 2 x 2 pixels through a 1 x 1 convolution.
class ResidualCritic : public CriticNetwork {
 public:
  /// Reads size, channels, features, and where it is not missing: residual (true), dropout (0; in the first two
  /// blocks), minibatch (true), centre_mask (true), scaled_init (true), critic_norm ("none", as a gradient penalty asks
  /// for, or "batch"), and spatial_score (false): a map of scores, N x size/4 x size/4, each the sum of what a 1 x 1
  /// convolution says of the features there after every block and at the end.
  explicit ResidualCritic(const Json& settings);
  Verdict forward(const at::Tensor& pictures, at::Generator& random) override;

 private:
  at::Tensor scoreMap(std::vector<at::Tensor> features);

  std::shared_ptr<DownBlock> m_stem;
  torch::nn::ModuleList m_blocks{nullptr};
  std::shared_ptr<MinibatchDeviation> m_minibatch;
  std::shared_ptr<DownBlock> m_last;
  torch::nn::Linear m_score{nullptr};
  torch::nn::ModuleList m_scores{nullptr};
};

}  // namespace loom
