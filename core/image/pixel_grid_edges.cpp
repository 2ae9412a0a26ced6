// Where colours change, and what that says about a grid.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/image/pixel_grid_parts.h"

namespace loom::grid {
namespace {

double logChoose(double from, double chosen) {
  if (chosen < 0 || chosen > from) return 0;
  return std::lgamma(from + 1) - std::lgamma(chosen + 1) - std::lgamma(from - chosen + 1);
}

bool isWhole(double value) {
  return std::abs(value - std::round(value)) < 1e-6;
}

}  // namespace

Edges columnEdges(const Sprite& picture) {
  std::vector<char> changes(static_cast<std::size_t>(picture.width()));
  for (int y = 0; y < picture.height(); ++y) {
    const std::span<const Rgba> row(&picture.at(0, y), changes.size());
    for (std::size_t x = 1; x < row.size(); ++x) changes[x] = static_cast<char>(changes[x] | !same(row[x - 1], row[x]));
  }
  Edges edges{picture.width(), {}};
  for (int x = 1; x < picture.width(); ++x) {
    if (changes[static_cast<std::size_t>(x)] != 0) edges.at.push_back(x);
  }
  return edges;
}

Edges rowEdges(const Sprite& picture) {
  Edges edges{picture.height(), {}};
  const auto width = static_cast<std::size_t>(picture.width());
  for (int y = 1; y < picture.height(); ++y) {
    const Rgba* const above = &picture.at(0, y - 1);
    const Rgba* const here = &picture.at(0, y);
    if (std::memcmp(above, here, width * sizeof(Rgba)) == 0) continue;
    if (!std::equal(above, above + width, here, same)) edges.at.push_back(y);
  }
  return edges;
}

double gridEvidence(const Edges& edges, double scale) {
  if (edges.at.size() < 2) return 0;
  const double places = edges.at.back() - edges.at.front();
  const auto others = static_cast<double>(edges.at.size() - 1);
  return logChoose(places, others) - logChoose(std::max(others, std::round(places / scale)), others);
}

double confidenceOf(double evidence, double even) {
  return 1 / (1 + std::exp(-4 * (evidence - even) / even));
}

double sizePrior(int size) {
  if (size % 16 == 0) return 3.5;
  if (size % 8 == 0) return 3;
  if (size % 4 == 0) return 1;
  return size % 2 == 0 ? 0.5 : 0;
}

double scalePrior(double scale) {
  if (isWhole(scale)) return 4;
  if (isWhole(2 * scale)) return 3;
  if (isWhole(4 * scale)) return 2;
  return isWhole(10 * scale) ? 1.5 : 0;
}

}  // namespace loom::grid
