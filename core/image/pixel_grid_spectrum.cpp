// Edge-profile periodicity: borders and cell centres come back every `scale` pixels, whatever the art shows, so the
// profiles' spectra have a line at 1 / scale and at its multiples.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/image/pixel_grid_votes.h"

namespace loom::grid {
namespace {

constexpr double kLargestScale = 24;
constexpr double kHighest = 0.56;      ///< a little beyond 1 / 2: down to a scale of 1.8
constexpr std::size_t kLongest = 512;  ///< of a profile looked at
constexpr int kReach = 12;             ///< places to either side that a place is compared with
constexpr std::size_t kPeaks = 10;

/// Roots, so that all edges count alike, less their neighbourhood's mean, so that the art's own shape is gone.
std::vector<double> flattenedProfile(const std::vector<float>& profile) {
  std::size_t begin = 1;
  const std::size_t all = profile.size();
  if (all < 3) return {};
  const std::size_t length = std::min(kLongest, all - 1);
  begin += (all - 1 - length) / 2;
  std::vector<double> roots(length);
  for (std::size_t i = 0; i < length; ++i) roots[i] = std::sqrt(profile[begin + i]);
  std::vector<double> sums(length + 1, 0.0);
  for (std::size_t i = 0; i < length; ++i) sums[i + 1] = sums[i] + roots[i];
  std::vector<double> flat(length);
  double energy = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const std::size_t low = i >= kReach ? i - kReach : 0;
    const std::size_t high = std::min(length, i + kReach + 1);
    flat[i] = roots[i] - (sums[high] - sums[low]) / static_cast<double>(high - low);
    energy += flat[i] * flat[i];
  }
  if (energy <= 0) return {};
  for (double& value : flat) value /= std::sqrt(energy * static_cast<double>(length));
  return flat;
}

double powerAt(const std::vector<double>& values, double frequency) {
  const double angle = 2 * std::numbers::pi * frequency;
  const double turnX = std::cos(angle);
  const double turnY = std::sin(angle);
  double x = 1;
  double y = 0;
  double sumX = 0;
  double sumY = 0;
  for (const double value : values) {
    sumX += value * x;
    sumY += value * y;
    const double next = x * turnX - y * turnY;
    y = x * turnY + y * turnX;
    x = next;
  }
  return sumX * sumX + sumY * sumY;
}

void addScale(std::vector<double>& scales, double scale) {
  if (scale < 1 / kHighest || scale > kLargestScale) return;
  const bool known =
      std::ranges::any_of(scales, [scale](double other) { return std::abs(other - scale) < 0.004 * scale; });
  if (!known) scales.push_back(scale);
}

}  // namespace

double roundedScale(double scale, int length) {
  const double open = 0.7 * scale / length * scale;
  for (const int parts : {1, 2, 4, 10}) {
    const double round = std::round(scale * parts) / parts;
    if (std::abs(round - scale) < open) return round;
  }
  return scale;
}

std::vector<double> repeatingScales(const Signal& signal) {
  std::vector<std::vector<double>> profiles;
  for (const Profile* const profile : {&signal.columns, &signal.rows}) {
    for (const std::vector<float>* const values : {&profile->steps, &profile->bends}) {
      profiles.push_back(flattenedProfile(*values));
    }
  }
  std::size_t longest = 16;
  for (const auto& profile : profiles) longest = std::max(longest, profile.size());
  const double step = 1 / (3 * static_cast<double>(longest));
  const auto power = [&profiles](double frequency) {
    double sum = 0;
    for (const auto& profile : profiles) sum += powerAt(profile, frequency);
    return sum;
  };
  std::vector<double> spectrum;
  for (double f = 1 / kLargestScale; f < kHighest; f += step) spectrum.push_back(power(f));
  std::vector<std::pair<double, double>> peaks;  // power, frequency
  for (std::size_t i = 1; i + 1 < spectrum.size(); ++i) {
    if (spectrum[i] < spectrum[i - 1] || spectrum[i] < spectrum[i + 1]) continue;
    const double bend = spectrum[i - 1] - 2 * spectrum[i] + spectrum[i + 1];
    const double shift = bend == 0 ? 0 : 0.5 * (spectrum[i - 1] - spectrum[i + 1]) / bend;
    peaks.emplace_back(spectrum[i], 1 / kLargestScale + (static_cast<double>(i) + shift) * step);
  }
  std::ranges::sort(peaks, std::greater());
  peaks.resize(std::min(peaks.size(), kPeaks));
  std::vector<double> scales;
  for (const auto& peak : peaks) addScale(scales, 1 / peak.second);
  const std::vector<double> direct = scales;
  for (std::size_t i = 0; i < std::min<std::size_t>(4, direct.size()); ++i) {
    for (const int times : {2, 3}) addScale(scales, times * direct[i]);
  }
  // The commonest ones are tried whatever the spectrum says: the line of a scale of 2 lies at its very end.
  for (const int common : {2, 3, 4}) addScale(scales, common);
  return scales;
}

}  // namespace loom::grid
