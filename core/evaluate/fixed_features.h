// A feature space that is the same for every project and every run: a convolutional network that is never trained.
#pragma once

#include <vector>

#include "core/evaluate/feature_space.h"

#include <torch/nn/modules/conv.h>

namespace loom {

/// Four 3 x 3 convolutions with random weights of one seed, each followed by a ReLU and halving; of every one the mean
/// and the deviation of each channel over the picture are the features, 528 in all. Networks trained on photographs say
/// little of pixel art; random ones order sets of sprites without knowing anything (Naeem 2020, section 4.3). They see
/// colours, outlines and dithering, and hardly where things stand: that is what the own features are for.
class FixedFeatures final : public FeatureSpace {
 public:
  FixedFeatures();

 protected:
  at::Tensor embed(const at::Tensor& pictures) override;

 private:
  std::vector<torch::nn::Conv2d> m_layers;
};

}  // namespace loom
