#include "core/training/losses.h"

#include <torch/torch.h>

namespace loom {

at::Tensor noisyLabels(std::int64_t count, const LabelRange& range, at::Generator& random, at::Device device) {
  return at::empty({count}).uniform_(range.low, range.high, random).to(device);
}

at::Tensor binaryLoss(const at::Tensor& logits, const at::Tensor& labels) {
  const at::Tensor x = logits.to(at::kFloat);
  return (at::softplus(x) - labels * x).mean();
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

}  // namespace loom
