// Pictures larger than the window they were judged by: over their whole length a scale must be known more finely.
#include <algorithm>
#include <cmath>

#include "core/image/pixel_grid_filter.h"
#include "core/image/pixel_grid_parts.h"

namespace loom::grid {
namespace {

struct Axis {
  double scale, offset;
};

/// The scale as it is, or such that a whole number of true pixels makes up the axis: whichever explains the lines best.
Axis overWholeLength(const Lines& lines, GridFilter filter, Axis axis, int window) {
  constexpr double kGain = 0.97;  // what another grid must leave at most of what the given one leaves
  constexpr double kDoubt = 0.5;  // pixels by which a border may be off at the window's other end
  if (lines.count() == 0 || lines.length <= window) return axis;
  std::vector<float> scratch;
  const double cells = lines.length / axis.scale;
  const double doubt = kDoubt * cells / window + 1;
  double least = kGain * residualOf(lines, filter, axis.scale, axis.offset, scratch);
  Axis best = axis;
  for (double count = std::ceil(cells - doubt); count <= cells + doubt; ++count) {
    const double scale = lines.length / count;
    const double left = residualOf(lines, filter, scale, 0, scratch);
    if (left >= least) continue;
    least = left;
    best = {scale, 0};
  }
  return best;
}

}  // namespace

PixelGrid overWholePicture(const Sprite& picture, const Signal& signal, PixelGrid grid) {
  if (picture.width() <= signal.width && picture.height() <= signal.height) return grid;
  const Axis x =
      overWholeLength(wholeLinesAcross(picture, signal), grid.filter, {grid.scaleX, grid.offsetX}, signal.width);
  const Axis y =
      overWholeLength(wholeLinesDown(picture, signal), grid.filter, {grid.scaleY, grid.offsetY}, signal.height);
  grid.scaleX = x.scale;
  grid.scaleY = y.scale;
  grid.offsetX = x.offset;
  grid.offsetY = y.offset;
  return grid;
}

}  // namespace loom::grid
