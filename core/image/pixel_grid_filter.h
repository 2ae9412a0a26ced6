// Least squares against an interpolation filter: which true pixels along a line give the picture's when enlarged.
// Private to the pixel grid.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/image/pixel_grid.h"
#include "core/image/pixel_grid_signal.h"

namespace loom::grid {

/// One axis of a grid: the true pixels along a line of `length` picture pixels, and how they mix into those.
class FilterFit {
 public:
  /// `filter` as resampling programs define it: a triangle one true pixel wide to either side, or Catmull-Rom's spline
  /// (Keys 1981, "Cubic Convolution Interpolation for Digital Image Processing", a = -0.5).
  FilterFit(GridFilter filter, double scale, double offset, int length);

  /// True pixels solved for: those that undoUpscaling keeps, and cut ones on either side.
  int cells() const { return m_cells; }
  /// Of those, how many stand before the cell whose begin is the offset.
  int leading() const { return m_leading; }

  /// The true pixels of a line, `cells()` long.
  void solve(std::span<const float> line, std::span<float> cells) const;
  /// Sum of squares of what the best true pixels leave unexplained; `scratch` is worked in.
  double residual(std::span<const float> line, std::vector<float>& scratch) const;

 private:
  static constexpr int kTaps = 4;
  struct Mix {
    int first = 0;  ///< cell of the first weight
    std::array<float, kTaps> weights{};
  };
  void factorise();
  /// Mixing undone halfway: what is both solved from and measured by.
  void forward(std::span<const float> line, std::span<float> cells) const;

  int m_cells = 0;
  int m_leading = 0;
  std::vector<Mix> m_mixes;                        ///< one a picture pixel
  std::vector<std::array<float, kTaps>> m_factor;  ///< banded Cholesky factor; [i][k] is L(i, i - k)
};

/// Sum of the residuals of all lines.
double residualOf(const Lines& lines, GridFilter filter, double scale, double offset, std::vector<float>& scratch);

}  // namespace loom::grid
