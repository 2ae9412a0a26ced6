#include "core/training/health.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr std::size_t kWindow = 200;   // steps that count as "for long"
constexpr std::int64_t kWarmUp = 200;  // steps before which nothing can be said
constexpr double kAlike = .25;         // samples that vary less than this part of the real ones are all the same
constexpr int kAlikePreviews = 6;      // in a row
constexpr double kSure = .95;          // D(x) of a critic that is never in doubt
constexpr double kFooled = .8;         // D(G(z)) of a critic that takes anything

std::optional<std::size_t> indexOf(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

}  // namespace

HealthWatch::HealthWatch(const std::vector<std::string>& names)
    : m_real(indexOf(names, "d_real")), m_fake(indexOf(names, "d_fake_before")) {}

std::string HealthWatch::firstBroken(const std::vector<std::string>& names, std::span<const float> values) {
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (!std::isfinite(values[index])) return names[index];
  }
  return {};
}

void HealthWatch::addMetrics(std::int64_t step, std::span<const float> values) {
  m_step = step;
  if (!m_real || !m_fake) return;
  m_recent.emplace_back(values[*m_real], values[*m_fake]);
  m_realSum += m_recent.back().first;
  m_fakeSum += m_recent.back().second;
  if (m_recent.size() <= kWindow) return;
  m_realSum -= m_recent.front().first;
  m_fakeSum -= m_recent.front().second;
  m_recent.pop_front();
}

void HealthWatch::addDiversity(std::int64_t step, double relative) {
  m_step = step;
  m_alike = step >= kWarmUp && relative < kAlike ? m_alike + 1 : 0;
}

HealthWatch::Verdict HealthWatch::judge() const {
  if (m_alike >= kAlikePreviews) return Verdict::kCollapse;
  if (m_recent.size() == kWindow) {
    const double real = m_realSum / kWindow, fake = m_fakeSum / kWindow;
    // Leaving a state takes more than entering it, so that the line does not flicker.
    const double slack = m_said == Verdict::kCriticWins || m_said == Verdict::kGeneratorWins ? .03 : 0;
    if (real > kSure - slack && fake < 1 - kSure + slack) return Verdict::kCriticWins;
    if (fake > kFooled - slack) return Verdict::kGeneratorWins;
  }
  return m_step < kWarmUp ? Verdict::kWarmingUp : Verdict::kGood;
}

std::optional<Health> HealthWatch::change() {
  const Verdict verdict = judge();
  if (verdict == m_said) return {};
  m_said = verdict;
  return say(verdict);
}

Health HealthWatch::say(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCollapse:
      return {HealthLevel::kBad,
              "The generator has collapsed: it draws nearly the same sprite from every latent. Stop, and start again "
              "with a larger 'Keep samples apart', a lower learning rate for the generator, or more sprites."};
    case Verdict::kCriticWins:
      return {HealthLevel::kWarning,
              "The critic wins: it is never in doubt, so the generator learns little. Try a lower critic learning "
              "rate, more critic dropout, or random shifts of your sprites."};
    case Verdict::kGeneratorWins:
      return {HealthLevel::kWarning,
              "The critic takes almost anything for real, so it teaches the generator nothing. Try a higher critic "
              "learning rate, less critic dropout, or wider networks."};
    case Verdict::kWarmingUp:
      return {HealthLevel::kGood, "Warming up: the first shapes show after a few hundred steps."};
    case Verdict::kNone:
    case Verdict::kGood:
      break;
  }
  return {HealthLevel::kGood, "Training is balanced: neither network wins, and the samples differ from each other."};
}

}  // namespace loom
