// Watches a run's figures and says in plain words how training goes.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/settings.h"
#include "core/training/telemetry.h"

namespace loom {

/// What a run's figures mean.
enum class HealthKind {
  kProbabilities,  ///< D(x) and D(G(z)) are probabilities
  kScores,         ///< they are scores of a Wasserstein critic
  kAutoencoder,
  kTurnaround,
};
/// Of a run of `preset`. Throws Error for an unknown one.
HealthKind healthKind(const std::string& preset, const Json& settings);

class HealthWatch {
 public:
  /// `names` are those of the metrics that come in.
  explicit HealthWatch(const std::vector<std::string>& names, HealthKind kind = HealthKind::kProbabilities);

  /// After each step; NaN for an objective that was not taken.
  void addMetrics(std::int64_t step, std::span<const float> values);
  /// After each preview: how much samples differ from each other, relative to how much real sprites do.
  void addDiversity(std::int64_t step, double relative);
  /// After each preview: how much of the samples is opaque, relative to real sprites.
  void addOpacity(std::int64_t step, double relative);

  /// The verdict when it has changed since the last call.
  std::optional<Health> change();

  /// The first metric that is no number; empty when all are. An objective that was not taken is none of them.
  static std::string firstBroken(const std::vector<std::string>& names, std::span<const float> values);

 private:
  enum class Verdict {
    kNone,
    kWarmingUp,
    kGood,
    kCollapse,
    kTransparent,
    kCriticWins,
    kGeneratorWins,
    kCriticBlind,
    kCriticSteep,
    kOverfitting,
    kCodesEmpty
  };
  /// The mean of a metric over the last steps.
  class Recent {
   public:
    void add(double value);
    bool isFull() const;
    double mean() const;

   private:
    std::deque<double> m_values;
    double m_sum = 0;
  };
  /// A measurement on held-out sprites, and the mean loss on the others since the one before.
  struct HeldOut {
    std::int64_t step = 0;
    double heldOut = 0;
    double training = 0;
  };
  void addHeldOut(std::span<const float> values);
  Verdict judge() const;
  Verdict judgeCritic() const;
  Verdict judgeScores() const;
  Verdict judgeAutoencoder() const;
  Verdict judgeHeldOut() const;
  Health say(Verdict verdict) const;

  HealthKind m_kind;
  std::optional<std::size_t> m_realAt, m_fakeAt, m_penaltyAt, m_lossAt, m_klAt, m_heldOutAt;  ///< among the metrics
  Recent m_real, m_fake, m_penalty, m_kl;
  double m_lossSum = 0;  ///< since the last measurement
  std::int64_t m_lossCount = 0;
  std::vector<HeldOut> m_heldOut;
  std::int64_t m_step = 0;
  int m_alike = 0;        ///< previews in a row whose samples hardly differ
  int m_transparent = 0;  ///< previews in a row whose samples are hardly there
  Verdict m_said = Verdict::kNone;
};

}  // namespace loom
