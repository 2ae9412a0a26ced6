#include "core/evaluate/group_interval.h"

#include <algorithm>
#include <cmath>

namespace loom {

double errorsOf95(std::size_t groups) {
  constexpr double kZ = 1.959964;  // of the normal distribution
  constexpr double kZ3 = kZ * kZ * kZ, kZ5 = kZ3 * kZ * kZ, kZ7 = kZ5 * kZ * kZ;
  const auto n = static_cast<double>(std::max<std::size_t>(groups, 2) - 1);
  return kZ + (kZ3 + kZ) / (4 * n) + (5 * kZ5 + 16 * kZ3 + 3 * kZ) / (96 * n * n) +
         (3 * kZ7 + 19 * kZ5 + 17 * kZ3 - 15 * kZ) / (384 * n * n * n);
}

Groups::Groups(std::span<const int> names) {
  std::vector<int> each(names.begin(), names.end());
  std::ranges::sort(each);
  each.erase(std::ranges::unique(each).begin(), each.end());
  m_count = each.size();
  for (const int name : names) {
    m_ofRow.push_back(static_cast<std::size_t>(std::ranges::lower_bound(each, name) - each.begin()));
  }
}

std::vector<int> Groups::drawn(RandomStream& random) const {
  std::vector<int> times(m_count, 0);
  for (std::size_t i = 0; i < m_count; ++i) ++times[random.below(static_cast<std::uint32_t>(m_count))];
  return times;
}

double halfWidth(std::span<const double> ofDraws, std::size_t groups) {
  if (ofDraws.size() < 2 || groups < 2) return 0;
  const auto count = static_cast<double>(ofDraws.size()), n = static_cast<double>(groups);
  double mean = 0, squares = 0;
  for (const double value : ofDraws) mean += value / count;
  for (const double value : ofDraws) squares += (value - mean) * (value - mean);
  return errorsOf95(groups) * std::sqrt(squares / (count - 1) * n / (n - 1));
}

double meanHalfWidth(std::span<const double> values, std::span<const int> names, std::uint64_t seed) {
  const Groups groups(names);
  std::vector<double> sums(groups.count(), 0), counts(groups.count(), 0);
  for (std::size_t row = 0; row < values.size(); ++row) {
    sums[groups.ofRow(row)] += values[row];
    ++counts[groups.ofRow(row)];
  }
  RandomStream random(seed);
  std::vector<double> means;
  for (int draw = 0; draw < kDraws; ++draw) {
    const std::vector<int> times = groups.drawn(random);
    double sum = 0, count = 0;
    for (std::size_t group = 0; group < times.size(); ++group) {
      sum += times[group] * sums[group];
      count += times[group] * counts[group];
    }
    if (count > 0) means.push_back(sum / count);
  }
  return halfWidth(means, groups.count());
}

}  // namespace loom
