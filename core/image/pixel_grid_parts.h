// The steps of findPixelGrid and undoUpscaling. Private to the pixel grid.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/image/pixel_grid.h"
#include "core/image/pixel_grid_signal.h"

namespace loom::grid {

/// Two pixels look the same: every colour that cannot be seen is one.
inline bool same(const Rgba& a, const Rgba& b) {
  return a == b || (a.a == 0 && b.a == 0);
}

/// Where colours change along one axis of a picture.
struct Edges {
  int length = 0;       ///< of the axis, pixels
  std::vector<int> at;  ///< ascending; x: some pixel differs from the one before it at x
};
Edges columnEdges(const Sprite& picture);
Edges rowEdges(const Sprite& picture);

/// How much less likely these edges are by chance than on a grid of `scale`, as a natural logarithm: were they anywhere
/// between the first and the last, few choices of as many places would all lie on the grid.
double gridEvidence(const Edges& edges, double scale);

/// Confidence from evidence: 0.5 at `even`, near 1 at twice that.
double confidenceOf(double evidence, double even);

std::optional<PixelGrid> findWholeGrid(const Edges& columns, const Edges& rows);
std::optional<PixelGrid> findBrokenGrid(const Edges& columns, const Edges& rows);
/// Interpolated and noisy pictures.
std::optional<PixelGrid> findBlurredGrid(const Sprite& picture);
/// A grid found in a part of a large picture, made to hold for all of it.
PixelGrid overWholePicture(const Sprite& picture, const Signal& signal, PixelGrid grid);

/// How probable a native size or a scale is before anything is seen, as a natural logarithm: artists like round
/// numbers.
double sizePrior(int size);
double scalePrior(double scale);

/// Merges colours closer to a commoner one than `tolerance` into it: 0..441, a distance of RGB for
/// greys; differences of hue count for less, rare colours are merged from farther.
void mergeNearColours(Sprite& sprite, double tolerance);
/// Makes what is nearly transparent or nearly opaque wholly so, and what lies between too unless it is a shade the art
/// means (many pixels of one alpha).
void hardenAlpha(Sprite& sprite);

}  // namespace loom::grid
