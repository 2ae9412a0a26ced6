// Nearest-neighbour upscales at whole scales: every place where a colour changes is a multiple of the scale away from
// every other, so the scale is the greatest common divisor of all run lengths.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/image/pixel_grid_parts.h"

namespace loom::grid {
namespace {

/// Evidence at which a grid is as likely as chance. By symmetry of figures half of the edges follow from the others, so
/// this stands well above what independent edges would need.
constexpr double kEven = 10;
/// What must speak for it before pixels are held to be wider than high, or the reverse.
constexpr double kNotSquare = 14;

int commonDivisor(const Edges& edges) {
  int divisor = 0;
  for (std::size_t i = 1; i < edges.at.size() && divisor != 1; ++i) {
    divisor = std::gcd(divisor, edges.at[i] - edges.at[i - 1]);
  }
  return divisor;
}

double offsetOf(const Edges& edges, int scale) {
  if (edges.at.empty()) return 0;
  const int rest = edges.at.front() % scale;
  return rest == 0 ? 0 : rest - scale;
}

/// That a grid begins and ends with the picture would be chance too.
double alignment(const Edges& edges, int scale) {
  const bool aligned = !edges.at.empty() && offsetOf(edges, scale) == 0 && edges.length % scale == 0;
  return aligned ? std::log(scale) : 0;
}

double evidenceOf(const Edges& edges, int scale) {
  return gridEvidence(edges, scale) + alignment(edges, scale);
}

}  // namespace

std::optional<PixelGrid> findWholeGrid(const Edges& columns, const Edges& rows) {
  const int ofColumns = commonDivisor(columns);
  const int ofRows = commonDivisor(rows);
  const int square = std::gcd(ofColumns, ofRows);
  if (square == 0) return std::nullopt;
  const auto surplus = [square](const Edges& edges, int scale) {
    return scale > square ? gridEvidence(edges, scale) - gridEvidence(edges, square) : 0.0;
  };
  int scaleX = square;
  int scaleY = square;
  if (ofColumns != ofRows && surplus(columns, ofColumns) + surplus(rows, ofRows) > kNotSquare) {
    if (surplus(columns, ofColumns) > kNotSquare) scaleX = ofColumns;
    if (surplus(rows, ofRows) > kNotSquare) scaleY = ofRows;
  }
  if (scaleX < 2 && scaleY < 2) return std::nullopt;
  PixelGrid grid;
  grid.kind = GridKind::kExact;
  grid.scaleX = scaleX;
  grid.scaleY = scaleY;
  grid.offsetX = offsetOf(columns, scaleX);
  grid.offsetY = offsetOf(rows, scaleY);
  grid.confidence = confidenceOf(evidenceOf(columns, scaleX) + evidenceOf(rows, scaleY), kEven);
  return grid;
}

}  // namespace loom::grid
