#include "core/dataset/principal_axes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace loom {
namespace {

constexpr std::size_t kMostRows = 20'000;
constexpr int kMostSweeps = 30;

using Matrix = std::vector<std::vector<double>>;

std::vector<double> meanOf(const FeatureTable& table, std::size_t stride) {
  std::vector<double> mean(table.columns);
  double count = 0;
  for (std::size_t row = 0; row < table.rows(); row += stride, ++count) {
    for (std::size_t i = 0; i < table.columns; ++i) mean[i] += table.row(row)[i];
  }
  for (double& value : mean) value /= count;
  return mean;
}

Matrix covarianceOf(const FeatureTable& table, const std::vector<double>& mean, std::size_t stride) {
  Matrix covariance(table.columns, std::vector<double>(table.columns));
  std::vector<double> centred(table.columns);
  double count = 0;
  for (std::size_t row = 0; row < table.rows(); row += stride, ++count) {
    for (std::size_t i = 0; i < table.columns; ++i) centred[i] = table.row(row)[i] - mean[i];
    for (std::size_t i = 0; i < table.columns; ++i) {
      for (std::size_t j = i; j < table.columns; ++j) covariance[i][j] += centred[i] * centred[j];
    }
  }
  for (std::size_t i = 0; i < table.columns; ++i) {
    for (std::size_t j = i; j < table.columns; ++j) covariance[j][i] = covariance[i][j] /= count;
  }
  return covariance;
}

/// Makes entry p, q of the symmetric `matrix` 0 by a rotation, which `axes` (its rows) follow.
void rotate(Matrix& matrix, Matrix& axes, std::size_t p, std::size_t q) {
  const double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const double tangent = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double cosine = 1 / std::sqrt(tangent * tangent + 1), sine = tangent * cosine;
  const auto turn = [&](double& a, double& b) {
    const double old = a;
    a = cosine * old - sine * b;
    b = sine * old + cosine * b;
  };
  for (std::size_t i = 0; i < matrix.size(); ++i) turn(matrix[i][p], matrix[i][q]);
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    turn(matrix[p][i], matrix[q][i]);
    turn(axes[p][i], axes[q][i]);
  }
}

/// Jacobi's method: on return the diagonal of `matrix` holds the variances, the rows of the result their directions.
Matrix eigenvectors(Matrix& matrix) {
  Matrix axes(matrix.size(), std::vector<double>(matrix.size()));
  double trace = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    axes[i][i] = 1;
    trace += matrix[i][i];
  }
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double rest = 0;
    for (std::size_t p = 0; p < matrix.size(); ++p) {
      for (std::size_t q = p + 1; q < matrix.size(); ++q) {
        rest += std::abs(matrix[p][q]);
        if (std::abs(matrix[p][q]) > 1e-14 * trace) rotate(matrix, axes, p, q);
      }
    }
    if (rest <= 1e-10 * trace) break;
  }
  return axes;
}

}  // namespace

FeatureTable alongPrincipalAxes(const FeatureTable& table, std::size_t count) {
  count = std::min(count, table.columns);
  FeatureTable turned{.columns = count};
  if (table.rows() == 0) return turned;
  const std::size_t stride = (table.rows() + kMostRows - 1) / kMostRows;
  const std::vector<double> mean = meanOf(table, stride);
  Matrix variances = covarianceOf(table, mean, stride);
  Matrix axes = eigenvectors(variances);
  std::vector<std::size_t> order(axes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return variances[i][i]; });
  for (std::vector<double>& axis : axes) {
    const auto largest = std::ranges::max_element(axis, {}, [](double value) { return std::abs(value); });
    if (*largest < 0) std::ranges::transform(axis, axis.begin(), std::negate());
  }
  turned.values.reserve(table.rows() * count);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t k = 0; k < count; ++k) {
      double sum = 0;
      for (std::size_t i = 0; i < table.columns; ++i) sum += axes[order[k]][i] * (table.row(row)[i] - mean[i]);
      turned.values.push_back(static_cast<float>(sum));
    }
  }
  return turned;
}

}  // namespace loom
