// Grids that a blurred or noisy picture may have, and how well each explains it. Private to the pixel grid.
#pragma once

#include <vector>

#include "core/image/pixel_grid.h"
#include "core/image/pixel_grid_signal.h"

namespace loom::grid {

struct Vote {
  double scaleX = 1, scaleY = 1;
  double offsetX = 0, offsetY = 0;  ///< in the signal's window, (-scale, 0]
  GridFilter filter = GridFilter::kBox;
  double left = 1;  ///< what the grid leaves unexplained, of what a wrong grid as fine leaves; 0..1 or a little more
};

/// Scales at which changes repeat, by the spectrum of the profiles; the likeliest first.
std::vector<double> repeatingScales(const Signal& signal);

/// The roundest scale that the precision of `scale`, found over `length` pixels, leaves open.
double roundedScale(double scale, int length);

/// Whole scales, and those given, as nearest-neighbour grids.
std::vector<Vote> noisyVotes(const Signal& signal, const std::vector<double>& broken);
/// Those given as interpolated grids.
std::vector<Vote> smoothVotes(const Signal& signal, const std::vector<double>& scales);
/// The filter of an interpolated grid. At a scale of 2 both explain a picture equally well (Catmull-Rom's weights there
/// are the triangle's, sharpened), so then the one that gives flatter art.
GridFilter filterOf(const Signal& signal, const Vote& vote);

}  // namespace loom::grid
