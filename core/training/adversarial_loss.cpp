#include "core/training/adversarial_loss.h"

#include <torch/torch.h>

namespace loom {

AdversarialLoss::AdversarialLoss(const Json& settings)
    : m_wasserstein(settings.value("loss", "bce") == "wasserstein"),
      m_real{settings.value("real_label_low", 1.0), settings.value("real_label_high", 1.0)},
      m_fake{settings.value("fake_label_low", 0.0), settings.value("fake_label_high", 0.0)} {}

at::Tensor AdversarialLoss::onReal(const at::Tensor& scores, const at::Tensor& weights, at::Generator& random) const {
  if (m_wasserstein) return -meanScore(scores, weights);
  return binaryLoss(scores, noisyLabels(scores.size(0), m_real, random, scores.device()), weights);
}

at::Tensor AdversarialLoss::onFake(const at::Tensor& scores, const at::Tensor& weights, at::Generator& random) const {
  if (m_wasserstein) return meanScore(scores, weights);
  return binaryLoss(scores, noisyLabels(scores.size(0), m_fake, random, scores.device()), weights);
}

at::Tensor AdversarialLoss::ofGenerator(const at::Tensor& scores, const at::Tensor& weights) const {
  if (m_wasserstein) return -meanScore(scores, weights);
  return binaryLoss(scores, at::ones({scores.size(0)}, scores.options().dtype(at::kFloat)), weights);
}

at::Tensor AdversarialLoss::opinion(const at::Tensor& scores) const {
  const at::Tensor plain = scores.detach().to(at::kFloat);
  return (m_wasserstein ? plain : plain.sigmoid()).mean();
}

}  // namespace loom
