#include "core/nets/layers.h"

#include <torch/torch.h>

#include <cmath>

#include "core/nets/dropout_mask.h"
#include "core/nets/layer_trace.h"

namespace loom {
namespace nn = torch::nn;

double scaledDeviation(std::int64_t fanIn, double gain) {
  return gain / std::sqrt(static_cast<double>(fanIn));
}

double gainAfterRelu(double slope) {
  return std::sqrt(2 / (1 + slope * slope));
}

UpsampledConvolution::UpsampledConvolution(std::int64_t in, std::int64_t out, bool withBias) {
  weight = register_parameter("weight", at::zeros({out, in, 3, 3}));
  if (withBias) bias = register_parameter("bias", at::zeros({out}));
}

at::Tensor UpsampledConvolution::forward(const at::Tensor& x) {
  // Of the upsampled map's 3 neighbours two are the same pixel: per direction w0 w1 w2 acts as w2, w1+w2, w0+w1, w0
  // does in a transposed convolution.
  const at::Tensor sums = at::avg_pool2d(weight.flip({2, 3}), {2, 2}, {1, 1}, {1, 1}, false, true, /*divisor=*/1);
  at::Tensor y = at::conv_transpose2d(x, sums.transpose(0, 1), bias, /*stride=*/2, /*padding=*/1);
  LayerTrace::ran(*this, x, y);
  return y;
}

at::Tensor squashed(const at::Tensor& x) {
  return x.to(at::kFloat).tanh();
}

at::Tensor PixelNorm::forward(const at::Tensor& x) {
  constexpr double kTiny = 1e-8;
  at::Tensor y = x * (x.square().mean(1, /*keepdim=*/true) + kTiny).rsqrt().to(x.scalar_type());
  LayerTrace::ran(*this, x, y);
  return y;
}

NoiseInjection::NoiseInjection(std::int64_t channels, std::int64_t side) {
  strength = register_parameter("strength", at::zeros({1, channels, 1, 1}));
  noise = register_buffer("noise", at::zeros({1, 1, side, side}));
}

at::Tensor NoiseInjection::forward(const at::Tensor& x, at::Generator& random) {
  at::Tensor map = noise;
  if (is_training()) {
    map = at::empty({x.size(0), 1, x.size(2), x.size(3)}, noise.options()).normal_(0, 1, random);
  }
  at::Tensor y = at::addcmul(x, strength.to(x.scalar_type()), map.to(x.scalar_type()));
  LayerTrace::ran(*this, x, y);
  return y;
}

CentreMask::CentreMask(std::int64_t side) {
  strength = register_parameter("strength", at::zeros({1}));
  const double half = static_cast<double>(side) / 2;
  const at::Tensor place = (at::arange(side, at::kDouble) + .5 - half) / half;
  const at::Tensor square = place.square().unsqueeze(0) + place.square().unsqueeze(1);
  m_fall = (1 - (-2 * square).exp()).to(at::kFloat).reshape({1, 1, side, side});
}

at::Tensor CentreMask::forward(const at::Tensor& x) {
  m_fall = m_fall.to(strength.device());
  at::Tensor weights = (1 - strength.sigmoid() * m_fall).to(x.scalar_type());
  LayerTrace::ran(*this, x, x);
  return weights;
}

at::Tensor MinibatchDeviation::forward(const at::Tensor& x) {
  constexpr double kTiny = 1e-8;
  const at::Tensor values = x.to(at::kFloat);
  const at::Tensor variance = (values - values.mean(0, /*keepdim=*/true)).square().mean(0);
  const at::Tensor deviation = (variance + kTiny).sqrt().mean().to(x.scalar_type());
  at::Tensor y = at::cat({x, deviation.expand({x.size(0), 1, x.size(2), x.size(3)})}, 1);
  LayerTrace::ran(*this, x, y);
  return y;
}

at::Tensor flattenMaps(const at::Tensor& maps) {
  return maps.permute({0, 2, 3, 1}).flatten(1);
}

at::Tensor unflattenMaps(const at::Tensor& rows, std::int64_t channels, std::int64_t side) {
  return rows.view({rows.size(0), side, side, channels}).permute({0, 3, 1, 2});
}

at::Tensor wholeMapConvolution(nn::Conv2d& layer, const at::Tensor& x) {
  at::Tensor y = at::linear(flattenMaps(x), flattenMaps(layer->weight), layer->bias).unsqueeze(-1).unsqueeze(-1);
  LayerTrace::ran(*layer, x, y);
  return y;
}

at::Tensor wholeMapTransposed(nn::ConvTranspose2d& layer, const at::Tensor& x) {
  const at::Tensor rows = at::matmul(x.flatten(1), flattenMaps(layer->weight));
  at::Tensor y = unflattenMaps(rows, layer->weight.size(1), layer->weight.size(2));
  if (layer->bias.defined()) y = y + layer->bias.view({1, -1, 1, 1});
  LayerTrace::ran(*layer, x, y);
  return y;
}

at::Tensor addEnlarged(const at::Tensor& maps, const at::Tensor& small) {
  const at::Tensor pairs = maps.unflatten(2, {small.size(2), 2}).unflatten(4, {small.size(3), 2});
  return (pairs + small.unsqueeze(3).unsqueeze(5)).flatten(4, 5).flatten(2, 3);
}

at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& random) {
  if (probability <= 0) return x;
  if (probability >= 1) return x * 0;
  return x * dropoutMask(x, probability, random);
}

}  // namespace loom
