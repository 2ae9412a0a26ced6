// What critic and generator are told of a score, in one of the two kinds of adversarial training.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include "core/base/settings.h"
#include "core/training/losses.h"

namespace loom {

/// Binary cross-entropy with soft, noisy labels (Goodfellow 2014, Salimans 2016), or the Wasserstein distance (Arjovsky
/// 2017). Scores and weights are as in losses.h.
class AdversarialLoss {
 public:
  /// From `loss`, real_label_low, …; what the settings lack is cross-entropy with labels 0 and 1.
  explicit AdversarialLoss(const Json& settings);

  bool isWasserstein() const { return m_wasserstein; }
  /// The critic's, of one real or one made batch; the two add up. `random` draws labels, on the CPU.
  at::Tensor onReal(const at::Tensor& scores, const at::Tensor& weights, at::Generator& random) const;
  at::Tensor onFake(const at::Tensor& scores, const at::Tensor& weights, at::Generator& random) const;
  /// The generator's.
  at::Tensor ofGenerator(const at::Tensor& scores, const at::Tensor& weights) const;
  /// For the eye: the mean probability of being real, or with Wasserstein the mean score.
  at::Tensor opinion(const at::Tensor& scores) const;

 private:
  bool m_wasserstein = false;
  LabelRange m_real, m_fake;
};

}  // namespace loom
