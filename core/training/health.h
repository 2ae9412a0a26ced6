// Watches a GAN's figures and says in plain words how training goes.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/training/telemetry.h"

namespace loom {

class HealthWatch {
 public:
  /// `names` are those of the metrics that come in.
  explicit HealthWatch(const std::vector<std::string>& names);

  /// After each step.
  void addMetrics(std::int64_t step, std::span<const float> values);
  /// After each preview: how much samples differ from each other, relative to how much real sprites do.
  void addDiversity(std::int64_t step, double relative);

  /// The verdict when it has changed since the last call.
  std::optional<Health> change();

  /// The first metric that is no number; empty when all are.
  static std::string firstBroken(const std::vector<std::string>& names, std::span<const float> values);

 private:
  enum class Verdict { kNone, kWarmingUp, kGood, kCollapse, kCriticWins, kGeneratorWins };
  Verdict judge() const;
  static Health say(Verdict verdict);

  std::optional<std::size_t> m_real, m_fake;  ///< where D(x) and D(G(z)) lie among the metrics
  std::deque<std::pair<float, float>> m_recent;
  double m_realSum = 0, m_fakeSum = 0;
  std::int64_t m_step = 0;
  int m_alike = 0;  ///< previews in a row whose samples hardly differ
  Verdict m_said = Verdict::kNone;
};

}  // namespace loom
