#include "core/evaluate/feature_space.h"

#include <torch/torch.h>

#include <algorithm>
#include <vector>

#include "core/latent/pictures.h"

namespace loom {
namespace {

constexpr std::int64_t kAtOnce = 64;

}  // namespace

at::Tensor spritePictures(std::span<const Sprite> sprites, int side) {
  Model shape;  // what a model of four channels sees is what is wanted here
  shape.settings = {{"size", side}, {"channels", 4}};
  return toPictures(sprites, shape);
}

at::Tensor overTwoGrounds(const at::Tensor& pictures) {
  const at::Tensor black = pictures.narrow(1, 0, 3);
  const at::Tensor empty = 1 - pictures.narrow(1, 3, 1);  // 0 where opaque, 2 where transparent
  return at::cat({black, black + empty}, 1).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor FeatureSpace::features(const at::Tensor& pictures) {
  const torch::NoGradGuard noGrad;
  std::vector<at::Tensor> parts;
  for (std::int64_t from = 0; from < pictures.size(0); from += kAtOnce) {
    parts.push_back(embed(pictures.narrow(0, from, std::min(kAtOnce, pictures.size(0) - from))));
  }
  return at::cat(parts);
}

FeatureScale::FeatureScale(const at::Tensor& real) {
  constexpr double kLeastDeviation = 1e-4;  // a feature that never changes
  m_mean = real.mean(0, true);
  m_deviation = real.std(at::IntArrayRef{0}, /*unbiased=*/false, /*keepdim=*/true).clamp_min(kLeastDeviation);
}

}  // namespace loom
