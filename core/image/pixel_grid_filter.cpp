#include "core/image/pixel_grid_filter.h"

#include <algorithm>
#include <cmath>

namespace loom::grid {
namespace {

double weightAt(GridFilter filter, double distance) {
  const double d = std::abs(distance);
  if (filter == GridFilter::kBilinear) return std::max(0.0, 1 - d);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

bool isBorder(double position) {
  return std::abs(position - std::round(position)) < 0.02;
}

}  // namespace

FilterFit::FilterFit(GridFilter filter, double scale, double offset, int length)
    : m_mixes(static_cast<std::size_t>(length)) {
  // An edge of the picture that is a border is taken for the art's own: nothing lies beyond it.
  const double end = (length - offset) / scale;
  const bool begins = isBorder(offset / scale);
  const int before = begins ? 0 : 2;
  const int last = static_cast<int>(isBorder(end) ? std::round(end) : std::ceil(end) + 2);
  m_leading = before;
  m_cells = last + before;
  for (int x = 0; x < length; ++x) {
    Mix& mix = m_mixes[static_cast<std::size_t>(x)];
    const double position = (x + 0.5 - offset) / scale + before;
    const int cell = std::clamp(static_cast<int>(std::floor(position)), 0, m_cells - 1);
    if (filter == GridFilter::kBox) {
      mix.first = std::clamp(cell, 0, std::max(0, m_cells - 1));
      mix.weights[0] = 1;
      continue;
    }
    const int wanted = static_cast<int>(std::floor(position - 0.5)) - 1;
    mix.first = std::clamp(wanted, 0, std::max(0, m_cells - kTaps));
    double sum = 0;
    for (int k = 0; k < std::min<int>(kTaps, m_cells); ++k) {
      const double weight = weightAt(filter, mix.first + k + 0.5 - position);
      mix.weights[static_cast<std::size_t>(k)] = static_cast<float>(weight);
      sum += weight;
    }
    for (float& weight : mix.weights) weight = static_cast<float>(weight / sum);
  }
  factorise();
}

void FilterFit::factorise() {
  // A little ridge holds what no pixel determines: cells that the picture's edge cuts.
  constexpr float kRidge = 1e-4F;
  const auto cells = static_cast<std::size_t>(m_cells);
  m_factor.assign(cells, {});
  for (auto& row : m_factor) row[0] = kRidge;
  for (const Mix& mix : m_mixes) {
    for (std::size_t a = 0; a < kTaps; ++a) {
      if (mix.weights[a] == 0) continue;
      const std::size_t i = static_cast<std::size_t>(mix.first) + a;
      for (std::size_t b = 0; b <= a; ++b) m_factor[i][a - b] += mix.weights[a] * mix.weights[b];
    }
  }
  for (std::size_t i = 0; i < cells; ++i) {
    for (std::size_t k = std::min<std::size_t>(i, kTaps - 1); k > 0; --k) {
      const std::size_t j = i - k;
      float sum = m_factor[i][k];
      for (std::size_t m = k + 1; m < kTaps && m <= i; ++m) sum -= m_factor[i][m] * m_factor[j][m - k];
      m_factor[i][k] = sum / m_factor[j][0];
    }
    float sum = m_factor[i][0];
    for (std::size_t m = 1; m < kTaps && m <= i; ++m) sum -= m_factor[i][m] * m_factor[i][m];
    m_factor[i][0] = std::sqrt(std::max(sum, kRidge / 10));
  }
}

void FilterFit::forward(std::span<const float> line, std::span<float> cells) const {
  std::ranges::fill(cells, 0.0F);
  for (std::size_t x = 0; x < m_mixes.size(); ++x) {
    const Mix& mix = m_mixes[x];
    const std::size_t count = std::min<std::size_t>(kTaps, cells.size() - static_cast<std::size_t>(mix.first));
    for (std::size_t k = 0; k < count; ++k) cells[static_cast<std::size_t>(mix.first) + k] += mix.weights[k] * line[x];
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t k = 1; k < kTaps && k <= i; ++k) cells[i] -= m_factor[i][k] * cells[i - k];
    cells[i] /= m_factor[i][0];
  }
}

void FilterFit::solve(std::span<const float> line, std::span<float> cells) const {
  forward(line, cells);
  for (std::size_t i = cells.size(); i-- > 0;) {
    for (std::size_t k = 1; k < kTaps && i + k < cells.size(); ++k) cells[i] -= m_factor[i + k][k] * cells[i + k];
    cells[i] /= m_factor[i][0];
  }
}

double FilterFit::residual(std::span<const float> line, std::vector<float>& scratch) const {
  // With U the mixing and L L' = U'U, the best cells explain |L^-1 U' line|^2 of the line's squares.
  scratch.resize(static_cast<std::size_t>(m_cells));
  forward(line, scratch);
  double sum = 0;
  for (const float value : line) sum += static_cast<double>(value) * value;
  for (const float value : scratch) sum -= static_cast<double>(value) * value;
  return std::max(sum, 0.0);
}

double residualOf(const Lines& lines, GridFilter filter, double scale, double offset, std::vector<float>& scratch) {
  const FilterFit fit(filter, scale, offset, lines.length);
  double sum = 0;
  for (int i = 0; i < lines.count(); ++i) sum += fit.residual(lines.line(i), scratch);
  return sum;
}

}  // namespace loom::grid
