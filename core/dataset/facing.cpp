#include "core/dataset/facing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace loom {
namespace {

constexpr std::size_t kLeastPairs = 12;
constexpr std::size_t kFolds = 5;
// Ridge, as a share of the mean variance: few pairs say little about how the columns hang together.
constexpr double kRidge = .3;
// Below, the directions of the pairs are hardly more common than chance would make them.
constexpr double kLeastAgreement = .8;

using Row = std::vector<double>;

/// Solves the symmetric positive definite `matrix` x = `right` by Cholesky's decomposition, in place.
Row solve(std::vector<Row>& matrix, Row right) {
  const std::size_t n = right.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i == j ? std::sqrt(std::max(sum, 1e-30)) : sum / matrix[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i][k] * right[k];
    right[i] /= matrix[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) right[i] -= matrix[k][i] * right[k];
    right[i] /= matrix[i][i];
  }
  return right;
}

/// What changes its sign when a sprite is mirrored, left less right: a swap changes the sign of all.
Row direction(const FacingPair& pair) {
  Row row;
  for (const std::uint16_t column : SpriteFeatures::oddColumns()) {
    row.push_back(static_cast<double>(pair.left.all()[column] - pair.right.all()[column]));
  }
  return row;
}

/// Fisher's discriminant between the directions and their opposites, from all that are not of the fold.
Row discriminant(const std::vector<Row>& directions, std::size_t fold) {
  const std::size_t n = directions.front().size();
  Row mean(n);
  double count = 0;
  for (std::size_t i = 0; i < directions.size(); ++i) {
    if (i % kFolds == fold) continue;
    for (std::size_t k = 0; k < n; ++k) mean[k] += directions[i][k];
    ++count;
  }
  for (double& value : mean) value /= count;
  std::vector<Row> scatter(n, Row(n));
  double trace = 0;
  for (std::size_t i = 0; i < directions.size(); ++i) {
    if (i % kFolds == fold) continue;
    for (std::size_t a = 0; a < n; ++a) {
      const double own = directions[i][a] - mean[a];
      for (std::size_t b = 0; b <= a; ++b) scatter[a][b] += own * (directions[i][b] - mean[b]) / count;
      trace += own * own / count;
    }
  }
  for (std::size_t a = 0; a < n; ++a) scatter[a][a] += kRidge * trace / static_cast<double>(n) + 1e-12;
  return solve(scatter, mean);
}

}  // namespace

std::vector<double> facingOf(std::span<const FacingPair> pairs) {
  if (pairs.size() < kLeastPairs) return {};
  std::vector<Row> directions;
  for (const FacingPair& pair : pairs) directions.push_back(direction(pair));
  std::vector<double> facing(pairs.size());
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const Row weights = discriminant(directions, fold);
    for (std::size_t i = fold; i < directions.size(); i += kFolds) {
      for (std::size_t k = 0; k < weights.size(); ++k) facing[i] += weights[k] * directions[i][k];
    }
  }
  const auto agreeing = std::ranges::count_if(facing, [](double value) { return value > 0; });
  if (static_cast<double>(agreeing) < kLeastAgreement * static_cast<double>(facing.size())) return {};
  std::vector<double> sorted = facing;
  const auto half = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::ranges::nth_element(sorted, half);
  for (double& value : facing) value /= *half;
  return facing;
}

}  // namespace loom
