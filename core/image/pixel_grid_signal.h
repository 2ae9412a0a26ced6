// A picture's brightness in a window of limited size, and how it changes along both axes: what blurred and noisy
// pictures are judged by. Private to the pixel grid.
#pragma once

#include <span>
#include <vector>

#include "core/image/sprite.h"

namespace loom::grid {

/// How much a picture changes at each place of one axis, summed over the other. Entries are per border: [x] lies
/// between pixels x - 1 and x; [0] is 0.
struct Profile {
  std::vector<float> steps;  ///< squares of first differences, each limited so that few strong edges do not outvote all
  std::vector<float> bends;  ///< squares of second differences around pixel x, limited too
  double total = 0;          ///< sum of steps
};

/// Lines across the grid, those with most to see, one after another.
struct Lines {
  int length = 0;
  std::vector<float> values;
  int count() const { return length == 0 ? 0 : static_cast<int>(values.size()) / length; }
  std::span<const float> line(int i) const {
    return std::span(values).subspan(static_cast<std::size_t>(i) * static_cast<std::size_t>(length),
                                     static_cast<std::size_t>(length));
  }
};

struct Signal {
  static constexpr int kMaxSide = 1024;
  int left = 0, top = 0, width = 0, height = 0;  ///< the window in the picture
  Profile columns, rows;
  Lines across, down;     ///< rows of the window, and its columns
  double hardShare = 0;   ///< of strong steps: those with flat colour on both sides, which no interpolation leaves
  double faintShare = 0;  ///< of all steps that are none: those too faint to be drawn, which noise leaves
};
Signal signalOf(const Sprite& picture);

/// A few lines over the whole picture, those of the window with most to see: for pictures larger than a window.
Lines wholeLinesAcross(const Sprite& picture, const Signal& signal);
Lines wholeLinesDown(const Sprite& picture, const Signal& signal);

}  // namespace loom::grid
