#include "core/training/losses.h"

#include <torch/torch.h>

#include "core/training/environment.h"

namespace loom {
namespace {

at::Tensor weighted(const at::Tensor& values, const at::Tensor& weights) {
  return weights.defined() ? values * weights : values;
}

}  // namespace

at::Tensor noisyLabels(std::int64_t count, const LabelRange& range, at::Generator& random, at::Device device) {
  return onDevice(at::empty({count}).uniform_(range.low, range.high, random), device);
}

at::Tensor binaryLoss(const at::Tensor& scores, const at::Tensor& labels, const at::Tensor& weights) {
  const at::Tensor x = scores.to(at::kFloat);
  const at::Tensor wanted = x.dim() == 1 ? labels : labels.view({-1, 1, 1});
  return weighted(at::softplus(x) - wanted * x, weights).mean();
}

at::Tensor meanScore(const at::Tensor& scores, const at::Tensor& weights) {
  return weighted(scores.to(at::kFloat), weights).mean();
}

at::Tensor foregroundWeights(const at::Tensor& alpha, const at::Tensor& scores, double background) {
  const bool spatial = scores.dim() == 3;
  const at::Tensor covered =
      spatial ? at::adaptive_avg_pool2d(alpha, {scores.size(1), scores.size(2)}).squeeze(1) : alpha.mean({1, 2, 3});
  return background + covered * (1 - background);
}

at::Tensor suppressionLoss(const at::Tensor& pictures, const at::Tensor& alpha) {
  return ((1 - alpha) * (pictures.to(at::kFloat) + 1)).mean() / 2;
}

at::Tensor gradientPenalty(const std::function<at::Tensor(const at::Tensor& pictures)>& score, const at::Tensor& real,
                           const at::Tensor& fake, at::Generator& random) {
  constexpr double kTiny = 1e-12;  // the root of 0 has no slope
  const at::Tensor place = at::empty({real.size(0), 1, 1, 1}, real.options()).uniform_(0, 1, random);
  at::Tensor between = at::lerp(real, fake.to(real.scalar_type()), place).detach().requires_grad_();
  const at::Tensor scores = score(between).to(at::kFloat);
  const at::Tensor sum = scores.dim() == 1 ? scores.sum() : scores.mean({1, 2}).sum();
  const at::Tensor slope =
      torch::autograd::grad({sum}, {between}, {}, /*retain_graph=*/true, /*create_graph=*/true).front();
  const at::Tensor length = (slope.to(at::kFloat).square().sum({1, 2, 3}) + kTiny).sqrt();
  return (length - 1).square().mean();
}

at::Tensor viewLoss(const at::Tensor& logits, const at::Tensor& views) {
  return at::cross_entropy_loss(logits.to(at::kFloat), views);
}

at::Tensor modeSeekingLoss(const at::Tensor& pictures, const at::Tensor& latents) {
  constexpr double kTiny = 1e-5;
  const std::int64_t half = pictures.size(0) / 2;
  const auto apart = [half](const at::Tensor& rows) {
    return (rows.narrow(0, 0, half) - rows.narrow(0, half, half)).abs().to(at::kFloat).mean();
  };
  return 1 / (apart(pictures) / apart(latents) + kTiny);
}

at::Tensor viewAccuracy(const at::Tensor& logits, const at::Tensor& views) {
  return logits.detach().argmax(1).eq(views).to(at::kFloat).mean();
}

at::Tensor reconstructionLoss(const at::Tensor& made, const at::Tensor& wanted) {
  return at::mse_loss(made.to(at::kFloat), wanted) / 4;
}

at::Tensor priorDivergence(const at::Tensor& mean, const at::Tensor& logVariance) {
  const at::Tensor m = mean.to(at::kFloat), v = logVariance.to(at::kFloat);
  return (m.square() + v.exp() - 1 - v).sum(1).mean() / 2;
}

at::Tensor pixelAccuracy(const at::Tensor& made, const at::Tensor& wanted) {
  constexpr double kNear = 8.5 * 2 / 255;  // 8 steps of 255 once rounded, on the scale -1..1
  return (made.detach() - wanted).abs().amax(1).lt(kNear).to(at::kFloat).mean();
}

at::Tensor channelAccuracy(const at::Tensor& made, const at::Tensor& wanted) {
  return made.detach().argmax(1).eq(wanted.argmax(1)).to(at::kFloat).mean();
}

}  // namespace loom
