#include "core/image/sheet_axis.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace loom::sheet_finder {
namespace {

constexpr int kLeastGap = 2;

std::vector<double> sumsBefore(const std::vector<double>& values) {
  std::vector<double> sums(values.size() + 1);
  for (std::size_t i = 0; i < values.size(); ++i) sums[i + 1] = sums[i] + values[i];
  return sums;
}

/// The share of `sorted` that is not above `value`.
double rankOf(const std::vector<double>& sorted, double value) {
  const auto above = std::ranges::upper_bound(sorted, value) - sorted.begin();
  return static_cast<double>(above) / static_cast<double>(sorted.size());
}

/// A line that crosses nothing is the more telling the fewer places cross nothing; where sprites touch, cell lines are
/// still among the places that cross least.
std::vector<double> crossingGains(const std::vector<double>& crossed, std::size_t first, std::size_t end) {
  constexpr double kClear = 0.9, kPeak = 0.7, kCost = 4;
  std::vector<double> gains(crossed.size());
  if (first >= end) return gains;
  std::vector<double> sorted(crossed.begin() + static_cast<std::ptrdiff_t>(first),
                             crossed.begin() + static_cast<std::ptrdiff_t>(end));
  std::ranges::sort(sorted);
  const auto clear = static_cast<double>(std::ranges::count(sorted, 0.0));
  double mean = 0;
  for (const double value : sorted) mean += value;
  mean /= std::max(1.0, static_cast<double>(sorted.size()) - clear);
  const double clearShare = std::max(clear, 0.5) / static_cast<double>(sorted.size());
  // The fewer clear places, the tighter the sheet, and the likelier that some sprites touch across a line.
  const double touching = std::clamp(0.5 - 6 * clear / static_cast<double>(sorted.size()), 0.05, 0.5);
  for (std::size_t i = 0; i < crossed.size(); ++i) {
    if (crossed[i] == 0) {
      gains[i] = std::log(kClear / clearShare);
    } else {
      const double rank = std::max(rankOf(sorted, crossed[i]), clearShare);
      gains[i] = std::log(touching) + std::log(1 - kPeak) - kPeak * std::log(rank) + 1 -
                 kCost * std::min(1.0, crossed[i] / mean);
    }
  }
  return gains;
}

}  // namespace

AxisProfile::AxisProfile(const std::vector<double>& drawn, const std::vector<double>& crossed)
    : m_length(static_cast<int>(drawn.size())), m_hasGround(true), m_drawn(sumsBefore(drawn)) {
  std::vector<double> moments(drawn.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) moments[i] = drawn[i] * (static_cast<double>(i) + 0.5);
  m_moment = sumsBefore(moments);
  m_inRun.assign(drawn.size(), 0);
  std::size_t first = drawn.size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (drawn[i] <= 0) continue;
    first = std::min(first, i);
    if (end > 0 && i - end < kLeastGap)
      std::fill_n(m_inRun.begin() + static_cast<std::ptrdiff_t>(end), i - end, std::uint8_t{1});
    m_inRun[i] = 1;
    end = i + 1;
  }
  m_runStarts.assign(drawn.size() + 1, 0);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const bool starts = m_inRun[i] != 0 && (i == 0 || m_inRun[i - 1] == 0);
    m_runStarts[i + 1] = m_runStarts[i] + (starts ? 1 : 0);
  }
  m_gain = crossingGains(crossed, first + 1, end);
}

AxisProfile::AxisProfile(const std::vector<double>& change)
    : m_length(static_cast<int>(change.size()) - 1), m_hasGround(false) {
  // Of the places that change most, cell lines are many; a place that changes less than most is none.
  constexpr double kPeak = 0.9;
  std::vector<double> sorted(change.begin() + 1, change.end() - 1);
  for (double& value : sorted) value = -value;
  std::ranges::sort(sorted);
  m_gain.resize(change.size());
  for (std::size_t i = 0; i < change.size() && !sorted.empty(); ++i) {
    const double rank = std::max(rankOf(sorted, -change[i]), 0.5 / static_cast<double>(sorted.size()));
    m_gain[i] = std::log(1 - kPeak) - kPeak * std::log(rank) - (rank > 0.5 ? 1 : 0);
  }
  m_drawn.assign(change.size(), 0);
  m_moment = m_drawn;
}

int AxisProfile::gaps(int first, int end) const {
  const auto at = [this](int i) { return m_inRun[static_cast<std::size_t>(i)] != 0; };
  int runs = m_runStarts[static_cast<std::size_t>(end)] - m_runStarts[static_cast<std::size_t>(first)];
  if (first > 0 && at(first) && at(first - 1)) ++runs;
  return std::max(0, runs - 1);
}

AxisProfiles profilesOf(const Sprite& sheet, const SheetMask& mask) {
  // Where two sprites touch, the colours change more often than inside one.
  const auto weight = [](const Rgba& a, const Rgba& b) -> std::uint32_t {
    const int change = std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
    return change <= 60 ? 4 : 1;
  };
  const auto width = static_cast<std::size_t>(mask.width);
  const auto height = static_cast<std::size_t>(mask.height);
  std::vector<double> columns(width), rows(height), crossedX(width + 1), crossedY(height + 1);
  std::vector<std::uint32_t> inColumn(width), acrossColumn(width);
  for (std::size_t y = 0; y < height; ++y) {
    const std::uint8_t* row = mask.row(static_cast<int>(y));
    const std::uint8_t* above = y > 0 ? row - width : nullptr;
    const auto pixels = sheet.pixels().subspan(y * width, width);
    const auto pixelsAbove = sheet.pixels().subspan((y > 0 ? y - 1 : 0) * width, width);
    std::uint32_t drawn = 0, across = 0;
    for (std::size_t x = 0; x < width; ++x) {
      drawn += row[x];
      inColumn[x] += row[x];
      if (row[x] == 0) continue;
      if (x > 0 && row[x - 1] != 0) acrossColumn[x] += weight(pixels[x], pixels[x - 1]);
      if (above != nullptr && above[x] != 0) across += weight(pixels[x], pixelsAbove[x]);
    }
    rows[y] = drawn;
    crossedY[y] = across;
  }
  for (std::size_t x = 0; x < width; ++x) {
    columns[x] = inColumn[x];
    crossedX[x] = acrossColumn[x];
  }
  // Noise leaves spots in the gutters; what is far below the usual is taken for nothing.
  const auto quiet = [&mask](std::vector<double>& values) {
    if (!mask.noisy || values.empty()) return;
    const double least = 0.02 * *std::ranges::max_element(values);
    for (double& value : values) value = value < least ? 0 : value;
  };
  for (auto* values : {&columns, &rows, &crossedX, &crossedY}) quiet(*values);
  return {AxisProfile(columns, crossedX), AxisProfile(rows, crossedY)};
}

AxisProfiles changeProfilesOf(const Sprite& sheet) {
  const auto width = static_cast<std::size_t>(sheet.width());
  const auto height = static_cast<std::size_t>(sheet.height());
  std::vector<double> x(width + 1), y(height + 1);
  const auto difference = [](const Rgba& a, const Rgba& b) {
    // The root keeps a few strong edges inside sprites from outweighing a line all along the cells.
    return std::sqrt(
        static_cast<double>(std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b) + std::abs(a.a - b.a)));
  };
  for (std::size_t row = 0; row < height; ++row) {
    const auto pixels = sheet.pixels().subspan(row * width, width);
    const auto above = sheet.pixels().subspan((row > 0 ? row - 1 : 0) * width, width);
    for (std::size_t column = 0; column < width; ++column) {
      if (column > 0) x[column] += difference(pixels[column], pixels[column - 1]);
      y[row] += difference(pixels[column], above[column]);
    }
  }
  return {AxisProfile(x), AxisProfile(y)};
}

}  // namespace loom::sheet_finder
