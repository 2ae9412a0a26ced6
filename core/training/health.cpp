#include "core/training/health.h"

#include <algorithm>
#include <cmath>

#include "core/training/preset.h"
#include "core/training/run_measures.h"

namespace loom {
namespace {

constexpr std::size_t kWindow = 200;   // steps that count as "for long"
constexpr std::int64_t kWarmUp = 200;  // steps before which nothing can be said
constexpr double kAlike = .25;         // samples that vary less than this part of the real ones are all the same
constexpr double kThere = .1;          // samples less opaque than this part of the real ones are empty
constexpr int kPreviews = 6;           // in a row
constexpr double kSure = .95;          // D(x) of a critic that is never in doubt
constexpr double kFooled = .8;         // D(G(z)) of a critic that takes anything
constexpr double kSteep = 1;           // a penalty of 1: the slope is 2 where 1 is wanted
constexpr double kEmptyCode = .5;      // nats that the codes of a collapsed encoder still say of a sprite
constexpr std::size_t kWorse = 4;      // measurements in a row over the best
constexpr double kClearly = 1.05;      // over the best

std::optional<std::size_t> indexOf(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

bool isObjective(const std::string& name) {
  return std::ranges::any_of(presets(), [&name](const Preset& preset) { return preset.objective == name; });
}

}  // namespace

HealthKind healthKind(const std::string& name, const Json& settings) {
  if (preset(name).training == "autoencoder" || preset(name).training == "hero") return HealthKind::kAutoencoder;
  if (preset(name).training == "turnaround") return HealthKind::kTurnaround;
  return settings.value("loss", "bce") == "wasserstein" ? HealthKind::kScores : HealthKind::kProbabilities;
}

HealthWatch::HealthWatch(const std::vector<std::string>& names, HealthKind kind)
    : m_kind(kind),
      m_realAt(indexOf(names, "d_real")),
      m_fakeAt(indexOf(names, "d_fake_before")),
      m_penaltyAt(indexOf(names, "penalty")),
      m_lossAt(indexOf(names, "loss")),
      m_klAt(indexOf(names, "loss_kl")),
      m_heldOutAt(indexOf(names, kind == HealthKind::kTurnaround ? "held_out_l1" : "held_out_loss")) {}

std::string HealthWatch::firstBroken(const std::vector<std::string>& names, std::span<const float> values) {
  for (std::size_t index = 0; index < values.size(); ++index) {
    const bool notTaken = std::isnan(values[index]) && (isObjective(names[index]) || isRunMeasure(names[index]));
    if (!std::isfinite(values[index]) && !notTaken) return names[index];
  }
  return {};
}

void HealthWatch::Recent::add(double value) {
  m_values.push_back(value);
  m_sum += value;
  if (m_values.size() <= kWindow) return;
  m_sum -= m_values.front();
  m_values.pop_front();
}

bool HealthWatch::Recent::isFull() const {
  return m_values.size() == kWindow;
}

double HealthWatch::Recent::mean() const {
  return m_sum / static_cast<double>(m_values.size());
}

void HealthWatch::addMetrics(std::int64_t step, std::span<const float> values) {
  m_step = step;
  const auto follow = [values](Recent& recent, const std::optional<std::size_t>& at) {
    if (at) recent.add(values[*at]);
  };
  follow(m_real, m_realAt);
  follow(m_fake, m_fakeAt);
  follow(m_penalty, m_penaltyAt);
  follow(m_kl, m_klAt);
  if (m_lossAt && m_heldOutAt) addHeldOut(values);
}

void HealthWatch::addHeldOut(std::span<const float> values) {
  m_lossSum += values[*m_lossAt];
  ++m_lossCount;
  if (std::isnan(values[*m_heldOutAt])) return;
  m_heldOut.push_back({m_step, values[*m_heldOutAt], m_lossSum / static_cast<double>(m_lossCount)});
  m_lossSum = 0;
  m_lossCount = 0;
}

void HealthWatch::addDiversity(std::int64_t step, double relative) {
  m_step = step;
  m_alike = step >= kWarmUp && relative < kAlike ? m_alike + 1 : 0;
}

void HealthWatch::addOpacity(std::int64_t step, double relative) {
  m_step = step;
  m_transparent = step >= kWarmUp && relative < kThere ? m_transparent + 1 : 0;
}

HealthWatch::Verdict HealthWatch::judgeCritic() const {
  if (!m_real.isFull() || !m_fake.isFull()) return Verdict::kNone;
  // Leaving a state takes more than entering it, so that the line does not flicker.
  const double slack = m_said == Verdict::kCriticWins || m_said == Verdict::kGeneratorWins ? .03 : 0;
  if (m_real.mean() > kSure - slack && m_fake.mean() < 1 - kSure + slack) return Verdict::kCriticWins;
  return m_fake.mean() > kFooled - slack ? Verdict::kGeneratorWins : Verdict::kNone;
}

HealthWatch::Verdict HealthWatch::judgeScores() const {
  if (m_penalty.isFull() && m_penalty.mean() > (m_said == Verdict::kCriticSteep ? .8 : 1) * kSteep) {
    return Verdict::kCriticSteep;
  }
  if (!m_real.isFull() || !m_fake.isFull()) return Verdict::kNone;
  return m_real.mean() <= m_fake.mean() ? Verdict::kCriticBlind : Verdict::kNone;
}

HealthWatch::Verdict HealthWatch::judgeAutoencoder() const {
  return m_kl.isFull() && m_kl.mean() < kEmptyCode ? Verdict::kCodesEmpty : judgeHeldOut();
}

HealthWatch::Verdict HealthWatch::judgeHeldOut() const {
  if (m_heldOut.size() <= kWorse) return Verdict::kNone;
  const auto best = std::ranges::min_element(m_heldOut, {}, &HeldOut::heldOut);
  const bool worse = m_heldOut.end() - best > static_cast<std::ptrdiff_t>(kWorse) &&
                     m_heldOut.back().heldOut > kClearly * best->heldOut && best->heldOut > 0;
  return worse && m_heldOut.back().training < best->training ? Verdict::kOverfitting : Verdict::kNone;
}

HealthWatch::Verdict HealthWatch::judge() const {
  Verdict verdict = Verdict::kNone;
  if (m_kind == HealthKind::kAutoencoder) {
    verdict = judgeAutoencoder();
  } else if (m_kind == HealthKind::kTurnaround) {
    verdict = judgeHeldOut();
  } else {
    if (m_transparent >= kPreviews) return Verdict::kTransparent;
    if (m_alike >= kPreviews) return Verdict::kCollapse;
    verdict = m_kind == HealthKind::kScores ? judgeScores() : judgeCritic();
  }
  if (verdict != Verdict::kNone) return verdict;
  return m_step < kWarmUp ? Verdict::kWarmingUp : Verdict::kGood;
}

std::optional<Health> HealthWatch::change() {
  const Verdict verdict = judge();
  if (verdict == m_said) return {};
  m_said = verdict;
  return say(verdict);
}

Health HealthWatch::say(Verdict verdict) const {
  switch (verdict) {
    case Verdict::kCollapse:
      return {HealthLevel::kBad,
              "The generator has collapsed: it draws nearly the same sprite from every latent. Stop, and start again "
              "with a larger 'Keep samples apart', a lower learning rate for the generator, or more sprites."};
    case Verdict::kTransparent:
      return {
          HealthLevel::kBad,
          "The samples have turned transparent: nothing of a sprite is left. Stop, train with 3 channels first, and "
          "go on with 4 channels from that run's weights."};
    case Verdict::kCriticWins:
      return {HealthLevel::kWarning,
              "The critic wins: it is never in doubt, so the generator learns little. Try a lower critic learning "
              "rate, more critic dropout, or random shifts of your sprites."};
    case Verdict::kGeneratorWins:
      return {HealthLevel::kWarning,
              "The critic takes almost anything for real, so it teaches the generator nothing. Try a higher critic "
              "learning rate, less critic dropout, or wider networks."};
    case Verdict::kCriticBlind:
      return {
          HealthLevel::kWarning,
          "The critic finds no difference between your sprites and drawn ones, so it teaches the generator nothing. "
          "Try more critic updates a step, or a higher critic learning rate."};
    case Verdict::kCriticSteep:
      return {HealthLevel::kWarning,
              "The critic is steeper than the gradient penalty allows, and what it says is no distance. Try a lower "
              "critic learning rate, a larger penalty, or no critic normalisation."};
    case Verdict::kOverfitting:
      return {
          HealthLevel::kWarning,
          "The networks learn your sprites by heart: the loss still falls, and on held-out sprites it rises. Stop; "
          "the best model, of step " +
              std::to_string(std::ranges::min_element(m_heldOut, {}, &HeldOut::heldOut)->step) +
              (m_kind == HealthKind::kTurnaround ? ", is kept. More characters, mirroring and exchanged colours help."
                                                 : ", is kept. More sprites, random shifts or a smaller latent help.")};
    case Verdict::kCodesEmpty:
      return {HealthLevel::kBad,
              "The codes say nothing of the sprites any more, so all reconstructions look alike. Start again with a "
              "smaller 'Weight of the prior'."};
    case Verdict::kWarmingUp:
      return {HealthLevel::kGood, "Warming up: the first shapes show after a few hundred steps."};
    case Verdict::kNone:
    case Verdict::kGood:
      break;
  }
  if (m_kind == HealthKind::kAutoencoder || m_kind == HealthKind::kTurnaround)
    return {HealthLevel::kGood, "Training goes well: the networks still learn."};
  return {HealthLevel::kGood, "Training is balanced: neither network wins, and the samples differ from each other."};
}

}  // namespace loom
